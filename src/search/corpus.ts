// Owns the reading of texts: documents become texts with features, a query becomes the same kind of features.
// Must not know how entries are scored.

import type { RarityReader } from './common-words.ts'
import { createRarityReader, isCommonWord } from './common-words.ts'
import { FeatureLists } from './feature-lists.ts'
import { documentBounds, queryBounds, splitWords } from './normalise.ts'
import type { Correction, SearchDocument, Synonym } from './search.ts'
import type { Speller } from './spelling.ts'
import { baseLanguage, stemmerFor } from './stem.ts'
import type { SynonymTable } from './synonyms.ts'
import { buildSynonymTable, expandSynonyms } from './synonyms.ts'
import type { QuestionReading } from './views.ts'
import { FeatureTable } from './views.ts'
import { Vocabulary } from './vocabulary.ts'

/** A text that an entry is known by. The body is all of its answers. */
export type Text = {
  readonly entry: number
  readonly kind: 'phrasing' | 'title' | 'keywords' | 'body'
  readonly language: string
  readonly text: string
}

export type Corpus = {
  /** Sorted, so that an entry's number never depends on the order of files. */
  readonly entryIds: readonly string[]
  /** In order of entry. */
  readonly texts: readonly Text[]
  /** The features of each text, by its position in `texts`. */
  readonly lists: FeatureLists
  readonly vocabulary: Vocabulary
  readonly synonyms: SynonymTable
  readonly features: FeatureTable
  readonly rarityOf: RarityReader
}

export type Analysis = {
  /** The query as it was read. */
  readonly query: string
  readonly corrections: readonly Correction[]
  readonly language: string
  readonly reading: QuestionReading
}

/** Beyond this many words, an answer's text is read for its vocabulary only. */
const bodyWordsMax = 150

export function readCorpus(
  documents: readonly SearchDocument[],
  synonyms: readonly Synonym[],
  formWords: Iterable<string>,
): Corpus {
  const sorted = [...documents].sort(
    (a, b) => compare(a.id, b.id) || compare(a.language, b.language) || compare(a.title, b.title),
  )
  const vocabulary = new Vocabulary(sorted.map((document) => document.language))
  // Words of the glossary are spelt right, even where no entry uses them.
  const sortedSynonyms = [...synonyms].sort(
    (a, b) => compare(a.term, b.term) || compare(a.meaning, b.meaning),
  )
  for (const { language, term, meaning } of sortedSynonyms) {
    vocabulary.addText(`${term} ${meaning}`, language, documentBounds)
  }
  const texts: Text[] = []
  const corpus: Corpus = {
    entryIds: [...new Set(sorted.map((document) => document.id))],
    texts,
    lists: new FeatureLists(),
    vocabulary,
    synonyms: buildSynonymTable(sortedSynonyms),
    features: new FeatureTable(),
    rarityOf: createRarityReader(new Set(formWords)),
  }
  const entryOf = new Map(corpus.entryIds.map((id, index) => [id, index]))
  for (const document of sorted) {
    const entry = entryOf.get(document.id) ?? 0
    const language = baseLanguage(document.language)
    const learn = (kind: Text['kind'], text: string) => {
      const bounds = kind === 'body' ? documentBounds : queryBounds
      const words = vocabulary.addText(text, language, bounds).slice(0, wordsMax(kind))
      if (words.length === 0) return
      const expanded = expandSynonyms(words, language, corpus.synonyms)
      corpus.lists.add(corpus.features.learn(expanded, expanded.map(stemmerFor(language))))
      texts.push({ entry, kind, language, text })
    }
    learn('title', document.title)
    for (const phrasing of new Set(document.phrasings)) learn('phrasing', phrasing)
    learn('keywords', document.keywords.join(' '))
    learn('body', document.body)
  }
  return corpus
}

/**
 * Reads a query as the texts were read, misspelt words corrected first.
 * @param speller null leaves words as they are
 */
export function analyseQuery(
  corpus: Corpus,
  speller: Speller | null,
  text: string,
  statedLanguage: string | undefined,
): Analysis {
  const corrections: Correction[] = []
  const asked = splitWords(text, queryBounds)
  const asTyped = corpus.vocabulary.detectLanguage(asked, statedLanguage)
  const words = asked.map((word) => {
    const spelt = corpus.vocabulary.has(word) || isCommonWord(word, asTyped)
    const corrected = spelt ? null : speller?.correct(word)
    if (corrected === null || corrected === undefined) return word
    corrections.push({ from: word, to: corrected })
    return corrected
  })
  const language = corpus.vocabulary.detectLanguage(words, statedLanguage)
  const expanded = expandSynonyms(words, language, corpus.synonyms)
  const rarities = expanded.map((word) =>
    corpus.rarityOf(word, language, corpus.vocabulary.has(word)),
  )
  const reading = corpus.features.read(expanded, expanded.map(stemmerFor(language)), rarities)
  return { query: words.join(' '), corrections, language, reading }
}

function wordsMax(kind: Text['kind']): number {
  return kind === 'body' ? bodyWordsMax : queryBounds.wordCountMax
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
