// Owns the Markdown tables of the reminders' bench: planning, what was sent while everything was due, and bursts.

import { formatNumber, formatTable } from '../search/tables.ts'
import type { FleetResult } from './fleet.ts'
import type { EngineName, Results, Setting } from './results.ts'
import { engines, labels, listSettings, medianOf, rateOf } from './results.ts'

const none = '-'

const formatCount = (value: number | null) =>
  value === null ? none : Math.round(value).toLocaleString('en')
const formatSeconds = (ms: number | null | undefined) =>
  ms === null || ms === undefined ? none : formatNumber(ms / 1_000)
const formatMegabytes = (bytes: number) => (bytes / 1e6).toFixed(0)
/** Of the assistant's figure to pg-boss's. */
const formatRatio = (own: number | null, other: number | null) =>
  own === null || other === null ? none : formatNumber(own / other)

/** One line of progress. */
export function describeResult(result: FleetResult): string {
  if (result.kind === 'failed') return result.reason
  const cut = result.isCut ? ', cut' : ''
  const rate = rateOf(result)
  const sent =
    rate === null
      ? `${result.roundsMs.map(formatSeconds).join(' s, then ')} s`
      : `${formatCount(rate)} a second, the last after ${formatSeconds(result.lastMs)} s`
  return `${formatCount(result.done)}: ${sent}${cut}`
}

const planningHeader = [
  'Planning',
  'subscriptions',
  'planned',
  'first s',
  'a second',
  'again s',
  'processor s',
  'idle MB',
  'peak MB',
]

function formatPlanning(results: Results): string {
  const rows = results.plannings.map(({ engine, subscriptions, result }) => {
    const start = [labels[engine], formatCount(subscriptions)]
    if (result.kind === 'failed') return [...start, 'failed', ...Array<string>(6).fill(none)]
    const { isCut, done, roundsMs, cpuMs, idleBytes, peakBytes } = result
    const [first, again] = roundsMs
    return [
      ...start,
      `${formatCount(done)}${isCut && first === undefined ? ' when cut' : ''}`,
      formatSeconds(first),
      first === undefined ? none : formatCount((done / first) * 1_000),
      engine === 'pg-boss' || again !== undefined ? formatSeconds(again) : 'cut',
      formatSeconds(cpuMs),
      formatMegabytes(idleBytes),
      formatMegabytes(peakBytes),
    ]
  })
  return formatTable(planningHeader, rows)
}

function formatBacklog(results: Results): string {
  const header = ['All of it due, one process', 'sent', 'a second', 'idle MB', 'peak MB']
  const rows = results.backlogs.map(({ engine, result }) => {
    if (result.kind === 'failed') return [labels[engine], 'failed', none, none, none]
    const { isCut, done, lastMs, idleBytes, peakBytes } = result
    return [
      labels[engine],
      `${formatCount(done)}${isCut ? ' when cut' : ` in ${formatSeconds(lastMs)} s`}`,
      formatCount(rateOf(result)),
      formatMegabytes(idleBytes),
      formatMegabytes(peakBytes),
    ]
  })
  return formatTable(header, rows)
}

/** Medians over the rounds. */
export function summariseBursts(
  results: Results,
  engine: EngineName,
  { replicas, answers }: Setting,
) {
  const measured = results.bursts.flatMap((burst) =>
    burst.engine === engine &&
    burst.replicas === replicas &&
    burst.answers === answers &&
    burst.result.kind === 'measured'
      ? [burst.result]
      : [],
  )
  const medianBy = (read: (result: (typeof measured)[number]) => number | null) =>
    medianOf(measured.map(read))
  return {
    rate: medianBy(rateOf),
    firstMs: medianBy(({ firstMs }) => firstMs),
    lastMs: medianBy(({ lastMs }) => lastMs),
    processorMs: medianBy(({ cpuMs, done }) => (cpuMs / done) * 1_000),
    peakBytes: medianBy(({ peakBytes }) => peakBytes),
    isComplete: measured.every(({ done }) => done === results.options.deliveries),
  }
}

const burstHeader = [
  'Due at the same minute',
  'replicas',
  'answers',
  'a second',
  'to pg-boss',
  'first late s',
  'last late s',
  'to pg-boss',
  'processor ms a thousand',
  'peak MB',
]

function formatBursts(results: Results): string {
  const rows = listSettings(results.options).flatMap((setting) => {
    const other = summariseBursts(results, 'pg-boss', setting)
    return engines.map((engine) => {
      const own = summariseBursts(results, engine, setting)
      return [
        labels[engine] + (own.isComplete ? '' : ' (some not sent once)'),
        setting.replicas.toString(),
        setting.answers,
        formatCount(own.rate),
        formatRatio(own.rate, other.rate),
        formatSeconds(own.firstMs),
        formatSeconds(own.lastMs),
        formatRatio(own.lastMs, other.lastMs),
        formatCount(own.processorMs),
        own.peakBytes === null ? none : formatMegabytes(own.peakBytes),
      ]
    })
  })
  return formatTable(burstHeader, rows)
}

const legend = `Planning: the first round plans a reminder a subscription, "again" finds that nothing has changed; pg-boss inserts a job a
reminder, 1,000 a statement, and cannot plan again. On PostgreSQL fewer are planned, so that a round ends within minutes, and the
assistant's statistics are up to date, as they are a minute after subscriptions were made. Sending: a
platform that answers at once, no pace, one message a conversation; nothing is composed. Receipts come together for all messages of a turn of
the event loop, or apart, each in its own, as from a network. "Due at the same minute": processes wait for it;
rates run from the first message to the last, and lateness from the minute. Processor time and memory (resident, of the largest process) are
Node's, without PostgreSQL's own. What is acknowledged is on the disk, on all three. pg-boss takes a batch in one statement and settles it in
another; the assistant also keeps two messages of a conversation apart and writes down that a message is about to leave.`

function listFailures(results: Results): string[] {
  const all = [
    ...results.plannings.map(({ engine, result }) => ({
      place: `${labels[engine]}, planning`,
      result,
    })),
    ...results.backlogs.map(({ engine, result }) => ({
      place: `${labels[engine]}, all of it due`,
      result,
    })),
    ...results.bursts.map(({ engine, replicas, answers, result }) => ({
      place: `${labels[engine]}, ${replicas} sending, answers ${answers}`,
      result,
    })),
  ]
  return all.flatMap(({ place, result }) =>
    result.kind === 'failed' ? [`- ${place}: ${result.reason}`] : [],
  )
}

export function formatTables(results: Results): string {
  const { node, cpu, cores, loadBefore, loadAfter } = results.environment
  const { deliveries, rounds } = results.options
  const versions = Object.entries(results.versions).map(([name, version]) => `${name} ${version}`)
  const failures = listFailures(results)
  return [
    `Node ${node}, ${cores} cores (${cpu}), load average ${loadBefore} before and ${loadAfter} after; ${versions.join(', ')}.`,
    legend,
    formatPlanning(results),
    formatBacklog(results),
    `${formatCount(deliveries)} reminders, median of ${rounds} round${rounds === 1 ? '' : 's'}:`,
    formatBursts(results),
    ...(failures.length > 0 ? [`Without figures:\n\n${failures.join('\n')}`] : []),
  ].join('\n\n')
}
