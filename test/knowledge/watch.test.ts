import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import type { KnowledgeBase } from '../../src/knowledge/knowledge-base.ts'
import { formatMistake, type KnowledgeError } from '../../src/knowledge/mistake.ts'
import { watchKnowledge } from '../../src/knowledge/watch.ts'
import { entryText, makeKnowledgeFolder, smallBase } from './knowledge-folder.ts'

test('an edit takes effect, a broken edit keeps the last good version and says so', async () => {
  const folder = makeKnowledgeFolder(smallBase)
  const file = join(folder, 'entries/en/letters/alpha.yaml')
  const loaded: KnowledgeBase[] = []
  const broken: KnowledgeError[] = []
  const watcher = await watchKnowledge(folder, folder, loadKnowledge(folder), {
    onLoad: (base) => loaded.push(base),
    onMistakes: (error) => broken.push(error),
  })
  try {
    writeFileSync(file, entryText('alpha').replace('What alpha is', 'What alpha became'))
    await vi.waitFor(() => {
      expect(loaded.at(-1)?.entries[0]?.passages[0].text).toBe('What alpha became.')
    })
    writeFileSync(file, 'id: [')
    await vi.waitFor(() => {
      expect(broken.flatMap(({ mistakes }) => mistakes.map(formatMistake)).join()).toContain(
        'alpha.yaml:1: not valid YAML',
      )
    })
    expect(loaded).toHaveLength(1)
    rmSync(file)
    await vi.waitFor(() => {
      expect(loaded.at(-1)?.entries.map(({ id }) => id)).toEqual(['beta'])
    })
  } finally {
    await watcher.stop()
  }
})
