// Lanes: one a conversation, the row that is locked before any of its deliveries changes, and the rules that hold for it
// at the end of every transaction. Always in this order: subscriptions, then lanes by conversation, then deliveries.

import { sql, type Selectable } from 'kysely'
import type { Platform } from '../chat/message.ts'
import type { Session } from './database.ts'
import type { LaneTable } from './tables.ts'

export type Lane = Selectable<LaneTable>

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

/** Locks the lanes of the messages that are the owner's; gives their conversations by message key. */
export async function lockHeld(
  { db, isOneOf, name }: Session,
  owner: string,
  messageKeys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const lanes = await db
    .selectFrom('lane')
    .select(['message_key', 'conversation'])
    .where('owner', '=', owner)
    .where(isOneOf('lane.message_key', messageKeys))
    .orderBy('conversation')
    .$if(name === 'postgresql', (query) => query.forUpdate())
    .execute()
  return new Map(
    lanes.flatMap(({ message_key: message, conversation }) =>
      message === null ? [] : [[message, conversation] as const],
    ),
  )
}

/** Locks these conversations' lanes, and makes those that are missing. */
export async function openLanes(
  { db, rows }: Session,
  conversations: ReadonlyMap<string, Platform>,
): Promise<void> {
  const wanted = [...conversations]
    .map(([conversation, platform]) => ({ conversation, platform }))
    .sort((a, b) => (a.conversation < b.conversation ? -1 : 1))
  await db
    .insertInto('lane')
    .columns(['conversation', 'platform'])
    .expression(
      db
        .selectFrom(rows(wanted, { conversation: 'text', platform: 'text' }).as('wanted'))
        .select(['wanted.conversation', 'wanted.platform'])
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
 * What holds for every lane: with a message under way, at least one delivery travels in it; without one, nobody holds the
 * lane and it is due when the earliest of what is pending is.
 */
export async function tidyLanes(
  { db, isOneOf }: Session,
  conversations: readonly string[],
): Promise<void> {
  await db
    .updateTable('lane')
    .set((eb) => ({
      owner: null,
      message_key: null,
      attempt: 0,
      sending: 0,
      possible_sends: 0,
      due_at: eb
        .selectFrom('delivery')
        .select((min) => min.fn.min('delivery.due_at').as('due_at'))
        .whereRef('delivery.conversation', '=', 'lane.conversation')
        .where('delivery.state', '=', sql.lit('pending')),
    }))
    .where(isOneOf('lane.conversation', conversations))
    // Not "not exists": PostgreSQL may answer that by reading all deliveries.
    .where(
      (eb) =>
        eb
          .selectFrom('delivery')
          .select('delivery.id')
          .whereRef('delivery.message_key', '=', 'lane.message_key')
          .limit(1),
      'is',
      null,
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
  const revocable = lanes.flatMap(({ message_key: message, sending, possible_sends: sends }) =>
    message !== null && sending === 0 && sends === 0 ? [message] : [],
  )
  const withdrawn = await db
    .deleteFrom('delivery')
    .where(isOneOf('delivery.subscription', subscriptions))
    .$if(milestone !== undefined, (query) => query.where('milestone', '=', milestone ?? ''))
    .where('settled_at', 'is', null)
    .where((eb) =>
      eb.or([eb('message_key', 'is', null), isOneOf('delivery.message_key', revocable)]),
    )
    .returning('message_key')
    .execute()
  await returnToPending(
    session,
    withdrawn.flatMap(({ message_key: message }) => (message === null ? [] : [message])),
  )
  await tidyLanes(session, conversations)
}

/** The messages' deliveries are pending again, and belong to no message. */
export async function returnToPending(
  { db, isOneOf }: Session,
  messages: readonly string[],
): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ state: 'pending', message_key: null })
    .where(isOneOf('delivery.message_key', messages))
    .execute()
}
