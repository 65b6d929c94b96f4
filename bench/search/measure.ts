// Owns one measurement, in a process of its own: one engine over one set. Started by run-job.ts, which
// sends the job and bounds the time; reports over the process channel.
// Memory is what the process holds after the build and a collection, less what it held before the set
// was read and the library loaded.

import type { BenchQuery, Built, Ranked } from './engine.ts'
import type { Outcome, Quality } from './metrics.ts'
import { quantile, summarise } from './metrics.ts'
import { registry } from './registry.ts'
import { readEntries, readQueries } from './sets.ts'

export type Job = {
  engine: string
  folder: string
  /** Upper bound for asking all questions; a slower engine is asked every n-th question. */
  askBudgetMs: number
  /** Asked however long they take. */
  askedMin: number
  /** At most so many questions, spread evenly over the set. */
  questionsMax: number
}

export type Timing = { p50Ms: number; p99Ms: number }

export type Measurement = {
  loadMs: number
  buildMs: number
  /** Resident set, and JavaScript heap with buffers, in bytes above the empty process. */
  residentBytes: number
  heapBytes: number
  clean: Quality & Timing
  typo: Quality & Timing
  /** Questions that the set has; `clean.asked` says how many of them were asked. */
  questions: number
}

export type Message =
  | { kind: 'built' }
  | { kind: 'measured'; measurement: Measurement }
  | { kind: 'failed'; reason: string }

type Memory = { resident: number; heap: number }

const limit = 10
const warmUpQuestionsMax = 600
const warmUpMsMax = 3_000

function elapsedMs(since: bigint): number {
  return Number(process.hrtime.bigint() - since) / 1e6
}

function readMemory(): Memory {
  for (let round = 0; round < 3; round++) globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { resident: rss, heap: heapUsed + external }
}

async function rankOne(built: Built, question: string, language?: string): Promise<Ranked[]> {
  const ranked = built.rank(question, limit, language)
  return ranked instanceof Promise ? await ranked : ranked
}

/** Every n-th item, so that at most `count` remain. */
function thin<T>(items: readonly T[], count: number): T[] {
  const step = Math.ceil(items.length / Math.max(1, count))
  return items.filter((_, position) => position % step === 0)
}

/** Asks both spellings for a while, so that the code is compiled; returns milliseconds a question. */
async function warmUp(built: Built, queries: readonly BenchQuery[]): Promise<number> {
  const start = process.hrtime.bigint()
  let asked = 0
  for (const query of thin(queries, warmUpQuestionsMax)) {
    await rankOne(built, asked % 2 === 0 ? query.q : query.typo, query.lang)
    asked++
    if (elapsedMs(start) > warmUpMsMax) break
  }
  return elapsedMs(start) / asked
}

async function askAll(
  built: Built,
  queries: readonly BenchQuery[],
  spelling: 'q' | 'typo',
  job: Job,
): Promise<Quality & Timing> {
  const outcomes: Outcome[] = []
  const times: number[] = []
  const begin = process.hrtime.bigint()
  for (const query of queries) {
    // A safety net for an engine that turns slower than its warm-up promised.
    if (outcomes.length >= job.askedMin && elapsedMs(begin) > job.askBudgetMs) break
    const question = query[spelling]
    const start = process.hrtime.bigint()
    const ranked = await rankOne(built, question, query.lang)
    const confidence = built.confidence?.(question, ranked, query.lang) ?? ranked[0]?.score ?? 0
    times.push(elapsedMs(start))
    outcomes.push({
      place: ranked.findIndex(({ id }) => query.a.includes(id)),
      answerable: query.a.length > 0,
      confidence,
    })
  }
  times.sort((left, right) => left - right)
  return { ...summarise(outcomes), p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99) }
}

async function measure(job: Job): Promise<Measurement> {
  const registration = registry.get(job.engine)
  if (registration === undefined) throw new Error(`Cannot measure: "${job.engine}" is unknown`)
  const empty = readMemory()
  const entries = readEntries(job.folder)

  const loadStart = process.hrtime.bigint()
  const { engine } = await registration.load()
  const loadMs = elapsedMs(loadStart)
  const buildStart = process.hrtime.bigint()
  const built = await engine.build(entries)
  const buildMs = elapsedMs(buildStart)
  const full = readMemory()
  send({ kind: 'built' })

  const queries = thin(readQueries(job.folder), job.questionsMax)
  const msPerQuestion = await warmUp(built, queries)
  const affordable = Math.floor(job.askBudgetMs / 2 / msPerQuestion)
  const asked = thin(queries, Math.max(job.askedMin, affordable))
  const clean = await askAll(built, asked, 'q', job)
  const typo = await askAll(built, asked, 'typo', job)
  return {
    loadMs,
    buildMs,
    residentBytes: full.resident - empty.resident,
    heapBytes: full.heap - empty.heap,
    clean,
    typo,
    questions: queries.length,
  }
}

function send(message: Message): void {
  process.send?.(message)
}

process.once('message', (job: Job) => {
  measure(job)
    .then((measurement) => {
      send({ kind: 'measured', measurement })
    })
    .catch((error: unknown) => {
      send({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
    })
    .finally(() => process.disconnect?.())
})
