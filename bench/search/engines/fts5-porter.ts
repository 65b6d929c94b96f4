// Owns SQLite FTS5 over Porter stems.

import type { Engine } from '../engine.ts'
import { buildTable, listWords } from '../fts5.ts'

export const engine: Engine = {
  name: 'fts5-porter',
  build(entries) {
    const table = buildTable(entries, 'porter unicode61 remove_diacritics 2')
    return { rank: (question, limit) => table.search(listWords(question), limit) }
  },
}
