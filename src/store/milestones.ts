// What conversations say of milestones: their own, and those that they are done with.

import type { Selectable } from 'kysely'
import type { LocalText } from '../calendar/calendar.ts'
import { toConversationId, type ConversationId } from '../chat/message.ts'
import type { Database, Session } from './database.ts'
import { openLanes, withdrawDeliveries } from './lanes.ts'
import type { ConversationMilestone, SubscriptionStore } from './store.ts'
import type { Tables } from './tables.ts'

type Methods =
  | 'markDone'
  | 'unmarkDone'
  | 'listDone'
  | 'addOwnMilestone'
  | 'removeOwnMilestone'
  | 'listOwnMilestones'

export function createMilestoneStore(database: Database): Pick<SubscriptionStore, Methods> {
  return {
    markDone: (conversation, milestone) =>
      database.transact((session) => markDone(session, conversation, milestone)),
    unmarkDone: (conversation, milestone) =>
      database.run((session) => unmarkDone(session, conversation, milestone)),
    async listDone(conversations) {
      const rows = await database.run(({ db, isOneOf }) =>
        db
          .selectFrom('done')
          .selectAll()
          .where(isOneOf('done.conversation', conversations))
          .orderBy('milestone')
          .execute(),
      )
      const done = new Map<ConversationId, Set<string>>()
      for (const row of rows) {
        const conversation = toConversationId(row.conversation)
        done.set(conversation, (done.get(conversation) ?? new Set()).add(row.milestone))
      }
      return done
    },
    async addOwnMilestone(conversation, jurisdiction, { id, title, date }, now) {
      const values = {
        jurisdiction,
        title: JSON.stringify(title),
        date: date.toString(),
        added_at: now.epochMilliseconds,
      }
      await database.run(({ db }) =>
        db
          .insertInto('own_milestone')
          .values({ conversation, id, ...values })
          .onConflict((conflict) => conflict.columns(['conversation', 'id']).doUpdateSet(values))
          .execute(),
      )
    },
    async removeOwnMilestone(conversation, id) {
      const removed = await database.run(({ db }) =>
        db
          .deleteFrom('own_milestone')
          .where('conversation', '=', conversation)
          .where('id', '=', id)
          .returning('id')
          .executeTakeFirst(),
      )
      return removed !== undefined
    },
    async listOwnMilestones(conversations) {
      const rows = await database.run(({ db, isOneOf }) =>
        db
          .selectFrom('own_milestone')
          .selectAll()
          .where(isOneOf('own_milestone.conversation', conversations))
          .orderBy('date')
          .orderBy('id')
          .execute(),
      )
      const own = new Map<ConversationId, ConversationMilestone[]>()
      for (const row of rows) {
        const conversation = toConversationId(row.conversation)
        own.set(conversation, [...(own.get(conversation) ?? []), toConversationMilestone(row)])
      }
      return own
    },
  }
}

async function markDone(
  session: Session,
  conversation: ConversationId,
  milestone: string,
): Promise<void> {
  const { db } = session
  const here = db.selectFrom('subscription').where('conversation', '=', conversation)
  const platforms = await here.select('platform').limit(1).execute()
  // A planner that is adding this very milestone has the lane: it is waited for, and what it adds is withdrawn.
  await openLanes(
    session,
    platforms.map(({ platform }) => ({ conversation, platform, due_at: 0 })),
  )
  await db
    .insertInto('done')
    .values({ conversation, milestone })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const subscriptions = await here.select('id').execute()
  const ids = subscriptions.map(({ id }) => id)
  await withdrawDeliveries(session, [conversation], ids, milestone)
}

async function unmarkDone(
  { db }: Session,
  conversation: ConversationId,
  milestone: string,
): Promise<void> {
  await db
    .deleteFrom('done')
    .where('conversation', '=', conversation)
    .where('milestone', '=', milestone)
    .execute()
}

const toConversationMilestone = (
  row: Selectable<Tables['own_milestone']>,
): ConversationMilestone => ({
  jurisdiction: row.jurisdiction,
  milestone: {
    id: row.id,
    title: JSON.parse(row.title) as LocalText,
    date: Temporal.PlainDate.from(row.date),
    provenance: 'conversation',
  },
  addedAt: Temporal.Instant.fromEpochMilliseconds(row.added_at),
})
