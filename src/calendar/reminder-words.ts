// What a wish for reminders says of its times, and of how binding the dates are: "30 and 7 days before", "on the day",
// "at 8", "hard deadlines". Knows no places and no rules.

import type { Force } from './calendar.ts'
import type { UnitName } from './time-cues.ts'
import { unitNames } from './time-cues.ts'
import { PhraseTable, readWords, type PhraseFound, type Word } from './words.ts'

type Phrases = readonly string[]

/** Forces that dates with reminders have. */
export const remindedForces = ['hard', 'duty', 'information'] as const satisfies readonly Force[]
export type RemindedForce = (typeof remindedForces)[number]

/** One language's words, as its file holds them. */
export type ReminderCues = {
  readonly before: Phrases
  /** The day itself. */
  readonly sameDay: Phrases
  /** Before an hour. */
  readonly at: Phrases
  /** Numbers that are not in `numbers`, by their value. */
  readonly counts: Readonly<Record<string, Phrases>>
  readonly forces: Readonly<Record<RemindedForce, Phrases>>
}

type ReminderCueFile = {
  readonly joiners: Phrases
  readonly time: {
    readonly numbers: Phrases
    /** The singular first. */
    readonly units: Readonly<Record<UnitName, Phrases>>
    readonly reminder: ReminderCues
  }
}

/** Places in the text. */
export type Stretch = { readonly start: number; readonly end: number }

export type ReminderWords = {
  /** How many days before, 0 for the day itself; in the order of the text. */
  readonly leadDays: readonly number[]
  /** Of the day, 0 to 23. */
  readonly hour: number | null
  readonly forces: readonly RemindedForce[]
  /** Where all this stands. */
  readonly covered: readonly Stretch[]
}

/** @param dates numbers in there are none of days */
export type ReadReminderWords = (text: string, dates: readonly Stretch[]) => ReminderWords

type Part =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'unit'; readonly days: number; readonly isSingular: boolean }
  | { readonly kind: 'before' | 'same-day' | 'joiner' }
  | { readonly kind: 'force'; readonly force: RemindedForce }

const daysOfUnit: Readonly<Record<UnitName, number>> = {
  day: 1,
  week: 7,
  month: 30,
  quarter: 91,
  year: 365,
}
/** Articles and prepositions, which may stand between a number and its unit. */
const smallWordLengthMax = 2
/** "A week, and also the day before": from a unit to its "before". */
const wordsToBeforeMax = 6

export function createReminderReader(
  files: ReadonlyMap<string, ReminderCueFile>,
): ReadReminderWords {
  const table = compileParts(files)
  const findHours = createHourFinder([...files.values()].flatMap(({ time }) => time.reminder.at))
  return (text, dates) => {
    const allWords = readWords(text)
    const hour = findHours(text).find((one) => !one.isBare || !countsDays(one, allWords, table))
    const outside = [...dates, ...(hour === undefined ? [] : [hour])]
    const words = allWords.filter((word) => !outside.some((one) => isIn(word, one)))
    const found = table.findAll(words)
    const covered = found.map(({ start, length }) => ({
      start: words[start]?.start ?? 0,
      end: words[start + length - 1]?.end ?? 0,
    }))
    const forces = found.flatMap(({ value }) => (value.kind === 'force' ? [value.force] : []))
    return {
      leadDays: readLeadDays(text, words, found),
      hour: hour?.hour ?? null,
      forces: [...new Set(forces)],
      covered: [...covered, ...(hour === undefined ? [] : [hour])],
    }
  }
}

const isIn = (word: Word, { start, end }: Stretch) => word.start < end && word.end > start

function compileParts(files: ReadonlyMap<string, ReminderCueFile>): PhraseTable<Part> {
  const table = new PhraseTable<Part>()
  const add = (phrases: Phrases, part: Part) => {
    for (const phrase of phrases) table.set(phrase, (known) => known ?? part)
  }
  for (const { joiners, time } of files.values()) {
    const { before, sameDay, counts, forces } = time.reminder
    for (const unit of unitNames) {
      time.units[unit].forEach((phrase, at) => {
        add([phrase], { kind: 'unit', days: daysOfUnit[unit], isSingular: at === 0 })
      })
    }
    time.numbers.forEach((phrase, at) => {
      add([phrase], { kind: 'count', count: at + 1 })
    })
    for (const [count, phrases] of Object.entries(counts)) {
      add(phrases, { kind: 'count', count: Number(count) })
    }
    for (const force of remindedForces) add(forces[force], { kind: 'force', force })
    add(before, { kind: 'before' })
    add(sameDay, { kind: 'same-day' })
    add(joiners, { kind: 'joiner' })
  }
  return table
}

/** A number without a unit of its own takes the next one; anything else in between, and it was no number of days. */
function readLeadDays(
  text: string,
  words: readonly Word[],
  found: readonly PhraseFound<Part>[],
): number[] {
  const partAt = new Map(found.map((one) => [one.start, one]))
  const days: number[] = []
  let counts: number[] = []
  let spelt: { readonly count: number; readonly end: number } | null = null
  for (let at = 0; at < words.length;) {
    const word = words[at]
    const part = partAt.get(at)
    const next = at + (part?.length ?? 1)
    const count = word === undefined ? null : countOf(word, part?.value)
    if (word !== undefined && count !== null) {
      const tens = spelt === null ? null : joinTens(spelt, count, text.slice(spelt.end, word.start))
      if (tens !== null) counts.pop()
      counts.push(tens ?? count)
      const end = words[next - 1]?.end ?? word.end
      spelt = part === undefined ? null : { count, end }
    } else if (part?.value.kind === 'unit') {
      const { days: each, isSingular } = part.value
      if (counts.length === 0 && isSingular && isBefore(words, partAt, next)) counts = [1]
      days.push(...counts.map((one) => one * each))
      counts = []
    } else if (part?.value.kind === 'same-day') {
      days.push(0)
      counts = []
    } else if (part?.value.kind !== 'joiner' && (word?.folded.length ?? 0) > smallWordLengthMax) {
      counts = []
    }
    at = next
  }
  return days
}

function countOf({ folded }: Word, part: Part | undefined): number | null {
  if (part?.kind === 'count') return part.count
  return /^\d{1,3}$/.test(folded) ? Number(folded) : null
}

/** "Forty-five", "cuarenta y cinco": one number. */
function joinTens(tens: { readonly count: number }, ones: number, between: string): number | null {
  const areJoined = tens.count >= 20 && tens.count % 10 === 0 && ones < 10
  return areJoined && /^(?: |-| [ye] )$/u.test(between) ? tens.count + ones : null
}

/** "The week before", "a week and a day before". */
function isBefore(
  words: readonly Word[],
  partAt: ReadonlyMap<number, PhraseFound<Part>>,
  from: number,
): boolean {
  for (let at = from; at < Math.min(words.length, from + wordsToBeforeMax); at++) {
    const kind = partAt.get(at)?.value.kind
    if (kind === 'before') return true
    const mayPass = kind === 'joiner' || kind === 'unit' || kind === 'count'
    if (!mayPass && (words[at]?.folded.length ?? 0) > smallWordLengthMax + 1) return false
  }
  return false
}

type HourFound = Stretch & {
  readonly hour: number
  /** Nothing but a number after "at": it may be one of days. */
  readonly isBare: boolean
}

/** "8:00", "8 am", "8h30"; after a word such as "at" also "8" and "8 h". */
function createHourFinder(atWords: readonly string[]): (text: string) => readonly HourFound[] {
  const longestFirst = [...new Set(atWords)].sort((one, other) => other.length - one.length)
  const at = longestFirst.map((word) => RegExp.escape(word)).join('|')
  const letter = String.raw`(?<![\p{L}\p{M}\p{N}:.,/-])`
  const marks = String.raw`(?<clock>:[0-5]\d|h[0-5]\d)?(?:\s?(?<half>[ap])\.?m\b\.?)?`
  const hours = String.raw`(?<word>\s?(?:h|heures?|horas?|o.?clock)\b)?`
  const pattern = new RegExp(
    String.raw`${letter}(?<at>(?:${at})\s+)?(?<hour>\d{1,2})${marks}${hours}(?![\p{L}\p{N}])`,
    'giu',
  )
  return (text) =>
    [...text.matchAll(pattern)].flatMap(({ 0: all, index, groups = {} }) => {
      const { hour = '', half } = groups
      const isTold = groups['clock'] !== undefined || half !== undefined
      if (!isTold && groups['at'] === undefined) return []
      const value = toHour(Number(hour), half)
      const isBare = !isTold && groups['word'] === undefined
      return value === null ? [] : [{ hour: value, start: index, end: index + all.length, isBare }]
    })
}

function toHour(digits: number, half: string | undefined): number | null {
  if (half === undefined) return digits <= 23 ? digits : null
  if (digits < 1 || digits > 12) return null
  return (digits % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

/** "At 7 days", "at 14, 7 and 1 days": lead times are named from the longest to the shortest, an hour starts no such row. */
function countsDays(
  { hour, end }: HourFound,
  words: readonly Word[],
  table: PhraseTable<Part>,
): boolean {
  let at = words.findIndex(({ start }) => start >= end)
  if (at >= 0 && table.findAt(words, at)?.value.kind === 'joiner') at++
  const next = words[at]
  if (next === undefined) return false
  const part = table.findAt(words, at)?.value
  const count = countOf(next, part)
  return part?.kind === 'unit' || (count !== null && count < hour)
}
