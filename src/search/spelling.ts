// Owns the correction of misspelt words to the nearest word of the knowledge base. First a strict step (one or two
// slips of the finger), then fuse.js for words further off. Must not know languages, entries or queries.

import Fuse from 'fuse.js'
import { LRUCache } from 'lru-cache'
import { editDistance } from './edit-distance.ts'
import { countBits } from './vocabulary.ts'

/** Shorter words have too many neighbours; abbreviations are among them. */
const correctedLengthMin = 4
/** From this length on, two slips are still closer to the meant word than to any other. */
const twoEditsLengthMin = 7
/** One slip weighs as much as this factor of frequency... */
const editCost = 4
/** ...and people seldom miss a word's first letter. */
const otherFirstLetterCost = 1.5
const looseLengthMin = 7
const looseCandidatesMax = 48
/** fuse.js: 0 is equal, 1 is anything. */
const looseThreshold = 0.34
const cacheSize = 2000

export type Speller = {
  /** Returns the word of the vocabulary that was meant, or null when none is near. */
  correct(word: string): string | null
}

/**
 * @param words the vocabulary
 * @param counts how often each occurs; a word with count 0 is treated as absent
 */
export function createSpeller(words: readonly string[], counts: ArrayLike<number>): Speller {
  const shelves = shelveByLength(words, counts)
  // Misspellings repeat, and so do people's words that the base lacks.
  const cache = new LRUCache<string, { found: string | null }>({ max: cacheSize })
  return {
    correct(word) {
      if (word.length < correctedLengthMin) return null
      const cached = cache.get(word)
      if (cached !== undefined) return cached.found
      const found = correctStrictly(word, shelves) ?? correctLoosely(word, shelves)
      cache.set(word, { found })
      return found
    },
  }
}

/** Words of one length with their letters as bits, so that most of a vocabulary is passed over in a few nanoseconds. */
type Shelf = { words: string[]; counts: number[]; letters: number[] }

function shelveByLength(words: readonly string[], counts: ArrayLike<number>): Shelf[] {
  const shelves: Shelf[] = []
  for (const [index, word] of words.entries()) {
    const count = counts[index] ?? 0
    if (count === 0 || word.length < correctedLengthMin - 1) continue
    while (shelves.length <= word.length) shelves.push({ words: [], counts: [], letters: [] })
    const shelf = shelves[word.length]
    shelf?.words.push(word)
    shelf?.counts.push(count)
    shelf?.letters.push(letterBits(word))
  }
  return shelves
}

function letterBits(word: string): number {
  let bits = 0
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31)
  return bits
}

function correctStrictly(word: string, shelves: readonly Shelf[]): string | null {
  const editsMax = word.length >= twoEditsLengthMin ? 2 : 1
  const bits = letterBits(word)
  let best: string | null = null
  let bestCost = Infinity
  for (let length = word.length - editsMax; length <= word.length + editsMax; length++) {
    const shelf = shelves[length]
    if (shelf === undefined) continue
    const { letters } = shelf
    for (let i = 0; i < letters.length; i++) {
      // One edit changes at most two letters of the set.
      if (countBits((letters[i] ?? 0) ^ bits) > 2 * editsMax) continue
      const candidate = shelf.words[i] ?? ''
      const edits = editDistance(word, candidate, editsMax)
      if (edits > editsMax) continue
      const cost =
        edits * editCost +
        (candidate.charCodeAt(0) === word.charCodeAt(0) ? 0 : otherFirstLetterCost) -
        Math.log(shelf.counts[i] ?? 1)
      if (cost < bestCost || (cost === bestCost && candidate < (best ?? ''))) {
        best = candidate
        bestCost = cost
      }
    }
  }
  return best
}

/** For "transparrentsy": only words that begin alike, are about as long and share most letters are shown to fuse.js. */
function correctLoosely(word: string, shelves: readonly Shelf[]): string | null {
  if (word.length < looseLengthMin) return null
  const slack = Math.floor(word.length / 4)
  const bits = letterBits(word)
  const near: { word: string; apart: number }[] = []
  for (let length = word.length - slack; length <= word.length + slack; length++) {
    for (const [i, candidate] of shelves[length]?.words.entries() ?? []) {
      if (candidate.charCodeAt(0) !== word.charCodeAt(0)) continue
      const apart = countBits((shelves[length]?.letters[i] ?? 0) ^ bits)
      if (apart <= slack + 1) near.push({ word: candidate, apart })
    }
  }
  if (near.length === 0) return null
  near.sort((a, b) => a.apart - b.apart || (a.word < b.word ? -1 : 1))
  const list = near.slice(0, looseCandidatesMax).map((item) => item.word)
  const fuse = new Fuse(list, { threshold: looseThreshold, includeScore: true, distance: 30 })
  return fuse.search(word, { limit: 1 })[0]?.item ?? null
}
