// Deliveries as rows and back.

import type { Selectable } from 'kysely'
import { toConversationId } from '../chat/message.ts'
import type { Delivery, Occasion, PlannedDelivery } from '../reminders/delivery.ts'
import type { ColumnTypes } from './database.ts'
import type { DeliveryTable } from './tables.ts'

export type PlannedRow = Pick<DeliveryTable, keyof typeof plannedColumns>

export const plannedColumns = {
  subscription: 'text',
  conversation: 'text',
  platform: 'text',
  milestone: 'text',
  occasion: 'text',
  due_date: 'text',
  due_at: 'bigint',
  not_after: 'bigint',
} as const satisfies ColumnTypes<Partial<DeliveryTable>>

/** All that toDelivery reads: SQLite returns no "table.*". */
export const deliveryColumns = [
  'delivery.id',
  'delivery.subscription',
  'delivery.conversation',
  'delivery.platform',
  'delivery.milestone',
  'delivery.occasion',
  'delivery.due_date',
  'delivery.due_at',
  'delivery.not_after',
] as const

export type DeliveryRow = PlannedRow & Pick<Selectable<DeliveryTable>, 'id'>

export const toPlannedRow = (planned: PlannedDelivery): PlannedRow => ({
  subscription: planned.subscription,
  conversation: planned.conversation,
  platform: planned.platform,
  milestone: planned.milestone,
  occasion: planned.occasion,
  due_date: planned.dueDate.toString(),
  due_at: planned.dueAt.epochMilliseconds,
  not_after: planned.notAfter.epochMilliseconds,
})

export const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id.toString(),
  subscription: row.subscription,
  conversation: toConversationId(row.conversation),
  platform: row.platform,
  milestone: row.milestone,
  occasion: row.occasion as Occasion,
  dueDate: Temporal.PlainDate.from(row.due_date),
  dueAt: Temporal.Instant.fromEpochMilliseconds(row.due_at),
  notAfter: Temporal.Instant.fromEpochMilliseconds(row.not_after),
})

/** What makes a delivery the same as another. */
export const identityOf = (
  row: Pick<DeliveryTable, 'subscription' | 'milestone' | 'occasion' | 'due_date'>,
): string => `${row.subscription} ${row.milestone} ${row.occasion} ${row.due_date}`
