// Owns lunr: BM25 over stems, a fuzzy clause beside each word of four letters or more, and
// lunr-languages' pipelines for the languages a base is written in. Stop words are kept in bases
// without languages: questions differ in them.

import lunr from 'lunr'
import multiLanguage from 'lunr-languages/lunr.multi.js'
import stemmerSupport from 'lunr-languages/lunr.stemmer.support.js'
import type { BenchEntry, Engine } from '../engine.ts'
import { listEntryDocuments, listLanguages } from '../engine.ts'

const fuzzyLengthMin = 4
const outerPunctuation = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu
const supported = new Set('ar da de el es fi fr he hu hy it nl no pl pt ro ru sv tr'.split(' '))

/** The pipeline of the base's languages, or null when English alone will do. */
async function prepareLanguages(entries: readonly BenchEntry[]): Promise<unknown> {
  const languages = listLanguages(entries).filter((language) => supported.has(language))
  if (languages.length === 0) return null
  stemmerSupport(lunr)
  multiLanguage(lunr)
  for (const language of languages) {
    const { default: install } = (await import(`lunr-languages/lunr.${language}.js`)) as {
      default: typeof stemmerSupport
    }
    install(lunr)
  }
  return lunr.multiLanguage('en', ...languages)
}

export const engine: Engine = {
  name: 'lunr',
  async build(entries) {
    const documents = listEntryDocuments(entries)
    const languages = await prepareLanguages(entries)
    const index = lunr((builder) => {
      if (languages === null) builder.pipeline.remove(lunr.stopWordFilter)
      else builder.use(languages)
      builder.ref('id')
      builder.field('question', { boost: 1 })
      builder.field('title', { boost: 1.5 })
      builder.field('body', { boost: 0.5 })
      for (const document of documents) builder.add(document)
    })
    return {
      rank(question, limit) {
        const hits = index.query((query) => {
          for (const token of lunr.tokenizer(question)) {
            // Indexing trims punctuation, a query's pipeline does not.
            const word = token.toString().replace(outerPunctuation, '')
            if (word === '') continue
            query.term(word, { boost: 1 })
            if (word.length >= fuzzyLengthMin) query.term(word, { editDistance: 1, boost: 0.5 })
          }
        })
        return hits
          .slice(0, limit)
          .map((hit) => ({ id: documents[Number(hit.ref)]?.entry ?? '', score: hit.score }))
      },
    }
  },
}
