// Reminders from wish to receipt: plans what is to be sent and has it sent, until it is stopped. One process plans, every
// process sends. Knows neither platforms nor words.

import type { ChatAdapter } from '../chat/adapter.ts'
import type { Platform } from '../chat/message.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { StoreUnavailableError, type Store } from '../store/store.ts'
import { createBell, systemSleep, type Sleep } from './bell.ts'
import type { Compose, ComposeRetired } from './compose.ts'
import { Courier, courierTimes, type CourierTimes } from './courier.ts'
import { planAll, planSome, type MilestoneSource, type PlanningRound } from './planning.ts'
import { platformPolicies, type PlatformPolicy } from './platform-policy.ts'

const planAgainAfter = Temporal.Duration.from({ hours: 1 })
/** How soon a changed calendar is noticed when nobody says so, and a planner that died is replaced. */
const planCheckMs = 30_000
/** Before another try when the database cannot be used. */
const unavailableMs = 2_000
const planningDuty = 'plan'
/** After a crash, nobody plans for so long: what is due by then was planned days ago. */
const planningLeaseMs = 90_000
/** Subscriptions that changed, planned at once; more wait for their turn. */
const changedMax = 200
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
  const planner = createPlanner({ ...options, sleep })
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

type PlannerOptions = Pick<
  ReminderServiceOptions,
  'store' | 'calendar' | 'clock' | 'log' | 'owner'
> & { readonly sleep: Sleep }

/** Decides what to plan when. */
function createPlanner(options: PlannerOptions) {
  const { store, calendar, clock, log, owner } = options
  const changed = new Set<string>()
  let last: { readonly at: Temporal.Instant; readonly version: string } | null = null
  let isStopping = false
  let isOurs = false

  const takeDuty = async () => {
    if (isStopping) return false
    const now = clock.now()
    const until = now.add({ milliseconds: planningLeaseMs })
    isOurs = await store.takeDuty(planningDuty, owner, now, until)
    return isOurs
  }
  const isAllDue = (version: string, now: Temporal.Instant) => {
    if (last?.version !== version) return true
    // A clock that went back has planned for days that are not here yet.
    const isAhead = Temporal.Instant.compare(now, last.at) < 0
    return isAhead || Temporal.Instant.compare(now, last.at.add(planAgainAfter)) >= 0
  }
  const report = (round: PlanningRound, message: string) => {
    const isNews = round.added + round.removed + round.moved > 0
    log[isNews ? 'info' : 'debug'](round, message)
  }
  const planChanged = async () => {
    const some = [...changed].slice(0, changedMax)
    // Taken out first: what changes again meanwhile is planned again.
    for (const id of some) changed.delete(id)
    try {
      if (some.length > 0) report(await planSome(some, options), 'Planned changed subscriptions')
    } catch (error) {
      for (const id of some) changed.add(id)
      throw error
    }
    return some.length > 0
  }
  const planAllIfDue = async () => {
    const { version } = calendar()
    const at = clock.now()
    if (!isAllDue(version, at)) return false
    let round: PlanningRound | null = null
    last = { at, version }
    try {
      round = await planAll(options, takeDuty)
    } finally {
      if (round === null) last = null
    }
    if (round !== null) report(round, 'Planned all subscriptions')
    return round !== null
  }
  return {
    note(subscriptions: readonly string[] | undefined) {
      if (subscriptions === undefined) last = null
      else for (const id of subscriptions) changed.add(id)
    },
    hasMore: () => changed.size > 0,
    /** True when it has planned something. */
    async run(): Promise<boolean> {
      const hasPlanned = await planChanged()
      // Whoever plans keeps the duty, so that the others need not plan too.
      const hasPlannedAll = (await takeDuty()) && (await planAllIfDue())
      return hasPlannedAll || hasPlanned
    },
    /** Another process may plan at once. */
    async stop() {
      isStopping = true
      const now = clock.now()
      if (!isOurs) return
      try {
        await store.takeDuty(planningDuty, owner, now, now)
      } catch (error) {
        // Then it ends by itself.
        if (!(error instanceof StoreUnavailableError)) throw error
      }
    },
  }
}
