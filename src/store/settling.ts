// Settling: what became of claims is written down, a batch at once; only their holder's word counts.

import { sql, type Selectable } from 'kysely'
import type { Settlement } from '../reminders/delivery.ts'
import type { ColumnTypes, Database, Session } from './database.ts'
import { lockHeld, readMessages, tidyLanes, undoMessages } from './lanes.ts'
import type { DeliveryStore } from './store.ts'
import type { DeliveryTable } from './tables.ts'

/** With where its message is now: it may have moved since it was claimed. */
type Accepted = { readonly settlement: Settlement; readonly conversation: string }

export function createSettlingStore(
  database: Database,
): Pick<DeliveryStore, 'settle' | 'release' | 'countDeliveries'> {
  return {
    settle: (owner, settlements, now) =>
      database.transact(async (session) => {
        const keys = settlements.map(({ messageKey }) => messageKey)
        const held = await lockHeld(session, owner, keys)
        const byKey = new Map(settlements.map((settlement) => [settlement.messageKey, settlement]))
        const accepted = held.flatMap(({ message_key: key, conversation }) => {
          const settlement = byKey.get(key)
          return settlement === undefined ? [] : [{ settlement, conversation }]
        })
        if (accepted.length === 0) return new Set()
        await settleDeliveries(session, accepted, now)
        await deferLanes(session, accepted)
        await tidyLanes(
          session,
          accepted.map(({ conversation }) => conversation),
        )
        return new Set(accepted.map(({ settlement }) => settlement.messageKey))
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

/** By their ids, which are read first: PostgreSQL's statistics know nothing of what is under way at the moment. */
async function settleDeliveries(
  session: Session,
  accepted: readonly Accepted[],
  now: Temporal.Instant,
): Promise<void> {
  const { db, rows } = session
  const byConversation = new Map(
    accepted.map(({ settlement, conversation }) => [conversation, settlement]),
  )
  const deliveries = await readMessages(session, [...byConversation.keys()])
  const settled = deliveries.flatMap(({ id, conversation }) => {
    const settlement = byConversation.get(conversation)
    return settlement === undefined ? [] : [toSettledRow(id, settlement, now)]
  })
  await db
    .updateTable('delivery')
    .from(rows(settled, settledColumns).as('settled'))
    .set((eb) => ({
      state: eb.ref('settled.state'),
      under_way: eb.ref('settled.under_way'),
      message_id: eb.ref('settled.message_id'),
      error: eb.ref('settled.error'),
      settled_at: eb.ref('settled.settled_at'),
    }))
    .whereRef('delivery.id', '=', 'settled.id')
    .execute()
}

type SettledRow = Pick<Selectable<DeliveryTable>, keyof typeof settledColumns>

const settledColumns = {
  id: 'bigint',
  state: 'text',
  under_way: 'bigint',
  message_id: 'text',
  error: 'text',
  settled_at: 'bigint',
} as const satisfies ColumnTypes<Partial<DeliveryTable>>

function toSettledRow(id: number, settlement: Settlement, now: Temporal.Instant): SettledRow {
  const { kind } = settlement
  const settledAt = now.epochMilliseconds
  const row = { id, under_way: 0, message_id: null, error: null, settled_at: settledAt } as const
  switch (kind) {
    case 'sent':
      if (settlement.missed.includes(id.toString())) return { ...row, state: 'missed' }
      return { ...row, state: kind, message_id: settlement.messageId }
    case 'refused':
      return { ...row, state: kind, error: settlement.reason }
    case 'missed':
    case 'uncertain':
      return { ...row, state: kind, error: settlement.error }
    case 'deferred':
      // It stays in the message.
      return { ...row, state: 'pending', under_way: 1, error: settlement.error, settled_at: null }
  }
}

/** Nobody holds what is deferred until the retry. */
async function deferLanes({ db, rows }: Session, accepted: readonly Accepted[]): Promise<void> {
  const retries = accepted.flatMap(({ settlement, conversation }) => {
    if (settlement.kind !== 'deferred') return []
    const { retryAt, maybeSent } = settlement
    return [{ conversation, due_at: retryAt.epochMilliseconds, sends: maybeSent ? 1 : 0 }]
  })
  if (retries.length === 0) return
  const columns = { conversation: 'text', due_at: 'bigint', sends: 'bigint' } as const
  await db
    .updateTable('lane')
    .from(rows(retries, columns).as('deferred'))
    .set((eb) => ({
      owner: null,
      due_at: eb.ref('deferred.due_at'),
      sending: 0,
      possible_sends: eb('lane.possible_sends', '+', eb.ref('deferred.sends')),
    }))
    .whereRef('lane.conversation', '=', 'deferred.conversation')
    .execute()
}

/** As if they had not been claimed; what has begun to be sent is not given back. */
async function release(
  session: Session,
  owner: string,
  messageKeys: readonly string[],
): Promise<void> {
  const { db, isOneOf } = session
  const held = await lockHeld(session, owner, messageKeys)
  const released = held.filter(({ sending }) => sending === 0)
  const toConversations = (lanes: typeof released) => lanes.map(({ conversation }) => conversation)
  await db
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
    .where(isOneOf('lane.conversation', toConversations(released)))
    .execute()
  const fresh = toConversations(released.filter(({ attempt }) => attempt === 1))
  await undoMessages(session, fresh)
  await tidyLanes(session, fresh)
}
