// Milestones -> a calendar file (RFC 5545) that Google, Apple and Outlook take. Pure: the same milestones and texts give
// the same bytes, whatever the machine's time, zone or earlier files were. It must not choose milestones or words.

import { createHash } from 'node:crypto'
import {
  ICalAlarmType,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
  escape,
  type ICalEventData,
} from 'ical-generator'
import type { Jurisdiction, Milestone } from './calendar.ts'

export type CalendarFileOptions = {
  readonly jurisdiction: Jurisdiction
  /** Those of which only the year is known are left out: a calendar has no place for them. */
  readonly milestones: readonly Milestone[]
  /** BCP 47, of the texts. */
  readonly language: string
  readonly texts: CalendarTexts
}

export type CalendarTexts = {
  readonly calendarName: string
  /** Says so where the date is an estimate. */
  readonly title: (milestone: Milestone) => string
  /** Why, how sure, and what to do; lines are separated by line breaks. */
  readonly description: (milestone: Milestone) => string
}

const uidDomain = 'ogp-assistant'
const refreshSeconds = 24 * 60 * 60
/** From here a date's sequence number is counted, in days. */
const sequenceStart = Temporal.PlainDate.from('2020-01-01')
const alarmDays = [30, 7, 1]
/** An all-day event begins at midnight; people are up at nine. */
const alarmHour = 9

/** The file's content, lines ending in CRLF and folded at 75 octets. */
export function writeCalendarFile(options: CalendarFileOptions): string {
  const { jurisdiction, milestones, language, texts } = options
  const calendar = new ICalCalendar({
    prodId: { company: 'OGP Assistant', product: 'Deadlines', language: language.toUpperCase() },
    // Published: no program may take it for an invitation to be answered.
    method: ICalCalendarMethod.PUBLISH,
    // The library writes a calendar's name as it is.
    name: escape(texts.calendarName, false),
    ttl: refreshSeconds,
  })
  for (const milestone of milestones) {
    if (milestone.when.kind === 'year') continue
    calendar.createEvent(toEvent(milestone, milestone.when.date, jurisdiction, texts))
  }
  return `${calendar.toString()}\r\n`
}

function toEvent(
  milestone: Milestone,
  date: Temporal.PlainDate,
  { reviewed }: Jurisdiction,
  texts: CalendarTexts,
): ICalEventData {
  const reviewedAt = reviewed.toZonedDateTime('UTC').toInstant()
  return {
    id: toUid(milestone.key),
    // A date moves only when somebody reviews the file, so a later review is a later version: nothing need be kept.
    sequence: Math.max(0, sequenceStart.until(reviewed).days),
    stamp: reviewedAt,
    lastModified: reviewedAt,
    allDay: true,
    start: date,
    end: date.add({ days: 1 }),
    summary: texts.title(milestone),
    description: texts.description(milestone),
    status: isTentative(milestone) ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
    alarms: milestone.mayRemind
      ? alarmDays.map((days) => ({
          type: ICalAlarmType.display,
          trigger: (days * 24 - alarmHour) * 60 * 60,
        }))
      : [],
  }
}

/** Calendars know an event by it for good: the same when its date moves, and free of what servers dislike in a name. */
const toUid = (key: string) =>
  `${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${uidDomain}`

const isTentative = ({ force, basis }: Milestone) =>
  force === 'estimate' || basis === 'estimate' || basis === 'years'
