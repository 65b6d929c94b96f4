// Lanes: one a conversation, the row that is locked before any of its deliveries changes, and the rules that hold for it
// at the end of every transaction. Always in this order: subscriptions, then lanes by conversation, then deliveries.

import { sql, type Selectable } from 'kysely'
import type { Session } from './database.ts'
import { deliveryColumns, type DeliveryRow } from './delivery-row.ts'
import type { LaneTable } from './tables.ts'

export type Lane = Selectable<LaneTable>
/** A message is under way. */
export type HeldLane = Pick<Lane, 'conversation' | 'due_at' | 'attempt' | 'sending'> & {
  readonly message_key: string
}
export type NewLane = Pick<Lane, 'conversation' | 'platform' | 'due_at'>

/** Locks these conversations' lanes where they have one. */
export async function lockLanes(
  { db, isOneOf, name }: Session,
  conversations: readonly string[],
): Promise<readonly Lane[]> {
  return await db
    .selectFrom('lane')
    .selectAll()
    .where(isOneOf('lane.conversation', conversations))
    .orderBy('conversation')
    .$if(name === 'postgresql', (query) => query.forUpdate())
    .execute()
}

/** Locks the lanes of the messages that are the owner's. */
export async function lockHeld(
  { db, isOneOf, name }: Session,
  owner: string,
  messageKeys: readonly string[],
): Promise<readonly HeldLane[]> {
  const lanes = await db
    .selectFrom('lane')
    .select(['conversation', 'message_key', 'due_at', 'attempt', 'sending'])
    .where('owner', '=', owner)
    .where(isOneOf('lane.message_key', messageKeys))
    .orderBy('conversation')
    .$if(name === 'postgresql', (query) => query.forUpdate())
    .execute()
  return lanes.flatMap((lane) => {
    const { message_key: messageKey } = lane
    return messageKey === null ? [] : [{ ...lane, message_key: messageKey }]
  })
}

/** Locks these conversations' lanes, and makes those that are missing: they are to be tidied. */
export async function openLanes({ db, rows }: Session, lanes: readonly NewLane[]): Promise<void> {
  const wanted = lanes.toSorted((a, b) => (a.conversation < b.conversation ? -1 : 1))
  const types = { conversation: 'text', platform: 'text', due_at: 'bigint' } as const
  const columns = ['conversation', 'platform', 'due_at'] as const
  await db
    .insertInto('lane')
    .columns(columns)
    .expression(
      db
        .selectFrom(rows(wanted, types).as('wanted'))
        .select(columns)
        // SQLite needs a "where" here, or takes "on conflict" for a join's.
        .where(sql.lit(1), '=', sql.lit(1)),
    )
    // An update that changes nothing: it locks the row, so that no sweep can take the lane away.
    .onConflict((conflict) =>
      conflict
        .column('conversation')
        .doUpdateSet((eb) => ({ platform: eb.ref('excluded.platform') })),
    )
    .execute()
}

/**
 * What holds for every lane: something is pending; with a message under way, at least one of it travels in it; without one,
 * nobody holds the lane and it is due when the earliest of what is pending is.
 */
export async function tidyLanes(
  { db, isOneOf }: Session,
  conversations: readonly string[],
): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('lane')
    .where(isOneOf('lane.conversation', conversations))
    // Not "not exists": PostgreSQL may answer that by reading all deliveries.
    .where(
      (eb) =>
        eb
          .selectFrom('delivery')
          .select('delivery.id')
          .whereRef('delivery.conversation', '=', 'lane.conversation')
          .where('delivery.state', '=', sql.lit('pending'))
          .limit(1),
      'is',
      null,
    )
    .executeTakeFirst()
  if (Number(numDeletedRows) === conversations.length) return
  const pending = db
    .selectFrom('delivery')
    .select(({ fn }) => [
      'conversation',
      fn.min('due_at').as('due_at'),
      fn.max('under_way').as('under_way'),
    ])
    .where(isOneOf('delivery.conversation', conversations))
    .where('state', '=', sql.lit('pending'))
    .groupBy('conversation')
  await db
    .updateTable('lane')
    .from(pending.as('pending'))
    .set((eb) => ({
      owner: null,
      message_key: null,
      attempt: 0,
      sending: 0,
      possible_sends: 0,
      due_at: eb.ref('pending.due_at'),
    }))
    .whereRef('lane.conversation', '=', 'pending.conversation')
    .where('pending.under_way', '=', 0)
    .where((eb) =>
      eb.or([
        eb('lane.due_at', '!=', eb.ref('pending.due_at')),
        eb('lane.message_key', 'is not', null),
      ]),
    )
    .execute()
}

/**
 * Takes back what has certainly not been sent: removes these subscriptions' unsettled deliveries (of one milestone, or
 * all), also from messages that were claimed. Such a message is undone, so that whoever holds it finds the lease gone and
 * what is left of it is claimed anew.
 */
export async function withdrawDeliveries(
  session: Session,
  conversations: readonly string[],
  subscriptions: readonly string[],
  milestone?: string,
): Promise<void> {
  const { db, isOneOf } = session
  const lanes = await lockLanes(session, conversations)
  const revocable = lanes
    .filter(({ sending, possible_sends: sends }) => sending === 0 && sends === 0)
    .map(({ conversation }) => conversation)
  const withdrawn = await db
    .deleteFrom('delivery')
    .where(isOneOf('delivery.subscription', subscriptions))
    .$if(milestone !== undefined, (query) => query.where('milestone', '=', milestone ?? ''))
    .where('state', '=', sql.lit('pending'))
    .where((eb) => eb.or([eb('under_way', '=', 0), isOneOf('delivery.conversation', revocable)]))
    .returning(['conversation', 'under_way'])
    .execute()
  const undone = withdrawn.filter(({ under_way: underWay }) => underWay === 1)
  await undoMessages(
    session,
    undone.map(({ conversation }) => conversation),
  )
  await tidyLanes(session, conversations)
}

/** What travels in these conversations' messages. */
export async function readMessages(
  { db, isOneOf }: Session,
  conversations: readonly string[],
): Promise<DeliveryRow[]> {
  return await db
    .selectFrom('delivery')
    .select(deliveryColumns)
    .where(isOneOf('delivery.conversation', conversations))
    .where('state', '=', sql.lit('pending'))
    .where('under_way', '=', 1)
    .execute()
}

/** What travels in these conversations' messages is as if it had not been claimed. */
export async function undoMessages(
  { db, isOneOf }: Session,
  conversations: readonly string[],
): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ under_way: 0 })
    .where(isOneOf('delivery.conversation', conversations))
    .where('state', '=', sql.lit('pending'))
    .where('under_way', '=', 1)
    .execute()
}
