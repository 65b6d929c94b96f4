// PostgreSQL when it goes away: what is under way fails as "unavailable", and the same handles go on when it is back.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { toEventKey } from '../../src/chat/message.ts'
import { systemClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/open-store.ts'
import { StoreOpenError, StoreUnavailableError } from '../../src/store/store.ts'
import { expectInvariants } from '../conformance/store-invariants.ts'
import {
  at,
  claim,
  here,
  planFor,
  sent,
  startSending,
  there,
} from '../conformance/store-samples.ts'
import { postgresEngine } from './engines.ts'
import { startPostgresServer, type PostgresServer } from './postgres-server.ts'

const restarts = 3

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgresServer()
})
afterAll(() => server.remove())

const open = (databaseUrl: string) => openStore({ databaseUrl, folder: '', clock: systemClock })

test('a server that stops and starts loses nothing that was acknowledged, and no handle', async () => {
  const database = await postgresEngine(server).createDatabase()
  const handles = [await database.open(systemClock), await database.open(systemClock)]
  const acknowledged: string[] = []
  const failures: unknown[] = []
  let isOver = false
  const writing = handles.map(async (store, handle) => {
    for (let index = 0; !isOver; index++) {
      const key = `${handle.toString()}-${index.toString()}`
      await store.claimEvent(toEventKey(key)).then(
        () => acknowledged.push(key),
        (error: unknown) => failures.push(error),
      )
      await store.sweep(systemClock.now()).catch((error: unknown) => failures.push(error))
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  })
  for (let restart = 0; restart < restarts; restart++) {
    const before = acknowledged.length
    await expect.poll(() => acknowledged.length).toBeGreaterThan(before + 10)
    await server.stop()
    const failed = failures.length
    await expect.poll(() => failures.length).toBeGreaterThan(failed + 4)
    await server.start()
  }
  await expect.poll(() => handles[0]?.countDeliveries()).toEqual({})
  isOver = true
  await Promise.all(writing)
  expect(failures.filter((error) => !(error instanceof StoreUnavailableError))).toEqual([])
  const [store] = handles
  for (const key of acknowledged) expect(await store?.claimEvent(toEventKey(key))).toBe(false)
  await database.close()
})

test('a claim outlives the server’s restart: it is settled by its holder or taken over with its key', async () => {
  const database = await postgresEngine(server).createDatabase()
  const store = await database.open(systemClock)
  const other = await database.open(systemClock)
  await planFor(store, [here, there])
  const claims = await claim(store, 'one')
  for (const one of claims) await startSending(store, 'one', one)
  const [mine, lost] = claims
  if (mine === undefined || lost === undefined) throw new Error('Two claims were expected')
  await server.stop()
  await expect(store.settle('one', [sent(mine)], at('09:01'))).rejects.toThrow(
    StoreUnavailableError,
  )
  await server.start()
  expect(await store.settle('one', [sent(mine)], at('09:01'))).toEqual(new Set([mine.messageKey]))
  expect(await claim(other, 'two', { now: at('09:10') })).toMatchObject([
    { messageKey: lost.messageKey, attempt: 2, possibleSends: 1 },
  ])
  await expectInvariants(database)
  await database.close()
})

test('a server that cannot be reached is told without the password', async () => {
  const url = 'postgres://ada:hush@127.0.0.1:1/assistant'
  const error: unknown = await open(url).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(StoreOpenError)
  expect(String(error)).toContain(
    'Cannot open the database at 127.0.0.1:1/assistant: connect ECONNREFUSED 127.0.0.1:1, a PostgreSQL server that answers there',
  )
  expect(String(error)).not.toContain('hush')
})

test('a database that does not exist is told', async () => {
  const url = (await server.createDatabase()).replace(/\w+$/, 'nowhere')
  await expect(open(url)).rejects.toThrow(/database "nowhere" does not exist/)
})

test('an address that cannot be parsed is told without repeating it', async () => {
  const error: unknown = await open('postgres://ada:hu sh@[::').catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(StoreOpenError)
  expect(String(error)).not.toContain('hu sh')
})
