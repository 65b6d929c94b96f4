// When to speak: from a civil date and somebody's habits to one instant. Pure; knows no store and no "now" of its own.

import { LRUCache } from 'lru-cache'
import type { Subscription } from './subscription.ts'

/** The hour is of the subscriber's own day; without `weekends`, Saturday and Sunday are quiet. */
export type SendHabits = Pick<Subscription, 'hour' | 'zone' | 'weekends'>

/** From so few days before a milestone on, waiting for a weekday could be waiting too long. */
const urgentBelowDays = 3
/** How long after its instant a reminder may still be sent; quiet days do not count. */
export const catchUpDays = 3
/** When what is late may still arrive, unless somebody chose an earlier or later hour themselves. */
const decentHours = { from: 8, until: 20 }
/** An opening is found within a quiet weekend and a skipped day. */
const daysAheadMax = 5
const slotsMax = 20_000

/** When to speak on a day, and from when on it is too late. */
export type SendSlot = { readonly dueAt: Temporal.Instant; readonly notAfter: Temporal.Instant }

/** Subscribers share their zones, hours and days: a plan of a million reminders asks for some thousand slots. */
const slots = new LRUCache<string, SendSlot>({ max: slotsMax })

export const isUrgent = (daysBefore: number): boolean => daysBefore < urgentBelowDays

/**
 * The subscriber's day on which a reminder so many days before another is sent, as days since 1970. What falls on a quiet
 * day moves to the Friday before, never to the Monday after: people lose no day of the time that they asked for.
 */
export function sendDay(dueDay: number, leadDays: number, weekends: boolean): number {
  const day = dueDay - leadDays
  return weekends || isUrgent(leadDays) ? day : day - Math.max(0, dayOfWeek(day) - 5)
}

export function findSlot(epochDay: number, habits: SendHabits): SendSlot {
  const { hour, zone, weekends } = habits
  const key = `${epochDay} ${hour} ${weekends ? 1 : 0} ${zone}`
  const known = slots.get(key)
  if (known !== undefined) return known
  const dueAt = instantAt(epoch.add({ days: epochDay }), hour, zone)
  const slot = { dueAt, notAfter: endCatchUp(dueAt, habits) }
  slots.set(key, slot)
  return slot
}

/**
 * An hour of a civil day: one instant, whatever the zone does. An hour that comes twice is the first. One that is skipped
 * moves forward by what was skipped, unless that is out of its day (Nuuk's 23:00, Apia's 30 December 2011): then back.
 */
export function instantAt(day: Temporal.PlainDate, hour: number, zone: string): Temporal.Instant {
  const wanted = day.toPlainDateTime({ hour })
  const local = wanted.toZonedDateTime(zone, { disambiguation: 'compatible' })
  const kept = local.toPlainDate().equals(day)
    ? local
    : wanted.toZonedDateTime(zone, { disambiguation: 'earlier' })
  return kept.toInstant()
}

/** When a reminder is too late to be sent at all: so many days on, of which quiet ones do not count. */
export function endCatchUp(
  dueAt: Temporal.Instant,
  { zone, weekends }: SendHabits,
): Temporal.Instant {
  const from = dueAt.toZonedDateTimeISO(zone)
  let days = catchUpDays
  for (let day = 1; day <= days; day++) {
    if (isQuiet(from.add({ days: day }), weekends)) days++
  }
  return from.add({ days }).toInstant()
}

/** The first instant from `now` on that is the subscriber's hour; on a quiet day only if it is urgent. */
export function nextSendInstant(
  now: Temporal.Instant,
  habits: SendHabits,
  urgent: boolean,
): Temporal.Instant {
  return nextOpening(now, habits.hour, habits, urgent)
}

/**
 * When something late may be sent: now, if it is a decent hour of a day that is not quiet, else when the next such day
 * begins. The hour that somebody chose is decent, however early or late.
 */
export function nextDecentInstant(
  now: Temporal.Instant,
  habits: SendHabits,
  urgent: boolean,
): Temporal.Instant {
  const local = now.toZonedDateTimeISO(habits.zone)
  const from = Math.min(decentHours.from, habits.hour)
  const until = Math.max(decentHours.until, habits.hour + 1)
  const isDecent = local.hour >= from && local.hour < until
  if (isDecent && (urgent || !isQuiet(local, habits.weekends))) return now
  return nextOpening(now, from, habits, urgent)
}

function nextOpening(
  now: Temporal.Instant,
  hour: number,
  { zone, weekends }: SendHabits,
  urgent: boolean,
): Temporal.Instant {
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  for (let days = 0; days <= daysAheadMax; days++) {
    const day = today.add({ days })
    const instant = instantAt(day, hour, zone)
    const isOpen = urgent || !isQuiet(day, weekends)
    if (isOpen && Temporal.Instant.compare(instant, now) >= 0) return instant
  }
  throw new Error('A week has a weekday')
}

const isQuiet = (day: { readonly dayOfWeek: number }, weekends: boolean) =>
  !weekends && day.dayOfWeek > 5

const epoch = new Temporal.PlainDate(1970, 1, 1)
const epochDays = new WeakMap<Temporal.PlainDate, number>()

/** Days since 1970: dates to count with. Calendars keep their dates, so that each is counted once. */
export function toEpochDay(date: Temporal.PlainDate): number {
  const known = epochDays.get(date)
  if (known !== undefined) return known
  const days = epoch.until(date).days
  epochDays.set(date, days)
  return days
}

/** 1 is Monday; 1 January 1970 was a Thursday. */
const dayOfWeek = (epochDay: number) => ((((epochDay + 3) % 7) + 7) % 7) + 1
