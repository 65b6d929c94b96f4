// Finds wording that was carried over from a document: runs of words that an entry shares with it.

import { documentBounds, splitWords } from '../search/normalise.ts'
import type { KnowledgeBase } from './knowledge-base.ts'

export type CopiedRun = { readonly entry: string; readonly facet: string; readonly words: string }

/** So many words in the same order are hardly a coincidence, and no name is that long. */
export const copiedRunLength = 8

const unbounded = { ...documentBounds, textLengthMax: Infinity, wordCountMax: Infinity }

/** Each run once for each passage, as far as it goes; titles and phrasings are people's words and are not compared. */
export function findCopiedRuns({ entries }: KnowledgeBase, document: string): CopiedRun[] {
  const source = splitWords(document, unbounded)
  const runs = new Set(source.map((_, at) => source.slice(at, at + copiedRunLength).join(' ')))
  return entries.flatMap(({ id, passages }) =>
    passages.flatMap(({ facet, text, list }) =>
      [text, ...list].flatMap((part) =>
        findRuns(splitWords(part, unbounded), runs).map((words) => ({ entry: id, facet, words })),
      ),
    ),
  )
}

function findRuns(words: readonly string[], runs: ReadonlySet<string>): string[] {
  const found: string[] = []
  for (let start = 0; start + copiedRunLength <= words.length; start++) {
    let length = copiedRunLength
    const isRun = (at: number) => runs.has(words.slice(at, at + copiedRunLength).join(' '))
    if (!isRun(start)) continue
    while (start + length < words.length && isRun(start + length + 1 - copiedRunLength)) length++
    found.push(words.slice(start, start + length).join(' '))
    start += length - 1
  }
  return found
}
