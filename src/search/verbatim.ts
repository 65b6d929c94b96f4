// Owns the phrasings as they stand: a query that repeats one is about its entry, whatever any model thinks.
// Must not know models.

import type { Corpus } from './corpus.ts'
import { queryBounds, splitWords } from './normalise.ts'

/** The entry of a query in normalised words, or undefined when no phrasing, or those of several entries, read so. */
export type Verbatim = (query: string) => number | undefined

const several = -1

export function indexVerbatim(corpus: Corpus): Verbatim {
  const entries = new Map<string, number>()
  for (const { kind, text, entry } of corpus.texts) {
    if (kind !== 'phrasing' && kind !== 'title') continue
    const key = splitWords(text, queryBounds).join(' ')
    const known = entries.get(key)
    entries.set(key, known === undefined || known === entry ? entry : several)
  }
  return (query) => {
    const entry = entries.get(query)
    return entry === several ? undefined : entry
  }
}
