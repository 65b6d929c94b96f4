// What the queries need from an engine: a connection, transactions, and the few words that the two engines spell
// differently. Says how failures are retried and named; knows neither engine.

import { setTimeout as pause } from 'node:timers/promises'
import type { Expression, Kysely, RawBuilder, SqlBool } from 'kysely'
import { describeError } from './error-text.ts'
import { StoreUnavailableError } from './store.ts'
import type { Tables } from './tables.ts'

export type ColumnName = {
  [Table in keyof Tables]: `${Table}.${keyof Tables[Table] & string}`
}[keyof Tables]

type Value = string | number | null
export type ColumnTypes<Row> = { readonly [Column in keyof Row]: 'text' | 'bigint' }

/** Lists travel as one parameter whatever their length, so that a statement is prepared once and has no maximum. */
export type Dialect = {
  readonly name: 'sqlite' | 'postgresql'
  readonly isOneOf: (
    column: ColumnName,
    values: readonly string[] | readonly number[],
  ) => Expression<SqlBool>
  /** A list as a table. */
  readonly rows: <Row extends Readonly<Record<keyof Row, Value>>>(
    rows: readonly Row[],
    columns: ColumnTypes<Row>,
  ) => RawBuilder<Row>
  /** In a transaction: until its end, no other process migrates. */
  readonly lockMigrations: (db: Kysely<Tables>) => Promise<void>
  /** Nothing was done, and the same may succeed at once: a lock, a deadlock. */
  readonly mayRetry: (error: unknown) => boolean
  readonly attemptsMax: number
  readonly isUnavailable: (error: unknown) => boolean
}

export type Session = Dialect & { readonly db: Kysely<Tables> }

export type Database = {
  /** Reads, or one statement that stands for itself. */
  readonly run: <Result>(work: (session: Session) => Promise<Result>) => Promise<Result>
  /** All or nothing, and on SQLite alone. It may be run again, so it must change nothing else. */
  readonly transact: <Result>(work: (session: Session) => Promise<Result>) => Promise<Result>
  readonly close: () => Promise<void>
}

const pauseMs = 20

export function createDatabase(db: Kysely<Tables>, dialect: Dialect): Database {
  return {
    run: (work) => persist(dialect, () => work({ ...dialect, db })),
    transact: (work) =>
      persist(dialect, () => db.transaction().execute((tx) => work({ ...dialect, db: tx }))),
    close: () => db.destroy(),
  }
}

/** Tries again what was in another's way, and names what the engine cannot do at the moment. */
export async function persist<Result>(
  { mayRetry, attemptsMax, isUnavailable }: Dialect,
  work: () => Promise<Result> | Result,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (mayRetry(error) && attempt < attemptsMax) {
        // At random, or two processes might meet again and again.
        await pause(pauseMs * (0.5 + Math.random()))
      } else if (isUnavailable(error)) {
        throw new StoreUnavailableError(`Cannot use the database: ${describeError(error)}`, {
          cause: error,
        })
      } else throw error
    }
  }
}
