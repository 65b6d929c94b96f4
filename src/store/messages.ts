// What answering a message needs: events seen, conversations' contexts and settings.

import type { Clock } from '../clock.ts'
import type { Database } from './database.ts'
import type { ConversationContext, MessageStore, Settings } from './store.ts'

/** Platforms repeat an event for minutes, Telegram for up to a day. */
const eventRetentionMs = Temporal.Duration.from({ hours: 25 }).total('milliseconds')
/** After an afternoon, "and examples?" no longer means this morning's topic. */
const contextRetentionMs = Temporal.Duration.from({ hours: 4 }).total('milliseconds')

export function createMessageStore(database: Database, clock: Clock): MessageStore {
  const nowMs = () => clock.now().epochMilliseconds
  return {
    async claimEvent(key) {
      const now = nowMs()
      const claimed = await database.run(({ db }) =>
        db
          .insertInto('event')
          .values({ key, expires_at: now + eventRetentionMs })
          .onConflict((conflict) =>
            conflict
              .column('key')
              .doUpdateSet((eb) => ({ expires_at: eb.ref('excluded.expires_at') }))
              .where('event.expires_at', '<=', now),
          )
          .returning('key')
          .executeTakeFirst(),
      )
      return claimed !== undefined
    },
    async releaseEvent(key) {
      await database.run(({ db }) => db.deleteFrom('event').where('key', '=', key).execute())
    },
    async readContext(conversation) {
      const row = await database.run(({ db }) =>
        db
          .selectFrom('context')
          .select('context')
          .where('conversation', '=', conversation)
          .where('expires_at', '>', nowMs())
          .executeTakeFirst(),
      )
      return row === undefined ? null : (JSON.parse(row.context) as ConversationContext)
    },
    async writeContext(conversation, context) {
      const values = { context: JSON.stringify(context), expires_at: nowMs() + contextRetentionMs }
      await database.run(({ db }) =>
        db
          .insertInto('context')
          .values({ conversation, ...values })
          .onConflict((conflict) => conflict.column('conversation').doUpdateSet(values))
          .execute(),
      )
    },
    async readSettings(conversation) {
      const row = await database.run(({ db }) =>
        db
          .selectFrom('settings')
          .select('settings')
          .where('conversation', '=', conversation)
          .executeTakeFirst(),
      )
      return row === undefined ? {} : (JSON.parse(row.settings) as Settings)
    },
    async writeSettings(conversation, settings) {
      const values = { settings: JSON.stringify(settings) }
      await database.run(async ({ db }) => {
        if (values.settings === '{}') {
          await db.deleteFrom('settings').where('conversation', '=', conversation).execute()
          return
        }
        await db
          .insertInto('settings')
          .values({ conversation, ...values })
          .onConflict((conflict) => conflict.column('conversation').doUpdateSet(values))
          .execute()
      })
    },
  }
}
