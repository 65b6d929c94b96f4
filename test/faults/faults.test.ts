// Processes that die at every step, and those that go on after them: nothing is lost, and nothing doubles but on a platform
// that can neither be asked nor be told to drop a repeat. `npm run test:faults` is the long run.

import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseFileName } from '../../src/store/open-store.ts'
import { startPostgresServer, type PostgresServer } from '../store/postgres-server.ts'
import { isInWindow, planningFaults, sendingFaultsOnce } from './points.ts'
import { World, type Worker } from './world.ts'

async function waitForReceived(world: World, count: number): Promise<void> {
  while (world.countReceived() < count) await pause(10)
}

const clean = { lost: 0, doubled: 0, uncertain: 0 }

describe.concurrent('a process that dies', () => {
  test.each(planningFaults)('while it plans, at $point', async (fault) => {
    using world = await World.open()
    expect(await world.kill(fault, -1)).toBe(true)
    // Again before nine, when what it has planned is due, and after its duty has ended.
    await world.finish(0)
    expect(await world.count()).toMatchObject(clean)
  })

  test.each(sendingFaultsOnce)('on $platform, at $point', async (fault) => {
    using world = await World.open()
    expect(await world.kill(fault, 0)).toBe(true)
    await world.finish(1)
    const { doubled, marked, ...counts } = await world.count()
    expect(counts).toMatchObject({ lost: 0, uncertain: 0 })
    // Only Telegram's are marked.
    expect(marked).toBe(doubled)
    // The two reminders of one message. A step of another platform may end the process while Telegram has one in flight.
    if (fault.platform === 'telegram') expect(doubled).toBe(isInWindow(fault) ? 2 : 0)
    else expect(doubled).toBeLessThanOrEqual(2)
  })
})

test('a process that is told to end in the middle of a batch leaves the rest to the next at once', async () => {
  using world = await World.open({ conversations: 30, sendMs: 200 })
  const worker = world.startWorker()
  await waitForReceived(world, 5)
  worker.process.kill('SIGTERM')
  const from = performance.now()
  expect(await worker.ended).toMatchObject({ code: 0, signal: null })
  expect(performance.now() - from).toBeLessThan(10_000)
  expect(world.countReceived()).toBeLessThan(90)
  // On the same clock: nothing waits for a lease to end.
  await world.finish('at once')
  expect(await world.count()).toMatchObject(clean)
})

test('a database file that is locked for seconds loses and doubles nothing', async () => {
  using world = await World.open({ conversations: 10, sendMs: 20 })
  const worker = world.startWorker()
  await waitForReceived(world, 3)
  const file = new DatabaseSync(join(world.folder, databaseFileName), { timeout: 5_000 })
  file.exec('begin exclusive')
  await pause(7_000)
  file.exec('commit')
  file.close()
  expect(await worker.ended).toMatchObject({ code: 0 })
  expect(await world.count()).toMatchObject(clean)
})

test('a disk that fills in the midst of it loses nothing, and what came twice says so', async () => {
  using world = await World.open({ conversations: 40 })
  const worker = world.startWorker({ fileBlocksMax: 1_200 })
  await waitForReceived(world, 1)
  for (let before = 0; before < world.countReceived();) {
    before = world.countReceived()
    await pause(1_000)
  }
  expect(world.countReceived()).toBeLessThan(world.expected / 2)
  worker.process.kill('SIGTERM')
  expect(await worker.ended).toMatchObject({ code: 0, signal: null })
  // There is room again.
  await world.finish(1)
  const { lost, doubled, marked, uncertain } = await world.count()
  expect({ lost, uncertain }).toEqual({ lost: 0, uncertain: 0 })
  // The message that Telegram had when its receipt could not be written.
  expect(doubled).toBeLessThanOrEqual(2)
  expect(marked).toBe(doubled)
})

describe('on PostgreSQL', () => {
  /** Short, so that nobody waits for two minutes, and long enough for a slow machine. */
  const times = { leaseMs: 12_000, sendMsMax: 2_000, settleMsMax: 6_000 }
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgresServer()
  })
  afterAll(async () => {
    await server.remove()
  })

  test.each([2, 4])(
    '%i processes that race for the same reminders send each once',
    async (count) => {
      const databaseUrl = await server.createDatabase()
      using world = await World.open({ databaseUrl, conversations: 40, sendMs: 5, times })
      const workers = [...Array(count).keys()].map(() => world.startWorker())
      for (const { ended } of workers) expect(await ended).toMatchObject({ code: 0 })
      expect(await world.count()).toMatchObject(clean)
    },
  )

  test('two of which one dies again and again lose nothing', async () => {
    const databaseUrl = await server.createDatabase()
    using world = await World.open({ databaseUrl, conversations: 40, sendMs: 30, times })
    const steady = world.startWorker()
    let kills = 0
    for (let round = 1; round <= 3; round++) {
      const worker: Worker = world.startWorker()
      await waitForReceived(world, round * 15)
      worker.process.kill('SIGKILL')
      const { signal } = await worker.ended
      if (signal === 'SIGKILL') kills++
    }
    expect(await steady.ended).toMatchObject({ code: 0 })
    const { lost, doubled, marked, uncertain } = await world.count()
    expect({ lost, uncertain }).toEqual({ lost: 0, uncertain: 0 })
    // One message of two reminders is in flight to Telegram in a process.
    expect(doubled).toBeLessThanOrEqual(2 * kills)
    expect(marked).toBe(doubled)
  })

  test('a server that stops and starts while reminders are under way loses and doubles nothing', async () => {
    const databaseUrl = await server.createDatabase()
    using world = await World.open({ databaseUrl, conversations: 40, sendMs: 30, times })
    const workers = [world.startWorker(), world.startWorker()]
    for (let round = 1; round <= 2; round++) {
      await waitForReceived(world, round * 20)
      await server.stop()
      await pause(1_000)
      await server.start()
    }
    for (const { ended } of workers) expect(await ended).toMatchObject({ code: 0 })
    expect(await world.count()).toMatchObject(clean)
  })
})
