// Owns the chart of messages a second: a group of bars a number of replicas, a bar an engine, each with its figure.

import type { Scale } from '../search/svg.ts'
import {
  colourOf,
  createLinearScale,
  drawFrame,
  drawLine,
  drawText,
  height,
  width,
} from '../search/svg.ts'
import type { Results } from './results.ts'
import { engines, labels } from './results.ts'
import { summariseBursts } from './tables.ts'

const plot = { left: 80, top: 110, right: width - 40, bottom: height - 62 }
const barWidth = 62
const barGap = 10
const ticksMax = 8

type Bar = { replicas: number; engine: (typeof engines)[number]; rate: number }

function listBars(results: Results): Bar[] {
  return results.options.replicas.flatMap((replicas) =>
    engines.flatMap((engine) => {
      const { rate } = summariseBursts(results, engine, { replicas, answers: 'together' })
      return rate === null ? [] : [{ replicas, engine, rate }]
    }),
  )
}

/** From nothing, with few ticks at round figures. */
function createRateScale(bars: readonly Bar[]): Scale {
  const most = Math.max(...bars.map(({ rate }) => rate))
  const decade = 10 ** Math.floor(Math.log10(most))
  const step = [0.1, 0.2, 0.5, 1]
    .map((share) => share * decade)
    .find((one) => most / one <= ticksMax)
  return createLinearScale([0, most], step ?? decade, plot.bottom, plot.top)
}

function drawGroup(results: Results, bars: readonly Bar[], y: Scale, place: number): string[] {
  const { replicas } = results.options
  const count = replicas[place] ?? 0
  const span = (plot.right - plot.left) / replicas.length
  const middle = plot.left + span * (place + 0.5)
  const left = middle - (engines.length * (barWidth + barGap) - barGap) / 2
  const drawn = bars
    .filter((bar) => bar.replicas === count)
    .flatMap(({ engine, rate }) => {
      const position = engines.indexOf(engine)
      const x = left + position * (barWidth + barGap)
      const top = y.toPixel(rate)
      return [
        `<rect x="${x.toFixed(1)}" y="${top.toFixed(1)}" width="${barWidth}" height="${(plot.bottom - top).toFixed(1)}" fill="${colourOf(position)}"/>`,
        drawText({ x: x + barWidth / 2, y: top - 7 }, Math.round(rate).toLocaleString('en'), {
          anchor: 'middle',
        }),
      ]
    })
  const name = `${count} ${count === 1 ? 'process' : 'processes'}`
  return [...drawn, drawText({ x: middle, y: plot.bottom + 22 }, name, { anchor: 'middle' })]
}

export function drawRates(results: Results): string {
  const bars = listBars(results)
  const title = 'Reminders sent a second'
  const heading = [
    drawText({ x: plot.left, y: 36 }, title, { class: 'heading' }),
    drawText(
      { x: plot.left, y: 60 },
      `${results.options.deliveries.toLocaleString('en')} due at the same minute, to a platform that answers at once; up is better`,
      { class: 'note' },
    ),
    ...engines.flatMap((engine, position) => {
      const x = plot.left + position * 220
      return [
        `<rect x="${x}" y="76" width="10" height="10" rx="2" fill="${colourOf(position)}"/>`,
        drawText({ x: x + 16, y: 85.5 }, labels[engine]),
      ]
    }),
  ]
  if (bars.length === 0) return drawFrame(title, 'Nothing was measured.', heading)
  const y = createRateScale(bars)
  const axes = y.ticks.flatMap((tick) => {
    const at = y.toPixel(tick)
    return [
      drawLine({ x: plot.left, y: at }, { x: plot.right, y: at }, tick === 0 ? 'axis' : 'grid'),
      drawText({ x: plot.left - 10, y: at + 4 }, tick.toLocaleString('en'), {
        anchor: 'end',
        class: 'tick',
      }),
    ]
  })
  const groups = results.options.replicas.flatMap((_, place) => drawGroup(results, bars, y, place))
  const listed = bars.map(
    ({ engine, replicas, rate }) => `${labels[engine]} with ${replicas}: ${Math.round(rate)}`,
  )
  return drawFrame(title, `Messages a second. ${listed.join('; ')}.`, [
    ...heading,
    ...axes,
    ...groups,
  ])
}
