// The tables and how they came to be: one step a version, run at start. Steps that have been released are never edited.

import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely'
import type { Database, Session } from './database.ts'
import { StoreOpenError } from './store.ts'
import type { Tables } from './tables.ts'

type Migration = (session: Session) => Promise<void>

const migrations: readonly Migration[] = [createTables]

/** Safe when several processes start together: one migrates, the others wait and find nothing left to do. */
export async function migrate(database: Database): Promise<void> {
  await database.transact(async (session) => {
    await session.lockMigrations(session.db)
    await sql`create table if not exists store_version (version integer not null)`.execute(
      session.db,
    )
    const version = await readVersion(session.db)
    if (version > migrations.length) {
      throw new StoreOpenError(
        `Cannot open the database: its tables are of version ${version.toString()}, this release of the assistant knows version ${migrations.length.toString()}; a newer release is needed`,
      )
    }
    for (const step of migrations.slice(version)) await step(session)
    if (version === migrations.length) return
    await sql`delete from store_version`.execute(session.db)
    await sql`insert into store_version values (${migrations.length})`.execute(session.db)
  })
}

async function readVersion(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ version: number }>`select version from store_version`.execute(db)
  return rows[0]?.version ?? 0
}

async function createTables(session: Session): Promise<void> {
  await createMessageTables(session)
  await createSubscriptionTables(session)
  await createDeliveryTables(session)
}

const notNull = (column: ColumnDefinitionBuilder) => column.notNull()
const key = (column: ColumnDefinitionBuilder) => column.primaryKey().notNull()

/** Compared byte by byte on both engines, so that ids have one order whatever the server's language. */
const textType = (session: Session) =>
  session.name === 'sqlite' ? sql`text` : sql`text collate "C"`

async function createMessageTables(session: Session): Promise<void> {
  const { schema } = session.db
  const text = textType(session)
  await schema
    .createTable('event')
    .addColumn('key', text, key)
    .addColumn('expires_at', 'bigint', notNull)
    .execute()
  await schema.createIndex('event_expiry').on('event').column('expires_at').execute()
  await schema
    .createTable('context')
    .addColumn('conversation', text, key)
    .addColumn('context', text, notNull)
    .addColumn('expires_at', 'bigint', notNull)
    .execute()
  await schema.createIndex('context_expiry').on('context').column('expires_at').execute()
  await schema
    .createTable('settings')
    .addColumn('conversation', text, key)
    .addColumn('settings', text, notNull)
    .execute()
  await schema
    .createTable('duty')
    .addColumn('name', text, key)
    .addColumn('owner', text, notNull)
    .addColumn('until', 'bigint', notNull)
    .execute()
  await schema
    .createTable('secret')
    .addColumn('name', text, key)
    .addColumn('value', session.name === 'sqlite' ? 'blob' : 'bytea', notNull)
    .execute()
}

async function createSubscriptionTables(session: Session): Promise<void> {
  const { schema } = session.db
  const text = textType(session)
  await schema
    .createTable('subscription')
    .addColumn('id', text, key)
    .addColumn('platform', text, notNull)
    .addColumn('conversation', text, notNull)
    .addColumn('owner', text, notNull)
    .addColumn('owner_direct', text)
    .addColumn('jurisdiction', text, notNull)
    .addColumn('forces', text, notNull)
    .addColumn('milestones', text, notNull)
    .addColumn('lead_days', text, notNull)
    .addColumn('hour', 'integer', notNull)
    .addColumn('zone', text, notNull)
    .addColumn('language', text, notNull)
    .addColumn('weekends', 'integer', notNull)
    .addColumn('state', text, notNull)
    .addColumn('retired_for', text)
    .addColumn('created_at', 'bigint', notNull)
    .addColumn('active_since', 'bigint', notNull)
    .execute()
  for (const column of ['conversation', 'owner', 'owner_direct'] as const) {
    await schema.createIndex(`subscription_${column}`).on('subscription').column(column).execute()
  }
  await schema
    .createTable('done')
    .addColumn('conversation', text, notNull)
    .addColumn('milestone', text, notNull)
    .addPrimaryKeyConstraint('done_key', ['conversation', 'milestone'])
    .execute()
  await schema
    .createTable('own_milestone')
    .addColumn('conversation', text, notNull)
    .addColumn('id', text, notNull)
    .addColumn('jurisdiction', text, notNull)
    .addColumn('title', text, notNull)
    .addColumn('date', text, notNull)
    .addColumn('added_at', 'bigint', notNull)
    .addPrimaryKeyConstraint('own_milestone_key', ['conversation', 'id'])
    .execute()
}

async function createDeliveryTables(session: Session): Promise<void> {
  const { schema } = session.db
  const text = textType(session)
  await schema
    .createTable('known_milestone')
    .addColumn('key', text, key)
    .addColumn('date', text, notNull)
    .addColumn('version', 'integer', notNull)
    .addColumn('since', 'bigint', notNull)
    .execute()
  await schema
    .createTable('delivery')
    .addColumn('id', session.name === 'sqlite' ? 'integer' : 'bigint', (column) =>
      session.name === 'sqlite'
        ? column.primaryKey()
        : column.primaryKey().generatedAlwaysAsIdentity(),
    )
    .addColumn('subscription', text, (column) =>
      column.notNull().references('subscription.id').onDelete('cascade'),
    )
    .addColumn('conversation', text, notNull)
    .addColumn('platform', text, notNull)
    .addColumn('milestone', text, notNull)
    .addColumn('occasion', text, notNull)
    .addColumn('due_date', text, notNull)
    .addColumn('due_at', 'bigint', notNull)
    .addColumn('not_after', 'bigint', notNull)
    .addColumn('state', text, notNull)
    .addColumn('under_way', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('message_id', text)
    .addColumn('error', text)
    .addColumn('settled_at', 'bigint')
    .addUniqueConstraint('delivery_once', ['subscription', 'milestone', 'occasion', 'due_date'])
    .execute()
  // Partial indexes hold what is under way, not the 400 days that are behind. Queries must name the state as a literal.
  await sql`create index delivery_pending on delivery (conversation, due_at) where state = 'pending'`.execute(
    session.db,
  )
  await sql`create index delivery_settled on delivery (settled_at) where settled_at is not null`.execute(
    session.db,
  )
  await schema
    .createTable('lane')
    .addColumn('conversation', text, key)
    .addColumn('platform', text, notNull)
    .addColumn('due_at', 'bigint', notNull)
    .addColumn('owner', text)
    .addColumn('message_key', text)
    .addColumn('attempt', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('sending', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('possible_sends', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await schema
    .createIndex('lane_due')
    .on('lane')
    .columns(['platform', 'due_at', 'conversation'])
    .execute()
  await sql`create index lane_message on lane (message_key) where message_key is not null`.execute(
    session.db,
  )
  // A new version of a row fits beside the old one, so that what no index is about costs none of them an entry.
  if (session.name === 'postgresql') {
    await sql`alter table lane set (fillfactor = 50)`.execute(session.db)
    await sql`alter table delivery set (fillfactor = 50)`.execute(session.db)
  }
}
