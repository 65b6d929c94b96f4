// Owns SQLite FTS5 over runs of three characters.

import type { Engine } from '../engine.ts'
import { buildTable, listTrigrams } from '../fts5.ts'

export const engine: Engine = {
  name: 'fts5-trigram',
  build(entries) {
    const table = buildTable(entries, 'trigram remove_diacritics 1')
    return { rank: (question, limit) => table.search(listTrigrams(question), limit) }
  },
}
