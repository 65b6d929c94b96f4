// The conformance suite of the store: one suite over every engine, always with two handles on one database.

import { afterEach, beforeEach } from 'vitest'
import type { Store } from '../../src/store/store.ts'
import type { TestDatabase, TestEngine } from '../store/engines.ts'
import { testClaims } from './store-claims.ts'
import { testPlanning } from './store-planning.ts'
import { testRaces } from './store-races.ts'
import { testRecords } from './store-records.ts'
import { expectInvariants } from './store-invariants.ts'
import { createHandClock, type HandClock } from './store-samples.ts'

/** New for every test. */
export type Bench = {
  engine: TestEngine
  database: TestDatabase
  clock: HandClock
  /** Two handles, as of two processes. */
  store: Store
  other: Store
}

export function testStore(engine: () => TestEngine): void {
  // Filled before each test; tests read it when they run.
  const bench = {} as Bench
  beforeEach(async () => {
    bench.engine = engine()
    bench.database = await bench.engine.createDatabase()
    bench.clock = createHandClock()
    bench.store = await bench.database.open(bench.clock)
    bench.other = await bench.database.open(bench.clock)
  })
  afterEach(async () => {
    await expectInvariants(bench.database).finally(() => bench.database.close())
  })
  testRecords(bench)
  testPlanning(bench)
  testClaims(bench)
  testRaces(bench)
}
