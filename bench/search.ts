// Owns the search benchmark: every engine over every set and every size, one process each, then tables
// on stdout, figures and charts in bench/results/. Knows the order of work; the parts are in search/.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drawCostSize } from './search/chart-cost-size.ts'
import { drawQualityCost } from './search/chart-quality-cost.ts'
import { growthSizes, synthesiseBase, writeBase } from './search/growth.ts'
import { installLibraries } from './search/install.ts'
import type { Options } from './search/options.ts'
import { readOptions, usage } from './search/options.ts'
import { writeOwnSet } from './search/own-set.ts'
import { labelOf } from './search/registry.ts'
import type { Results } from './search/results.ts'
import { createResults } from './search/results.ts'
import type { JobResult } from './search/run-job.ts'
import { runJob } from './search/run-job.ts'
import type { SetFolder } from './search/sets.ts'
import { BenchError, readEntries, readQueries } from './search/sets.ts'
import { describeFailure, formatNumber, formatTables } from './search/tables.ts'

const benchFolder = fileURLToPath(new URL('.', import.meta.url))
const defaultPath = fileURLToPath(new URL('../../shared/data', import.meta.url))

const setLimitSeconds = 300
const setAskBudgetMs = 30_000
const setAskedMin = 200
const growthLimitSeconds = 120
const growthAskBudgetMs = 10_000
const growthAskedMin = 4
const growthQuestions = 300
const quickQuestions = 200
const quickSizes = 2

function describeResult(result: JobResult): string {
  if (result.kind === 'failed') return result.reason
  if (result.kind === 'stopped') return describeFailure(result)
  const { buildMs, clean } = result.measurement
  return `built in ${formatNumber(buildMs)} ms, top-1 ${(clean.top1 * 100).toFixed(1)} %, p50 ${formatNumber(clean.p50Ms)} ms`
}

/** Runs one measurement with its line of progress. */
async function report(place: string, engine: string, run: () => Promise<JobResult>) {
  const start = performance.now()
  process.stderr.write(`${place.padEnd(16)} ${labelOf(engine).padEnd(22)} `)
  const result = await run()
  const seconds = ((performance.now() - start) / 1_000).toFixed(1)
  process.stderr.write(`${describeResult(result)} (${seconds} s)\n`)
  return result
}

async function measureSet(set: SetFolder, options: Options, results: Results): Promise<void> {
  const entries = readEntries(set.path)
  const engines: Record<string, JobResult> = {}
  for (const engine of options.engines) {
    const job = {
      engine,
      folder: set.path,
      askBudgetMs: setAskBudgetMs,
      askedMin: setAskedMin,
      questionsMax: options.quick ? quickQuestions : Number.MAX_SAFE_INTEGER,
    }
    engines[engine] = await report(set.name, engine, () => runJob(job, setLimitSeconds))
  }
  results.sets.push({
    name: set.name,
    entries: entries.length,
    phrasings: entries.reduce((sum, entry) => sum + entry.questions.length, 0),
    questions: readQueries(set.path).length,
    engines,
  })
}

async function measureGrowth(options: Options, results: Results): Promise<void> {
  const bases = options.sets.map((set) => readEntries(set.path))
  const parent = mkdtempSync(join(tmpdir(), 'bench-search-'))
  // An engine stopped or failed at one size is not tried at the next.
  const ended = new Map<string, string>()
  try {
    for (const phrasings of options.quick ? growthSizes.slice(0, quickSizes) : growthSizes) {
      const folder = writeBase(synthesiseBase(bases, phrasings), parent, phrasings)
      const engines: Record<string, JobResult> = {}
      for (const engine of options.engines) {
        const reason = ended.get(engine)
        const result: JobResult =
          reason === undefined
            ? await report(`growth ${phrasings}`, engine, () =>
                runJob(
                  {
                    engine,
                    folder,
                    askBudgetMs: growthAskBudgetMs,
                    askedMin: growthAskedMin,
                    questionsMax: growthQuestions,
                  },
                  growthLimitSeconds,
                ),
              )
            : { kind: 'failed', reason }
        engines[engine] = result
        if (result.kind !== 'measured' && reason === undefined) {
          ended.set(engine, `not tried: ${describeResult(result)} at ${phrasings}`)
        }
      }
      results.growth.push({ phrasings, engines })
    }
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}

function writeResults(results: Results, complete: boolean): string {
  const name = complete ? 'results' : 'results/partial'
  const folder = join(benchFolder, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'search.json'), `${JSON.stringify(results, null, 2)}\n`)
  writeFileSync(join(folder, 'search-quality-cost.svg'), drawQualityCost(results))
  if (results.growth.length > 0) {
    writeFileSync(join(folder, 'search-cost-size.svg'), drawCostSize(results))
  }
  return `bench/${name}/`
}

async function main(parent: string): Promise<void> {
  const options = readOptions(process.argv.slice(2), defaultPath, writeOwnSet(parent))
  if (options === null) {
    process.stdout.write(`${usage}\n`)
    return
  }
  // All sets are checked before the first is measured.
  for (const set of options.sets) {
    readEntries(set.path)
    readQueries(set.path)
  }
  installLibraries(benchFolder)
  const results = createResults(options.engines)
  for (const set of options.sets) await measureSet(set, options, results)
  if (options.growth) await measureGrowth(options, results)
  process.stdout.write(`${formatTables(results)}\n`)
  const folder = writeResults(results, options.complete)
  process.stderr.write(`Figures and charts: ${folder}\n`)
}

const parent = mkdtempSync(join(tmpdir(), 'bench-own-'))
try {
  await main(parent)
} catch (error) {
  if (!(error instanceof BenchError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
} finally {
  rmSync(parent, { recursive: true, force: true })
}
