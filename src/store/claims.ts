// Claims: what is due is taken by one process at a time, a conversation at once, under a lease. A message under way keeps
// its key and its deliveries until it is settled, whoever holds it. How far it has got is written in its lane alone.

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { toConversationId } from '../chat/message.ts'
import type { Claim } from '../reminders/delivery.ts'
import type { Database, Session } from './database.ts'
import { deliveryColumns, toDelivery, type DeliveryRow } from './delivery-row.ts'
import { lockHeld, readMessages, type Lane } from './lanes.ts'
import type { ClaimOptions, DeliveryStore } from './store.ts'

type KeyedLane = Lane & { readonly message_key: string }

export function createClaimStore(
  database: Database,
): Pick<DeliveryStore, 'claimDue' | 'startSending' | 'nextDueAt'> {
  return {
    claimDue: (options) => database.transact((session) => claimDue(session, options)),
    startSending: (owner, messageKeys, now, until) =>
      database.transact((session) => startSending(session, owner, messageKeys, now, until)),
    async nextDueAt(platforms) {
      const rows = await database.run(({ db, isOneOf }) =>
        db
          .selectFrom('lane')
          .select(({ fn }) => fn.min('due_at').as('due_at'))
          .where(isOneOf('lane.platform', platforms))
          .groupBy('platform')
          .execute(),
      )
      if (rows.length === 0) return null
      const dueAt = Math.min(...rows.map(({ due_at }) => due_at))
      return Temporal.Instant.fromEpochMilliseconds(dueAt)
    },
  }
}

async function claimDue(session: Session, options: ClaimOptions): Promise<readonly Claim[]> {
  const lanes = await chooseLanes(session, options)
  if (lanes.length === 0) return []
  const fresh = lanes.filter(({ message_key: message }) => message === null)
  const begun = lanes.filter(({ message_key: message }) => message !== null)
  const rows = [
    ...(fresh.length === 0 ? [] : await beginMessages(session, fresh, options.now)),
    // With nothing added: the message may be known to the platform already.
    ...(begun.length === 0 ? [] : await readMessages(session, toConversations(begun))),
  ]
  const keyed = lanes.map((lane) => ({ ...lane, message_key: lane.message_key ?? randomUUID() }))
  await leaseLanes(session, keyed, options)
  const deliveries = Map.groupBy(
    rows.sort((a, b) => a.due_at - b.due_at || a.id - b.id),
    ({ conversation }) => conversation,
  )
  return keyed.map((lane) => toClaim(lane, deliveries.get(lane.conversation) ?? []))
}

function toClaim(lane: KeyedLane, rows: readonly DeliveryRow[]): Claim {
  const [first, ...others] = rows.map(toDelivery)
  if (first === undefined) throw new Error('A lane that is due has something to send')
  return {
    conversation: toConversationId(lane.conversation),
    platform: lane.platform,
    messageKey: lane.message_key,
    attempt: lane.attempt + 1,
    possibleSends: lane.possible_sends + lane.sending,
    deliveries: [first, ...others],
  }
}

/** The longest due first. One query a platform, so that the overdue lanes of a platform that is down are never read. */
async function chooseLanes(
  { db, name }: Session,
  { platforms, now, limit }: ClaimOptions,
): Promise<readonly Lane[]> {
  const due: Lane[] = []
  for (const platform of new Set(platforms)) {
    const lanes = await db
      .selectFrom('lane')
      .selectAll()
      .where('platform', '=', platform)
      .where('due_at', '<=', now.epochMilliseconds)
      .orderBy('due_at')
      .orderBy('conversation')
      .limit(limit)
      .$if(name === 'postgresql', (query) => query.forUpdate().skipLocked())
      .execute()
    due.push(...lanes)
  }
  return due.sort((a, b) => a.due_at - b.due_at).slice(0, limit)
}

async function beginMessages(
  { db, isOneOf }: Session,
  lanes: readonly Lane[],
  now: Temporal.Instant,
): Promise<DeliveryRow[]> {
  return await db
    .updateTable('delivery')
    .set({ under_way: 1 })
    .where(isOneOf('delivery.conversation', toConversations(lanes)))
    .where('state', '=', sql.lit('pending'))
    .where('due_at', '<=', now.epochMilliseconds)
    .returning(deliveryColumns)
    .execute()
}

async function leaseLanes(
  { db, rows }: Session,
  lanes: readonly KeyedLane[],
  { owner, leaseUntil }: ClaimOptions,
): Promise<void> {
  await db
    .updateTable('lane')
    .from(rows(toKeys(lanes), keyColumns).as('claimed'))
    .set((eb) => ({
      owner,
      message_key: eb.ref('claimed.message_key'),
      due_at: leaseUntil.epochMilliseconds,
      attempt: sql`lane.attempt + 1`,
      possible_sends: sql`lane.possible_sends + lane.sending`,
      sending: 0,
    }))
    .whereRef('lane.conversation', '=', 'claimed.conversation')
    .execute()
}

async function startSending(
  session: Session,
  owner: string,
  messageKeys: readonly string[],
  now: Temporal.Instant,
  until: Temporal.Instant,
): Promise<ReadonlySet<string>> {
  const held = await lockHeld(session, owner, messageKeys)
  const leased = held.filter(({ due_at }) => due_at > now.epochMilliseconds)
  const end = until.epochMilliseconds
  const { db, isOneOf } = session
  await db
    .updateTable('lane')
    .set((eb) => ({
      sending: 1,
      due_at: sql<number>`case when ${eb.ref('due_at')} < ${end} then ${end} else ${eb.ref('due_at')} end`,
    }))
    .where(isOneOf('lane.conversation', toConversations(leased)))
    .execute()
  return new Set(leased.map(({ message_key: message }) => message))
}

const keyColumns = { conversation: 'text', message_key: 'text' } as const
const toKeys = (lanes: readonly KeyedLane[]) =>
  lanes.map(({ conversation, message_key }) => ({ conversation, message_key }))
const toConversations = (lanes: readonly Pick<Lane, 'conversation'>[]) =>
  lanes.map(({ conversation }) => conversation)
