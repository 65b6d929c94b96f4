// A small knowledge folder in a temporary place, for tests that break it on purpose.

import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export const ownKnowledge = join(import.meta.dirname, '../../knowledge')

export type Files = Readonly<Record<string, string | Uint8Array>>

export const entryText = (id: string, extra = '') => `id: ${id}
title: About ${id}
reviewed: 2026-11-23
source: { id: book }
facets:
  definition:
    text: What ${id} is.
phrasings:
  - what is ${id}
${extra}`

export const smallBase = {
  'sources.yaml':
    '- { id: book, title: The book, publisher: A press, edition: "1", url: "https://example.org/" }\n',
  'entries/en/letters/alpha.yaml': entryText('alpha'),
  'entries/en/letters/beta.yaml': entryText('beta'),
} satisfies Files

/** Writes the files beside the product's own messages and cues, and returns the folder. */
export function makeKnowledgeFolder(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'knowledge-'))
  for (const part of ['messages', 'cues']) {
    cpSync(join(ownKnowledge, part), join(folder, part), { recursive: true })
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}
