// Owns questions made from phrasings, as people make them: put a little differently, or the same about another subject.
// Must not know what is learned from them.

import { commonWords } from './common-words.ts'
import type { Corpus, Text } from './corpus.ts'
import { queryBounds, splitWords } from './normalise.ts'

/** People add at most a few words of everyday talk. */
const addedCountMax = 3
const everydayRankMax = 800
/** Shorter phrasings lose no word: what is left would say too little. */
const shortenedFrom = 4
/** Strangers are neither everyday words nor so rare that nobody asks about them. */
const strangerRankMin = 600
const swappedShareMin = 0.15
const swappedShareMax = 0.4

/** Half of the strangers are words that the base itself uses, though hardly ever: "when was the ... founded". */
const ownShare = 0.5
const ownCountMax = 2
const ownLengthMin = 4

/** Numbers from 0 up to 1 that look random and are the same on every machine. */
type Draw = () => number

/** The phrasing with a word left out and a few everyday words around it: still the same question. */
export function putDifferently(phrasings: readonly Text[]): Text[] {
  const draw = createDraw()
  return phrasings.map((phrasing) => {
    const everyday = commonWords(phrasing.language).slice(0, everydayRankMax)
    const words = splitWords(phrasing.text, queryBounds)
    if (words.length >= shortenedFrom) words.splice(Math.floor(draw() * words.length), 1)
    const added = everyday.length === 0 ? 0 : Math.floor(draw() * (addedCountMax + 1))
    for (let i = 0; i < added; i++) {
      const place = draw() < 0.5 ? 0 : words.length
      words.splice(place, 0, pick(everyday, draw))
    }
    return { ...phrasing, text: words.join(' ') }
  })
}

/** The phrasing with its rarest words exchanged for others of its language: a question about something else. */
export function swapSubject({ rarityOf, vocabulary }: Corpus, phrasings: readonly Text[]): Text[] {
  const draw = createDraw()
  const rareOwn = vocabulary.words.filter(
    (word, id) => word.length >= ownLengthMin && (vocabulary.counts[id] ?? 0) <= ownCountMax,
  )
  return phrasings.flatMap((phrasing) => {
    const strangers = commonWords(phrasing.language).slice(strangerRankMin)
    if (strangers.length === 0) return []
    const words = splitWords(phrasing.text, queryBounds)
    const rarities = words.map((word) => rarityOf(word, phrasing.language, true))
    const rarest = [...words.keys()].sort((a, b) => (rarities[b] ?? 0) - (rarities[a] ?? 0))
    const share = swappedShareMin + (swappedShareMax - swappedShareMin) * draw()
    const count = Math.max(1, Math.round(words.length * share))
    for (const place of rarest.slice(0, count)) {
      const own = draw() < ownShare
      words[place] = pick(own ? rareOwn : strangers, draw)
    }
    return [{ ...phrasing, text: words.join(' ') }]
  })
}

const pick = (words: readonly string[], draw: Draw) =>
  words[Math.floor(draw() * words.length)] ?? ''

/** A linear congruential generator; its numbers need not be good, only the same everywhere. */
function createDraw(): Draw {
  let state = 12_345
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
