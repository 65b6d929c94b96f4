// Besides messages, subscriptions and deliveries: duties, secrets, and what has expired.

import type { Database, Session } from './database.ts'
import type { Store } from './store.ts'

/** A year and a month: nothing that was sent is planned again while its milestone may still be looked at. */
const deliveryRetention = Temporal.Duration.from({ hours: 400 * 24 })
/** Of each kind, a call. */
const sweptMax = 2_000

type Methods = 'takeDuty' | 'readSecret' | 'writeSecret' | 'removeSecret' | 'sweep'

export function createHousekeepingStore(database: Database): Pick<Store, Methods> {
  return {
    async takeDuty(name, owner, now, until) {
      const taken = { owner, until: until.epochMilliseconds }
      const row = await database.run(({ db }) =>
        db
          .insertInto('duty')
          .values({ name, ...taken })
          .onConflict((conflict) =>
            conflict
              .column('name')
              .doUpdateSet(taken)
              .where((eb) =>
                eb.or([
                  eb('duty.owner', '=', owner),
                  eb('duty.until', '<=', now.epochMilliseconds),
                ]),
              ),
          )
          .returning('name')
          .executeTakeFirst(),
      )
      return row !== undefined
    },
    async readSecret(name) {
      const row = await database.run(({ db }) =>
        db.selectFrom('secret').select('value').where('name', '=', name).executeTakeFirst(),
      )
      // A Buffer on PostgreSQL: the same plain bytes on both.
      return row === undefined ? null : new Uint8Array(row.value)
    },
    async writeSecret(name, value) {
      await database.run(({ db }) =>
        db
          .insertInto('secret')
          .values({ name, value })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
          .execute(),
      )
    },
    async removeSecret(name) {
      await database.run(({ db }) => db.deleteFrom('secret').where('name', '=', name).execute())
    },
    sweep: (now) => database.transact((session) => sweep(session, now)),
  }
}

async function sweep({ db }: Session, now: Temporal.Instant): Promise<number> {
  const nowMs = now.epochMilliseconds
  const events = db
    .selectFrom('event')
    .select('key')
    .where('expires_at', '<=', nowMs)
    .orderBy('expires_at')
    .limit(sweptMax)
  const contexts = db
    .selectFrom('context')
    .select('conversation')
    .where('expires_at', '<=', nowMs)
    .orderBy('expires_at')
    .limit(sweptMax)
  const deliveries = db
    .selectFrom('delivery')
    .select('id')
    .where('settled_at', '<=', now.subtract(deliveryRetention).epochMilliseconds)
    .orderBy('settled_at')
    .limit(sweptMax)
  let swept = 0
  for (const removal of [
    db.deleteFrom('event').where('key', 'in', events),
    db.deleteFrom('context').where('conversation', 'in', contexts),
    db.deleteFrom('delivery').where('id', 'in', deliveries),
  ]) {
    swept += Number((await removal.executeTakeFirstOrThrow()).numDeletedRows)
  }
  return swept
}
