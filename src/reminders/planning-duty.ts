// Who plans, and when: changed subscriptions at once, all of them every hour and whenever the calendar changed, by one
// process at a time.

import type { Log } from '../log.ts'
import { StoreUnavailableError } from '../store/store.ts'
import { planAll, planSome, type PlanningOptions, type PlanningRound } from './planning.ts'

const planAgainAfter = Temporal.Duration.from({ hours: 1 })
const dutyName = 'plan'
/** After a crash, nobody plans for so long: what is due by then was planned days ago. */
const dutyMs = 90_000
/** Subscriptions that changed, planned at once; more wait for their turn. */
const changedMax = 200

export type PlanningDutyOptions = PlanningOptions & { readonly log: Log; readonly owner: string }

export type PlanningDuty = {
  /** Subscriptions that changed; undefined: the calendar did. */
  readonly note: (subscriptions: readonly string[] | undefined) => void
  /** Something was noted that `run` has not planned yet. */
  readonly hasMore: () => boolean
  /** True when it has planned something. */
  readonly run: () => Promise<boolean>
  /** Another process may take over at once. */
  readonly stop: () => Promise<void>
}

export function createPlanningDuty(options: PlanningDutyOptions): PlanningDuty {
  const { store, calendar, clock, log, owner } = options
  const changed = new Set<string>()
  let last: { readonly at: Temporal.Instant; readonly version: string } | null = null
  let isStopping = false
  let isOurs = false

  const takeDuty = async () => {
    if (isStopping) return false
    const now = clock.now()
    const until = now.add({ milliseconds: dutyMs })
    isOurs = await store.takeDuty(dutyName, owner, now, until)
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
    note(subscriptions) {
      if (subscriptions === undefined) last = null
      else for (const id of subscriptions) changed.add(id)
    },
    hasMore: () => changed.size > 0,
    async run() {
      const hasPlanned = await planChanged()
      // Whoever plans keeps the duty, so that the others need not plan too.
      const hasPlannedAll = (await takeDuty()) && (await planAllIfDue())
      return hasPlannedAll || hasPlanned
    },
    async stop() {
      isStopping = true
      const now = clock.now()
      if (!isOurs) return
      try {
        await store.takeDuty(dutyName, owner, now, now)
      } catch (error) {
        // Then it ends by itself.
        if (!(error instanceof StoreUnavailableError)) throw error
      }
    },
  }
}
