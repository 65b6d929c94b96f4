// One conversation becomes another: everything held about it moves along. What the new one has already stays.

import { sql } from 'kysely'
import type { Session } from './database.ts'
import { lockLanes, openLanes, tidyLanes, undoMessages } from './lanes.ts'
import type { Tables } from './tables.ts'

export async function moveConversation(session: Session, from: string, to: string): Promise<void> {
  if (from === to) return
  const { db, isOneOf } = session
  const moved = await db
    .updateTable('subscription')
    .set({ conversation: to })
    .where('conversation', '=', from)
    .returning('id')
    .execute()
  await db
    .updateTable('subscription')
    .set({ owner_direct: to })
    .where('owner_direct', '=', from)
    .execute()
  await moveLane(session, from, to)
  await db
    .updateTable('delivery')
    .set({ conversation: to })
    .where(
      isOneOf(
        'delivery.subscription',
        moved.map(({ id }) => id),
      ),
    )
    .execute()
  await tidyLanes(session, [to])
  for (const [table, columns] of Object.entries(otherColumns)) {
    await moveRows(session, table, columns, from, to)
  }
}

/** Tables whose key begins with the conversation, and their other columns. */
const otherColumns = {
  context: ['context', 'expires_at'],
  settings: ['settings'],
  done: ['milestone'],
  own_milestone: ['id', 'jurisdiction', 'title', 'date', 'added_at'],
} as const satisfies {
  readonly [Table in keyof Tables]?: readonly Exclude<keyof Tables[Table], 'conversation'>[]
}

async function moveRows(
  { db }: Session,
  table: string,
  columns: readonly string[],
  from: string,
  to: string,
): Promise<void> {
  const others = sql.join(columns.map((column) => sql.ref(column)))
  await sql`
    insert into ${sql.table(table)} (conversation, ${others})
    select ${sql.val(to)}, ${others} from ${sql.table(table)} where conversation = ${from}
    on conflict do nothing
  `.execute(db)
  await sql`delete from ${sql.table(table)} where conversation = ${from}`.execute(db)
}

/** A message under way moves along and keeps its holder, unless the new conversation has one of its own. */
async function moveLane(session: Session, from: string, to: string): Promise<void> {
  const { db } = session
  const leaving = (await lockLanes(session, [from]))[0]
  if (leaving === undefined) return
  await openLanes(session, [{ ...leaving, conversation: to }])
  const staying = (await lockLanes(session, [to]))[0]
  if (leaving.message_key !== null) {
    if (staying?.message_key === null) {
      await db
        .updateTable('lane')
        .set({ ...leaving, conversation: to })
        .where('conversation', '=', to)
        .execute()
    } else {
      await undoMessages(session, [from])
    }
  }
  await db.deleteFrom('lane').where('conversation', '=', from).execute()
}
