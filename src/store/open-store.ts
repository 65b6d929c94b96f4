// Opens the store: SQLite in a folder, or PostgreSQL when there is an address. The queries are the same.

import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { createClaimStore } from './claims.ts'
import type { Database } from './database.ts'
import { describeError } from './error-text.ts'
import { createHousekeepingStore } from './housekeeping.ts'
import { createKnownMilestoneStore } from './known-milestones.ts'
import { createMessageStore } from './messages.ts'
import { migrate } from './migrations.ts'
import { createMilestoneStore } from './milestones.ts'
import { createPeopleStore } from './people.ts'
import { createPlanningStore } from './planning.ts'
import { createSettlingStore } from './settling.ts'
import { openPostgresDatabase } from './postgres-database.ts'
import { openSqliteDatabase } from './sqlite-database.ts'
import { StoreOpenError, StoreUnavailableError, type Store } from './store.ts'
import { createSubscriptionStore } from './subscriptions.ts'

export const databaseFileName = 'assistant.sqlite'

export type StoreOptions = {
  /** PostgreSQL's address; null for SQLite. */
  readonly databaseUrl: string | null
  /** Where SQLite's file is kept; made when it is missing. */
  readonly folder: string
  readonly clock: Clock
}

/** Throws a StoreOpenError when the database cannot be opened. */
export async function openStore({ databaseUrl, folder, clock }: StoreOptions): Promise<Store> {
  if (databaseUrl !== null) {
    return await open(() => openPostgresDatabase(databaseUrl), clock, {
      what: describeServer(databaseUrl),
      needed:
        'a PostgreSQL server that answers there, and a database that DATABASE_URL may make tables in',
    })
  }
  const path = join(folder, databaseFileName)
  return await open(() => openSqliteDatabase(path), clock, {
    what: `"${path}"`,
    needed:
      'a folder that can be written to and, if there is a file, one that this assistant made and no other program holds',
  })
}

/** Gone when it is closed: for tests. */
export async function openMemoryStore(clock: Clock): Promise<Store> {
  const database = await openSqliteDatabase(null)
  await migrate(database)
  return createStore(database, clock)
}

async function open(
  openDatabase: () => Database | Promise<Database>,
  clock: Clock,
  { what, needed }: { readonly what: string; readonly needed: string },
): Promise<Store> {
  let database: Database | undefined
  try {
    database = await openDatabase()
    await migrate(database)
    return createStore(database, clock)
  } catch (error) {
    await database?.close()
    if (error instanceof StoreOpenError) throw error
    const reason = describeError(error instanceof StoreUnavailableError ? error.cause : error)
    throw new StoreOpenError(`Cannot open the database ${what}: ${reason}, ${needed} is needed`, {
      cause: error,
    })
  }
}

function createStore(database: Database, clock: Clock): Store {
  return {
    ...createMessageStore(database, clock),
    ...createSubscriptionStore(database),
    ...createMilestoneStore(database),
    ...createKnownMilestoneStore(database),
    ...createPeopleStore(database),
    ...createPlanningStore(database),
    ...createClaimStore(database),
    ...createSettlingStore(database),
    ...createHousekeepingStore(database),
    close: () => database.close(),
  }
}

/** Without the password. */
function describeServer(databaseUrl: string): string {
  const { host, pathname } = URL.parse(databaseUrl) ?? { host: 'DATABASE_URL', pathname: '' }
  return `at ${host}${pathname}`
}
