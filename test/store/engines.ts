// New databases for tests, on both engines, with a way to read the tables behind the store's back.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { Clock } from '../../src/clock.ts'
import { databaseFileName, openStore, type StoreOptions } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import type { PostgresServer } from './postgres-server.ts'

export type Row = Readonly<Record<string, unknown>>

/** One new database. */
export type TestDatabase = {
  readonly options: Omit<StoreOptions, 'clock'>
  /** One more handle on it; closed with the database. */
  readonly open: (clock: Clock) => Promise<Store>
  readonly query: (text: string) => Promise<readonly Row[]>
  readonly close: () => Promise<void>
}

export type TestEngine = { readonly createDatabase: () => Promise<TestDatabase> }

export const sqliteEngine: TestEngine = {
  createDatabase() {
    const folder = mkdtempSync(join(tmpdir(), 'store-'))
    return Promise.resolve({
      ...openHandles({ databaseUrl: null, folder }, () => {
        rmSync(folder, { recursive: true, force: true })
        return Promise.resolve()
      }),
      query(text: string) {
        const file = new DatabaseSync(join(folder, databaseFileName), { readOnly: true })
        const rows = file.prepare(text).all()
        file.close()
        return Promise.resolve(rows)
      },
    })
  },
}

export const postgresEngine = (server: PostgresServer): TestEngine => ({
  async createDatabase() {
    const databaseUrl = await server.createDatabase()
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
    pool.on('error', () => undefined)
    return {
      ...openHandles({ databaseUrl, folder: '' }, () => pool.end()),
      query: async (text) => (await pool.query<Row>(text)).rows,
    }
  },
})

function openHandles(
  options: TestDatabase['options'],
  release: () => Promise<void>,
): Omit<TestDatabase, 'query'> {
  const handles: Store[] = []
  return {
    options,
    async open(clock) {
      const store = await openStore({ ...options, clock })
      handles.push(store)
      return store
    },
    async close() {
      await Promise.all(handles.map((store) => store.close()))
      await release()
    },
  }
}
