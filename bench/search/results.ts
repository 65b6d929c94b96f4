// Owns what a run produces: the figures of every engine over every set and size, and where and with
// what they were measured. Written as JSON beside the charts.

import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { registry } from './registry.ts'
import type { JobResult } from './run-job.ts'

export type SetResults = {
  name: string
  entries: number
  phrasings: number
  questions: number
  engines: Record<string, JobResult>
}

export type GrowthResults = { phrasings: number; engines: Record<string, JobResult> }

export type Results = {
  measuredAt: string
  environment: { node: string; cpu: string; cores: number; memoryGb: number }
  versions: Record<string, string>
  engines: string[]
  sets: SetResults[]
  growth: GrowthResults[]
}

/** The installed version of a package of bench/package.json. */
function readVersion(name: string): string {
  const path = new URL(`../node_modules/${name}/package.json`, import.meta.url)
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string }
  return version
}

export function createResults(engines: readonly string[]): Results {
  const versions: Record<string, string> = { sqlite: process.versions['sqlite'] ?? 'unknown' }
  for (const engine of engines) {
    const name = registry.get(engine)?.package
    if (name !== undefined) versions[name] = readVersion(name)
  }
  return {
    measuredAt: Temporal.Now.instant().toString({ smallestUnit: 'second' }),
    environment: {
      node: process.version,
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 1e9),
    },
    versions,
    engines: [...engines],
    sets: [],
    growth: [],
  }
}
