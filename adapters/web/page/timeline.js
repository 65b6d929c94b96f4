// @ts-check
// A timeline block: one jurisdiction as a picture with its list, several as a list whose rows are drawn. Whatever a
// drawing shows, the words beside it say too.

import { createElement, createShape, createText } from './elements.js'
import { labels } from './labels.js'
import {
  createBar,
  createBarIcon,
  createGrid,
  createIcon,
  createMark,
  createTodayLabel,
  createTodayLine,
  createYearLabels,
} from './timeline-marks.js'
import { createPicture } from './timeline-picture.js'
import { createScale } from './timeline-scale.js'

/** @import { TimelineBlock, TimelineItem, TimelineRow, TimelineSpan } from '../wire.ts' */
/** @import { Scale } from './timeline-scale.js' */

const barHeight = 10
const headHeight = 40

/** @param {string} text @param {string} [className] */
const createWords = (text, className = '') =>
  createElement('span', { text, class: className, dir: 'auto' })

/** The day and how far off it is. @param {TimelineItem} item */
const createDay = ({ when, left }) =>
  createElement('span', { class: 'when', dir: 'auto' }, [
    createWords(when),
    ...(left === '' ? [] : [' ', createWords(`(${left})`, 'left')]),
  ])

/** @param {TimelineItem} item */
const createItemHead = (item) => [
  createElement('strong', { text: item.title, dir: 'auto' }),
  ' ',
  createWords(item.forceLabel, 'force'),
]

/** @param {TimelineItem} item */
function createItem(item) {
  const words = [
    createElement('p', {}, createItemHead(item)),
    createElement('p', {}, [createDay(item)]),
    ...(item.certainty === '' ? [] : [createText(item.certainty, 'certainty')]),
    ...(item.why === '' ? [] : [createText(item.why, 'why')]),
  ]
  return createElement('li', { class: item.state }, [
    createIcon(item),
    createElement('div', {}, words),
  ])
}

/** @param {readonly TimelineItem[]} items */
const createItems = (items) => createElement('ol', { class: 'dates' }, items.map(createItem))

/** @param {readonly TimelineSpan[]} spans */
const createSpans = (spans) =>
  createElement(
    'ul',
    { class: 'plans' },
    spans.map(({ label, isCertain }) => {
      const note = isCertain ? [] : [createElement('span', { text: ` (${labels.uncertain})` })]
      return createElement('li', {}, [createBarIcon(isCertain), createWords(label), ...note])
    }),
  )

/** What has passed is at hand, and does not push what is next out of sight. @param {TimelineRow} row */
function createWordsOf({ spans, items }) {
  const past = items.filter(({ state }) => state === 'past')
  const coming = items.filter(({ state }) => state !== 'past')
  const summary = createElement('summary', { text: labels.earlier(past.length) })
  return [
    ...(coming.length === 0 ? [] : [createItems(coming)]),
    ...(past.length === 0 ? [] : [createElement('details', {}, [summary, createItems(past)])]),
    ...(spans.length === 0 ? [] : [createSpans(spans)]),
  ]
}

/** @param {TimelineRow} row @param {Scale} scale */
function createStrip({ spans, items }, scale) {
  // As high as its row, so that the years run on from row to row.
  return createShape('svg', { class: 'strip', 'aria-hidden': 'true' }, [
    ...createGrid(scale, 0),
    createTodayLine(scale, 0),
    createShape('svg', { y: '50%', overflow: 'visible' }, [
      ...spans.map((span) => createBar(span, scale, { y: -barHeight / 2, height: barHeight })),
      // What is next lies on top of its neighbours.
      ...[...items]
        .sort((one, other) => Number(one.state === 'next') - Number(other.state === 'next'))
        .map((item) => createMark(item, scale, 0)),
    ]),
  ])
}

/** @param {TimelineBlock} block @param {Scale} scale */
function createHead({ todayLabel }, scale) {
  const axis = createShape('svg', { class: 'strip', height: headHeight, 'aria-hidden': 'true' }, [
    ...createGrid(scale, headHeight - 18),
    createTodayLine(scale, 18),
    createTodayLabel(scale, todayLabel, 13),
    ...createYearLabels(scale, headHeight - 6),
  ])
  return createElement('div', { class: 'gantt-head' }, [axis])
}

/** A row of the community's view, which opens to all that is known. @param {TimelineRow} row @param {Scale} scale */
function createRow(row, scale) {
  const next =
    row.items.find(({ state }) => state === 'next') ??
    row.items.find(({ state }) => state === 'later') ??
    row.items.at(-1)
  const words = createElement('span', { class: 'next-date' })
  if (next === undefined) {
    words.append(...row.spans.slice(-1).map(({ label }) => createWords(label)))
  } else {
    const head = createElement('span', {}, [createIcon(next), ...createItemHead(next)])
    words.append(head, createDay(next))
    if (next.certainty !== '') words.append(createWords(next.certainty, 'certainty'))
  }
  const line = createElement('summary', {}, [
    createElement('span', { class: 'name', text: row.title, dir: 'auto' }),
    createStrip(row, scale),
    words,
  ])
  const details = createElement('details', {}, [
    line,
    createElement('div', { class: 'opened' }, createWordsOf(row)),
  ])
  return createElement('li', {}, [details])
}

/** @param {TimelineBlock} block */
export function createTimeline(block) {
  const { rows, today, label } = block
  const only = rows.length === 1 ? rows[0] : undefined
  const figure = createElement('figure', { class: 'timeline' })
  if (only !== undefined) {
    figure.append(createPicture(block, only), ...createWordsOf(only))
    return figure
  }
  const scale = createScale(
    today,
    rows.flatMap(({ spans }) => spans),
    rows.flatMap(({ items }) => items),
  )
  const list = createElement(
    'ul',
    { class: 'rows' },
    rows.map((row) => createRow(row, scale)),
  )
  const chart = createElement('div', { class: 'gantt' }, [createHead(block, scale), list])
  figure.setAttribute('aria-label', label)
  figure.append(chart)
  return figure
}
