// Owns the synthetic bases of 150 to 150,000 phrasings: real sentences of the given sets as templates,
// their rarer words replaced by each entry's own few. Words follow Zipf's law over the sets' vocabulary
// and, past it, over words coined from halves of two of its words, so that the vocabulary grows with
// the base as it does in life. The same sets give the same bases on every machine.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchEntry, BenchQuery } from './engine.ts'

export const growthSizes = [150, 1_500, 15_000, 150_000]

const seed = 20_260_101
const phrasingsPerEntry = 10
const topicWords = 6
/** The commonest words stay as they are: they make a sentence a question. */
const functionWords = 150
/** Words that can occur: those of the sets, then coined ones. */
const vocabularyMax = 120_000
const questionsMax = 300
const templateWordsMax = 25
const commonLetters = ['e', 't', 'a', 'o', 'i', 'n', 's', 'r']

type Random = () => number

/** mulberry32: numbers from 0 up to 1. */
function createRandom(start: number): Random {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function pick<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('Cannot pick: the list is empty, one item is needed')
  return item
}

/** The phrasings of bases without languages and the English ones; all, when there are none of them. */
function listTemplates(bases: readonly (readonly BenchEntry[])[]): string[][] {
  const english: string[] = []
  const all: string[] = []
  for (const entry of bases.flat()) {
    for (const [position, question] of entry.questions.entries()) {
      all.push(question)
      if ((entry.langs?.[position] ?? 'en') === 'en') english.push(question)
    }
  }
  return (english.length > 0 ? english : all)
    .map((question) => question.toLowerCase().match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? [])
    .filter((words) => words.length > 1 && words.length <= templateWordsMax)
}

/** Words by falling frequency, then by letters. */
function listVocabulary(templates: readonly string[][]): string[] {
  const counts = new Map<string, number>()
  for (const word of templates.flat()) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([word]) => word)
}

/** A word by its rank: the sets' own first, then the halves of two of them. */
function createWordList(content: readonly string[]): (rank: number) => string {
  const coined = new Map<number, string>()
  return (rank) => {
    const own = content[rank]
    if (own !== undefined) return own
    const known = coined.get(rank)
    if (known !== undefined) return known
    const random = createRandom(seed ^ rank)
    const left = pick(content, random)
    const right = pick(content, random)
    const word = left.slice(0, Math.ceil(left.length / 2)) + right.slice(right.length >> 1)
    coined.set(rank, word)
    return word
  }
}

/** One random edit, as in the sets: swap, drop, double or another letter. */
function misspell(word: string, random: Random): string {
  const letters = Array.from(word)
  const at = Math.floor(random() * (letters.length - 1))
  const [here, next] = [letters[at] ?? '', letters[at + 1] ?? '']
  const edits = [next + here, next, here + here + next, pick(commonLetters, random) + next]
  letters.splice(at, 2, pick(edits, random))
  return letters.join('')
}

function misspellTwo(words: readonly string[], random: Random): string {
  const changed = [...words]
  const long = [...changed.keys()].filter((at) => (changed[at] ?? '').length >= 4)
  for (let edits = 0; edits < 2 && long.length > 0; edits++) {
    const [at = 0] = long.splice(Math.floor(random() * long.length), 1)
    changed[at] = misspell(changed[at] ?? '', random)
  }
  return changed.join(' ')
}

export type GrowthBase = { entries: BenchEntry[]; queries: BenchQuery[] }

export function synthesiseBase(
  bases: readonly (readonly BenchEntry[])[],
  phrasings: number,
): GrowthBase {
  const random = createRandom(seed)
  const templates = listTemplates(bases)
  const vocabulary = listVocabulary(templates)
  const common = new Set(vocabulary.slice(0, functionWords))
  const wordAt = createWordList(vocabulary.filter((word) => !common.has(word) && word.length > 2))
  // Rank r has a probability of about 1 / r: the logarithm of the rank is uniform.
  const drawWord = (): string => wordAt(Math.floor(vocabularyMax ** random()) - 1)
  const compose = (topic: readonly string[]): string[] =>
    pick(templates, random).map((word) => (common.has(word) ? word : pick(topic, random)))

  const topics = Array.from({ length: Math.ceil(phrasings / phrasingsPerEntry) }, () =>
    Array.from({ length: topicWords }, drawWord),
  )
  const entries = topics.map((topic, position) => ({
    id: `entry-${position}`,
    title: topic.slice(0, 3).join(' '),
    questions: Array.from({ length: phrasingsPerEntry }, () => compose(topic).join(' ')),
  }))
  const queries = Array.from({ length: questionsMax }, () => {
    const position = Math.floor(random() * topics.length)
    const words = compose(topics[position] ?? [])
    const typo = misspellTwo(words, random)
    return { q: words.join(' '), typo, a: [`entry-${position}`] }
  })
  return { entries, queries }
}

/** Writes a base in the shape of a set; returns its folder. */
export function writeBase(base: GrowthBase, parent: string, phrasings: number): string {
  const folder = join(parent, String(phrasings))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'entries.json'), JSON.stringify(base.entries))
  writeFileSync(join(folder, 'queries.json'), JSON.stringify(base.queries))
  return folder
}
