// A text about time with its words, cues and dates, and ways to look around in it. Knows no periods.

import type { StatedDate } from './stated-dates.ts'
import type { CueFound, LanguageCue, UnitName } from './time-cues.ts'
import type { Word } from './words.ts'

export type TimeText = {
  readonly text: string
  readonly words: readonly Word[]
  readonly cues: readonly CueFound[]
  readonly dates: readonly StatedDate[]
  readonly today: Temporal.PlainDate
}

export type CueTest = (cue: LanguageCue) => boolean

/** Articles and prepositions that may stand between a cue and what it belongs to. */
const smallWordLengthMax = 3
const smallWordsMax = 3

const isSmall = ({ words }: TimeText, at: number) =>
  (words[at]?.folded.length ?? Infinity) <= smallWordLengthMax

export const cueAt = ({ cues }: TimeText, at: number, test: CueTest): LanguageCue | undefined =>
  cues.find(({ start }) => start === at)?.value.find(test)

/** Where a cue starts that ends right before a word, or before the small words before it. */
export function findBefore(text: TimeText, at: number, test: CueTest): number | null {
  for (let end = at; end > 0 && at - end <= smallWordsMax; end--) {
    const found = text.cues.find(({ start, length }) => start + length === end)
    if (found?.value.some(test) === true) return found.start
    if (!isSmall(text, end - 1)) return null
  }
  return null
}

/** Where a cue starts, at a word or after small ones; "90 prochains jours" has a "next" in between. */
export function findFrom(text: TimeText, at: number, test: CueTest): number | null {
  for (let start = at; start <= at + smallWordsMax; start++) {
    if (cueAt(text, start, test) !== undefined) return start
    const mayPass = isSmall(text, start) || cueAt(text, start, isPeriodCue('next')) !== undefined
    if (!mayPass) return null
  }
  return null
}

export const isPeriodCue =
  (name: string): CueTest =>
  (cue) =>
    cue.kind === 'period' && cue.name === name

export const isPlanCue: CueTest = ({ kind }) => kind === 'plan'

export function countAt(text: TimeText, at: number): number | null {
  const word = text.words[at]
  if (word === undefined) return null
  if (/^\d{1,3}$/.test(word.folded)) return Number(word.folded)
  const cue = cueAt(text, at, ({ kind }) => kind === 'number')
  return cue?.kind === 'number' ? cue.count : null
}

export function unitAt(text: TimeText, at: number): UnitName | null {
  const cue = cueAt(text, at, ({ kind }) => kind === 'unit')
  return cue?.kind === 'unit' ? cue.unit : null
}

/** The words that a stretch of the text covers, the end excluded. */
export function wordRange(
  { words }: TimeText,
  place: { readonly start: number; readonly end: number },
): { readonly start: number; readonly end: number } {
  const start = words.findIndex((word) => word.end > place.start)
  const after = words.findIndex((word) => word.start >= place.end)
  return { start, end: after < 0 ? words.length : after }
}

/** The text from the end of the word before `from` to the start of the word `to`. */
export function betweenWords({ text, words }: TimeText, from: number, to: number): string {
  return text.slice(words[from - 1]?.end ?? 0, words[to]?.start ?? text.length)
}
