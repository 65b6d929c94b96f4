// Owns the two SQLite FTS5 tables mixed: each entry's score is the sum of its shares of both tables'
// best scores.

import type { Engine, Ranked } from '../engine.ts'
import { groupByEntry } from '../engine.ts'
import { buildTable, listTrigrams, listWords } from '../fts5.ts'

const hitsMax = 50

function addShares(sums: Map<string, number>, hits: readonly Ranked[]): void {
  const best = hits[0]?.score ?? 1
  for (const hit of hits) sums.set(hit.id, (sums.get(hit.id) ?? 0) + hit.score / best)
}

export const engine: Engine = {
  name: 'fts5-both',
  build(entries) {
    const stems = buildTable(entries, 'porter unicode61 remove_diacritics 2')
    const trigrams = buildTable(entries, 'trigram remove_diacritics 1')
    // The mix compares entries with each other, not questions: the scores themselves say how sure.
    let scoreTop = 0
    return {
      rank(question, limit) {
        const sums = new Map<string, number>()
        const stemHits = stems.search(listWords(question), hitsMax)
        const trigramHits = trigrams.search(listTrigrams(question), hitsMax)
        addShares(sums, stemHits)
        addShares(sums, trigramHits)
        scoreTop = (stemHits[0]?.score ?? 0) + (trigramHits[0]?.score ?? 0)
        const hits = [...sums].map(([id, score]) => ({ id, score }))
        return groupByEntry(hits, limit)
      },
      confidence: () => scoreTop,
    }
  },
}
