// Finds known phrases in a row of words. Knows words only, not what the phrases mean.

import { queryBounds, splitWords } from '../search/normalise.ts'

export const toWords = (text: string): string[] => splitWords(text, queryBounds)

export type PhraseMatch<Value> = {
  readonly value: Value
  readonly start: number
  /** In words. */
  readonly length: number
}

/** Phrases by their words; a phrase that is given twice keeps its first value. */
export class PhraseIndex<Value> {
  readonly #values = new Map<string, Value>()
  #longest = 0

  constructor(phrases: Iterable<readonly [phrase: string, value: Value]>) {
    for (const [phrase, value] of phrases) {
      const words = toWords(phrase)
      const key = words.join(' ')
      if (key === '' || this.#values.has(key)) continue
      this.#values.set(key, value)
      this.#longest = Math.max(this.#longest, words.length)
    }
  }

  /** The value of a phrase that is the whole of the words. */
  get(words: readonly string[]): Value | undefined {
    return this.#values.get(words.join(' '))
  }

  /** The longest phrase that starts at a word, if any. */
  matchAt(words: readonly string[], start: number): PhraseMatch<Value> | undefined {
    for (let length = Math.min(this.#longest, words.length - start); length > 0; length--) {
      const value = this.#values.get(words.slice(start, start + length).join(' '))
      if (value !== undefined) return { value, start, length }
    }
    return undefined
  }

  /** All matches from left to right, none overlapping. */
  matchAll(words: readonly string[]): PhraseMatch<Value>[] {
    const matches: PhraseMatch<Value>[] = []
    for (let start = 0; start < words.length;) {
      const match = this.matchAt(words, start)
      if (match !== undefined) matches.push(match)
      start += match?.length ?? 1
    }
    return matches
  }

  words(): Set<string> {
    return new Set([...this.#values.keys()].flatMap((key) => key.split(' ')))
  }
}
