// Planned deliveries: what is to be sent becomes exactly what was planned, and nothing is ever planned twice.

import { sql } from 'kysely'
import type { PlannedDelivery } from '../reminders/delivery.ts'
import type { Database, Session } from './database.ts'
import {
  deliveryColumns,
  identityOf,
  plannedColumns,
  toPlannedRow,
  type DeliveryRow,
  type PlannedRow,
} from './delivery-row.ts'
import { openLanes, tidyLanes } from './lanes.ts'
import type { DeliveryStore } from './store.ts'

export function createPlanningStore(
  database: Database,
): Pick<DeliveryStore, 'replaceDeliveries' | 'addDeliveries'> {
  return {
    replaceDeliveries: (subscriptions, planned, now) =>
      database.transact(async (session) => {
        const rows = await admitPlanned(session, subscriptions, planned)
        return await change(session, await compare(session, subscriptions, rows, now))
      }),
    addDeliveries: (planned) =>
      database.transact(async (session) => {
        const subscriptions = [...new Set(planned.map(({ subscription }) => subscription))]
        const missing = await admitPlanned(session, subscriptions, planned)
        return (await change(session, { missing, changed: [], stale: [] })).added
      }),
  }
}

type Difference = {
  readonly missing: readonly PlannedRow[]
  /** Pending ones as planned now: another hour or zone is the same delivery at another instant. */
  readonly changed: readonly (PlannedRow & { readonly id: number })[]
  readonly stale: readonly DeliveryRow[]
}

/**
 * What is planned for subscriptions that still want it, in the conversation where they are now: the planner may have read
 * them a while ago. Until the transaction's end nobody changes them.
 */
async function admitPlanned(
  { db, isOneOf, name }: Session,
  subscriptions: readonly string[],
  planned: readonly PlannedDelivery[],
): Promise<readonly PlannedRow[]> {
  const active = await db
    .selectFrom('subscription')
    .select(['id', 'conversation', 'platform'])
    .where(isOneOf('subscription.id', subscriptions))
    .where('state', '=', 'active')
    .orderBy('id')
    .$if(name === 'postgresql', (query) => query.forShare())
    .execute()
  const byId = new Map(active.map((subscription) => [subscription.id, subscription]))
  return planned.flatMap((delivery) => {
    const subscription = byId.get(delivery.subscription)
    if (subscription === undefined) return []
    const { conversation, platform } = subscription
    return [{ ...toPlannedRow(delivery), conversation, platform }]
  })
}

/** Most plans change nothing: then this read is all that happens. */
async function compare(
  { db, isOneOf }: Session,
  subscriptions: readonly string[],
  planned: readonly PlannedRow[],
  now: Temporal.Instant,
): Promise<Difference> {
  const earliest = planned.reduce((least, { due_date: date }) => (date < least ? date : least), '9')
  const existing = await db
    .selectFrom('delivery')
    .select([...deliveryColumns, 'state', 'under_way'])
    .where(isOneOf('delivery.subscription', subscriptions))
    .where((eb) => eb.or([eb('state', '=', 'pending'), eb('due_date', '>=', earliest)]))
    .execute()
  const known = new Set(existing.map(identityOf))
  const wanted = new Map(planned.map((row) => [identityOf(row), row]))
  const changed: (PlannedRow & { id: number })[] = []
  const stale: DeliveryRow[] = []
  for (const row of existing) {
    // What travels in a message, though it is to be tried again, stays as it is.
    if (row.state !== 'pending' || row.under_way === 1) continue
    const same = wanted.get(identityOf(row))
    if (same === undefined) {
      // Nobody plans what is too late; it waits for the dispatcher to record it as missed.
      const isOver = row.not_after <= now.epochMilliseconds
      if (row.occasion.startsWith('lead:') && !isOver) stale.push(row)
    } else if (same.due_at !== row.due_at || same.not_after !== row.not_after) {
      changed.push({ ...same, id: row.id })
    }
  }
  return { missing: planned.filter((row) => !known.has(identityOf(row))), changed, stale }
}

async function change(
  session: Session,
  { missing, changed, stale }: Difference,
): Promise<{ added: number; removed: number }> {
  const touched = [...missing, ...changed, ...stale]
  if (touched.length === 0) return { added: 0, removed: 0 }
  const lanes = new Map(touched.map((row) => [row.conversation, row]))
  await openLanes(session, [...lanes.values()])
  const removed = stale.length === 0 ? 0 : await removePending(session, stale)
  if (changed.length > 0) await shiftPending(session, changed)
  const added = missing.length === 0 ? 0 : await insertPlanned(session, missing)
  await tidyLanes(session, [...lanes.keys()])
  return { added, removed }
}

async function removePending(
  { db, isOneOf }: Session,
  stale: readonly DeliveryRow[],
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('delivery')
    .where(
      isOneOf(
        'delivery.id',
        stale.map(({ id }) => id),
      ),
    )
    // Somebody may have claimed it since it was read.
    .where('state', '=', 'pending')
    .where('under_way', '=', 0)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

async function shiftPending({ db, rows }: Session, changed: Difference['changed']): Promise<void> {
  const columns = { id: 'bigint', due_at: 'bigint', not_after: 'bigint' } as const
  const instants = changed.map(({ id, due_at, not_after }) => ({ id, due_at, not_after }))
  await db
    .updateTable('delivery')
    .from(rows(instants, columns).as('changed'))
    .set((eb) => ({ due_at: eb.ref('changed.due_at'), not_after: eb.ref('changed.not_after') }))
    .whereRef('delivery.id', '=', 'changed.id')
    .where('delivery.state', '=', 'pending')
    .where('delivery.under_way', '=', 0)
    .execute()
}

async function insertPlanned(
  { db, rows }: Session,
  planned: readonly PlannedRow[],
): Promise<number> {
  const columns = Object.keys(plannedColumns) as (keyof PlannedRow)[]
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('delivery')
    .columns([...columns, 'state'])
    .expression(
      db
        .selectFrom(rows(planned, plannedColumns).as('planned'))
        .select(columns)
        .select(sql.lit('pending').as('state'))
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('done')
                .select('done.milestone')
                .whereRef('done.conversation', '=', 'planned.conversation')
                .whereRef('done.milestone', '=', 'planned.milestone'),
            ),
          ),
        ),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows)
}
