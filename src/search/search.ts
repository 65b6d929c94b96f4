// The search port: what the assistant asks of search, and what search is given. Knows no file format and no chat.
// `buildIndex` in build-index.ts makes a SearchIndex; everything behind it may change without anyone noticing.

/** One entry in one language, as search reads it. Entries that share an id are one answer in several languages. */
export type SearchDocument = {
  readonly id: string
  /** BCP 47; chooses the stemmer. */
  readonly language: string
  readonly title: string
  readonly phrasings: readonly string[]
  readonly keywords: readonly string[]
  /** The answers' own words, all facets. */
  readonly body: string
}

/** Words that mean the same: an abbreviation or synonym, and what it stands for. Per language. */
export type Synonym = {
  readonly language: string
  /** Such as "msf". */
  readonly term: string
  /** Such as "multi-stakeholder forum". */
  readonly meaning: string
}

/** A word of the query that was read as a word the knowledge base knows. */
export type Correction = { readonly from: string; readonly to: string }

export type Candidate = {
  readonly id: string
  /** Probability-like, 0 to 1; the candidates of one ranking are comparable, two rankings are not. */
  readonly score: number
}

/** The evidence behind a confidence, by name, for explanations and calibration. */
export type Features = Readonly<Record<string, number>>

export type Ranking = {
  readonly query: string
  readonly corrections: readonly Correction[]
  /** Best first, one per entry id, ten at most. */
  readonly candidates: readonly Candidate[]
  /** Calibrated: how likely it is that the knowledge base answers this query, 0 to 1. */
  readonly confidence: number
  readonly features: Features
}

/** Limits read off the knowledge base itself when the index is built. */
export type Thresholds = {
  /** Of confidence times the best candidate's score: from here on the best candidate is the answer. */
  readonly answer: number
  /** Of confidence: from here on the candidates are offered. */
  readonly offer: number
}

/** Say it; "did you mean"; "I do not know". */
export type Decision =
  | { readonly kind: 'answer'; readonly entry: string }
  /** Two to four entries, best first. */
  | { readonly kind: 'offer'; readonly entries: readonly string[] }
  /** The nearest entries, only to point at; may be empty. */
  | { readonly kind: 'abstain'; readonly nearest: readonly string[] }

export interface SearchIndex {
  readonly thresholds: Thresholds
  /** Ranks every entry for a query. Pure and deterministic; bounded in time for a query of any length. */
  rank(query: string, language?: string): Ranking
  decide(ranking: Ranking): Decision
}
