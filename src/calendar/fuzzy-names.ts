// Misspelt names of places, by fuse.js. Knows which names are near to a word, not which one is meant.

import Fuse from 'fuse.js'
import type { Place, PlaceName } from './place-names.ts'
import { readWords, type Word } from './words.ts'

export type FuzzyNames = {
  /** The places whose name is nearest to the words, and whether it is near enough to be taken for meant. */
  readonly find: (words: readonly Word[]) => { places: readonly Place[]; isClose: boolean } | null
  /** In words. */
  readonly nameLengthMax: number
}

/** Shorter names have too many neighbours among ordinary words. */
const lettersMin = 5
/** One slip in five letters makes another word too easily: such a name is only offered. */
const closeLettersMin = 6
/** Two slips are forgiven in so many letters, one in fewer. */
const twoSlipsLettersMin = 8
const twoSlips = 2
const lengthSteps = [-2, -1, 0, 1, 2]
/** Fuse is slow with more; nobody writes so long a name with slips. */
const lettersMax = 30
const nameLengthMax = 4
/** Passes everything that the slips allow; the exact count follows. */
const fuseOptions = {
  threshold: 0.4,
  ignoreLocation: true,
  ignoreFieldNorm: true,
  includeScore: true,
}

type Entry = {
  readonly letters: string
  /** Which letters it has, one bit each. */
  readonly letterSet: number
  readonly wordCount: number
  readonly places: readonly Place[]
  readonly fuse: Fuse<string>
}

export function createFuzzyNames(names: readonly PlaceName[]): FuzzyNames {
  const byShape = Map.groupBy(toEntries(names), ({ letters }) => shapeOf(letters, letters.length))

  const findNear = (letters: string, wordCount: number) => {
    const slipsMax = letters.length < twoSlipsLettersMin ? 1 : twoSlips
    const letterSet = toLetterSet(letters)
    return lengthSteps
      .flatMap((step) => byShape.get(shapeOf(letters, letters.length + step)) ?? [])
      .filter((entry) => entry.wordCount >= wordCount)
      .filter((entry) => countBits(entry.letterSet ^ letterSet) <= slipsMax * 2)
      .map((entry) => ({ entry, slips: countSlips(letters, entry) }))
      .filter(({ slips }) => slips <= slipsMax)
  }

  return {
    nameLengthMax,
    find: (words) => {
      const letters = words.map(({ folded }) => folded).join('')
      if (letters.length < lettersMin || letters.length > lettersMax) return null
      const near = findNear(letters, words.length)
      if (near.length === 0) return null
      const fewest = Math.min(...near.map(({ slips }) => slips))
      const nearest = near.filter(({ slips }) => slips === fewest)
      return {
        places: [...new Set(nearest.flatMap(({ entry }) => entry.places))],
        isClose: letters.length >= closeLettersMin,
      }
    },
  }
}

/** People hardly ever mistake the first letter. */
const shapeOf = (letters: string, length: number) => `${letters.charAt(0)}${length}`

function toEntries(names: readonly PlaceName[]): Entry[] {
  const entries = new Map<string, Entry>()
  for (const { text, places } of names) {
    const words = readWords(text)
    const letters = words.map(({ folded }) => folded).join('')
    if (letters.length < lettersMin || words.length > nameLengthMax) continue
    const known = entries.get(letters)?.places ?? []
    entries.set(letters, {
      letters,
      letterSet: toLetterSet(letters),
      wordCount: words.length,
      places: [...new Set([...known, ...places])],
      fuse: new Fuse([letters], fuseOptions),
    })
  }
  return [...entries.values()]
}

/** A slip changes two letters of the set at most, so that most names need not be compared at all. */
function toLetterSet(text: string): number {
  let set = 0
  // Bits come round again after 32 letters of the alphabet, which only lets more names through.
  for (let at = 0; at < text.length; at++) set |= 1 << text.charCodeAt(at)
  return set
}

function countBits(set: number): number {
  let count = 0
  for (let left = set; left !== 0; left &= left - 1) count++
  return count
}

/** Fuse scores the slips in the best part of a name as their share of the letters; the rest of the name counts too. */
function countSlips(written: string, { letters: name, fuse }: Entry): number {
  const score = fuse.search(written)[0]?.score ?? 1
  const slips = Math.max(Math.round(score * written.length), Math.abs(written.length - name.length))
  const isSwap =
    slips === 2 && written.length === name.length && sortLetters(written) === sortLetters(name)
  return isSwap ? 1 : slips
}

const sortLetters = (text: string) => Array.from(text).sort().join('')
