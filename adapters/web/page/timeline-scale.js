// @ts-check
// Dates -> places along a timeline, from 0 to 1. Pure; it must not know how anything is drawn.

/** @import { TimelineItem, TimelineSpan } from '../wire.ts' */

/** Years of a plan far away would squeeze all others: bars are cut at the edge, their words are not. */
const yearsAwayMax = 12
/** How many years stand apart, by how many there are to label. */
const steps = [
  { years: 8, step: 1 },
  { years: 16, step: 2 },
]
const stepMax = 5

/** A civil date as a year and its part; months count as equally long, which no eye can tell. @param {string} date */
function toYears(date, daysLater = 0) {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return year + (month - 1 + (day - 1 + daysLater) / 31) / 12
}

/**
 * @typedef {object} Scale
 * @property {readonly { year: number, at: number }[]} years Each with where it begins.
 * @property {number} step Every how many years one has room for its label.
 * @property {number} today
 * @property {(span: TimelineSpan) => { from: number, through: number }} placeSpan
 * @property {(item: TimelineItem) => { from: number, through: number, at: number }} placeItem A whole year, when its day is not known.
 */

/**
 * @param {string} today
 * @param {readonly TimelineSpan[]} spans
 * @param {readonly TimelineItem[]} items
 * @returns {Scale}
 */
export function createScale(today, spans, items) {
  const now = toYears(today)
  const moments = [
    now,
    ...spans.flatMap(({ from, through }) => [toYears(from), toYears(through)]),
    ...items.flatMap(({ year }) => [year, year]),
  ]
  const near = moments.map((moment) =>
    Math.min(Math.max(Math.floor(moment), Math.floor(now) - yearsAwayMax), now + yearsAwayMax),
  )
  const first = Math.floor(Math.min(...near))
  const last = Math.floor(Math.max(...near))
  const count = last - first + 1
  /** @param {number} moment */
  const place = (moment) => Math.min(Math.max((moment - first) / count, 0), 1)
  return {
    years: Array.from({ length: count }, (_, index) => ({
      year: first + index,
      at: index / count,
    })),
    step: steps.find(({ years }) => count <= years)?.step ?? stepMax,
    today: place(now),
    placeSpan: ({ from, through }) => ({
      from: place(toYears(from)),
      through: place(toYears(through, 1)),
    }),
    placeItem: ({ date, year }) =>
      date === null
        ? { from: place(year), through: place(year + 1), at: place(year + 0.5) }
        : { from: place(toYears(date)), through: place(toYears(date)), at: place(toYears(date)) },
  }
}
