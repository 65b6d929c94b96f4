// Owns FlexSearch: one index a field, the tolerant tokenizer, English rules on top of the universal
// character set, and suggestions, so that a question may hold words the base lacks. It gives ranks
// and no scores: an entry's score is the sum of its reciprocal ranks.

import type { Engine } from '../engine.ts'
import { groupByEntry, listEntryDocuments } from '../engine.ts'

type Index = {
  add(id: number, content: string): unknown
  search(query: string, options: { limit: number; suggest: boolean }): number[]
}
type Library = {
  Charset: { Normalize: object }
  Encoder: new (...options: object[]) => object
  Index: new (options: { tokenize: string; resolution: number; encoder: object }) => Index
}

// The package's own types declare one encoder option where its documentation passes several, so that
// it is imported by a name the compiler does not follow.
const library: string = 'flexsearch'
const { Charset, Encoder, Index } = (await import(library)) as Library
const { default: english } = (await import(`${library}/lang/en`)) as { default: object }

const hitsMax = 30
const weights = { question: 2, title: 1, body: 1 }
const fields = ['question', 'title', 'body'] as const

function createIndex(): Index {
  return new Index({
    tokenize: 'tolerant',
    resolution: 100,
    encoder: new Encoder(Charset.Normalize, english),
  })
}

export const engine: Engine = {
  name: 'flexsearch',
  build(entries) {
    const documents = listEntryDocuments(entries)
    const indexes = { question: createIndex(), title: createIndex(), body: createIndex() }
    for (const document of documents) {
      for (const field of fields) indexes[field].add(document.id, document[field])
    }
    return {
      rank(question, limit) {
        const scores = new Map<string, number>()
        for (const field of fields) {
          const ids = indexes[field].search(question, { limit: hitsMax, suggest: true })
          for (const [rank, id] of ids.entries()) {
            const entry = documents[id]?.entry ?? ''
            scores.set(entry, (scores.get(entry) ?? 0) + weights[field] / (rank + 2))
          }
        }
        const hits = [...scores].map(([id, score]) => ({ id, score }))
        return groupByEntry(hits, limit)
      },
    }
  },
}
