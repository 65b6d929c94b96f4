// Owns the words of the knowledge base: how often each occurs, and in which languages.
// Must not know entries, models or how a misspelt word is found.

import type { TextBounds } from './normalise.ts'
import { splitWords } from './normalise.ts'
import { baseLanguage } from './stem.ts'

/** One bit a language; a base in more languages than this does not exist, and further ones share the last bit. */
const languageCountMax = 31

export class Vocabulary {
  /** Base languages, in the order of their first document. */
  readonly languages: readonly string[]
  readonly words: string[] = []
  readonly counts: number[] = []
  readonly #languageBits: number[] = []
  readonly #ids = new Map<string, number>()

  constructor(languages: Iterable<string>) {
    this.languages = [...new Set([...languages].map(baseLanguage))].sort()
  }

  /** Adds a text's words and returns them. */
  addText(text: string, language: string, bounds: TextBounds): string[] {
    const words = splitWords(text, bounds)
    const bit = this.#bitOf(language)
    for (const word of words) {
      const id = this.#ids.get(word)
      if (id === undefined) {
        this.#ids.set(word, this.words.length)
        this.words.push(word)
        this.counts.push(1)
        this.#languageBits.push(bit)
      } else {
        this.counts[id] = (this.counts[id] ?? 0) + 1
        this.#languageBits[id] = (this.#languageBits[id] ?? 0) | bit
      }
    }
    return words
  }

  has(word: string): boolean {
    return this.#ids.has(word)
  }

  /**
   * Which of the base's languages a query is in: the one that knows most of its words. What the platform states
   * only breaks ties, because people ask in English from a client set to French.
   */
  detectLanguage(words: readonly string[], stated: string | undefined): string {
    const first = this.languages[0] ?? 'und'
    if (this.languages.length < 2) return first
    const statedBase = stated === undefined ? undefined : baseLanguage(stated)
    let best = first
    let bestWeight = -1
    for (const language of this.languages) {
      let weight = language === statedBase ? 0.5 : 0
      const bit = this.#bitOf(language)
      for (const word of words) {
        const bits = this.#languageBits[this.#ids.get(word) ?? -1] ?? 0
        // A word that many languages share says little.
        if ((bits & bit) !== 0) weight += 1 / countBits(bits)
      }
      if (weight > bestWeight) {
        best = language
        bestWeight = weight
      }
    }
    return best
  }

  #bitOf(language: string): number {
    const index = this.languages.indexOf(baseLanguage(language))
    return 1 << Math.min(Math.max(index, 0), languageCountMax - 1)
  }
}

/** Number of bits set in a 32-bit integer. */
export function countBits(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  bits = (bits + (bits >>> 4)) & 0x0f0f0f0f
  return (bits * 0x01010101) >>> 24
}
