// Owns fuse.js with its token search: the question's words, each matched approximately and weighed
// by rarity. One document an entry, a strict threshold and a milder norm for length did best on development data.

import Fuse from 'fuse.js'
import type { Engine } from '../engine.ts'
import { groupByEntry, listEntryDocuments } from '../engine.ts'

export const engine: Engine = {
  name: 'fuse-token',
  build(entries) {
    const fuse = new Fuse(listEntryDocuments(entries), {
      includeScore: true,
      useTokenSearch: true,
      ignoreLocation: true,
      ignoreDiacritics: true,
      threshold: 0.2,
      fieldNormWeight: 0.5,
      keys: [
        { name: 'question', weight: 2 },
        { name: 'title', weight: 1 },
        { name: 'body', weight: 0.3 },
      ],
    })
    return {
      rank(question, limit) {
        const hits = fuse.search(question, { limit })
        return groupByEntry(
          hits.map((hit) => ({ id: hit.item.entry, score: 1 - (hit.score ?? 1) })),
          limit,
        )
      },
    }
  },
}
