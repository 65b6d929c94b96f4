// Takes a message apart: into questions, and a comparison into the two things compared. Knows no subject.

import { toWords } from './phrases.ts'
import type { LanguageCues } from './language-cues.ts'

export type MessagePart = {
  readonly text: string
  /** False for a sentence that only tells, such as "I am new at the ministry." */
  readonly asks: boolean
}

/** Questions of one message that are answered; the reply says when there were more. */
export const questionsMax = 4
const partsMax = 40

/** The sentences of a message, each divided where a second question begins ("... and why ..."). */
export function splitMessage(text: string, language: string, cues: LanguageCues): MessagePart[] {
  const sentences = new Intl.Segmenter(language, { granularity: 'sentence' })
  const parts: MessagePart[] = []
  for (const line of text.split(questionEnds)) {
    for (const { segment } of sentences.segment(line)) {
      const divided = splitAtJoiners(segment.trim(), cues)
      const asksAsWhole = divided.length === 1 && asksSomething(segment, cues)
      for (const part of divided) {
        if (parts.length >= partsMax) return parts
        if (part !== '') parts.push({ text: part, asks: asksAsWhole || asksSomething(part, cues) })
      }
    }
  }
  return parts
}

/** Lines, semicolons, question marks, and the numbers of a list: "1) ... 2) ...". */
const questionEnds = /[\n\r;]+|(?<=[?؟？])|(?<=^|\s)\d{1,2}[).]\s/u

/**
 * "what is X and why does it matter" -> two questions; "I am new, what is X" -> a statement and a question; "protect and
 * expand civic space" stays whole.
 */
function splitAtJoiners(sentence: string, cues: LanguageCues): string[] {
  const tokens = sentence.split(/(?<=\s)/u)
  const words = tokens.map((token) => toWords(token)[0] ?? '')
  const parts: string[] = []
  let start = 0
  for (let at = 1; at < tokens.length; at++) {
    const before = words.slice(start, at)
    const hasSubject = before.some((word) => word !== '' && !cues.formWords.has(word))
    if (!hasSubject) continue
    const joiner = cues.joiners.matchAt(words, at)
    const next = at + (joiner?.length ?? 0)
    if (!cues.openers.has(words[next] ?? '')) continue
    const asked = opensQuestion(before, cues)
    // After a comma only a statement ends: in "when the plan ends, what is due" the first half asks nothing by itself,
    // and "the plan vs the report, which is which" asks one thing.
    const compares =
      before.some((word) => cues.comparisonWords.has(word)) ||
      splitComparison(before, cues) !== null
    const told = !asked && !compares && joiner === undefined && /,\s*$/u.test(tokens[at - 1] ?? '')
    if (!told && !(asked && joiner !== undefined)) continue
    parts.push(tokens.slice(start, at).join('').trim())
    start = next
    at = next
  }
  parts.push(tokens.slice(start).join('').trim())
  return parts
}

function asksSomething(sentence: string, cues: LanguageCues): boolean {
  // "We're" would read as "were": what stands before the apostrophe is the word.
  const heads = sentence.replaceAll(/(?<=\p{L})['’]\p{L}+/gu, '')
  return /[?؟？]/u.test(sentence) || opensQuestion(toWords(heads), cues)
}

const opensQuestion = (words: readonly string[], cues: LanguageCues) => {
  const first = words.find((word) => word !== '' && !cues.politeness.has(word))
  return first !== undefined && cues.openers.has(cues.correct(first))
}

/** The halves of "X and Y", at every joiner between words that have a subject on both sides. */
export function splitCoordination(
  words: readonly string[],
  cues: LanguageCues,
): [string, string][] {
  const halves: [string, string][] = []
  for (let at = 1; at < words.length - 1; at++) {
    const joiner = cues.joiners.matchAt(words, at)
    if (joiner === undefined) continue
    const before = words.slice(0, at)
    const after = words.slice(at + joiner.length)
    const hasSubject = (half: readonly string[]) => half.some((word) => !cues.formWords.has(word))
    if (hasSubject(before) && hasSubject(after)) halves.push([before.join(' '), after.join(' ')])
  }
  return halves
}

/** "difference between X and Y" -> [X, Y]; null when the question compares nothing. */
export function splitComparison(
  words: readonly string[],
  cues: LanguageCues,
): [string, string] | null {
  for (const { before, between, after } of cues.comparisons) {
    for (let start = 0; start + before.length < words.length; start++) {
      if (!startsWith(words, start, before)) continue
      const first = start + before.length
      const middle = findFrom(words, first + 1, between)
      if (middle === undefined) continue
      const second = middle + between.length
      const end = after.length === 0 ? words.length : findFrom(words, second + 1, after)
      if (end === undefined || end <= second) continue
      return [words.slice(first, middle).join(' '), words.slice(second, end).join(' ')]
    }
  }
  return null
}

const startsWith = (words: readonly string[], at: number, phrase: readonly string[]) =>
  phrase.every((word, index) => words[at + index] === word)

function findFrom(words: readonly string[], from: number, phrase: readonly string[]) {
  for (let at = from; at + phrase.length <= words.length; at++) {
    if (startsWith(words, at, phrase)) return at
  }
  return undefined
}
