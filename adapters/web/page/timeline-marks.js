// @ts-check
// The parts of which timelines are drawn: the grid of years, today's line, bars, marks. Places are parts of the
// width, so that a drawing fits any. Shape tells the force, and an empty shape or a broken line that a date is not
// certain: colour only adds to both.

import { createShape } from './elements.js'

/** @import { TimelineItem, TimelineSpan } from '../wire.ts' */
/** @import { Scale } from './timeline-scale.js' */

/** @param {number} part */
export const toPercent = (part) => `${(part * 100).toFixed(3)}%`

const outlines = {
  hard: 'M0-7.5 7.5 0 0 7.5-7.5 0Z',
  duty: 'M-6 0a6 6 0 1 1 12 0a6 6 0 1 1-12 0Z',
  information: 'M-5-5H5V5H-5Z',
  estimate: 'M0-6.5 6.5 5H-6.5Z',
}

/** @param {TimelineItem} item */
const createOutline = ({ force, isCertain, state }) =>
  createShape('path', {
    class: `mark ${force} ${state} ${isCertain ? 'certain' : 'uncertain'}`,
    d: outlines[force],
  })

/** The mark alone, to stand before its words. @param {TimelineItem} item */
export const createIcon = (item) =>
  createShape(
    'svg',
    { class: 'icon', viewBox: '-9 -9 18 18', width: 18, height: 18, 'aria-hidden': 'true' },
    [createOutline(item)],
  )

/** @param {boolean} isCertain */
const toBarClass = (isCertain) => `bar ${isCertain ? 'certain' : 'uncertain'}`

/** The same for a plan. @param {boolean} isCertain */
export const createBarIcon = (isCertain) =>
  createShape('svg', { class: 'icon', width: 26, height: 12, 'aria-hidden': 'true' }, [
    createShape('rect', { class: toBarClass(isCertain), x: 1, y: 1, width: 24, height: 10, rx: 4 }),
  ])

/** What a pointer that rests on it is told. @param {SVGElement} shape @param {string} text */
function explain(shape, text) {
  const title = createShape('title')
  title.textContent = text
  shape.prepend(title)
  return shape
}

/** @param {TimelineItem} item @param {Scale} scale @param {number} y The middle. */
export function createMark(item, scale, y) {
  const { from, through, at } = scale.placeItem(item)
  const [x1, x2] = [toPercent(from), toPercent(through)]
  const range =
    item.date === null ? [createShape('line', { class: 'range', x1, x2, y1: y, y2: y })] : []
  // A shape inside a drawing of no size of its own can stand at a percentage.
  const place = createShape('svg', { x: toPercent(at), y, overflow: 'visible' }, [
    createOutline(item),
  ])
  return explain(
    createShape('g', {}, [...range, place]),
    [item.title, item.when, item.left].filter((text) => text !== '').join(' · '),
  )
}

/** @param {TimelineSpan} span @param {Scale} scale @param {{ y: number, height: number }} place */
export function createBar(span, scale, { y, height }) {
  const { from, through } = scale.placeSpan(span)
  const bar = createShape('rect', {
    class: toBarClass(span.isCertain),
    x: toPercent(from),
    width: toPercent(through - from),
    y,
    height,
    rx: 4,
  })
  return explain(bar, span.label)
}

/** A line where each year begins. @param {Scale} scale @param {number} top */
export const createGrid = ({ years }, top) =>
  years.map(({ at }) =>
    createShape('line', {
      class: 'year',
      x1: toPercent(at),
      x2: toPercent(at),
      y1: top,
      y2: '100%',
    }),
  )

/** @param {Scale} scale @param {number} y The base line. */
export const createYearLabels = ({ years, step }, y) =>
  years
    .filter(({ year }) => year % step === 0)
    .map(({ year, at }) => {
      const label = createShape('text', { class: 'year-label', x: toPercent(at), dx: 3, y })
      label.textContent = String(year)
      return label
    })

/** @param {Scale} scale @param {number} top */
export const createTodayLine = ({ today }, top) =>
  createShape('line', {
    class: 'today',
    x1: toPercent(today),
    x2: toPercent(today),
    y1: top,
    y2: '100%',
  })

/** @param {Scale} scale @param {string} text @param {number} y The base line. */
export function createTodayLabel({ today }, text, y) {
  const anchor = today < 0.2 ? 'start' : today > 0.8 ? 'end' : 'middle'
  const label = createShape('text', {
    class: 'today-label',
    x: toPercent(today),
    y,
    'text-anchor': anchor,
  })
  label.textContent = text
  return label
}
