// SQLite through Node's own binding: opening, durability, locks, and the adapter that Kysely's dialect needs.

import { mkdirSync, openSync, closeSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import {
  CompiledQuery,
  Kysely,
  sql,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely'
import { LRUCache } from 'lru-cache'
import { createDatabase, persist, type Database, type Dialect } from './database.ts'
import type { Tables } from './tables.ts'

/** SQLite waits for a lock with the whole process: briefly, and database.ts then waits without holding anybody up. */
const busyTimeoutMs = 5
/** With the pauses between them, about five seconds. */
const attemptsMax = 200
const statementsMax = 300
const journalBytesMax = 16 * 1024 * 1024
const inMemory = ':memory:'

/** Result codes: https://sqlite.org/rescode.html. The low byte is the kind. */
const busyCodes = [5, 6]
const unavailableCodes = [
  ...busyCodes,
  8 /* read only */,
  10 /* disk */,
  13 /* full */,
  14 /* cannot open */,
]

const dialect: Dialect = {
  name: 'sqlite',
  isOneOf: (column, values) =>
    sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`,
  rows(rows, columns) {
    const selected = Object.keys(columns).map(
      (column) => sql`value ->> ${sql.lit(`$.${column}`)} as ${sql.id(column)}`,
    )
    return sql`(select ${sql.join(selected)} from json_each(${JSON.stringify(rows)}))`
  },
  // A transaction has the file for itself.
  lockMigrations: () => Promise.resolve(),
  attemptsMax,
  mayRetry: (error) => busyCodes.includes(resultCode(error)),
  isUnavailable: (error) => unavailableCodes.includes(resultCode(error)),
}

/** Null for a database in memory. */
export async function openSqliteDatabase(path: string | null): Promise<Database> {
  const file = await persist(dialect, () => openFile(path))
  const db = new Kysely<Tables>({
    dialect: {
      createDriver: () => new ImmediateDriver(file),
      createAdapter: () => new SqliteAdapter(),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createIntrospector: (introspected) => new SqliteIntrospector(introspected),
    },
  })
  return createDatabase(db, dialect)
}

function openFile(path: string | null): DatabaseSync {
  if (path !== null) {
    mkdirSync(dirname(path), { recursive: true })
    // The journals take the file's permissions: what is held about people is the operator's alone.
    closeSync(openSync(path, 'a', 0o600))
  }
  const file = new DatabaseSync(path ?? inMemory, { timeout: busyTimeoutMs })
  try {
    file.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      pragma foreign_keys = on;
      pragma journal_size_limit = ${journalBytesMax.toString()};
    `)
    return file
  } catch (error) {
    file.close()
    throw error
  }
}

/** 0 for what is not SQLite's. */
function resultCode(error: unknown): number {
  const code: unknown = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  return typeof code === 'number' ? code & 0xff : 0
}

class ImmediateDriver extends SqliteDriver {
  readonly #file: DatabaseSync
  constructor(file: DatabaseSync) {
    super({ database: adaptFile(file) })
    this.#file = file
  }
  /** A deferred transaction that reads and then writes fails at once when another has written in between. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
  /** A full disk has already rolled back: doing it again would hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#file.isTransaction) await super.rollbackTransaction(connection)
  }
}

function adaptFile(file: DatabaseSync): SqliteDatabase {
  const statements = new LRUCache<string, SqliteStatement>({ max: statementsMax })
  return {
    prepare(text) {
      const known = statements.get(text)
      if (known !== undefined) return known
      const statement = prepareStatement(file, text)
      statements.set(text, statement)
      return statement
    },
    close() {
      statements.clear()
      file.close()
    },
  }
}

function prepareStatement(file: DatabaseSync, text: string): SqliteStatement {
  const statement = file.prepare(text)
  // Kysely types parameters as unknown; the tables' types admit only what SQLite takes.
  const all = (parameters: readonly unknown[]) => statement.all(...(parameters as SQLInputValue[]))
  return {
    reader: statement.columns().length > 0,
    all,
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    // Read to the end at once: a cached statement has one cursor, which two readers would share.
    iterate: (parameters) => all(parameters).values(),
  }
}
