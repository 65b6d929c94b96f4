// The dates of milestones as last planned: written only by who has read the latest, so that two planners agree on a move.

import { sql } from 'kysely'
import type { Database, Session } from './database.ts'
import type { DeliveryStore } from './store.ts'

type Methods = 'readKnownMilestones' | 'writeKnownMilestones'

export function createKnownMilestoneStore(database: Database): Pick<DeliveryStore, Methods> {
  return {
    async readKnownMilestones(keys) {
      const rows = await database.run(({ db, isOneOf }) =>
        db
          .selectFrom('known_milestone')
          .selectAll()
          .where(isOneOf('known_milestone.key', keys))
          .execute(),
      )
      return new Map(
        rows.map(({ key, date, version, since }) => [
          key,
          {
            key,
            date: Temporal.PlainDate.from(date),
            version,
            since: Temporal.Instant.fromEpochMilliseconds(since),
          },
        ]),
      )
    },
    async writeKnownMilestones(milestones, now) {
      const rows = await database.run((session) => writeKnownMilestones(session, milestones, now))
      return new Set(rows.map(({ key }) => key))
    },
  }
}

type WrittenMilestone = Parameters<DeliveryStore['writeKnownMilestones']>[0][number]

async function writeKnownMilestones(
  { db, rows }: Session,
  milestones: readonly WrittenMilestone[],
  now: Temporal.Instant,
): Promise<readonly { key: string }[]> {
  const written = milestones.map(({ key, date, expectedVersion }) => ({
    key,
    date: date.toString(),
    version: expectedVersion + 1,
  }))
  return await db
    .insertInto('known_milestone')
    .columns(['key', 'date', 'version', 'since'])
    .expression(
      db
        .selectFrom(rows(written, { key: 'text', date: 'text', version: 'bigint' }).as('written'))
        .select(['written.key', 'written.date', 'written.version'])
        .select(sql.lit(now.epochMilliseconds).as('since'))
        .where((eb) =>
          eb.or([
            eb('written.version', '=', 1),
            eb.exists(
              eb
                .selectFrom('known_milestone as known')
                .select('known.key')
                .whereRef('known.key', '=', 'written.key'),
            ),
          ]),
        ),
    )
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((eb) => ({
          date: eb.ref('excluded.date'),
          version: eb.ref('excluded.version'),
          since: eb.ref('excluded.since'),
        }))
        .whereRef('known_milestone.version', '=', sql`excluded.version - 1`),
    )
    .returning('key')
    .execute()
}
