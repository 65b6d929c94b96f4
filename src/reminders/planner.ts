// From a wish and a calendar's milestones to the deliveries of the next days, and to the dates that moved.
// Pure: knows no store; the same input gives the same deliveries.

import type { Milestone } from '../calendar/calendar.ts'
import type { KnownMilestone } from '../store/store.ts'
import type { PlannedDelivery } from './delivery.ts'
import {
  catchUpDaysDefault,
  endCatchUp,
  instantAt,
  isUrgent,
  nextSendInstant,
  sendDay,
} from './send-time.ts'
import type { Subscription } from './subscription.ts'

/**
 * Planned so far ahead and no further: a changed date, rule or zone then touches few deliveries, and a process that is down
 * for a weekend finds the reminders that it missed.
 */
export const horizonDefault = Temporal.Duration.from({ hours: 72 })
/** A day's reminder may be sent earlier by a weekend, later by the window, on either side of the date line. */
const slackDays = 3
const quietDaysInWindowMax = 2

/** A milestone that reminders are sent for: its day is certain. */
export type DatedMilestone = Milestone & { readonly when: { readonly kind: 'day' } }

export type PlanRequest = {
  readonly subscription: Subscription
  readonly milestones: readonly Milestone[]
  /** Keys of milestones that are done in this conversation. */
  readonly done: ReadonlySet<string>
  /** When a milestone's present date was first known: what was due before that is not made up for. */
  readonly knownSince: (milestone: DatedMilestone) => Temporal.Instant
  readonly now: Temporal.Instant
  readonly horizon?: Temporal.Duration
  readonly catchUpDays?: number
}

/** A date that changed before it came. */
export type Move = {
  readonly milestone: DatedMilestone
  readonly from: Temporal.PlainDate
  /** Of the new date. */
  readonly version: number
}

/**
 * The reminders of one subscription that are to be sent until the horizon, or may still be made up for, soonest first.
 * One milestone gives at most one a day, though a weekend draws several lead times together.
 */
export function planDeliveries(request: PlanRequest): PlannedDelivery[] {
  const { subscription, milestones, done } = request
  if (subscription.state !== 'active') return []
  const days = countDays(request)
  return milestones
    .filter(isDated)
    .filter((milestone) => isChosen(subscription, milestone) && !done.has(milestone.key))
    .flatMap((milestone) => planMilestone(milestone, request, days))
    .sort((one, other) => Temporal.Instant.compare(one.dueAt, other.dueAt))
}

/** A reminder so many days from now, asked for on another one. */
export function planAgain(
  subscription: Subscription,
  milestone: DatedMilestone,
  days: number,
  now: Temporal.Instant,
): PlannedDelivery {
  const today = now.toZonedDateTimeISO(subscription.zone).toPlainDate()
  const day = today.add({ days })
  const dueAt = instantAt(day, subscription.hour, subscription.zone)
  return planOne(subscription, milestone, `again:${day.toString()}`, dueAt)
}

/**
 * Compares dates with those last planned. `moves` are those that people were waiting for; `changes` are all that
 * differ, the unknown ones included, with the version that each was read at.
 */
export function planMoves(
  known: ReadonlyMap<string, KnownMilestone>,
  milestones: readonly Milestone[],
  now: Temporal.Instant,
): {
  moves: Move[]
  changes: { key: string; date: Temporal.PlainDate; expectedVersion: number }[]
} {
  const moves: Move[] = []
  const changes = []
  for (const milestone of milestones.filter(isDated)) {
    // A conversation knows of the dates that it changes itself.
    if (milestone.provenance === 'conversation') continue
    const { key, jurisdiction, when } = milestone
    const before = known.get(key)
    if (before?.date.equals(when.date)) continue
    const expectedVersion = before?.version ?? 0
    changes.push({ key, date: when.date, expectedVersion })
    const today = now.toZonedDateTimeISO(jurisdiction.zone).toPlainDate()
    if (before === undefined || Temporal.PlainDate.compare(before.date, today) < 0) continue
    moves.push({ milestone, from: before.date, version: expectedVersion + 1 })
  }
  return { moves, changes }
}

/** The messages that tell one subscriber what moved, at their next hour. */
export function planMoveDeliveries(
  subscription: Subscription,
  moves: readonly Move[],
  done: ReadonlySet<string>,
  now: Temporal.Instant,
  catchUpDays = catchUpDaysDefault,
): PlannedDelivery[] {
  const today = now.toZonedDateTimeISO(subscription.zone).toPlainDate()
  return moves
    .filter(({ milestone }) => isChosen(subscription, milestone) && !done.has(milestone.key))
    .map(({ milestone, from, version }) => {
      const daysBefore = [from, milestone.when.date].map((date) => today.until(date).days)
      const dueAt = nextSendInstant(now, subscription, isUrgent(Math.min(...daysBefore)))
      return planOne(subscription, milestone, `moved:${version}`, dueAt, catchUpDays)
    })
}

/** Whether a subscription is about a milestone. */
export function isChosen(subscription: Subscription, milestone: Milestone): boolean {
  const { jurisdiction, forces, milestones } = subscription
  if (milestone.jurisdiction.id !== jurisdiction) return false
  if (forces.length > 0 && !forces.includes(milestone.force)) return false
  return milestones.length === 0 || milestones.includes(idOf(milestone))
}

export const isDated = (milestone: Milestone): milestone is DatedMilestone =>
  milestone.mayRemind && milestone.when.kind === 'day'

/** A rule's, or that of a one-off milestone. */
const idOf = ({ rule, key }: Milestone) => rule?.id ?? key.slice(key.lastIndexOf('/') + 1)

/** Days since 1970, between which a reminder's own day has to lie for a closer look to be worth it. */
type DayRange = { readonly from: number; readonly through: number }

function countDays({ now, horizon = horizonDefault, catchUpDays }: PlanRequest): DayRange {
  const today = epochDay(now.toZonedDateTimeISO('UTC').toPlainDate())
  const before = (catchUpDays ?? catchUpDaysDefault) + quietDaysInWindowMax + slackDays
  const after = Math.ceil(horizon.total('hours') / 24) + slackDays
  return { from: today - before, through: today + after }
}

function planMilestone(
  milestone: DatedMilestone,
  request: PlanRequest,
  days: DayRange,
): PlannedDelivery[] {
  const { subscription, catchUpDays = catchUpDaysDefault } = request
  const date = milestone.when.date
  const dueDay = epochDay(date)
  const planned = new Map<string, PlannedDelivery>()
  for (const leadDays of subscription.leadDays) {
    if (dueDay - leadDays < days.from || dueDay - leadDays > days.through) continue
    const day = sendDay(date, leadDays, subscription.weekends)
    // Named after the day that it is sent on, so that changed lead times never bring a second one on that day.
    const occasion = `lead:${dueDay - epochDay(day)}` as const
    const dueAt = instantAt(day, subscription.hour, subscription.zone)
    const delivery = planOne(subscription, milestone, occasion, dueAt, catchUpDays)
    if (isWanted(delivery, milestone, request)) planned.set(occasion, delivery)
  }
  return [...planned.values()]
}

function isWanted(
  { dueAt, notAfter }: PlannedDelivery,
  milestone: DatedMilestone,
  { subscription, knownSince, now, horizon = horizonDefault }: PlanRequest,
): boolean {
  const isBefore = (one: Temporal.Instant, other: Temporal.Instant) =>
    Temporal.Instant.compare(one, other) < 0
  if (isBefore(now.add(horizon), dueAt) || !isBefore(now, notAfter)) return false
  if (isBefore(dueAt, subscription.createdAt) || isBefore(dueAt, knownSince(milestone)))
    return false
  const dayOf = (instant: Temporal.Instant) =>
    instant.toZonedDateTimeISO(subscription.zone).toPlainDate()
  return Temporal.PlainDate.compare(dayOf(dueAt), dayOf(subscription.activeSince)) >= 0
}

function planOne(
  subscription: Subscription,
  milestone: DatedMilestone,
  occasion: PlannedDelivery['occasion'],
  dueAt: Temporal.Instant,
  catchUpDays = catchUpDaysDefault,
): PlannedDelivery {
  return {
    subscription: subscription.id,
    conversation: subscription.conversation,
    platform: subscription.platform,
    milestone: milestone.key,
    occasion,
    dueDate: milestone.when.date,
    dueAt,
    notAfter: endCatchUp(dueAt, subscription, catchUpDays),
  }
}

const epochDays = new WeakMap<Temporal.PlainDate, number>()
const epoch = new Temporal.PlainDate(1970, 1, 1)

/** Days since 1970. Calendars keep their dates, so that each is counted once. */
function epochDay(date: Temporal.PlainDate): number {
  const known = epochDays.get(date)
  if (known !== undefined) return known
  const days = epoch.until(date).days
  epochDays.set(date, days)
  return days
}
