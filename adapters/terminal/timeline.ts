// A timeline in characters: the years, under them plans and dates on one line, then the dates in words. Letters and
// signs carry the meaning; colour only adds to it. Pure.

import { toItemLine } from '../../src/chat/plain-text.ts'
import type { TimelineBlock, TimelineItem, TimelineRow } from '../../src/chat/reply.ts'
import { hang, paint, toPlain, wrap, type RenderOptions, type Style } from './text.ts'

/** Fewer columns for a year cannot tell its beginning from its end. */
const yearColumnsMin = 4
const yearColumnsMax = 12
/** A year's four digits and room after them. */
const yearLabelColumns = 6
const todaySign = '|'
const uncertainSign = '?'
const signs = { hard: '#', duty: '*', information: '+', estimate: uncertainSign } as const
const styles: Readonly<Record<TimelineItem['force'], Style>> = {
  hard: 'red',
  duty: 'cyan',
  information: 'blue',
  estimate: 'yellow',
}

type Scale = {
  readonly firstYear: number
  readonly yearsCount: number
  readonly yearColumns: number
  readonly today: number
}

/** Without room for a line of years the words stand alone. */
export function renderTimeline(block: TimelineBlock, options: RenderOptions): string {
  const scale = createScale(block, options.width)
  const rows = block.rows.map((row) => {
    const title = block.rows.length === 1 ? [] : [paint('bold', wrap(row.title, options), options)]
    const strip = scale === null ? [] : [drawYears(scale, options), drawStrip(row, scale, options)]
    const items = row.items.map((item) => describeItem(item, options))
    return [...title, ...strip, ...items, ...describeSpans(row, options)].join('\n')
  })
  const legend = scale === null ? [] : [describeSigns(block, options)]
  return [...legend, ...rows].join('\n\n')
}

/** One for all rows, so that they can be compared. Null where the window is too narrow, or has no end. */
function createScale({ today, rows }: TimelineBlock, width: number): Scale | null {
  const dates = rows.flatMap(({ spans }) => spans.flatMap(({ from, through }) => [from, through]))
  const years = [today, ...dates]
    .map((date) => Temporal.PlainDate.from(date).year)
    .concat(rows.flatMap(({ items }) => items.map(({ year }) => year)))
  const firstYear = Math.min(...years)
  const yearsCount = Math.max(...years) - firstYear + 1
  const yearColumns = Math.min(Math.floor(width / yearsCount), yearColumnsMax)
  if (width === Infinity || yearColumns < yearColumnsMin) return null
  const scale = { firstYear, yearsCount, yearColumns }
  return { ...scale, today: toColumn(today, scale) }
}

function toColumn(date: string, { firstYear, yearColumns }: Omit<Scale, 'today'>): number {
  const { year, dayOfYear, daysInYear } = Temporal.PlainDate.from(date)
  return Math.floor((year - firstYear + (dayOfYear - 1) / daysInYear) * yearColumns)
}

function drawYears({ firstYear, yearsCount, yearColumns }: Scale, options: RenderOptions): string {
  const step = Math.ceil(yearLabelColumns / yearColumns)
  const labels = Array.from({ length: Math.ceil(yearsCount / step) }, (_, index) =>
    (firstYear + index * step).toString().padEnd(step * yearColumns),
  )
  return paint('dim', labels.join('').trimEnd(), options)
}

/** `[====*===|===]   #`: plans as bars, dashed where uncertain, and on them today and the dates. */
function drawStrip({ spans, items }: TimelineRow, scale: Scale, options: RenderOptions): string {
  const columns = scale.yearsCount * scale.yearColumns
  const strip = Array.from({ length: columns }, () => ' ')
  for (const { from, through, isCertain } of spans) {
    const [start, end] = [toColumn(from, scale), toColumn(through, scale)]
    strip.fill(isCertain ? '=' : '-', start, end + 1)
    strip[start] = '['
    strip[end] = ']'
  }
  strip[scale.today] = paint('bold', todaySign, options)
  // Where two dates share a column the next one is seen.
  const drawn = items.toSorted((one, other) => rank(one) - rank(other))
  for (const item of drawn) {
    const column =
      item.date === null
        ? Math.floor((item.year - scale.firstYear + 0.5) * scale.yearColumns)
        : toColumn(item.date, scale)
    strip[column] = paintSign(item, options)
  }
  return strip.join('').trimEnd()
}

const rank = ({ state }: TimelineItem) => ['past', 'later', 'next'].indexOf(state)

const toSign = ({ force, isCertain }: TimelineItem) => (isCertain ? signs[force] : uncertainSign)

const paintSign = (item: TimelineItem, options: RenderOptions) =>
  paint(item.state === 'past' ? 'dim' : styles[item.force], toSign(item), options)

/** What the signs of the strips mean, each once. */
function describeSigns({ todayLabel, rows }: TimelineBlock, options: RenderOptions): string {
  const items = rows.flatMap((row) => row.items)
  const meanings = items.map((item) => `${toSign(item)} ${toPlain(item.forceLabel)}`)
  const legend = [`${todaySign} ${toPlain(todayLabel)}`, ...new Set(meanings)].join('   ')
  return paint('dim', wrap(legend, options), options)
}

function describeItem(item: TimelineItem, options: RenderOptions): string {
  const line = hang(`${toSign(item)} `, toItemLine(item), options)
  const notes = [item.certainty, item.why]
    .filter((note) => note !== '')
    .map((note) => paint('dim', hang('  ', note, options), options))
  return [item.state === 'next' ? paint('bold', line, options) : line, ...notes].join('\n')
}

const describeSpans = ({ spans }: TimelineRow, options: RenderOptions) =>
  spans.map(({ label, isCertain }) =>
    paint('dim', hang(isCertain ? '[==] ' : '[--] ', label, options), options),
  )
