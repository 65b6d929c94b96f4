// Owns the made-up community: subscriptions that all have one reminder due at the same minute, the calendar that it comes
// from, and how they get into a store. Rows are written by the page: one transaction a subscription would take minutes.

import { join } from 'node:path'
import { toAuthorId, toConversationId } from '../../src/chat/message.ts'
import { systemClock } from '../../src/clock.ts'
import type { MilestoneSource } from '../../src/reminders/planning.ts'
import type { Subscription } from '../../src/reminders/subscription.ts'
import type { ColumnTypes } from '../../src/store/database.ts'
import { databaseFileName, openStore } from '../../src/store/open-store.ts'
import { openPostgresDatabase } from '../../src/store/postgres-database.ts'
import { openSqliteDatabase } from '../../src/store/sqlite-database.ts'
import { toSubscriptionRow } from '../../src/store/subscription-row.ts'
import type { SubscriptionTable } from '../../src/store/tables.ts'
import { makeJurisdiction, makeMilestone, makeSubscription } from '../../test/reminders/samples.ts'
import type { Address } from './protocol.ts'

const jurisdictions = 1_000
const seedPage = 10_000
/** Of different rules, and on a Tuesday in December all at the same hour. */
const zones = [
  'Europe/Berlin',
  'Europe/Paris',
  'Europe/Rome',
  'Europe/Warsaw',
  'Europe/Madrid',
  'Europe/Belgrade',
  'Africa/Lagos',
  'Africa/Tunis',
]
/** Nine in the morning there. */
export const dueAt = Temporal.Instant.from('2028-12-05T08:00:00Z')
/** The planner's lease runs on from here: while it does, the processes that send do not plan again. */
export const plannedAt = dueAt.subtract({ seconds: 1 })
export const leadDays = 30
export const dueDate = Temporal.PlainDate.from('2028-12-05').add({ days: leadDays })
/** Those that are not on `dueDate` have no reminder for months. */
const milestonesEach = 10
const laterDays = { first: 200, step: 40 }

export const jurisdictionOf = (index: number) => `member-${index % jurisdictions}`
export const conversationOf = (index: number) => `conversation-${index}`

export function createCalendar(): MilestoneSource {
  const ids = Array.from({ length: jurisdictions }, (_, index) => jurisdictionOf(index))
  const milestones = new Map(
    ids.map((id) => {
      const jurisdiction = makeJurisdiction({ id })
      const dated = Array.from({ length: milestonesEach }, (_, place) => {
        const days = place === 0 ? 0 : laterDays.first + laterDays.step * place
        return makeMilestone(dueDate.add({ days }).toString(), {
          id: `milestone-${place}`,
          jurisdiction,
        })
      })
      return [id, dated] as const
    }),
  )
  return {
    version: '1',
    jurisdictions: ids,
    listMilestones: (id) => milestones.get(id) ?? [],
  }
}

function makeSubscriber(index: number): Subscription {
  return makeSubscription({
    id: index.toString().padStart(10, '0'),
    platform: 'web',
    conversation: toConversationId(conversationOf(index)),
    owner: toAuthorId(`owner-${index}`),
    jurisdiction: jurisdictionOf(index),
    zone: zones[index % zones.length] ?? 'UTC',
  })
}

const columns = {
  id: 'text',
  platform: 'text',
  conversation: 'text',
  owner: 'text',
  owner_direct: 'text',
  jurisdiction: 'text',
  forces: 'text',
  milestones: 'text',
  lead_days: 'text',
  hour: 'bigint',
  zone: 'text',
  language: 'text',
  weekends: 'bigint',
  state: 'text',
  retired_for: 'text',
  created_at: 'bigint',
  active_since: 'bigint',
} as const satisfies ColumnTypes<SubscriptionTable>

/** Into a new database. */
export async function seedSubscriptions(address: Address, count: number): Promise<void> {
  const store = await openStore({ ...address, clock: systemClock })
  await store.close()
  const database =
    address.databaseUrl === null
      ? await openSqliteDatabase(join(address.folder, databaseFileName))
      : openPostgresDatabase(address.databaseUrl)
  const names = Object.keys(columns) as (keyof typeof columns)[]
  try {
    for (let start = 0; start < count; start += seedPage) {
      const page = Array.from({ length: Math.min(seedPage, count - start) }, (_, place) =>
        toSubscriptionRow(makeSubscriber(start + place)),
      )
      await database.transact(({ db, rows }) =>
        db
          .insertInto('subscription')
          .columns(names)
          .expression(db.selectFrom(rows(page, columns).as('made')).select(names))
          .execute(),
      )
    }
  } finally {
    await database.close()
  }
}
