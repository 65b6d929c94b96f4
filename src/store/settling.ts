// Settling: what became of claims is written down, a batch at once; only their holder's word counts.

import { sql } from 'kysely'
import { toConversationId } from '../chat/message.ts'
import type { DeliveryState, Settlement } from '../reminders/delivery.ts'
import type { Database, Session } from './database.ts'
import { lockHeld, tidyLanes, undoMessages } from './lanes.ts'
import type { DeliveryStore } from './store.ts'

type Deferral = Extract<Settlement, { kind: 'deferred' }>
type Ending = Exclude<Settlement, Deferral>

export function createSettlingStore(
  database: Database,
): Pick<DeliveryStore, 'settle' | 'release' | 'countDeliveries'> {
  return {
    settle: (owner, settlements, now) =>
      database.transact(async (session) => {
        const keys = settlements.map(({ messageKey }) => messageKey)
        const held = await lockHeld(session, owner, keys)
        const accepted = settlements.flatMap((settlement) => {
          const conversation = held.get(settlement.messageKey)
          // Where it is now: it may have moved since it was claimed.
          if (conversation === undefined) return []
          return [{ ...settlement, conversation: toConversationId(conversation) }]
        })
        const deferrals = accepted.filter((settlement) => settlement.kind === 'deferred')
        const endings = accepted.filter((settlement) => settlement.kind !== 'deferred')
        if (deferrals.length > 0) await deferMessages(session, deferrals)
        if (endings.length > 0) await endMessages(session, endings, now)
        await tidyLanes(session, [...held.values()])
        return new Set(held.keys())
      }),
    async release(owner, messageKeys) {
      await database.transact((session) => release(session, owner, messageKeys))
    },
    async countDeliveries() {
      const rows = await database.run(({ db }) =>
        db
          .selectFrom('delivery')
          .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
          .groupBy('state')
          .execute(),
      )
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
    },
  }
}

/** Their deliveries stay in the message; nobody holds it until the retry. */
async function deferMessages({ db, rows }: Session, deferrals: readonly Deferral[]): Promise<void> {
  const retries = deferrals.map(({ conversation, retryAt, error, maybeSent }) => ({
    conversation,
    error,
    due_at: retryAt.epochMilliseconds,
    sends: maybeSent ? 1 : 0,
  }))
  const columns = {
    conversation: 'text',
    error: 'text',
    due_at: 'bigint',
    sends: 'bigint',
  } as const
  const deferred = rows(retries, columns).as('deferred')
  await db
    .updateTable('delivery')
    .from(deferred)
    .set((eb) => ({ error: eb.ref('deferred.error') }))
    .whereRef('delivery.conversation', '=', 'deferred.conversation')
    .where('delivery.state', '=', sql.lit('pending'))
    .where('delivery.under_way', '=', 1)
    .execute()
  await db
    .updateTable('lane')
    .from(deferred)
    .set((eb) => ({
      owner: null,
      due_at: eb.ref('deferred.due_at'),
      sending: 0,
      possible_sends: eb('lane.possible_sends', '+', eb.ref('deferred.sends')),
    }))
    .whereRef('lane.conversation', '=', 'deferred.conversation')
    .execute()
}

/** Their deliveries leave the message; the lane, found empty, is tidied. */
async function endMessages(
  { db, rows, isOneOf }: Session,
  endings: readonly Ending[],
  now: Temporal.Instant,
): Promise<void> {
  const settled = { under_way: 0, settled_at: now.epochMilliseconds } as const
  const leftOut = endings.flatMap((ending) => (ending.kind === 'sent' ? ending.missed : []))
  if (leftOut.length > 0) {
    const conversations = endings.map(({ conversation }) => conversation)
    await db
      .updateTable('delivery')
      .set({ ...settled, state: 'missed' })
      .where(isOneOf('delivery.id', leftOut.map(Number)))
      .where(isOneOf('delivery.conversation', conversations))
      .where('under_way', '=', 1)
      .execute()
  }
  const columns = {
    conversation: 'text',
    state: 'text',
    message_id: 'text',
    error: 'text',
  } as const
  await db
    .updateTable('delivery')
    .from(rows(endings.map(toEndedRow), columns).as('ended'))
    .set((eb) => ({
      ...settled,
      state: eb.ref('ended.state'),
      message_id: eb.ref('ended.message_id'),
      error: eb.ref('ended.error'),
    }))
    .whereRef('delivery.conversation', '=', 'ended.conversation')
    .where('delivery.state', '=', sql.lit('pending'))
    .where('delivery.under_way', '=', 1)
    .execute()
}

function toEndedRow(ending: Ending): {
  conversation: string
  state: DeliveryState
  message_id: string | null
  error: string | null
} {
  const { kind, conversation } = ending
  const row = { conversation, state: kind, message_id: null, error: null }
  switch (kind) {
    case 'sent':
      return { ...row, message_id: ending.messageId }
    case 'refused':
      return { ...row, error: ending.reason }
    case 'missed':
    case 'uncertain':
      return { ...row, error: ending.error }
  }
}

/** As if they had not been claimed; what has begun to be sent is not given back. */
async function release(
  session: Session,
  owner: string,
  messageKeys: readonly string[],
): Promise<void> {
  const { db, isOneOf } = session
  await lockHeld(session, owner, messageKeys)
  const released = await db
    .updateTable('lane')
    .set((eb) => ({
      owner: null,
      attempt: eb('attempt', '-', 1),
      due_at: eb
        .selectFrom('delivery')
        .select(({ fn }) => fn.min('delivery.due_at').as('due_at'))
        .whereRef('delivery.conversation', '=', 'lane.conversation')
        .where('delivery.state', '=', sql.lit('pending'))
        .where('delivery.under_way', '=', 1),
    }))
    .where('owner', '=', owner)
    .where('sending', '=', 0)
    .where(isOneOf('lane.message_key', messageKeys))
    .returning(['conversation', 'attempt'])
    .execute()
  const fresh = released.filter(({ attempt }) => attempt === 0)
  const conversations = fresh.map(({ conversation }) => conversation)
  await undoMessages(session, conversations)
  await tidyLanes(session, conversations)
}
