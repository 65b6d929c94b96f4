// What a worker of the fault harness is told, and the small world that it works in.

import type { Milestone } from '../../src/calendar/calendar.ts'
import type { Platform } from '../../src/chat/message.ts'
import type { CourierTimes } from '../../src/reminders/courier-times.ts'
import { makeMilestone } from '../reminders/samples.ts'

export const platforms = ['slack', 'discord', 'telegram'] as const satisfies readonly Platform[]

/** The step to die at: `<method of the store>.before`, `.after`, `send.before` or `send.received`. */
export type Fault = {
  readonly point: string
  /** Only where the step is about this platform; empty for any. */
  readonly platform: string
  /** At the how many-eth time. */
  readonly count: number
}

export type Order = {
  readonly folder: string
  readonly databaseUrl: string | null
  readonly fault: Fault | null
  /** What its clock says when it starts. */
  readonly startMs: number
  /** Deliveries. */
  readonly expected: number
  /** How long the platforms take. */
  readonly sendMs: number
  readonly times: CourierTimes | null
}

const variable = 'FAULTS_ORDER'
export const writeOrder = (order: Order) => ({ [variable]: JSON.stringify(order) })
export const readOrder = (variables: NodeJS.ProcessEnv): Order =>
  JSON.parse(variables[variable] ?? '') as Order

/** One is due on every subscription, and one has moved. */
const milestones: readonly Milestone[] = [
  makeMilestone('2026-12-08', { id: 'due' }),
  makeMilestone('2027-01-20', { id: 'moved' }),
]
export const listMilestones = () => milestones
/** Nine in Nairobi: what is due and what has moved is sent then. */
export const dueAt = Temporal.Instant.from('2026-11-24T06:00:00Z')
/** Before it moved. */
export const dateBefore = '2027-02-20'
