// Owns the chart of cost against size: a line an engine, the median time of a question against the
// number of phrasings, both logarithmic, each line named at its end.

import { labelOf, ownEngineName, registry } from './registry.ts'
import type { Results } from './results.ts'
import type { Point, Scale } from './svg.ts'
import { colourOf, createLogScale, drawFrame, drawLine, drawText, height, width } from './svg.ts'
import { formatNumber } from './tables.ts'

type Sample = { phrasings: number; costMs: number }
type Line = { engine: string; samples: Sample[] }

const plot = { left: 80, top: 84, right: width - 230, bottom: height - 62 }
const labelLeft = plot.right + 26
const labelHeight = 18

function listLines(results: Results): Line[] {
  return results.engines.flatMap((engine) => {
    const samples = results.growth.flatMap(({ phrasings, engines }) => {
      const result = engines[engine]
      return result?.kind === 'measured'
        ? [{ phrasings, costMs: result.measurement.clean.p50Ms }]
        : []
    })
    return samples.length === 0 ? [] : [{ engine, samples }]
  })
}

/** Moves labels apart, as little as the space allows, keeping their order. */
function spreadLabels(wanted: readonly number[]): number[] {
  const placed = wanted
    .map((at, position) => ({ at, position }))
    .sort((left, right) => left.at - right.at)
  let floor = plot.top
  for (const label of placed) {
    label.at = Math.max(label.at, floor)
    floor = label.at + labelHeight
  }
  let ceiling = plot.bottom
  for (const label of placed.toReversed()) {
    label.at = Math.min(label.at, ceiling)
    ceiling = label.at - labelHeight
  }
  return placed.sort((left, right) => left.position - right.position).map(({ at }) => at)
}

function drawAxes(results: Results, x: Scale, y: Scale): string[] {
  const parts: string[] = []
  for (const tick of y.ticks) {
    const at = y.toPixel(tick)
    parts.push(drawLine({ x: plot.left, y: at }, { x: plot.right, y: at }, 'grid'))
    const name = tick >= 1_000 ? `${tick / 1_000} s` : `${Number(tick.toPrecision(1))} ms`
    parts.push(drawText({ x: plot.left - 10, y: at + 4 }, name, { anchor: 'end', class: 'tick' }))
  }
  for (const { phrasings } of results.growth) {
    const at = x.toPixel(phrasings)
    parts.push(drawLine({ x: at, y: plot.top }, { x: at, y: plot.bottom }, 'grid'))
    const name = phrasings.toLocaleString('en')
    parts.push(drawText({ x: at, y: plot.bottom + 20 }, name, { anchor: 'middle', class: 'tick' }))
  }
  const below = { x: (plot.left + plot.right) / 2, y: plot.bottom + 44 }
  const caption = 'phrasings in the knowledge base (logarithmic)'
  parts.push(drawText(below, caption, { anchor: 'middle', class: 'note' }))
  return parts
}

function drawPath(points: readonly Point[], colour: string, own: boolean): string {
  const steps = points.map(
    ({ x, y }, position) => `${position === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`,
  )
  const path = `<path d="${steps.join(' ')}" fill="none" stroke="${colour}" stroke-width="${own ? 4 : 2}" stroke-linejoin="round"/>`
  const dots = points.map(
    ({ x, y }) =>
      `<circle class="ring" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${own ? 5.5 : 4}" fill="${colour}" stroke-width="1"/>`,
  )
  return [path, ...dots].join('\n')
}

function drawLines(lines: readonly Line[], x: Scale, y: Scale): string[] {
  const order = [...registry.keys()]
  const drawn = lines.map(({ engine, samples }) => {
    const points = samples.map(({ phrasings, costMs }) => ({
      x: x.toPixel(phrasings),
      y: y.toPixel(costMs),
    }))
    const end = points.at(-1) ?? { x: 0, y: 0 }
    const last = samples.at(-1)?.phrasings ?? 0
    return { engine, points, end, last, colour: colourOf(order.indexOf(engine)) }
  })
  const heights = spreadLabels(drawn.map(({ end }) => end.y))
  // The project's own line comes last, above the others.
  const paths = drawn
    .toSorted(
      (left, right) =>
        Number(left.engine === ownEngineName) - Number(right.engine === ownEngineName),
    )
    .map(({ engine, points, colour }) => drawPath(points, colour, engine === ownEngineName))
  const sizeLast = Math.max(...lines.flatMap(({ samples }) => samples.map((one) => one.phrasings)))
  const labels = drawn.map(({ engine, end, last, colour }, position) => {
    const at = heights[position] ?? end.y
    const complete = last === sizeLast
    const from = { x: end.x + 7, y: end.y }
    // A leader from a line that ends early would cross the others: its label says where it ends.
    const leader = complete ? [drawLine(from, { x: labelLeft - 4, y: at }, 'leader')] : []
    const note = complete ? '' : `, to ${last.toLocaleString('en')}`
    const swatch = `<rect x="${labelLeft}" y="${(at - 5).toFixed(1)}" width="10" height="10" rx="2" fill="${colour}"/>`
    const text = drawText({ x: labelLeft + 16, y: at + 4.5 }, labelOf(engine) + note, {
      class: engine === ownEngineName ? 'label own' : 'label',
    })
    return [...leader, swatch, text].join('\n')
  })
  return [...labels, ...paths]
}

export function drawCostSize(results: Results): string {
  const lines = listLines(results)
  const title = 'Cost against size'
  const heading = [
    drawText({ x: plot.left, y: 36 }, title, { class: 'heading' }),
    drawText(
      { x: plot.left, y: 60 },
      'median time of a question (logarithmic), synthetic bases; down is better; a line ends where an engine was stopped',
      { class: 'note' },
    ),
  ]
  if (lines.length === 0) return drawFrame(title, 'No engine was measured.', heading)
  const sizes = results.growth.map(({ phrasings }) => phrasings)
  const y = createLogScale(
    lines.flatMap(({ samples }) => samples.map(({ costMs }) => costMs)),
    plot.bottom,
    plot.top,
  )
  const x = createSizeScale(sizes)
  const listed = lines.map(({ engine, samples }) => {
    const steps = samples.map(({ phrasings, costMs }) => `${formatNumber(costMs)} at ${phrasings}`)
    return `${labelOf(engine)}: ${steps.join(', ')}`
  })
  const description = `Median milliseconds of a question against the number of phrasings. ${listed.join('; ')}.`
  return drawFrame(title, description, [
    ...heading,
    ...drawAxes(results, x, y),
    ...drawLines(lines, x, y),
  ])
}

/** From the smallest size to the largest, without empty decades at the ends. */
function createSizeScale(sizes: readonly number[]): Scale {
  const low = Math.log10(Math.min(...sizes))
  const high = Math.log10(Math.max(...sizes))
  const inset = 14
  const span = plot.right - plot.left - inset
  return {
    ticks: sizes,
    toPixel: (value) =>
      plot.left + inset + ((Math.log10(value) - low) / Math.max(high - low, 1e-9)) * span,
  }
}
