// Dates stated to the day, by chrono-node. Knows no periods, and no events that a date stands for.

import type { Chrono, ParsedComponents, ParsedResult } from 'chrono-node'
import { strict as de } from 'chrono-node/de'
import { GB, strict as en } from 'chrono-node/en'
import { strict as es } from 'chrono-node/es'
import { strict as fr } from 'chrono-node/fr'
import { strict as pt } from 'chrono-node/pt'
import { monthNames, type DateLanguage } from './month-names.ts'
import type { Word } from './words.ts'

/** A day as it was written; the year may be left to the reader. */
export type WrittenDay = {
  readonly year: number | null
  readonly month: number
  readonly day: number
}

export type StatedDate = {
  readonly first: WrittenDay
  /** The other end of "1 March to 30 June". */
  readonly last: WrittenDay | null
  /** Places in the text. */
  readonly start: number
  readonly end: number
}

/** Within so many years there is every day, 29 February too. */
const yearsTriedMax = 8

/** Few languages, because every other takes time to load. */
const parsers: Readonly<Record<DateLanguage, Chrono>> = { en, es, fr, pt, de }

/** Chrono is slow, so only what looks like a date is given to it, in the languages whose months are named. */
export function findStatedDates(text: string, words: readonly Word[]): StatedDate[] {
  if (!/\d/.test(text)) return []
  const languages = new Set(
    words.flatMap(({ folded }) => monthNames().get(folded)?.languages ?? []),
  )
  const named = [...languages].flatMap((language) => parsers[language].parse(text, reference))
  // In figures the day comes first, as everywhere but in the United States; "June 30" would be June 2030 with that.
  const inFigures = /\d[./-]\d/.test(text) ? GB.parse(text, reference) : []
  const found = [
    ...named.filter((result) => /\p{L}/u.test(result.text)),
    ...inFigures.filter((result) => !/\p{L}/u.test(result.text)),
  ].flatMap(toStatedDate)
  const longestFirst = found.toSorted((a, b) => b.end - b.start - (a.end - a.start))
  const apart: StatedDate[] = []
  for (const date of longestFirst) {
    const overlaps = apart.some(({ start, end }) => date.start < end && date.end > start)
    if (!overlaps) apart.push(date)
  }
  return apart.toSorted((a, b) => a.start - b.start)
}

/**
 * Of no influence, because only what was written is taken from chrono; without it, chrono would ask the clock. A leap
 * year, so that 29 February is a day.
 */
// eslint-disable-next-line no-restricted-globals -- chrono-node knows no Temporal
const reference = new Date(2028, 0, 1)

function toStatedDate({ index, text, start, end }: ParsedResult): StatedDate[] {
  const first = toWrittenDay(start)
  // "The end of May" is no stated day, and "3.1" is a section more often than a day.
  const isStated = /\d/.test(text) && (/\p{L}/u.test(text) || first?.year != null)
  if (first === null || !isStated) return []
  // Null where chrono's types say undefined.
  const last = end ? toWrittenDay(end) : null
  return [{ first, last, start: index, end: index + text.length }]
}

function toWrittenDay(components: ParsedComponents): WrittenDay | null {
  // "Tomorrow" and "in 90 days" count from the reference.
  const isRelative = [...components.tags()].some((tag) => /^(?:result\/relative|casual)/.test(tag))
  const isWritten = components.isCertain('day') && components.isCertain('month') && !isRelative
  const day = components.get('day')
  const month = components.get('month')
  if (!isWritten || day === null || month === null) return null
  return { day, month, year: components.isCertain('year') ? components.get('year') : null }
}

/** A day without a year is the next such day, or the last one of what has happened; null when there is no such day. */
export function resolveDay(
  { year, month, day }: WrittenDay,
  today: Temporal.PlainDate,
  hasHappened: boolean,
): Temporal.PlainDate | null {
  if (year !== null) return toDate(year, month, day)
  for (let step = -1; step <= yearsTriedMax; step++) {
    const date = toDate(today.year + (hasHappened ? -step : step), month, day)
    if (date === null) continue
    const order = Temporal.PlainDate.compare(date, today)
    if (hasHappened ? order <= 0 : order >= 0) return date
  }
  return null
}

function toDate(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return null
  }
}
