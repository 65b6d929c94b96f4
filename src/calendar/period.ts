// The period that a text speaks of: "before June", "in 2028", "between March and May". Knows no rules and no places.

import type { Period } from './calendar.ts'
import {
  betweenWords,
  cueAt,
  findBefore,
  findFrom,
  isPeriodCue,
  type TimeText,
} from './time-text.ts'
import type { TimePoint } from './time-point.ts'

/** "After June" must end somewhere. */
const openMonths = 12
/** Between what happened and its date: "ended at the end of May". */
const wordsToEventMax = 4

/**
 * Null when no point is a period: a day without "before" or the like is a date that stands for something, and so is a
 * month in which something happened ("our forum last met in May"). "The June deadline" is a name.
 */
export function readPeriod(text: TimeText, points: readonly TimePoint[]): Period | null {
  const isName = ({ end }: TimePoint) =>
    cueAt(text, end, ({ kind }) => kind === 'due') !== undefined
  if (points.some(isName)) return null
  const asked = points.filter((point) => !isOfEvent(text, point))
  for (const [at, point] of asked.entries()) {
    const bound = bind(text, point, asked[at + 1])
    if (bound !== null) return bound
  }
  return asked.find(({ kind }) => kind !== 'day')?.period ?? null
}

/** "Our plan ended in May", "we begin co-creation in September"; but "what ends in 2027" asks. */
function isOfEvent(text: TimeText, point: TimePoint): boolean {
  const isOwn = text.cues.some(({ value }) => value.some(({ kind }) => kind === 'own'))
  return text.cues.some(({ value, start, length }) => {
    const from = start + length
    const isNear = from <= point.start && point.start - from <= wordsToEventMax
    if (!isNear || /[,;.?!]/.test(betweenWords(text, from, point.start))) return false
    return value.some((cue) => cue.kind === 'event' && (cue.hasHappened || isOwn))
  })
}

/** Puts "before", "until", "after" or "between ... and ..." around a point. */
function bind(text: TimeText, point: TimePoint, following: TimePoint | undefined): Period | null {
  const { today } = text
  const { from, through } = point.period
  const has = (name: string) => findBefore(text, point.start, isPeriodCue(name)) !== null
  if (has('between') && following !== undefined && areJoined(text, point, following)) {
    return join(point, following)
  }
  // "From 1 March to 30 June" is one point already.
  if (point.kind === 'span') return point.period
  if (has('from')) return openAfter(from)
  if (has('until')) return openBefore(through, today)
  if (has('before')) return openBefore(point.isEnd ? through : from.subtract({ days: 1 }), today)
  return has('after') ? openAfter(through.add({ days: 1 })) : null
}

const areJoined = (text: TimeText, point: TimePoint, following: TimePoint) =>
  findFrom(text, point.end, isPeriodCue('and')) !== null &&
  findBefore(text, following.start, isPeriodCue('and')) !== null

/** In "between March and May 2027" the year is said once. */
function join(point: TimePoint, following: TimePoint): Period {
  const { from } = point.period
  const { through } = following.period
  const isOrdered = (a: Temporal.PlainDate, b: Temporal.PlainDate) =>
    Temporal.PlainDate.compare(a, b) <= 0
  if (!point.isYearStated && following.isYearStated) {
    const sameYear = from.with({ year: through.year })
    return {
      from: isOrdered(sameYear, through) ? sameYear : sameYear.subtract({ years: 1 }),
      through,
    }
  }
  if (isOrdered(from, through)) return { from, through }
  return following.isYearStated
    ? { from: following.period.from, through: point.period.through }
    : { from, through: through.add({ years: 1 }) }
}

/** From today, or of the year before what has passed. */
function openBefore(through: Temporal.PlainDate, today: Temporal.PlainDate): Period {
  const isAhead = Temporal.PlainDate.compare(today, through) <= 0
  return { from: isAhead ? today : through.subtract({ months: openMonths }), through }
}

const openAfter = (from: Temporal.PlainDate): Period => ({
  from,
  through: from.add({ months: openMonths }).subtract({ days: 1 }),
})
