// The brain that a command asks. What it was trained to is kept where the assistant keeps it, so that only the first command
// after an edit takes long.

import { fileURLToPath } from 'node:url'
import { createBrain, type Brain } from '../assistant/brain.ts'
import { loadKnowledge } from '../knowledge/load.ts'
import { createFileCache } from '../search/cache.ts'
import { knowledgeFolder } from './knowledge-folder.ts'
import { toToday } from './today-option.ts'

const dataFolder = fileURLToPath(new URL('../../data', import.meta.url))

/** @throws {KnowledgeError} with all mistakes of the folder */
export const openBrain = (folder: string, today: Temporal.PlainDate | undefined): Brain =>
  createBrain(loadKnowledge(folder, knowledgeFolder), {
    today: toToday(today),
    cache: createFileCache(dataFolder),
  })
