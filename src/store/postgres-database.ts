// PostgreSQL through pg: the pool, its time limits, and which of its errors say "later".

import pg from 'pg'
import {
  Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import { createDatabase, type Database, type Dialect } from './database.ts'
import { codeOf, describeError } from './error-text.ts'
import type { Tables } from './tables.ts'

const connectionsMax = 10
const connectMsMax = 5_000
const queryMsMax = 30_000
/** A deadlock takes the server a second to find. */
const attemptsMax = 5
/** A process that is stopped in mid-transaction holds up nobody for longer. */
const sessionLimits = `
  set idle_in_transaction_session_timeout = '15s';
  set lock_timeout = '10s';
  set statement_timeout = '25s'
`
/** Any number that is this assistant's own. */
const migrationLock = 7_206_114_021

const dialect: Dialect = {
  name: 'postgresql',
  isOneOf(column, values) {
    const type = typeof values[0] === 'number' ? sql.raw('bigint[]') : sql.raw('text[]')
    return sql`${sql.ref(column)} = any(${values}::${type})`
  },
  rows(rows, columns) {
    const defined = Object.entries(columns).map(
      ([column, type]) => sql`${sql.id(column)} ${sql.raw(String(type))}`,
    )
    return sql`(select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as listed(${sql.join(defined)}))`
  },
  async lockMigrations(db) {
    await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(db)
  },
  attemptsMax,
  mayRetry: (error) => retriedCodes.has(codeOf(error)),
  isUnavailable: (error) =>
    unavailableCodes.test(codeOf(error)) || unavailableTexts.test(describeError(error)),
}

/** Serialization failure and deadlock: the transaction was rolled back. */
const retriedCodes = new Set(['40001', '40P01'])
/**
 * By class, https://www.postgresql.org/docs/current/errcodes-appendix.html: connection (08), read-only after a failover
 * (25006), login (28), no such database (3D), rolled back (40), resources such as a full disk (53), lock not available
 * (55P03), cancelled or shutting down (57), system (58); and Node's own.
 */
const unavailableCodes =
  /^(08\w{3}|25006|25P0[34]|28\w{3}|3D000|40\w{3}|53\w{3}|55P03|57\w{3}|58\w{3}|E(CONN|HOST|NET|AI_|PIPE|TIMEDOUT|NOTFOUND).*)$/
/** pg gives these no code. */
const unavailableTexts =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed)/

export function openPostgresDatabase(databaseUrl: string): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'ogp-assistant',
    max: connectionsMax,
    connectionTimeoutMillis: connectMsMax,
    query_timeout: queryMsMax,
    keepAlive: true,
    types: typeParsers,
    // Not as startup parameters, which connection poolers refuse. The pool does wait for the promise.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises
    onConnect: (client) => client.query(sessionLimits),
  })
  // A connection that is lost says so once more as an event: of the pool while idle, its own between the statements of a
  // transaction. Whoever uses it finds out by its next statement; unheard, the event would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  const db = new Kysely<Tables>({
    dialect: {
      createDriver: () => new RollbackDriver({ pool }),
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (introspected) => new PostgresIntrospector(introspected),
    },
  })
  return createDatabase(db, dialect)
}

type PostgresConnection = Parameters<PostgresDriver['rollbackTransaction']>[0]

class RollbackDriver extends PostgresDriver {
  /** A lost connection has rolled back, and is discarded: its failure to do so again would hide why. */
  override async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => undefined)
  }
}

/** Milliseconds and counts fit a number; pg reads `bigint` as text. */
const typeParsers = new pg.TypeOverrides()
typeParsers.setTypeParser(pg.types.builtins.INT8, Number)
