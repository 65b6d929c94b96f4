// Owns how text becomes plain words: case, accents, apostrophes, scripts without spaces, and the bounds on all of it.
// Must not know any language's grammar, nor what the words are used for.

import { foldLetters } from '../fold-letters.ts'

/** A question longer than this is read only up to here; nobody asks in 2,000 characters what 2,000 do not say. */
export const queryBounds = { textLengthMax: 2000, wordCountMax: 160 } as const
/** A passage of a knowledge base may be long, but one entry must not fill the memory. */
export const documentBounds = { textLengthMax: 40_000, wordCountMax: 6000 } as const
export type TextBounds = { readonly textLengthMax: number; readonly wordCountMax: number }

/** Longer than any word of any language's vocabulary; the rest of a longer run of letters is dropped. */
const wordLengthMax = 40

const apostrophes = /[’‘ʼ`´′]/gu
const possessive = /'s(?![\p{L}\p{N}])/gu
/** As in "l'azienda" or "d'autres", but not in "don't" or "we're". */
const elision = /'(?=[\p{L}]{3})/gu

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu
const unspacedPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const unspacedRuns =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{M}ー]+/gu

/** Lower case without optional marks; words are still separated by whatever separated them. */
export function normaliseText(text: string): string {
  const plain = foldLetters(text).replace(apostrophes, "'")
  if (!plain.includes("'")) return plain
  return plain.replace(possessive, '').replace(elision, ' ').replaceAll("'", '')
}

/** The words of a text, normalised, in order; never more than the bounds allow. */
export function splitWords(text: string, bounds: TextBounds): string[] {
  const plain = normaliseText(text.slice(0, bounds.textLengthMax))
  const words: string[] = []
  for (const run of plain.match(wordPattern) ?? []) {
    if (words.length >= bounds.wordCountMax) break
    if (unspacedPattern.test(run)) words.push(...splitUnspaced(run))
    else words.push(cutWord(run))
  }
  return words.length > bounds.wordCountMax ? words.slice(0, bounds.wordCountMax) : words
}

/** Chinese, Japanese, Thai and their like: overlapping pairs of characters; other scripts inside the run stay whole. */
function splitUnspaced(run: string): string[] {
  const parts: string[] = []
  let end = 0
  for (const match of run.matchAll(unspacedRuns)) {
    if (match.index > end) parts.push(cutWord(run.slice(end, match.index)))
    end = match.index + match[0].length
    const characters = Array.from(match[0])
    if (characters.length === 1) parts.push(match[0])
    for (let i = 0; i + 1 < characters.length; i++) {
      parts.push((characters[i] ?? '') + (characters[i + 1] ?? ''))
    }
  }
  if (end < run.length) parts.push(cutWord(run.slice(end)))
  return parts
}

function cutWord(word: string): string {
  return word.length > wordLengthMax ? word.slice(0, wordLengthMax) : word
}
