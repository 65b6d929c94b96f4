// Subscriptions: written, listed, removed, retired, and moved with all that belongs to their conversation.

import type { Subscription } from '../reminders/subscription.ts'
import type { Database, Session } from './database.ts'
import { tidyLanes, withdrawDeliveries } from './lanes.ts'
import { moveConversation } from './move.ts'
import type { SubscriptionStore } from './store.ts'
import { toSubscription, toSubscriptionRow } from './subscription-row.ts'

type Methods =
  | 'writeSubscription'
  | 'readSubscription'
  | 'listSubscriptions'
  | 'listActiveSubscriptions'
  | 'removeSubscription'
  | 'retireSubscriptions'
  | 'moveConversation'

export function createSubscriptionStore(database: Database): Pick<SubscriptionStore, Methods> {
  return {
    async writeSubscription(subscription) {
      await database.transact((session) => writeSubscription(session, subscription))
    },
    async readSubscription(id) {
      const row = await database.run(({ db }) =>
        db.selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirst(),
      )
      return row === undefined ? null : toSubscription(row)
    },
    async listSubscriptions(conversation) {
      const rows = await database.run(({ db }) =>
        db
          .selectFrom('subscription')
          .selectAll()
          .where('conversation', '=', conversation)
          .where('state', '!=', 'retired')
          .orderBy('created_at')
          .orderBy('id')
          .execute(),
      )
      return rows.map(toSubscription)
    },
    async listActiveSubscriptions(after, limit) {
      const rows = await database.run(({ db }) =>
        db
          .selectFrom('subscription')
          .selectAll()
          .where('state', '=', 'active')
          .where('id', '>', after ?? '')
          .orderBy('id')
          .limit(limit)
          .execute(),
      )
      return rows.map(toSubscription)
    },
    async removeSubscription(id) {
      await database.transact((session) => removeSubscriptions(session, [id]))
    },
    retireSubscriptions: (conversation, reason) =>
      database.transact(async (session) => {
        const rows = await session.db
          .updateTable('subscription')
          .set({ state: 'retired', retired_for: reason })
          .where('conversation', '=', conversation)
          .where('state', '!=', 'retired')
          .returningAll()
          .execute()
        await withdrawDeliveries(
          session,
          [conversation],
          rows.map(({ id }) => id),
        )
        return rows.map(toSubscription)
      }),
    moveConversation: (from, to) =>
      database.transact((session) => moveConversation(session, from, to)),
  }
}

async function writeSubscription(session: Session, subscription: Subscription): Promise<void> {
  const { id, platform, conversation, created_at, ...values } = toSubscriptionRow(subscription)
  const written = await session.db
    .insertInto('subscription')
    .values({ id, platform, conversation, created_at, ...values })
    // Not its conversation: that may have moved since whoever writes has read it.
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .returning('conversation')
    .executeTakeFirstOrThrow()
  if (values.state !== 'active') await withdrawDeliveries(session, [written.conversation], [id])
}

/** With all that was ever planned for them. */
export async function removeSubscriptions(session: Session, ids: readonly string[]): Promise<void> {
  const { db, isOneOf, name } = session
  const found = await db
    .selectFrom('subscription')
    .select('conversation')
    .where(isOneOf('subscription.id', ids))
    .orderBy('id')
    .$if(name === 'postgresql', (query) => query.forUpdate())
    .execute()
  const conversations = [...new Set(found.map(({ conversation }) => conversation))]
  await withdrawDeliveries(session, conversations, ids)
  await db.deleteFrom('subscription').where(isOneOf('subscription.id', ids)).execute()
  // What may be on its way went with its subscription: its lane has nothing to wait for.
  await tidyLanes(session, conversations)
}
