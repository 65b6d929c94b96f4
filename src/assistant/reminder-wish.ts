// What a wish for reminders says: of whom, which milestones, how long before, at which hour. Pure; knows no store.

import type { Force, Jurisdiction } from '../calendar/calendar.ts'
import { remindedForces } from '../calendar/reminder-words.ts'
import type { TimeQuestion } from '../calendar/time-question.ts'
import { leadDaysMax, leadTimesMax, type Subscription } from '../reminders/subscription.ts'

/** What was chosen; the rest stays as it was, or as it is by default. */
export type ReminderWish = {
  readonly leadDays?: readonly number[]
  readonly forces?: readonly Force[]
  /** Ids of rules. */
  readonly milestones?: readonly string[]
  readonly hour?: number
  readonly zone?: string
  readonly weekends?: boolean
}

export type WishRead = { readonly question: TimeQuestion; readonly wish: ReminderWish }

const zonePattern =
  /(?<![\p{L}\p{N}/])(?:[A-Za-z]+\/[A-Za-z_-]+(?:\/[A-Za-z_-]+)?|UTC|GMT)(?![\p{L}\p{N}/])/gu

/** A zone is read first and apart: "Asia/Yerevan" is a zone, and no wish for the dates of Yerevan. */
export function readWish(text: string, read: (text: string) => TimeQuestion): WishRead {
  const { zone, rest } = takeZone(text)
  const question = read(rest)
  const { hour, forces, leadDays: days } = question.reminder
  const leadDays = cleanLeadDays(days)
  return {
    question,
    wish: {
      ...(leadDays.length === 0 ? {} : { leadDays }),
      ...(forces.length === 0 ? {} : { forces }),
      ...(question.rules.length === 0 ? {} : { milestones: question.rules.map(({ id }) => id) }),
      ...(hour === null ? {} : { hour }),
      ...(zone === null ? {} : { zone }),
    },
  }
}

function takeZone(text: string): { readonly zone: string | null; readonly rest: string } {
  for (const { 0: name, index } of text.matchAll(zonePattern)) {
    const zone = readZone(name)
    if (zone === null) continue
    return { zone, rest: `${text.slice(0, index)} ${text.slice(index + name.length)}` }
  }
  return { zone: null, rest: text }
}

/**
 * What a wish in words makes of the reminders that there are: what it names comes to what was named before, and a name
 * alone means all of that member's dates.
 */
export function completeWish(
  wish: ReminderWish,
  before: Pick<Subscription, 'milestones' | 'forces'> | undefined,
): ReminderWish {
  const join = <Item>(known: readonly Item[] = [], named: readonly Item[]) => [
    ...new Set([...known, ...named]),
  ]
  if (wish.milestones !== undefined) {
    return { ...wish, milestones: join(before?.milestones, wish.milestones), forces: [] }
  }
  if (wish.forces !== undefined) {
    return { ...wish, milestones: [], forces: join(before?.forces, wish.forces) }
  }
  return Object.keys(wish).length === 0 ? { milestones: [], forces: [] } : wish
}

/**
 * A submitted form: several values are separated by commas; what is empty or makes no sense is left out.
 *
 * @param rules ids of all rules
 */
export function readWishFields(
  fields: Readonly<Record<string, string>>,
  rules: readonly string[],
): ReminderWish {
  const list = (name: string) =>
    (fields[name] ?? '').split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
  const leadDays = cleanLeadDays(list('lead').map(Number))
  const zone = readZone(fields['zone'] ?? '')
  const hour = readHourField(fields['hour'] ?? '')
  const weekends = fields['weekends']
  // An emptied list means all of them.
  const listOf = <Item extends string>(name: string, known: readonly Item[]) =>
    known.filter((item) => list(name).includes(item))
  return {
    ...(leadDays.length === 0 ? {} : { leadDays }),
    ...(fields['forces'] === undefined ? {} : { forces: listOf('forces', remindedForces) }),
    ...(fields['milestones'] === undefined ? {} : { milestones: listOf('milestones', rules) }),
    ...(hour === null ? {} : { hour }),
    ...(zone === null ? {} : { zone }),
    ...(weekends === 'yes' || weekends === 'no' ? { weekends: weekends === 'yes' } : {}),
  }
}

/** The canonical name of an IANA zone; null when there is none of that name. */
export function readZone(text: string): string | null {
  const name = text.trim()
  // An offset such as "+03:00" is no zone: it does not follow the clocks.
  if (!/^\p{L}/u.test(name)) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** "8" and "08:00"; null for all that is no full hour. */
export function readHourField(text: string): number | null {
  const digits = /^(\d{1,2})(?::00)?$/u.exec(text.trim())?.[1]
  const hour = Number(digits ?? Number.NaN)
  return hour <= 23 ? hour : null
}

/** Whole days from 0 on, largest first, each once, no more than are allowed. */
function cleanLeadDays(days: readonly number[]): number[] {
  const allowed = days.filter((day) => Number.isInteger(day) && day >= 0 && day <= leadDaysMax)
  return [...new Set(allowed)].sort((a, b) => b - a).slice(0, leadTimesMax)
}

/** Whom a wish is about: who is named, else, when nothing else is said either, those whose dates "our" dates are. */
export function wishedFor(
  { jurisdictions, otherWords }: TimeQuestion,
  own: readonly Jurisdiction[],
): readonly Jurisdiction[] {
  const { named, ambiguous, withoutPlan } = jurisdictions
  const isOfSomebody = named.length + ambiguous.length + withoutPlan.length > 0
  return isOfSomebody || otherWords.length > 0 ? named : own
}
