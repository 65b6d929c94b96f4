// What a wish for reminders says: of whom, which milestones, how long before, at which hour. Pure; knows no store.

import type { Force, Jurisdiction } from '../calendar/calendar.ts'
import { forces } from '../calendar/calendar.ts'
import type { TimeQuestion } from '../calendar/time-question.ts'
import { leadDaysMax, leadTimesMax } from '../reminders/subscription.ts'

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

/** "at 8", "8:00", "8 am", "8h". */
const hourPattern = /\b(\d{1,2})(?::00|\s?h\b|\s?(am|pm)\b)/iu
const zonePattern = /\b[A-Z][A-Za-z]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?\b/u

export function readWish(text: string, question: TimeQuestion): ReminderWish {
  const leadDays = cleanLeadDays(question.leadDays)
  const words = new Set(text.toLowerCase().split(/[^\p{L}\p{N}-]+/u))
  const named = forces.filter((force) => words.has(force))
  const zone = readZone(zonePattern.exec(text)?.[0] ?? '')
  const hour = readHour(text)
  return {
    ...(leadDays.length === 0 ? {} : { leadDays }),
    ...(named.length === 0 ? {} : { forces: named }),
    ...(question.rules.length === 0 ? {} : { milestones: question.rules.map(({ id }) => id) }),
    ...(hour === null ? {} : { hour }),
    ...(zone === null ? {} : { zone }),
  }
}

/** A submitted form: several values are separated by commas; what is empty or makes no sense is left out. */
export function readWishFields(fields: Readonly<Record<string, string>>): ReminderWish {
  const list = (name: string) =>
    (fields[name] ?? '').split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
  const leadDays = cleanLeadDays(list('lead').map(Number))
  const zone = readZone(fields['zone'] ?? '')
  const hour = Number(fields['hour'] ?? Number.NaN)
  const weekends = fields['weekends']
  return {
    ...(leadDays.length === 0 ? {} : { leadDays }),
    // An emptied list means all of them.
    ...(fields['forces'] === undefined
      ? {}
      : { forces: forces.filter((force) => list('forces').includes(force)) }),
    ...(isHour(hour) && fields['hour'] !== '' ? { hour } : {}),
    ...(zone === null ? {} : { zone }),
    ...(weekends === 'yes' || weekends === 'no' ? { weekends: weekends === 'yes' } : {}),
  }
}

/** The canonical name of an IANA zone; null when there is none of that name. */
export function readZone(text: string): string | null {
  if (text.trim() === '') return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text.trim() }).resolvedOptions().timeZone
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

export const isHour = (hour: number): boolean => Number.isInteger(hour) && hour >= 0 && hour <= 23

function readHour(text: string): number | null {
  const [, digits = '', half] = hourPattern.exec(text) ?? []
  if (digits === '') return null
  const hour = Number(digits) % (half === undefined ? 24 : 12)
  return half?.toLowerCase() === 'pm' ? hour + 12 : hour
}

/** Whole days from 0 on, largest first, each once, no more than are allowed. */
function cleanLeadDays(days: readonly number[]): number[] {
  const allowed = days.filter((day) => Number.isInteger(day) && day >= 0 && day <= leadDaysMax)
  return [...new Set(allowed)].sort((a, b) => b - a).slice(0, leadTimesMax)
}

/** Whom a wish is about: who is named, else those whose dates "our" dates are. */
export const wishedFor = (
  { jurisdictions }: TimeQuestion,
  own: readonly Jurisdiction[],
): readonly Jurisdiction[] => (jurisdictions.named.length > 0 ? jurisdictions.named : own)
