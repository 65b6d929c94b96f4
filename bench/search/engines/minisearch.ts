// Owns MiniSearch: BM25+ with fuzzy terms of four letters or more, accents folded. Prefix search,
// made for unfinished words, cost quality and time on development data and is off; a slower
// saturation of repeated words gained a point.

import MiniSearch from 'minisearch'
import type { Document, Engine } from '../engine.ts'
import { foldText, listEntryDocuments } from '../engine.ts'

const fuzzyLengthMin = 4

export const engine: Engine = {
  name: 'minisearch',
  build(entries) {
    const documents = listEntryDocuments(entries)
    const index = new MiniSearch<Document>({
      fields: ['question', 'title', 'body'],
      processTerm: foldText,
      searchOptions: {
        fuzzy: (term) => (term.length >= fuzzyLengthMin ? 0.25 : false),
        boost: { question: 1, title: 1.5, body: 0.5 },
        bm25: { k: 2, b: 0.75, d: 0.1 },
      },
    })
    index.addAll(documents)
    return {
      rank(question, limit) {
        return index
          .search(question)
          .slice(0, limit)
          .map((hit) => ({ id: documents[hit.id]?.entry ?? '', score: hit.score }))
      },
    }
  },
}
