// Settling: what became of claims is written down, a batch at once; only their holder's word counts.

import type { DeliveryState, Settlement } from '../reminders/delivery.ts'
import type { Database, Session } from './database.ts'
import { lockHeld, returnToPending, tidyLanes } from './lanes.ts'
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
        const accepted = settlements.filter(({ messageKey }) => held.has(messageKey))
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
  const errors = deferrals.map(({ messageKey, error }) => ({ message_key: messageKey, error }))
  await db
    .updateTable('delivery')
    .from(rows(errors, { message_key: 'text', error: 'text' }).as('deferred'))
    .set((eb) => ({ state: 'pending', error: eb.ref('deferred.error') }))
    .whereRef('delivery.message_key', '=', 'deferred.message_key')
    .execute()
  const retries = deferrals.map(({ messageKey, retryAt, maybeSent }) => ({
    message_key: messageKey,
    due_at: retryAt.epochMilliseconds,
    sends: maybeSent ? 1 : 0,
  }))
  const columns = { message_key: 'text', due_at: 'bigint', sends: 'bigint' } as const
  await db
    .updateTable('lane')
    .from(rows(retries, columns).as('deferred'))
    .set((eb) => ({
      owner: null,
      due_at: eb.ref('deferred.due_at'),
      sending: 0,
      possible_sends: eb('lane.possible_sends', '+', eb.ref('deferred.sends')),
    }))
    .whereRef('lane.message_key', '=', 'deferred.message_key')
    .execute()
}

/** Their deliveries leave the message; the lane, found empty, is tidied. */
async function endMessages(
  { db, rows, isOneOf }: Session,
  endings: readonly Ending[],
  now: Temporal.Instant,
): Promise<void> {
  const settled = { message_key: null, settled_at: now.epochMilliseconds }
  const leftOut = endings.flatMap((ending) => (ending.kind === 'sent' ? ending.missed : []))
  if (leftOut.length > 0) {
    await db
      .updateTable('delivery')
      .set({ ...settled, state: 'missed' })
      .where(isOneOf('delivery.id', leftOut.map(Number)))
      .where(
        isOneOf(
          'delivery.message_key',
          endings.map(({ messageKey }) => messageKey),
        ),
      )
      .execute()
  }
  const columns = { message_key: 'text', state: 'text', message_id: 'text', error: 'text' } as const
  await db
    .updateTable('delivery')
    .from(rows(endings.map(toEndedRow), columns).as('ended'))
    .set((eb) => ({
      ...settled,
      state: eb.ref('ended.state'),
      message_id: eb.ref('ended.message_id'),
      error: eb.ref('ended.error'),
    }))
    .whereRef('delivery.message_key', '=', 'ended.message_key')
    .execute()
}

function toEndedRow(ending: Ending): {
  message_key: string
  state: DeliveryState
  message_id: string | null
  error: string | null
} {
  const { kind, messageKey } = ending
  const row = { message_key: messageKey, state: kind, message_id: null, error: null }
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
        .whereRef('delivery.message_key', '=', 'lane.message_key'),
    }))
    .where('owner', '=', owner)
    .where('sending', '=', 0)
    .where(isOneOf('lane.message_key', messageKeys))
    .returning(['conversation', 'message_key', 'attempt'])
    .execute()
  const messagesOf = (lanes: typeof released) => lanes.map(({ message_key }) => message_key ?? '')
  const begun = released.filter(({ attempt }) => attempt > 0)
  const fresh = released.filter(({ attempt }) => attempt === 0)
  await db
    .updateTable('delivery')
    .set({ state: 'pending' })
    .where(isOneOf('delivery.message_key', messagesOf(begun)))
    .execute()
  await returnToPending(session, messagesOf(fresh))
  await tidyLanes(
    session,
    released.map(({ conversation }) => conversation),
  )
}
