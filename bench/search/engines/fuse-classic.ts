// Owns fuse.js as most people use it: approximate matching of the whole question against each
// phrasing, anywhere in the text. Weights and the default threshold did best on development data.

import Fuse from 'fuse.js'
import type { Engine } from '../engine.ts'
import { groupByEntry, listPhrasingDocuments } from '../engine.ts'

const hitsMax = 50

export const engine: Engine = {
  name: 'fuse-classic',
  build(entries) {
    const fuse = new Fuse(listPhrasingDocuments(entries), {
      includeScore: true,
      ignoreLocation: true,
      ignoreDiacritics: true,
      keys: [
        { name: 'question', weight: 3 },
        { name: 'title', weight: 1 },
        { name: 'body', weight: 0.5 },
      ],
    })
    return {
      rank(question, limit) {
        const hits = fuse.search(question, { limit: hitsMax })
        // fuse.js scores are distances: 0 is a perfect match, 1 is none.
        return groupByEntry(
          hits.map((hit) => ({ id: hit.item.entry, score: 1 - (hit.score ?? 1) })),
          limit,
        )
      },
    }
  },
}
