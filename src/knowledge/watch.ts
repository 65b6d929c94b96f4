// Keeps the knowledge base current while the assistant runs: an edit takes effect, a broken edit changes nothing.

import { watch } from 'chokidar'
import type { KnowledgeBase } from './knowledge-base.ts'
import { loadKnowledge } from './load.ts'
import { KnowledgeError } from './mistake.ts'

export type KnowledgeEvents = {
  readonly onLoad: (base: KnowledgeBase) => void
  /** The last good knowledge base stays in use. */
  readonly onMistakes: (error: KnowledgeError) => void
}

/** Editors write a file in several steps, and a pull changes many files at once. */
const settleMs = 300

/** Watches until stopped; a change that leaves every file as it was is not reported. */
export async function watchKnowledge(
  folder: string,
  defaults: string,
  current: KnowledgeBase,
  { onLoad, onMistakes }: KnowledgeEvents,
): Promise<{ stop(): Promise<void> }> {
  let version = current.version
  let timer: NodeJS.Timeout | undefined
  const reload = () => {
    try {
      const base = loadKnowledge(folder, defaults)
      if (base.version === version) return
      version = base.version
      onLoad(base)
    } catch (error) {
      if (!(error instanceof KnowledgeError)) throw error
      // Repairing the file brings the old version back, which must then be reported.
      version = ''
      onMistakes(error)
    }
  }
  const watcher = watch(folder, { ignoreInitial: true })
  watcher.on('all', () => {
    clearTimeout(timer)
    timer = setTimeout(reload, settleMs)
  })
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return {
    async stop() {
      clearTimeout(timer)
      await watcher.close()
    },
  }
}
