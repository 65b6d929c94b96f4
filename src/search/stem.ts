// Owns the choice of stemmer by language. A language without a stemmer keeps its words as they are.
// Must not know where words come from.

import { createRequire } from 'node:module'

type Stemmer = (word: string) => string

/** Base language to the name of its stemmer; loaded on first use, because all of them together cost 15 MB. */
const stemmerNames: ReadonlyMap<string, string> = new Map([
  ['ar', 'arabic'],
  ['bg', 'bulgarian'],
  ['da', 'danish'],
  ['de', 'german'],
  ['el', 'greek'],
  ['en', 'english'],
  ['es', 'spanish'],
  ['fi', 'finnish'],
  ['fr', 'french'],
  ['ga', 'irish'],
  ['hu', 'hungarian'],
  ['hy', 'armenian'],
  ['id', 'indonesian'],
  ['it', 'italian'],
  ['lt', 'lithuanian'],
  ['nb', 'norwegian'],
  ['ne', 'nepali'],
  ['nl', 'dutch'],
  ['nn', 'norwegian'],
  ['no', 'norwegian'],
  ['pt', 'portuguese'],
  ['ro', 'romanian'],
  ['ru', 'russian'],
  ['sr', 'serbian'],
  ['sv', 'swedish'],
  ['ta', 'tamil'],
  ['tr', 'turkish'],
  ['uk', 'ukrainian'],
])

const keepWhole: Stemmer = (word) => word
const stemmers = new Map<string, Stemmer>()
// Synchronous, so that building an index stays a plain function.
const requirePackage = createRequire(import.meta.url)

/** Hebrew writes "and", "the", "in", "to", "from" as first letters of the word; what carries the meaning follows. */
const hebrewPrefixes = /^ו?[השבלכמ]?(?=\p{L}{3})/u
const hebrewSuffixes = /(?<=\p{L}{3})(?:ים|ות|ית|יה|ך)$/u
const stemHebrew: Stemmer = (word) => word.replace(hebrewPrefixes, '').replace(hebrewSuffixes, '')

function loadStemmer(language: string): Stemmer {
  if (language === 'he') return stemHebrew
  const name = stemmerNames.get(language)
  if (name === undefined) return keepWhole
  return (requirePackage(`@orama/stemmers/${name}`) as { stemmer: Stemmer }).stemmer
}

/** "pt-BR" and "pt" share a stemmer and a vocabulary. */
export function baseLanguage(language: string): string {
  const hyphen = language.indexOf('-')
  return (hyphen < 0 ? language : language.slice(0, hyphen)).toLowerCase()
}

/** Returns the stemmer of a base language (see `baseLanguage`); words of one or two letters stay as they are. */
export function stemmerFor(language: string): Stemmer {
  const known = stemmers.get(language)
  if (known !== undefined) return known
  const stemmer = loadStemmer(language)
  const guarded: Stemmer = (word) => (word.length < 3 ? word : stemmer(word) || word)
  stemmers.set(language, guarded)
  return guarded
}
