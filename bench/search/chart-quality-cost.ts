// Owns the chart of quality against cost: a point an engine, mean top-1 with typos over all sets
// against the geometric mean of the median time of a question.

import { geometricMean, mean } from './metrics.ts'
import { labelOf, ownEngineName, registry } from './registry.ts'
import type { Results } from './results.ts'
import type { Point, Scale } from './svg.ts'
import {
  colourOf,
  createLinearScale,
  createLogScale,
  drawFrame,
  drawLine,
  drawText,
  height,
  width,
} from './svg.ts'
import { formatNumber, listMeasurements } from './tables.ts'

type Box = { left: number; top: number; right: number; bottom: number }
type Mark = { engine: string; quality: number; costMs: number }

const plot: Box = { left: 80, top: 84, right: width - 30, bottom: height - 62 }
const qualityStep = 10
const letterWidth = 7.4
const labelHeight = 16
const labelGap = 11

function listMarks(results: Results): Mark[] {
  return results.engines.flatMap((engine) => {
    const measurements = listMeasurements(results, engine)
    if (measurements === null) return []
    return [
      {
        engine,
        quality: 100 * mean(measurements.map((one) => one.typo.top1)),
        costMs: geometricMean(measurements.map((one) => one.clean.p50Ms)),
      },
    ]
  })
}

function overlaps(one: Box, other: Box): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  )
}

/** Right, left, above, below, then ever farther off: the first place where the label hides nothing. */
function placeLabel(at: Point, text: string, taken: readonly Box[]): Box {
  const size = text.length * letterWidth
  const half = labelHeight / 2
  const boxAt = (left: number, middle: number): Box => ({
    left,
    top: middle - half,
    right: left + size,
    bottom: middle + half,
  })
  for (let distance = 0; distance < 8; distance++) {
    const shift = distance * labelHeight * 0.75
    const candidates = [
      boxAt(at.x + labelGap, at.y - shift),
      boxAt(at.x + labelGap, at.y + shift),
      boxAt(at.x - labelGap - size, at.y - shift),
      boxAt(at.x - labelGap - size, at.y + shift),
      boxAt(at.x - size / 2, at.y - labelGap - half - shift),
      boxAt(at.x - size / 2, at.y + labelGap + half + shift),
    ]
    const free = candidates.find(
      (box) =>
        box.left > plot.left &&
        box.right < plot.right &&
        box.top > plot.top &&
        box.bottom < plot.bottom &&
        taken.every((other) => !overlaps(box, other)),
    )
    if (free !== undefined) return free
  }
  return boxAt(at.x + labelGap, at.y)
}

function drawAxes(x: Scale, y: Scale): string[] {
  const parts: string[] = []
  for (const tick of y.ticks) {
    const at = y.toPixel(tick)
    parts.push(drawLine({ x: plot.left, y: at }, { x: plot.right, y: at }, 'grid'))
    parts.push(
      drawText({ x: plot.left - 10, y: at + 4 }, `${tick} %`, { anchor: 'end', class: 'tick' }),
    )
  }
  for (const tick of x.ticks) {
    const at = x.toPixel(tick)
    parts.push(drawLine({ x: at, y: plot.top }, { x: at, y: plot.bottom }, 'grid'))
    const name = tick >= 1_000 ? `${tick / 1_000} s` : `${Number(tick.toPrecision(1))} ms`
    parts.push(drawText({ x: at, y: plot.bottom + 20 }, name, { anchor: 'middle', class: 'tick' }))
  }
  const middle = (plot.left + plot.right) / 2
  const caption = 'median time of a question (logarithmic); left is cheaper'
  const below = { x: middle, y: plot.bottom + 44 }
  parts.push(drawText(below, caption, { anchor: 'middle', class: 'note' }))
  return parts
}

function drawMarks(marks: readonly Mark[], x: Scale, y: Scale): string[] {
  const order = [...registry.keys()]
  const points = marks.map((mark) => ({ x: x.toPixel(mark.costMs), y: y.toPixel(mark.quality) }))
  const taken: Box[] = points.map((at) => ({
    left: at.x - 8,
    top: at.y - 8,
    right: at.x + 8,
    bottom: at.y + 8,
  }))
  return marks.flatMap((mark, position) => {
    const at = points[position] ?? { x: 0, y: 0 }
    const own = mark.engine === ownEngineName
    const colour = colourOf(order.indexOf(mark.engine))
    const label = labelOf(mark.engine)
    const box = placeLabel(at, own ? `${label} ` : label, taken)
    taken.push(box)
    const text = drawText({ x: box.left, y: box.bottom - 4 }, label, {
      class: own ? 'label own' : 'label',
    })
    const dot = `<circle class="ring" cx="${at.x.toFixed(1)}" cy="${at.y.toFixed(1)}" r="${own ? 8 : 6}" fill="${colour}" stroke-width="1.5"/>`
    const near = { x: Math.min(Math.max(at.x, box.left), box.right), y: (box.top + box.bottom) / 2 }
    const far = Math.hypot(near.x - at.x, near.y - at.y) > labelGap + labelHeight
    return far ? [drawLine(at, near, 'leader'), dot, text] : [dot, text]
  })
}

export function drawQualityCost(results: Results): string {
  const marks = listMarks(results)
  const title = 'Quality against cost'
  const heading = [
    drawText({ x: plot.left, y: 36 }, title, { class: 'heading' }),
    drawText(
      { x: plot.left, y: 60 },
      `right entry first, questions with two typos, mean of ${results.sets.map((set) => set.name).join(', ')}; up is better`,
      { class: 'note' },
    ),
  ]
  if (marks.length === 0) {
    return drawFrame(title, 'No engine was measured on every set.', heading)
  }
  const x = createLogScale(
    marks.map((mark) => mark.costMs),
    plot.left,
    plot.right,
  )
  const y = createLinearScale(
    marks.map((mark) => mark.quality),
    qualityStep,
    plot.bottom,
    plot.top,
  )
  const listed = [...marks]
    .sort((left, right) => right.quality - left.quality)
    .map(
      (mark) =>
        `${labelOf(mark.engine)} ${mark.quality.toFixed(1)} % in ${formatNumber(mark.costMs)} ms`,
    )
  const description = `Share of questions with two typos whose right entry came first, against the median time of a question. ${listed.join('; ')}.`
  return drawFrame(title, description, [...heading, ...drawAxes(x, y), ...drawMarks(marks, x, y)])
}
