// Owns how a text becomes words with their places, and how known phrases are found among them. Knows no meaning.

import { foldLetters } from '../fold-letters.ts'

/** Folded for comparison; `exact` keeps accents, because short names differ by them alone. */
export type Word = {
  readonly raw: string
  readonly exact: string
  readonly folded: string
  /** Places in the text. */
  readonly start: number
  readonly end: number
}

const textLengthMax = 2000
const wordCountMax = 200
/** "U.S." is one word. */
const wordPattern = /(?:\p{Lu}\.){2,}|[\p{L}\p{M}\p{N}]+/gu

export function readWords(text: string): Word[] {
  const words: Word[] = []
  for (const { 0: found, index } of text.slice(0, textLengthMax).matchAll(wordPattern)) {
    if (words.length >= wordCountMax) break
    const raw = found.includes('.') ? found.replaceAll('.', '') : found
    words.push({
      raw,
      exact: raw.normalize('NFC').toLowerCase(),
      folded: foldLetters(raw),
      start: index,
      end: index + found.length,
    })
  }
  return words
}

export type PhraseFound<Value> = {
  readonly value: Value
  /** In words. */
  readonly start: number
  readonly length: number
}

/** Phrases by their words. Words may be written together ("caboverde"), never apart ("to go" is not "Togo"). */
export class PhraseTable<Value> {
  readonly #values = new Map<string, { readonly value: Value; readonly wordCount: number }>()
  /** By the first word of phrases with several, the most words that one of them has. */
  readonly #longest = new Map<string, number>()
  readonly #foldedLengthMin: number

  /**
   * @param foldedLengthMin with fewer letters a phrase must be written with its own accents: "Mỹ" is a country, "my" is
   * not
   */
  constructor(foldedLengthMin = 0) {
    this.#foldedLengthMin = foldedLengthMin
  }

  get(phrase: string): Value | undefined {
    return this.#values.get(this.#keyOf(readWords(phrase)))?.value
  }

  /** @param change makes the phrase's value of the one that it has had so far */
  set(phrase: string, change: (known: Value | undefined) => Value): void {
    const words = readWords(phrase)
    if (words.length === 0) return
    const key = this.#keyOf(words)
    const known = this.#values.get(key)
    // "Cutoff" and "cut-off" are one.
    const wordCount = Math.max(known?.wordCount ?? 0, words.length)
    this.#values.set(key, { value: change(known?.value), wordCount })
    for (let part = 1; part < words.length; part++) {
      const head = words
        .slice(0, part)
        .map(({ folded }) => folded)
        .join('')
      this.#longest.set(head, Math.max(this.#longest.get(head) ?? 0, words.length))
    }
  }

  /** The longest phrase that starts at a word. */
  findAt(words: readonly Word[], start: number): PhraseFound<Value> | undefined {
    const first = words[start]
    if (first === undefined) return undefined
    const most = Math.min(this.#longest.get(first.folded) ?? 1, words.length - start)
    for (let length = most; length > 0; length--) {
      const found = this.#values.get(this.#keyOf(words.slice(start, start + length)))
      if (found !== undefined && found.wordCount >= length) {
        return { value: found.value, start, length }
      }
    }
    return undefined
  }

  /** From left to right, none overlapping. */
  findAll(words: readonly Word[]): PhraseFound<Value>[] {
    const all: PhraseFound<Value>[] = []
    for (let start = 0; start < words.length;) {
      const found = this.findAt(words, start)
      if (found !== undefined) all.push(found)
      start += found?.length ?? 1
    }
    return all
  }

  #keyOf(words: readonly Word[]): string {
    const folded = words.map((word) => word.folded).join('')
    return folded.length < this.#foldedLengthMin ? words.map(({ exact }) => exact).join('') : folded
  }
}
