// The knowledge base in memory: immutable, already checked. Knows nothing of files, search or chat.

import type { Calendar } from '../calendar/calendar.ts'
import type { Synonym } from '../search/search.ts'
import type { Confidence, Cues, FacetName, Source } from './schema.ts'
import type { Messages } from './messages-schema.ts'

export type Citation = {
  readonly source: Source
  readonly section?: string
  readonly confidence: Confidence
}

/** The span shown as an answer: one facet of one entry, with where it comes from. */
export type Passage = {
  readonly facet: FacetName
  readonly text: string
  readonly list: readonly string[]
  readonly citations: readonly [Citation, ...Citation[]]
  readonly phrasings: readonly string[]
}

export type Entry = {
  readonly id: string
  readonly language: string
  readonly chapter: string
  readonly title: string
  /** In the order written; the first is the answer when no facet is asked for. */
  readonly passages: readonly [Passage, ...Passage[]]
  readonly phrasings: readonly string[]
  readonly keywords: readonly string[]
  readonly related: readonly string[]
  /** People ask, no source says: the entry tells that, and where to look. */
  readonly unanswered: boolean
  readonly reviewed: Temporal.PlainDate
  readonly reviewBy?: Temporal.PlainDate
}

export type KnowledgeBase = {
  /** Sorted by id, then language. */
  readonly entries: readonly Entry[]
  readonly synonyms: readonly Synonym[]
  readonly messages: ReadonlyMap<string, Messages>
  readonly cues: ReadonlyMap<string, Cues>
  /** Empty for a subject without deadlines. */
  readonly calendar: Calendar
  /** A hash of everything that was read: two bases with one version say the same. */
  readonly version: string
}

export const fallbackLanguage = 'en'

/** The entry in the wanted language, else in the fallback language, else in any; undefined when the id is unknown. */
export function findEntry(base: KnowledgeBase, id: string, language: string): Entry | undefined {
  const versions = base.entries.filter((entry) => entry.id === id)
  return (
    versions.find((entry) => entry.language === language) ??
    versions.find((entry) => entry.language === fallbackLanguage) ??
    versions[0]
  )
}

export function findPassage(entry: Entry, facet: string): Passage | undefined {
  return entry.passages.find((passage) => passage.facet === facet)
}

/** All ways in which people ask for an entry, its facets' included. */
export const allPhrasings = ({ phrasings, passages }: Entry): string[] => [
  ...phrasings,
  ...passages.flatMap((passage) => passage.phrasings),
]

/** A passage as one text, a list item a line. */
export const toText = ({ text, list }: Passage): string => [text, ...list].join('\n')
