// @ts-check
// The picture of one jurisdiction: a step a plan, then a step a milestone, each with its name beside it, so that no
// two names meet. It is laid out anew for every width. The words in full stand in the list below it.

import { createShape } from './elements.js'
import {
  createBar,
  createGrid,
  createMark,
  createTodayLabel,
  createTodayLine,
  createYearLabels,
} from './timeline-marks.js'
import { createScale } from './timeline-scale.js'

/** @import { TimelineBlock, TimelineRow } from '../wire.ts' */
/** @import { Scale } from './timeline-scale.js' */

const todayHeight = 18
const axisHeight = 40
const lineHeight = 16
const stepPadding = 10
const markRadius = 9
const gap = 5
const linesMax = 2
const widthMin = 120

/** @typedef {{ lines: readonly string[], x: number, anchor: 'start' | 'end', isInside?: boolean }} Placed */

/**
 * Words broken to fit; the last line says by its dots that there is more.
 * @param {string} text @param {number} room @param {(text: string) => number} measure
 */
function breakLines(text, room, measure) {
  const lines = ['']
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim()
    if (lines.at(-1) === '' || measure(longer) <= room) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  const kept = lines.slice(0, linesMax)
  const isCut = lines.length > linesMax
  return kept.map((line, index) => {
    let shown = isCut && index === kept.length - 1 ? `${line}…` : line
    while (shown.length > 2 && measure(shown) > room) shown = `${shown.slice(0, -2)}…`
    return shown
  })
}

/**
 * Inside its bar where that is long enough, else after it, before it, or on the roomier side.
 * @param {string} text
 * @param {{ from: number, through: number, width: number, isBar: boolean }} step In pixels.
 * @param {(text: string) => number} measure
 * @returns {Placed}
 */
function placeLabel(text, { from, through, width, isBar }, measure) {
  const length = measure(text)
  const clear = isBar ? gap : markRadius + gap
  const inside = isBar ? through - from - 2 * gap : 0
  const after = width - through - clear
  const before = from - clear
  const room = Math.max(inside, after, before)
  const lines = length <= room ? [text] : breakLines(text, room, measure)
  const needed = Math.max(...lines.map(measure))
  if (needed <= inside) return { lines, x: from + gap, anchor: 'start', isInside: true }
  if (needed <= after) return { lines, x: through + clear, anchor: 'start' }
  return { lines, x: from - clear, anchor: 'end' }
}

/** @param {Placed} placed @param {number} top @param {string} className */
function createLabel({ lines, x, anchor, isInside = false }, top, className) {
  const rows = lines.map((line, index) => {
    const row = createShape('tspan', { x, y: top + 12 + index * lineHeight })
    row.textContent = line
    return row
  })
  return createShape(
    'text',
    {
      class: `label ${className} ${isInside ? 'inside' : ''}`,
      'text-anchor': anchor,
    },
    rows,
  )
}

/** How long words are in the picture, at the weight that their class gives them. @param {SVGSVGElement} picture */
function createMeasure(picture) {
  const probe = createShape('text')
  picture.append(probe)
  return (/** @type {string} */ text, /** @type {string} */ className) => {
    probe.setAttribute('class', `label ${className}`)
    probe.textContent = text
    return probe.getComputedTextLength()
  }
}

/** @param {TimelineRow} row @param {Scale} scale */
const listSteps = ({ spans, items }, scale) => [
  ...spans.map((span) => ({
    text: span.label,
    className: 'span',
    isBar: true,
    ...scale.placeSpan(span),
    /** @param {number} top @param {number} height */
    draw: (top, height) => createBar(span, scale, { y: top - 2, height: height + 4 }),
  })),
  ...items.map((item) => ({
    text: item.title,
    className: item.state,
    isBar: false,
    ...scale.placeItem(item),
    /** @param {number} top */
    draw: (top) => createMark(item, scale, top + lineHeight / 2),
  })),
]

/** @param {TimelineBlock} block @param {TimelineRow} row */
export function createPicture(block, row) {
  const scale = createScale(block.today, row.spans, row.items)
  const steps = listSteps(row, scale)
  const picture = createShape('svg', { class: 'picture', role: 'img', 'aria-label': block.label })

  /** @param {number} width */
  function layOut(width) {
    const measure = createMeasure(picture)
    let top = axisHeight + stepPadding
    const drawn = steps.flatMap((step) => {
      const extent = { from: step.from * width, through: step.through * width }
      const placed = placeLabel(step.text, { ...extent, width, isBar: step.isBar }, (text) =>
        measure(text, step.className),
      )
      const height = placed.lines.length * lineHeight
      const parts = [step.draw(top, height), createLabel(placed, top, step.className)]
      top += height + stepPadding
      return parts
    })
    picture.setAttribute('height', String(top))
    picture.replaceChildren(
      ...createGrid(scale, todayHeight + 4),
      createShape('line', { class: 'axis', x1: 0, x2: '100%', y1: axisHeight, y2: axisHeight }),
      createTodayLine(scale, todayHeight),
      ...createYearLabels(scale, axisHeight - 6),
      createTodayLabel(scale, block.todayLabel, todayHeight - 5),
      ...drawn,
    )
  }

  let laidOut = 0
  new ResizeObserver(([entry]) => {
    const width = Math.max(Math.floor(entry?.contentRect.width ?? 0), widthMin)
    if (width === laidOut) return
    laidOut = width
    layOut(width)
  }).observe(picture)
  return picture
}
