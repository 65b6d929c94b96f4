// Which side of an entry a question asks for: by its cue words, else by the entry's own phrasing that it repeats.

import { findPassage, type Entry, type Passage } from '../knowledge/knowledge-base.ts'
import type { FacetName } from '../knowledge/schema.ts'
import type { LanguageCues } from './language-cues.ts'
import { toWords } from './phrases.ts'

/** The facets that the words ask for, the surest first: longer cues before shorter ones, then in order. */
export function askedFacets(words: readonly string[], cues: LanguageCues): FacetName[] {
  const matches = cues.facets.matchAll(words).toSorted((a, b) => b.length - a.length)
  return [...new Set(matches.map(({ value }) => value))]
}

export type ChosenPassage = {
  readonly passage: Passage
  /** The facet asked for by name, when the question names one. */
  readonly asked?: FacetName
}

export function choosePassage(
  entry: Entry,
  words: readonly string[],
  cues: LanguageCues,
): ChosenPassage {
  const asked = askedFacets(words, cues)
  const phrased = nearestPhrasedPassage(entry, words)
  if (phrased !== undefined) {
    return { passage: phrased, ...(asked.length === 0 ? {} : { asked: phrased.facet }) }
  }
  for (const facet of asked) {
    const passage = findPassage(entry, facet)
    if (passage !== undefined) return { passage, asked: facet }
  }
  return { passage: entry.passages[0] }
}

/** Half of all words shared is the least that makes two questions the same question. */
const sharedShareMin = 0.6

/** The passage one of whose own phrasings says nearly the same; undefined when the entry's phrasings are as near. */
function nearestPhrasedPassage(entry: Entry, words: readonly string[]): Passage | undefined {
  const similarity = (phrasing: string) => sharedShare(words, toWords(phrasing))
  const ofEntry = Math.max(0, ...entry.phrasings.map(similarity))
  let best: Passage | undefined
  let bestShare = Math.max(ofEntry, sharedShareMin)
  for (const passage of entry.passages) {
    const share = Math.max(0, ...passage.phrasings.map(similarity))
    if (share > bestShare) {
      best = passage
      bestShare = share
    }
  }
  return best
}

/** Jaccard similarity of two sets of words. */
function sharedShare(a: readonly string[], b: readonly string[]): number {
  const first = new Set(a)
  const second = new Set(b)
  const shared = first.intersection(second).size
  return shared === 0 ? 0 : shared / (first.size + second.size - shared)
}
