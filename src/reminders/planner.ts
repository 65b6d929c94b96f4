// From a wish and a calendar's milestones to the deliveries of the next days, and to the dates that moved.
// Pure: knows no store; the same input gives the same deliveries.

import type { Milestone } from '../calendar/calendar.ts'
import type { KnownMilestone } from '../store/store.ts'
import type { PlannedDelivery } from './delivery.ts'
import {
  catchUpDays,
  endCatchUp,
  findSlot,
  isUrgent,
  nextSendInstant,
  sendDay,
  toEpochDay,
  type SendSlot,
} from './send-time.ts'
import type { Subscription } from './subscription.ts'

/**
 * Planned so far ahead and no further: a changed date, rule or zone then touches few deliveries, and a process that is down
 * for a weekend finds the reminders that it missed.
 */
export const horizonDefault = Temporal.Duration.from({ hours: 72 })
/** A day's reminder may be sent earlier by a weekend, later by the window, on either side of the date line. */
const slackDays = 3
const dayMs = 86_400_000
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
  const range = findRange(request)
  return milestones
    .filter(isDated)
    .filter((milestone) => isChosen(subscription, milestone) && !done.has(milestone.key))
    .flatMap((milestone) => planMilestone(milestone, request, range))
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
  const slot = findSlot(toEpochDay(day), subscription)
  return planOne(subscription, milestone, `again:${day.toString()}`, slot)
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
): PlannedDelivery[] {
  // Nearly always, and for every subscription.
  if (moves.length === 0) return []
  const today = now.toZonedDateTimeISO(subscription.zone).toPlainDate()
  return moves
    .filter(({ milestone }) => isChosen(subscription, milestone) && !done.has(milestone.key))
    .map(({ milestone, from, version }) => {
      const daysBefore = [from, milestone.when.date].map((date) => today.until(date).days)
      const dueAt = nextSendInstant(now, subscription, isUrgent(Math.min(...daysBefore)))
      const slot = { dueAt, notAfter: endCatchUp(dueAt, subscription) }
      return planOne(subscription, milestone, `moved:${version}`, slot)
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

/** Of planning: days since 1970 between which a reminder's day has to lie for a closer look, and instants in milliseconds. */
type Range = {
  readonly fromDay: number
  readonly throughDay: number
  readonly nowMs: number
  readonly horizonMs: number
}

function findRange({ now, horizon = horizonDefault }: PlanRequest): Range {
  const nowMs = now.epochMilliseconds
  const horizonMs = horizon.total('milliseconds')
  const today = Math.floor(nowMs / dayMs)
  return {
    fromDay: today - catchUpDays - quietDaysInWindowMax - slackDays,
    throughDay: today + Math.ceil(horizonMs / dayMs) + slackDays,
    nowMs,
    horizonMs: nowMs + horizonMs,
  }
}

function planMilestone(
  milestone: DatedMilestone,
  request: PlanRequest,
  range: Range,
): PlannedDelivery[] {
  const { subscription } = request
  const dueDay = toEpochDay(milestone.when.date)
  const planned = new Map<string, PlannedDelivery>()
  for (const leadDays of subscription.leadDays) {
    if (dueDay - leadDays < range.fromDay || dueDay - leadDays > range.throughDay) continue
    const day = sendDay(dueDay, leadDays, subscription.weekends)
    const slot = findSlot(day, subscription)
    if (!isWanted(slot, milestone, request, range)) continue
    // Named after the day that it is sent on, so that changed lead times never bring a second one on that day.
    const occasion = `lead:${dueDay - day}` as const
    planned.set(occasion, planOne(subscription, milestone, occasion, slot))
  }
  return [...planned.values()]
}

function isWanted(
  { dueAt, notAfter }: SendSlot,
  milestone: DatedMilestone,
  { subscription, knownSince }: PlanRequest,
  { nowMs, horizonMs }: Range,
): boolean {
  const dueMs = dueAt.epochMilliseconds
  if (dueMs > horizonMs || notAfter.epochMilliseconds <= nowMs) return false
  const { createdAt, activeSince, zone } = subscription
  if (dueMs < createdAt.epochMilliseconds) return false
  if (dueMs < knownSince(milestone).epochMilliseconds) return false
  // On the day itself, whatever the hour: it may have been moved to before now.
  if (dueMs >= activeSince.epochMilliseconds) return true
  const [dueDay, activeDay] = [dueAt, activeSince].map((instant) =>
    instant.toZonedDateTimeISO(zone).toPlainDate().toString(),
  )
  return dueDay === activeDay
}

function planOne(
  { id, conversation, platform }: Subscription,
  { key, when }: DatedMilestone,
  occasion: PlannedDelivery['occasion'],
  { dueAt, notAfter }: SendSlot,
): PlannedDelivery {
  const dueDate = when.date
  return {
    subscription: id,
    conversation,
    platform,
    milestone: key,
    occasion,
    dueDate,
    dueAt,
    notAfter,
  }
}
