// Owns how the project's own search is put under the bench: as the assistant builds it, without a glossary or cues,
// which no set has.

import { buildIndex } from '../../../src/search/build-index.ts'
import type { Ranking, SearchDocument } from '../../../src/search/search.ts'
import type { BenchEntry, Engine } from '../engine.ts'

const languageOfSets = 'en'

export const engine: Engine = {
  name: 'ogp-assistant',
  build(entries) {
    const index = buildIndex(entries.flatMap(toDocuments), [])
    let last: Ranking | undefined
    return {
      rank(question, limit, language) {
        last = index.rank(question, language)
        return last.candidates.slice(0, limit).map(({ id, score }) => ({ id, score }))
      },
      confidence: () => last?.confidence ?? 0,
    }
  },
}

/** One document a language: entries that share an id are one answer in several languages. */
function toDocuments({ id, title, questions, langs, body }: BenchEntry): SearchDocument[] {
  const byLanguage = Map.groupBy(
    questions.map((text, position) => ({ text, language: langs?.[position] ?? languageOfSets })),
    ({ language }) => language,
  )
  return [...byLanguage].map(([language, own], index) => ({
    id,
    language,
    title: title ?? id,
    phrasings: own.map(({ text }) => text),
    keywords: [],
    body: index === 0 ? (body ?? '') : '',
  }))
}
