// Owns what the SQLite FTS5 engines share: a table in memory, one row an entry, BM25 with weights for
// phrasings, title and body, and the terms of a question as one OR query.

import { DatabaseSync } from 'node:sqlite'
import type { BenchEntry, Ranked } from './engine.ts'
import { foldText, listEntryDocuments, splitWords } from './engine.ts'

const trigramLength = 3
const weights = '1, 1.5, 0.5'

export type Fts5Tokenizer = 'porter unicode61 remove_diacritics 2' | 'trigram remove_diacritics 1'

export type Fts5Table = { search(terms: readonly string[], limit: number): Ranked[] }

/** The distinct words of a question. */
export function listWords(question: string): string[] {
  return [...new Set(splitWords(question))]
}

/** The distinct runs of three characters of a question, spaces included. */
export function listTrigrams(question: string): string[] {
  const characters = Array.from(foldText(question))
  const trigrams = new Set<string>()
  for (let start = 0; start + trigramLength <= characters.length; start++) {
    trigrams.add(characters.slice(start, start + trigramLength).join(''))
  }
  return [...trigrams]
}

export function buildTable(entries: readonly BenchEntry[], tokenizer: Fts5Tokenizer): Fts5Table {
  const documents = listEntryDocuments(entries)
  const database = new DatabaseSync(':memory:')
  database.exec(
    `CREATE VIRTUAL TABLE entry USING fts5(question, title, body, tokenize = "${tokenizer}")`,
  )
  const insert = database.prepare(
    'INSERT INTO entry (rowid, question, title, body) VALUES (?, ?, ?, ?)',
  )
  database.exec('BEGIN')
  for (const document of documents) {
    insert.run(document.id, document.question, document.title, document.body)
  }
  database.exec('COMMIT')
  const select = database.prepare(
    `SELECT rowid AS id, -bm25(entry, ${weights}) AS score FROM entry
     WHERE entry MATCH ? ORDER BY bm25(entry, ${weights}) LIMIT ?`,
  )
  return {
    search(terms, limit) {
      if (terms.length === 0) return []
      const match = terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(' OR ')
      return select.all(match, limit).map((row) => ({
        id: documents[Number(row['id'])]?.entry ?? '',
        score: Number(row['score']),
      }))
    },
  }
}
