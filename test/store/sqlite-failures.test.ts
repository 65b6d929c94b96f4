// SQLite when something is in its way: a killed process, a lock, a full disk, a file or folder that is no good.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { toEventKey } from '../../src/chat/message.ts'
import { systemClock } from '../../src/clock.ts'
import { databaseFileName, openStore } from '../../src/store/open-store.ts'
import { StoreOpenError, StoreUnavailableError } from '../../src/store/store.ts'
import { sqliteEngine, type TestDatabase } from './engines.ts'

const script = join(import.meta.dirname, 'writing-process.ts')
const kills = 10

let database: TestDatabase
let path: string
beforeEach(async () => {
  database = await sqliteEngine.createDatabase()
  path = join(database.options.folder, databaseFileName)
})
afterEach(() => database.close())

/** The keys that were acknowledged before the process ended. */
async function writeUntil(
  word: string,
  isEnough: (lines: number) => boolean,
  command: string[] = [],
) {
  const parts = [...command, process.execPath, script, database.options.folder, word]
  const child = spawn(parts[0] ?? '', parts.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const lines: string[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    if (isEnough(lines.length)) child.kill('SIGKILL')
  }
  await ended
  return lines
}

test('a process that is killed loses no write that it acknowledged, and leaves the file whole', async () => {
  const acknowledged: string[] = []
  for (let kill = 0; kill < kills; kill++) {
    const enough = 5 + 17 * kill
    acknowledged.push(...(await writeUntil(`kill-${kill.toString()}`, (lines) => lines >= enough)))
  }
  expect(acknowledged.length).toBeGreaterThan(kills * 5)
  const store = await database.open(systemClock)
  for (const key of acknowledged) expect(await store.claimEvent(toEventKey(key))).toBe(false)
  expect(await store.claimEvent(toEventKey('never written'))).toBe(true)
  expect(await database.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
})

test('a full disk is "unavailable", and what was acknowledged before is there afterwards', async () => {
  // A limit on the size of files stands in for the disk: 512 bytes a block.
  const limited = ['sh', '-c', 'ulimit -f 600; exec "$@"', 'sh']
  const lines = await writeUntil('full', () => false, limited)
  expect(lines.at(-1)).toBe('unavailable')
  expect(lines.length).toBeGreaterThan(10)
  const store = await database.open(systemClock)
  for (const key of lines.slice(0, -1)) {
    expect(await store.claimEvent(toEventKey(key))).toBe(false)
  }
  expect(await store.claimEvent(toEventKey('after'))).toBe(true)
})

test('a lock is waited for without holding up the process, and not for ever', async () => {
  const store = await database.open(systemClock)
  const holder = new DatabaseSync(path)
  holder.exec('begin immediate')
  let ticks = 0
  const ticking = setInterval(() => ticks++, 10)
  const waiting = store.claimEvent(toEventKey('held'))
  await expect(waiting).rejects.toThrow(StoreUnavailableError)
  await expect(store.sweep(systemClock.now())).rejects.toThrow(/locked/)
  clearInterval(ticking)
  expect(ticks).toBeGreaterThan(20)
  // Reading needs no lock.
  expect(await store.readSettings('here' as never)).toEqual({})

  const patient = store.claimEvent(toEventKey('held'))
  setTimeout(() => {
    holder.exec('rollback')
    holder.close()
  }, 300)
  expect(await patient).toBe(true)
})

test('the file is for its owner alone', async () => {
  const store = await database.open(systemClock)
  await store.claimEvent(toEventKey('one'))
  for (const suffix of ['', '-wal']) expect(statSync(path + suffix).mode & 0o777).toBe(0o600)
})

const open = (folder: string) => openStore({ databaseUrl: null, folder, clock: systemClock })

test('a file that is no database is the operator’s to put right', async () => {
  writeFileSync(path, 'Dear diary. '.repeat(1_000))
  await expect(open(database.options.folder)).rejects.toThrow(
    `Cannot open the database "${path}": file is not a database, a folder that can be written to and, if there is a file, one that this assistant made and no other program holds is needed`,
  )
})

test('a folder that cannot be made is the operator’s to put right', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'store-')), 'file')
  writeFileSync(file, '')
  await expect(open(join(file, 'data'))).rejects.toThrow(StoreOpenError)
})

test('tables of a newer release are not touched', async () => {
  await database.open(systemClock)
  const file = new DatabaseSync(path)
  file.exec('update store_version set version = 99')
  file.close()
  await expect(open(database.options.folder)).rejects.toThrow(
    'Cannot open the database: its tables are of version 99, this release of the assistant knows version 1; a newer release is needed',
  )
})
