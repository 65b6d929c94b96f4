// Owns the reminders' benchmark: planning for many subscriptions, and sending what is due at one minute from one process
// and from several, on SQLite, on PostgreSQL, and with pg-boss on the same PostgreSQL. Tables on stdout, figures and
// chart in bench/results/. Knows the order of work; the parts are in reminders/.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { systemClock } from '../src/clock.ts'
import { startPostgresServer, type PostgresServer } from '../test/store/postgres-server.ts'
import { drawRates } from './reminders/chart-rates.ts'
import { seedSubscriptions } from './reminders/community.ts'
import { runFleet, type FleetOptions, type FleetResult } from './reminders/fleet.ts'
import type { Options } from './reminders/options.ts'
import { readOptions, usage } from './reminders/options.ts'
import type { Address, Job } from './reminders/protocol.ts'
import type { EngineName, Results, Setting } from './reminders/results.ts'
import { createResults, engines, labels, listSettings, readLoad } from './reminders/results.ts'
import { describeResult, formatTables } from './reminders/tables.ts'
import { installLibraries } from './search/install.ts'
import { BenchError } from './search/sets.ts'

const benchFolder = fileURLToPath(new URL('.', import.meta.url))
const planLimitMs = 480_000
const backlogLimitMs = 20_000
const burstLimitMs = 60_000
/** Of replicas that wait for the moment at which all is due. */
const idleMs = 3_000
/** For pg-boss to store its jobs and start before they are due; a thousand jobs and replicas take so long each. */
const insertMs = { least: 5_000, perThousand: 1_000, perReplica: 1_000 }

type Place = { engine: EngineName; address: Address; remove(): void }

const programOf = (engine: EngineName): Job['program'] =>
  engine === 'pg-boss' ? 'pg-boss' : 'assistant'

async function makePlace(engine: EngineName, server: PostgresServer): Promise<Place> {
  if (engine !== 'sqlite') {
    const databaseUrl = await server.createDatabase()
    // All databases go with the server.
    return { engine, address: { databaseUrl, folder: '' }, remove: () => undefined }
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-reminders-'))
  return {
    engine,
    address: { databaseUrl: null, folder },
    remove() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What PostgreSQL does by itself within a minute or so; on SQLite there is nothing to do. */
async function settleStatistics({ databaseUrl }: Address): Promise<void> {
  if (databaseUrl === null) return
  const client = new pg.Client(databaseUrl)
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
}

/** Runs one measurement with its line of progress. */
async function report(
  { engine }: Place,
  what: string,
  options: FleetOptions,
): Promise<FleetResult> {
  process.stderr.write(`${what.padEnd(28)} ${labels[engine].padEnd(26)} `)
  const result = await runFleet(options)
  process.stderr.write(`${describeResult(result)}\n`)
  return result
}

/** Everything planned, planned again, and as much as possible sent in a bounded time: all of it is due. */
async function measureLarge(place: Place, options: Options, results: Results): Promise<void> {
  const { engine, address } = place
  const isSqlite = engine === 'sqlite'
  const count = isSqlite ? options.subscriptions : options.postgresSubscriptions
  const program = programOf(engine)
  if (program === 'assistant') {
    await seedSubscriptions(address, count)
    // They have come over months.
    await settleStatistics(address)
  }
  const planning = await report(place, `${count.toLocaleString('en')} planned`, {
    job: { program, work: 'plan', address, count, rounds: 2, answers: 'together' },
    processes: 1,
    due: { inMs: 0 },
    limitMs: planLimitMs,
  })
  results.plannings.push({ engine, subscriptions: count, result: planning })
  // What is not planned yet would be planned beside the sending.
  if (planning.kind === 'failed' || planning.isCut) return
  await settleStatistics(address)
  const backlog = await report(place, 'all of it due', {
    job: { program, work: 'send', address, count, rounds: 1, answers: 'together' },
    processes: 1,
    due: { inMs: 0 },
    limitMs: backlogLimitMs,
  })
  results.backlogs.push({ engine, result: backlog })
}

/** Reminders that are all due at the same moment, for which the replicas wait. */
async function measureBurst(
  place: Place,
  { replicas, answers }: Setting,
  { deliveries: count }: Options,
): Promise<FleetResult> {
  const { engine, address } = place
  const program = programOf(engine)
  let due: FleetOptions['due'] = { inMs: idleMs }
  if (program === 'assistant') await seedSubscriptions(address, count)
  else {
    const { least, perThousand, perReplica } = insertMs
    const waitMs = least + (perThousand * count) / 1_000 + perReplica * replicas
    due = { at: systemClock.now().epochMilliseconds + waitMs }
  }
  const planned = await runFleet({
    job: { program, work: 'plan', address, count, rounds: 1, answers },
    processes: 1,
    due: program === 'assistant' ? { inMs: 0 } : due,
    limitMs: burstLimitMs,
  })
  if (planned.kind === 'failed') return planned
  await settleStatistics(address)
  const result = await report(place, `${replicas} sending, answers ${answers}`, {
    job: { program, work: 'send', address, count, rounds: 1, answers },
    processes: replicas,
    due,
    limitMs: burstLimitMs,
  })
  const isLate = result.kind === 'measured' && result.readyMs < 0
  return isLate ? { kind: 'failed', reason: 'due before the replicas were ready' } : result
}

async function measure(options: Options, server: PostgresServer, results: Results): Promise<void> {
  const inPlace = async (engine: EngineName, work: (place: Place) => Promise<void>) => {
    const place = await makePlace(engine, server)
    try {
      await work(place)
    } finally {
      place.remove()
    }
  }
  for (const engine of engines) {
    await inPlace(engine, (place) => measureLarge(place, options, results))
  }
  // In turn, so that what else the machine does falls on all of them.
  for (let round = 0; round < options.rounds; round++) {
    for (const setting of listSettings(options)) {
      for (const engine of engines) {
        await inPlace(engine, async (place) => {
          const result = await measureBurst(place, setting, options)
          results.bursts.push({ engine, ...setting, result })
        })
      }
    }
  }
}

function writeResults(results: Results, complete: boolean): string {
  const name = complete ? 'results' : 'results/partial'
  const folder = join(benchFolder, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'reminders.json'), `${JSON.stringify(results, null, 2)}\n`)
  writeFileSync(join(folder, 'reminders-rates.svg'), drawRates(results))
  return `bench/${name}/`
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if (options === null) {
    process.stdout.write(`${usage}\n`)
    return
  }
  installLibraries(benchFolder)
  const results = createResults(options)
  // What is acknowledged is on the disk, as in SQLite's file.
  const server = await startPostgresServer({ durable: true })
  try {
    await measure(options, server, results)
  } finally {
    await server.remove()
  }
  results.environment.loadAfter = readLoad()
  process.stdout.write(`${formatTables(results)}\n`)
  process.stderr.write(`Figures and chart: ${writeResults(results, options.complete)}\n`)
}

try {
  await main()
} catch (error) {
  if (!(error instanceof BenchError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
