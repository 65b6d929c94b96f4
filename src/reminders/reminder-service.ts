// Reminders from wish to receipt: plans what is to be sent and has it sent, until it is stopped. One process plans, every
// process sends. Knows neither platforms nor words.

import type { ChatAdapter } from '../chat/adapter.ts'
import type { Platform } from '../chat/message.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { StoreUnavailableError, type Store } from '../store/store.ts'
import { createBell, systemSleep, type Sleep } from './bell.ts'
import type { Compose, ComposeRetired } from './compose.ts'
import { courierTimes, type CourierTimes } from './courier-times.ts'
import { Courier } from './courier.ts'
import { createPlanningDuty } from './planning-duty.ts'
import type { MilestoneSource } from './planning.ts'
import { platformPolicies, type PlatformPolicy } from './platform-policy.ts'

/** How soon a changed calendar is noticed when nobody says so, and a planner that died is replaced. */
const planCheckMs = 30_000
/** Before another try when the database cannot be used. */
const unavailableMs = 2_000
/** Of the ten seconds in which a process ends, the most are for what is being sent. */
const stopGraceMs = 6_000

export type ReminderServiceOptions = {
  readonly store: Store
  readonly adapters: readonly ChatAdapter[]
  readonly calendar: () => MilestoneSource
  readonly compose: Compose
  readonly composeRetired: ComposeRetired
  readonly clock: Clock
  readonly log: Log
  /** Unique to this process. */
  readonly owner: string
  readonly sleep?: Sleep
  readonly random?: () => number
  /** Other bounds than the platforms' own, to measure without them. */
  readonly policies?: Readonly<Partial<Record<Platform, PlatformPolicy>>>
  readonly times?: CourierTimes
}

export type ReminderService = {
  /** Runs until it is stopped. Rejects on a mistake of ours: the process is to end. */
  readonly start: () => Promise<void>
  /** Subscriptions were written or removed, or their milestones changed; without ids: the calendar did. Plans at once. */
  readonly planNow: (subscriptions?: readonly string[]) => void
  /** Plans what is to be planned and sends all that is due, once. */
  readonly tick: () => Promise<void>
  /** Finishes what is being sent and gives the rest back, within ten seconds. */
  readonly stop: () => Promise<void>
}

export function createReminderService(options: ReminderServiceOptions): ReminderService {
  const { adapters, log, sleep = systemSleep, random = Math.random } = options
  const { times = courierTimes } = options
  const policies = { ...platformPolicies, ...options.policies }
  const couriers = adapters.map(
    (adapter) =>
      new Courier({
        ...options,
        adapter,
        policy: policies[adapter.platform],
        sleep,
        random,
        times,
      }),
  )
  const planner = createPlanningDuty({ ...options, sleep })
  const bell = createBell(sleep)
  let isStopping = false
  const plan = async () => {
    const hasPlanned = await planner.run()
    if (hasPlanned) for (const courier of couriers) courier.wake()
  }
  const keepPlanning = async () => {
    while (!isStopping) {
      let waitMs = planCheckMs
      try {
        await plan()
        if (planner.hasMore()) waitMs = 0
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error
        log.error({ error }, 'Planning waits for the database')
        waitMs = unavailableMs
      }
      await bell.wait(waitMs)
    }
  }
  return {
    async start() {
      await Promise.all([keepPlanning(), ...couriers.map((courier) => courier.run())])
    },
    planNow(subscriptions) {
      planner.note(subscriptions)
      bell.ring()
    },
    async tick() {
      do await plan()
      while (planner.hasMore())
      await Promise.all(couriers.map((courier) => courier.drain()))
    },
    async stop() {
      isStopping = true
      bell.ring()
      await Promise.all([planner.stop(), ...couriers.map((courier) => courier.stop(stopGraceMs))])
    },
  }
}
