// Owns the shape every measured engine has, and the two ways of laying a knowledge base out as
// documents: one an entry, or one a phrasing with the best score counting for its entry.
// Knows no engine and measures nothing.

export type BenchEntry = {
  id: string
  title?: string
  questions: string[]
  /** BCP 47 language of each question, where a set has several. */
  langs?: string[]
  body?: string
}

export type BenchQuery = {
  q: string
  typo: string
  /** Ids of the right entries; empty when nothing in the base answers it. */
  a: string[]
  lang?: string
}

/** Higher scores are better; the list is sorted, best first. */
export type Ranked = { id: string; score: number }

export type Built = {
  rank(question: string, limit: number, language?: string): Ranked[] | Promise<Ranked[]>
  /** How sure the engine is that the base answers the question; without it, the top score. */
  confidence?(question: string, ranked: readonly Ranked[], language?: string): number
}

export type Engine = {
  name: string
  build(entries: readonly BenchEntry[]): Built | Promise<Built>
}

export type Document = {
  /** Position in the list of documents. */
  id: number
  entry: string
  question: string
  title: string
  body: string
  language?: string
}

/** One document an entry: its phrasings joined by line breaks. */
export function listEntryDocuments(entries: readonly BenchEntry[]): Document[] {
  return entries.map((entry, id) => ({
    id,
    entry: entry.id,
    question: entry.questions.join('\n'),
    title: entry.title ?? '',
    body: entry.body ?? '',
  }))
}

/** One document a phrasing, each with its entry's title and body. */
export function listPhrasingDocuments(entries: readonly BenchEntry[]): Document[] {
  const documents: Document[] = []
  for (const entry of entries) {
    for (const [position, question] of entry.questions.entries()) {
      const language = entry.langs?.[position]
      documents.push({
        id: documents.length,
        entry: entry.id,
        question,
        title: entry.title ?? '',
        body: entry.body ?? '',
        ...(language === undefined ? {} : { language }),
      })
    }
  }
  return documents
}

/** Best score of each entry, best first. */
export function groupByEntry(hits: Iterable<Ranked>, limit: number): Ranked[] {
  const best = new Map<string, number>()
  for (const hit of hits) {
    const known = best.get(hit.id)
    if (known === undefined || hit.score > known) best.set(hit.id, hit.score)
  }
  return [...best]
    .map(([id, score]) => ({ id, score }))
    .sort((left, right) => right.score - left.score)
    .slice(0, limit)
}

/** The languages a base is written in, in order of appearance; empty when it does not say. */
export function listLanguages(entries: readonly BenchEntry[]): string[] {
  return [...new Set(entries.flatMap((entry) => entry.langs ?? []))]
}

/** Lower case, without accents: for the libraries that leave this to their caller. */
export function foldText(text: string): string {
  return text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
}

export function splitWords(text: string): string[] {
  return foldText(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
