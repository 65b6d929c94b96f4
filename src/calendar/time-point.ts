// The words of a text that mean a stretch of time: days, months, years, "this quarter", "the next 90 days".
// Knows no "before" or "between".

import type { Period } from './calendar.ts'
import { monthNames } from './month-names.ts'
import { resolveDay, type StatedDate } from './stated-dates.ts'
import type { UnitName } from './time-cues.ts'
import {
  countAt,
  cueAt,
  findBefore,
  findFrom,
  isPeriodCue,
  isPlanCue,
  unitAt,
  wordRange,
  type TimeText,
} from './time-text.ts'

/** Some words that mean a stretch of time. */
export type TimePoint = {
  readonly kind: 'day' | 'month' | 'year' | 'unit' | 'span'
  readonly period: Period
  /** Only the end of it is meant. */
  readonly isEnd: boolean
  readonly isYearStated: boolean
  /** In words, the end excluded. */
  readonly start: number
  readonly end: number
}

const yearPattern = /^(?:19|20)\d\d$/
const monthsInQuarter = 3
const cuesBeforeMonth: ReadonlySet<string> = new Set([
  'in',
  'before',
  'until',
  'after',
  'from',
  'between',
])

export function findPoints(text: TimeText): TimePoint[] {
  const days = text.dates.flatMap((date) => toDayPoint(text, date))
  const points = [...days]
  for (let at = 0; at < text.words.length; at++) {
    if (days.some(({ start, end }) => at >= start && at < end)) continue
    const point =
      readSpan(text, at) ?? readMonth(text, at) ?? readYear(text, at) ?? readUnit(text, at)
    if (point === null) continue
    points.push(point)
    at = point.end - 1
  }
  return points
    .toSorted((a, b) => a.start - b.start)
    .map((point) => {
      const ends = findBefore(text, point.start, isPeriodCue('ends'))
      return ends === null ? point : { ...point, isEnd: true, start: ends }
    })
}

function toDayPoint(text: TimeText, date: StatedDate): TimePoint[] {
  const year = date.first.year ?? date.last?.year ?? null
  const from = resolveDay({ ...date.first, year }, text.today, false)
  const last = date.last === null ? from : resolveDay(date.last, text.today, false)
  if (from === null || last === null) return []
  const isOverYearsEnd = Temporal.PlainDate.compare(last, from) < 0
  const period = isOverYearsEnd
    ? { from, through: last.add({ years: 1 }) }
    : { from, through: last }
  const kind = date.last === null ? 'day' : 'span'
  return [{ kind, period, isEnd: false, isYearStated: year !== null, ...wordRange(text, date) }]
}

/** "In the next 90 days", "dans les 90 prochains jours". */
function readSpan(text: TimeText, at: number): TimePoint | null {
  const count = countAt(text, at)
  const unitIndex = findFrom(text, at + 1, ({ kind }) => kind === 'unit')
  const unit = unitIndex === null ? null : unitAt(text, unitIndex)
  if (count === null || unitIndex === null || unit === null) return null
  // "The next two-year plan" has a length.
  if (unit === 'year' && findFrom(text, unitIndex + 1, isPlanCue) !== null) return null
  const isNext = isPeriodCue('next')
  const between = findFrom(text, at + 1, isNext)
  const next = findBefore(text, at, isNext) ?? between ?? findFrom(text, unitIndex + 1, isNext)
  if (next === null) return null
  const through = text.today.add(durationOf(unit, count))
  return {
    kind: 'span',
    period: { from: text.today, through },
    isEnd: false,
    isYearStated: true,
    start: at,
    end: Math.max(next, unitIndex) + 1,
  }
}

function readMonth(text: TimeText, at: number): TimePoint | null {
  const { words, today } = text
  const name = monthNames().get(words[at]?.folded ?? '')
  if (name === undefined) return null
  const isYear = (index: number) => yearPattern.test(words[index]?.folded ?? '')
  // "Junio de 2027".
  const yearIndex = isYear(at + 1) ? at + 1 : isYear(at + 2) ? at + 2 : null
  const year = yearIndex === null ? null : Number(words[yearIndex]?.folded)
  const isClear =
    !name.isShort && (!name.isOrdinaryWord || isMonthByContext(text, at, name.languages))
  if (year === null && !isClear) return null
  const from = Temporal.PlainDate.from({ year: year ?? today.year, month: name.month, day: 1 })
  const hasPassed = year === null && name.month < today.month
  return {
    kind: 'month',
    period: unitOf('month', hasPassed ? from.add({ years: 1 }) : from),
    isEnd: false,
    isYearStated: year !== null,
    start: at,
    end: (yearIndex ?? at) + 1,
  }
}

/** "Before may" and "is May" speak of months; "may we" and "This is so. May we" do not. */
function isMonthByContext(text: TimeText, at: number, languages: readonly string[]): boolean {
  const word = text.words[at]
  if (word === undefined) return false
  const opensSentence = /(?:^|[.?!:;\n])\s*$/.test(text.text.slice(0, word.start))
  if (!opensSentence && /^\p{Lu}\p{Ll}/u.test(word.raw)) return true
  const cues = text.cues.find(({ start, length }) => start + length === at)?.value ?? []
  return cues.some(
    (cue) =>
      cue.kind === 'period' && cuesBeforeMonth.has(cue.name) && languages.includes(cue.language),
  )
}

function readYear(text: TimeText, at: number): TimePoint | null {
  const word = text.words[at]
  if (word === undefined || !yearPattern.test(word.folded)) return null
  // "2023-2027" is a plan's years, and so is the year of "the 2025 plan".
  const before = text.text.slice(0, word.start)
  const after = text.text.slice(word.end)
  const isRange = /^\s?[-–/]\s?\d/.test(after) || /\d\s?[-–/]\s?$/.test(before)
  const isPlans = cueAt(text, at + 1, isPlanCue) ?? cueAt(text, at - 1, isPlanCue)
  if (isRange || isPlans !== undefined) return null
  const from = Temporal.PlainDate.from({ year: Number(word.folded), month: 1, day: 1 })
  const period = unitOf('year', from)
  return { kind: 'year', period, isEnd: false, isYearStated: true, start: at, end: at + 1 }
}

/** "This quarter", "next month", "le mois prochain"; "the end of the year" is this year's. */
function readUnit(text: TimeText, at: number): TimePoint | null {
  const unit = unitAt(text, at)
  if (unit === null || countAt(text, at - 1) !== null) return null
  const around = (name: string) => {
    const test = isPeriodCue(name)
    return findBefore(text, at, test) ?? (cueAt(text, at + 1, test) === undefined ? null : at + 1)
  }
  const next = around('next')
  const found =
    next ?? around('this') ?? (findBefore(text, at, isPeriodCue('ends')) === null ? null : at)
  if (found === null) return null
  const date = next === null ? text.today : text.today.add(durationOf(unit, 1))
  return {
    kind: 'unit',
    period: unitOf(unit, date),
    isEnd: false,
    isYearStated: true,
    start: Math.min(at, found),
    end: Math.max(at, found) + 1,
  }
}

function durationOf(unit: UnitName, count: number): Temporal.DurationLike {
  switch (unit) {
    case 'day':
      return { days: count }
    case 'week':
      return { weeks: count }
    case 'month':
      return { months: count }
    case 'quarter':
      return { months: count * monthsInQuarter }
    case 'year':
      return { years: count }
  }
}

/** The day, week (from Monday), month, quarter or year that a day is in. */
function unitOf(unit: UnitName, date: Temporal.PlainDate): Period {
  const from = firstDayOf(unit, date)
  return { from, through: from.add(durationOf(unit, 1)).subtract({ days: 1 }) }
}

function firstDayOf(unit: UnitName, date: Temporal.PlainDate): Temporal.PlainDate {
  switch (unit) {
    case 'day':
      return date
    case 'week':
      return date.subtract({ days: date.dayOfWeek - 1 })
    case 'month':
      return date.with({ day: 1 })
    case 'quarter':
      return date.with({ month: date.month - ((date.month - 1) % monthsInQuarter), day: 1 })
    case 'year':
      return date.with({ month: 1, day: 1 })
  }
}
