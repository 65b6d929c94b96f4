// Owns what needs no model: a query that repeats a phrasing, or that names an entry by its title and nothing else, is
// about that entry, whatever any model thinks. Must not know models.

import type { Corpus } from './corpus.ts'
import { queryBounds, splitWords } from './normalise.ts'
import { stemmerFor } from './stem.ts'
import { expandSynonyms } from './synonyms.ts'

/** The entry of a query in normalised words, or undefined when none, or several entries, are called so. */
export type Verbatim = (query: string, language: string) => number | undefined

const several = -1
/** A stem that this share of all entries are asked with, such as the organisation's own name, tells none from another. */
const ubiquitousShareMin = 1 / 3
const parentheses = /\([^)]*\)/gu
const numbers = /\p{N}+/gu

export function indexVerbatim(corpus: Corpus, formWords: ReadonlySet<string>): Verbatim {
  const phrasings = new Map<string, number>()
  const names = new Map<string, number>()
  const ubiquitous = findUbiquitous(corpus)
  const nameKey = (words: readonly string[], language: string) => {
    const subject = words.filter((word) => !formWords.has(word))
    const stems = expandSynonyms(subject, language, corpus.synonyms).map(stemmerFor(language))
    const telling = stems.filter((stem) => !ubiquitous.has(`${language} ${stem}`))
    const key = [...new Set(telling.length === 0 ? stems : telling)].sort()
    // "commits" has the stem of "commitments", and is not its name.
    const [only] = subject
    return key.length === 1 && subject.length === 1
      ? `${key.join(' ')} ${dropPlural(only ?? '')}`
      : key.join(' ')
  }
  for (const { kind, text, entry, language } of corpus.texts) {
    if (kind !== 'phrasing' && kind !== 'title') continue
    enter(phrasings, splitWords(text, queryBounds).join(' '), entry)
    if (kind === 'phrasing') continue
    const plain = text.replaceAll(parentheses, '')
    for (const name of new Set([text, plain, plain.replaceAll(numbers, ' ')])) {
      enter(names, nameKey(splitWords(name, queryBounds), language), entry)
    }
  }
  return (query, language) => {
    const entry = phrasings.get(query) ?? names.get(nameKey(query.split(' '), language))
    return entry === several ? undefined : entry
  }
}

/** Enough to make one name of "commitment" and "commitments". */
const dropPlural = (word: string) => word.replace(/s$/u, '')

function enter(entries: Map<string, number>, key: string, entry: number): void {
  if (key === '') return
  const known = entries.get(key)
  entries.set(key, known === undefined || known === entry ? entry : several)
}

/** Stems that a large share of the entries' phrasings use, by language. */
function findUbiquitous(corpus: Corpus): Set<string> {
  const entriesOf = new Map<string, Set<number>>()
  for (const { kind, text, entry, language } of corpus.texts) {
    if (kind !== 'phrasing') continue
    const stem = stemmerFor(language)
    for (const word of splitWords(text, queryBounds)) {
      const key = `${language} ${stem(word)}`
      const entries = entriesOf.get(key) ?? new Set<number>()
      entriesOf.set(key, entries.add(entry))
    }
  }
  const countMin = Math.max(2, corpus.entryIds.length * ubiquitousShareMin)
  return new Set([...entriesOf].flatMap(([key, { size }]) => (size >= countMin ? [key] : [])))
}
