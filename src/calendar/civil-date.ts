// Arithmetic on civil dates as the rules mean it, and on dates of which only the year is known.
// Knows no rules, plans or "today".

import type { Period, When } from './calendar.ts'

/** Whole months and days, of either sign each. */
export type Span = { readonly months: number; readonly days: number }

export const toSpan = (duration: Temporal.Duration): Span => ({
  months: duration.years * 12 + duration.months,
  days: duration.weeks * 7 + duration.days,
})

/** Several spans of `step` on top of `first`; the sum is added to a date at once, so that clamping leaves no trace. */
export const repeatSpan = (first: Span, step: Span, times: number): Span => ({
  months: first.months + step.months * times,
  days: first.days + step.days * times,
})

/** Adds months, clamped to the month's end, then days: 31 October and four months is 28 or 29 February. */
export function addSpan(date: Temporal.PlainDate, span: Span): Temporal.PlainDate {
  // Two additions, because Temporal takes no durations of mixed signs.
  const shifted = span.months === 0 ? date : date.add({ months: span.months })
  return span.days === 0 ? shifted : shifted.add({ days: span.days })
}

/** A year moves by whole years only; null when less would have to be known of it. */
export function shiftWhen(when: When, span: Span): When | null {
  switch (when.kind) {
    case 'day':
      return { kind: 'day', date: addSpan(when.date, span) }
    case 'year':
      if (span.days !== 0 || span.months % 12 !== 0) return null
      return { kind: 'year', year: when.year + span.months / 12 }
  }
}

export function firstDayOf(when: When): Temporal.PlainDate {
  switch (when.kind) {
    case 'day':
      return when.date
    case 'year':
      return new Temporal.PlainDate(when.year, 1, 1)
  }
}

export function lastDayOf(when: When): Temporal.PlainDate {
  switch (when.kind) {
    case 'day':
      return when.date
    case 'year':
      return new Temporal.PlainDate(when.year, 12, 31)
  }
}

/** Negative when the day has passed; null when only the year is known. */
export function daysLeft(when: When, today: Temporal.PlainDate): number | null {
  switch (when.kind) {
    case 'day':
      return today.until(when.date, { largestUnit: 'days' }).days
    case 'year':
      return null
  }
}

/** Negative, zero or positive. Compares fields, which is ten times as fast as Temporal.PlainDate.compare. */
export const compareDates = (one: Temporal.PlainDate, other: Temporal.PlainDate): number =>
  one.year - other.year || one.month - other.month || one.day - other.day

/** A year counts as its last day, and comes after that day itself. */
export function compareWhens(one: When, other: When): number {
  if (one.kind === 'day' && other.kind === 'day') return compareDates(one.date, other.date)
  const isLater = Number(one.kind === 'year') - Number(other.kind === 'year')
  return yearOf(one) - yearOf(other) || isLater
}

/** A year is inside a period when any of its days is. */
export function placeIn({ from, through }: Period, when: When): 'before' | 'inside' | 'after' {
  if (when.kind === 'year') {
    if (when.year < from.year) return 'before'
    return when.year > through.year ? 'after' : 'inside'
  }
  if (compareDates(when.date, from) < 0) return 'before'
  return compareDates(when.date, through) > 0 ? 'after' : 'inside'
}

const yearOf = (when: When): number => (when.kind === 'day' ? when.date.year : when.year)
