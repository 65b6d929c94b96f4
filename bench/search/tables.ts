// Owns the Markdown tables: one a set, one a size of the growth measurement, and the summary.

import type { JobResult } from './run-job.ts'
import type { Measurement } from './measure.ts'
import type { Quality } from './metrics.ts'
import { mean } from './metrics.ts'
import { labelOf } from './registry.ts'
import type { Results } from './results.ts'

type Row = string[]

const none = '-'

function formatPercent(share: number | null | undefined): string {
  return share === null || share === undefined || Number.isNaN(share)
    ? none
    : (share * 100).toFixed(1)
}

/** Two or three significant digits, without exponents. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return none
  if (value >= 100) return value.toFixed(0)
  if (value >= 10) return value.toFixed(1)
  return value >= 0.1 ? value.toFixed(2) : value.toFixed(3)
}

function formatMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}

export function formatTable(header: Row, rows: readonly Row[]): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, 3, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const alignLine = (row: Row): string => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0
      return column === 0 ? cell.padEnd(width) : cell.padStart(width)
    })
    return `| ${cells.join(' | ')} |`
  }
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  )
  return [alignLine(header), alignLine(rule), ...rows.map(alignLine)].join('\n')
}

/** Says in a few words why there is no figure. */
export function describeFailure(result: Exclude<JobResult, { kind: 'measured' }>): string {
  switch (result.kind) {
    case 'stopped':
      return `> ${result.limitSeconds} s ${result.while}`
    case 'failed':
      return 'failed'
  }
}

function rowOf(
  engine: string,
  result: JobResult | undefined,
  columns: number,
  list: (measurement: Measurement) => Row,
): Row {
  if (result?.kind === 'measured') return [labelOf(engine), ...list(result.measurement)]
  const reason = result === undefined ? none : describeFailure(result)
  return [labelOf(engine), reason, ...Array.from({ length: columns - 2 }, () => none)]
}

/** A share of fewer questions says nothing. */
const shareAskedMin = 30

function formatShare(quality: Quality, share: number | null): string {
  return quality.asked < shareAskedMin ? none : formatPercent(share)
}

function describeSample(measurement: Measurement): string {
  const { asked } = measurement.clean
  return asked === measurement.questions ? String(asked) : `${asked} of ${measurement.questions}`
}

const setHeader = [
  'Engine',
  'top-1 %',
  'top-3 %',
  'typo top-1',
  'typo top-3',
  'AUROC %',
  'refused %',
  'start-up ms',
  'p50 ms',
  'p99 ms',
  'memory MB',
  'heap MB',
  'questions',
]

function listSetCells(measurement: Measurement): Row {
  const { clean, typo } = measurement
  return [
    formatPercent(clean.top1),
    formatPercent(clean.top3),
    formatPercent(typo.top1),
    formatPercent(typo.top3),
    formatPercent(clean.auroc),
    formatPercent(clean.refused),
    measurement.buildMs.toFixed(0),
    formatNumber(clean.p50Ms),
    formatNumber(clean.p99Ms),
    formatMegabytes(measurement.residentBytes),
    formatMegabytes(measurement.heapBytes),
    describeSample(measurement),
  ]
}

const growthHeader = [
  'Engine',
  'build s',
  'p50 ms',
  'p99 ms',
  'memory MB',
  'heap MB',
  'top-1 %',
  'typo top-1',
  'questions',
]

function listGrowthCells(measurement: Measurement): Row {
  const { clean, typo } = measurement
  return [
    formatNumber(measurement.buildMs / 1_000),
    formatNumber(clean.p50Ms),
    formatNumber(clean.p99Ms),
    formatMegabytes(measurement.residentBytes),
    formatMegabytes(measurement.heapBytes),
    formatShare(clean, clean.top1),
    formatShare(typo, typo.top1),
    describeSample(measurement),
  ]
}

/** The measurements of an engine over all sets; null when one is missing. */
export function listMeasurements(results: Results, engine: string): Measurement[] | null {
  const measured = results.sets.map((set) => set.engines[engine])
  const list = measured.flatMap((result) =>
    result?.kind === 'measured' ? [result.measurement] : [],
  )
  return list.length === measured.length && list.length > 0 ? list : null
}

function formatSummary(results: Results): string {
  const header = ['Engine', ...results.sets.map((set) => set.name), 'mean clean / typo']
  const rows = results.engines.map((engine) => {
    const cells = results.sets.map((set) => {
      const result = set.engines[engine]
      if (result?.kind !== 'measured') return result === undefined ? none : describeFailure(result)
      const { clean, typo } = result.measurement
      const auroc = clean.auroc === null ? '' : ` / ${formatPercent(clean.auroc)}`
      return `${formatPercent(clean.top1)} / ${formatPercent(typo.top1)}${auroc}`
    })
    const all = listMeasurements(results, engine)
    const overall =
      all === null
        ? none
        : `${formatPercent(mean(all.map((one) => one.clean.top1)))} / ${formatPercent(mean(all.map((one) => one.typo.top1)))}`
    return [labelOf(engine), ...cells, overall]
  })
  return formatTable(header, rows)
}

const legend = `Shares are of the answerable questions; "typo" is the same questions with two misspelt words. AUROC: how well
the engine's confidence tells answerable questions from unanswerable ones. Refused: unanswerable questions below
the threshold that keeps 95 % of the answerable. Start-up: building the index in a new process, its library loaded.
Times are of single questions after a warm-up. Memory: resident set after build and collection, above the empty
process; heap: JavaScript heap and buffers alone. "n of m" questions: a slow engine was asked every few.`

export function formatTables(results: Results): string {
  const { node, cpu, cores } = results.environment
  const versions = Object.entries(results.versions).map(([name, version]) => `${name} ${version}`)
  const sections = [`Node ${node}, ${cores} cores (${cpu}); ${versions.join(', ')}.\n\n${legend}`]
  for (const set of results.sets) {
    const rows = results.engines.map((engine) =>
      rowOf(engine, set.engines[engine], setHeader.length, listSetCells),
    )
    const size = `${set.entries} entries, ${set.phrasings} phrasings, ${set.questions} questions`
    sections.push(`## ${set.name} (${size})\n\n${formatTable(setHeader, rows)}`)
  }
  sections.push(`## Summary: top-1 % clean / with typos / AUROC %\n\n${formatSummary(results)}`)
  for (const size of results.growth) {
    const rows = results.engines.map((engine) =>
      rowOf(engine, size.engines[engine], growthHeader.length, listGrowthCells),
    )
    const title = `## Growth: ${size.phrasings.toLocaleString('en')} phrasings (synthetic)`
    sections.push(`${title}\n\n${formatTable(growthHeader, rows)}`)
  }
  const failures = listFailures(results)
  if (failures.length > 0) sections.push(`## Without figures\n\n${failures.join('\n')}`)
  return sections.join('\n\n')
}

function listFailures(results: Results): string[] {
  const places = [
    ...results.sets.map((set) => ({ name: set.name, engines: set.engines })),
    ...results.growth.map((size) => ({ name: `growth ${size.phrasings}`, engines: size.engines })),
  ]
  return places.flatMap(({ name, engines }) =>
    Object.entries(engines).flatMap(([engine, result]) => {
      if (result.kind === 'measured') return []
      const reason = result.kind === 'failed' ? result.reason : describeFailure(result)
      return [`- ${labelOf(engine)}, ${name}: ${reason}`]
    }),
  )
}
