// Owns what both Orama engines share: a database a language, as Orama's documentation advises, with
// its stemmer and stop words, and the search of the one that the question's language names.

import type { Database, TokenizerOptions } from '@orama/orama'
import { create, insertMultiple, search } from '@orama/orama'
import type { BenchEntry, Built, Document } from './engine.ts'
import { groupByEntry, listLanguages, listPhrasingDocuments, splitWords } from './engine.ts'

const hitsMax = 50
const batchSize = 5_000
const languageNames: Record<string, string> = {
  de: 'german',
  en: 'english',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  id: 'indonesian',
  it: 'italian',
  nl: 'dutch',
  pt: 'portuguese',
  ru: 'russian',
  sv: 'swedish',
}

export type OramaOptions = {
  plugins: unknown[]
  tolerance: number
  boost: Record<string, number>
}

async function createDatabase(language: string, options: OramaOptions): Promise<Database> {
  const name = languageNames[language]
  const schema = { question: 'string', title: 'string', body: 'string' } as const
  if (name === undefined) {
    // A language Orama has no splitter for: its words as Unicode has them, without stems.
    const normalizationCache = new Map<string, string>()
    const tokenize = (text: string): string[] => [...new Set(splitWords(text))]
    const tokenizer = { language: 'multi', normalizationCache, tokenize }
    return create({ schema, plugins: options.plugins, components: { tokenizer } })
  }
  const { stemmer } = (await import(`@orama/stemmers/${name}`)) as {
    stemmer: TokenizerOptions['stemmer']
  }
  const { stopwords } = (await import(`@orama/stopwords/${name}`)) as { stopwords: string[] }
  const tokenizer = { language: name, stemming: true, stemmer, stopWords: stopwords }
  return create({ schema, plugins: options.plugins, components: { tokenizer } })
}

function toRecord(document: Document): Record<string, string> {
  return {
    id: String(document.id),
    question: document.question,
    title: document.title,
    body: document.body,
  }
}

export async function buildOrama(
  entries: readonly BenchEntry[],
  options: OramaOptions,
): Promise<Built> {
  const documents = listPhrasingDocuments(entries)
  const languages = listLanguages(entries)
  const first = languages[0] ?? 'en'
  const databases = new Map<string, Database>()
  for (const language of languages.length === 0 ? ['en'] : languages) {
    const database = await createDatabase(language, options)
    const own = documents.filter((document) => (document.language ?? first) === language)
    await insertMultiple(database, own.map(toRecord), batchSize)
    databases.set(language, database)
  }
  return {
    async rank(question, limit, language) {
      const database = databases.get(language ?? first) ?? databases.get(first)
      if (database === undefined) return []
      const { tolerance, boost } = options
      // A threshold of 1 keeps entries that have only some of the words.
      const found = await search(database, {
        term: question,
        limit: hitsMax,
        threshold: 1,
        tolerance,
        boost,
      })
      const hits = found.hits.map((hit) => ({
        id: documents[Number(hit.id)]?.entry ?? '',
        score: hit.score,
      }))
      return groupByEntry(hits, limit)
    },
  }
}
