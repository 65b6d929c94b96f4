// What is held about a person and a conversation: counted, and forgotten.

import type { AuthorId, ConversationId } from '../chat/message.ts'
import type { Database, Session } from './database.ts'
import type { Store } from './store.ts'
import { removeSubscriptions } from './subscriptions.ts'

export function createPeopleStore(database: Database): Pick<Store, 'describeHeld' | 'forget'> {
  return {
    describeHeld: (conversation, author) =>
      database.run(async ({ db }) => {
        const counts = await db
          .selectNoFrom((eb) => [
            eb
              .selectFrom('subscription')
              .select(({ fn }) => fn.countAll<number>().as('count'))
              .where('owner', '=', author)
              .as('subscriptions'),
            ...(['own_milestone', 'settings', 'context'] as const).map((table) =>
              eb
                .selectFrom(table)
                .select(({ fn }) => fn.countAll<number>().as('count'))
                .where('conversation', '=', conversation)
                .as(table),
            ),
          ])
          .executeTakeFirstOrThrow()
        return {
          subscriptions: counts.subscriptions ?? 0,
          ownMilestones: counts.own_milestone ?? 0,
          settings: counts.settings === 1,
          context: counts.context === 1,
        }
      }),
    async forget(conversation, author) {
      await database.transact((session) => forget(session, conversation, author))
    },
  }
}

async function forget(
  session: Session,
  conversation: ConversationId | null,
  author: AuthorId,
): Promise<void> {
  const { db } = session
  const owned = await db
    .selectFrom('subscription')
    .select('id')
    .where('owner', '=', author)
    .execute()
  await removeSubscriptions(
    session,
    owned.map(({ id }) => id),
  )
  if (conversation === null) return
  for (const table of ['context', 'settings', 'own_milestone'] as const) {
    await db.deleteFrom(table).where('conversation', '=', conversation).execute()
  }
  // While others are still reminded there, what is done stays done.
  await db
    .deleteFrom('done')
    .where('conversation', '=', conversation)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('subscription').select('id').where('conversation', '=', conversation),
        ),
      ),
    )
    .execute()
}
