// What the assistant itself says in one language, with values filled in.

import { IntlMessageFormat } from 'intl-messageformat'
import type { Force } from '../calendar/calendar.ts'
import type { FacetName, TalkName } from '../knowledge/schema.ts'
import type { Messages } from '../knowledge/messages-schema.ts'

export type MessageName = Exclude<
  keyof Messages,
  'facets' | 'talk' | 'suggestions' | 'deadlines' | 'reminders'
>
export type DeadlineMessageName = Exclude<keyof Messages['deadlines'], 'forces'>
export type ReminderMessageName = keyof Messages['reminders']
type Values = Readonly<Record<string, string | number>>

export type Phrasebook = {
  readonly language: string
  readonly say: (name: MessageName, values?: Values) => string
  /** The same of what is said about dates. */
  readonly sayOfDates: (name: DeadlineMessageName, values?: Values) => string
  /** The same of what is said about reminders and settings. */
  readonly sayOfReminders: (name: ReminderMessageName, values?: Values) => string
  readonly force: (force: Force) => string
  /** Months and days in words. */
  readonly span: (span: Temporal.Duration) => string
  readonly facet: (facet: FacetName) => string
  readonly talk: (talk: TalkName) => string
  readonly suggestions: readonly string[]
  /** Several things in one sentence: "a, b and c". */
  readonly list: (items: readonly string[]) => string
  /** A civil date in words, such as "23 November 2026". */
  readonly date: (date: Temporal.PlainDate) => string
  /** The same with its weekday. */
  readonly day: (date: Temporal.PlainDate) => string
  /** A time of day, such as "9:00". */
  readonly time: (time: Temporal.PlainTime) => string
  /** How far off: "in 402 days", "tomorrow", "12 days ago". */
  readonly left: (days: number) => string
}

export function createPhrasebook(language: string, messages: Messages): Phrasebook {
  const formats = new Map<string, IntlMessageFormat>()
  const fill = (text: string, values: Values) => {
    let format = formats.get(text)
    if (format === undefined) {
      format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true })
      formats.set(text, format)
    }
    return String(format.format(values))
  }
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  return {
    language,
    say: (name, values = {}) => fill(messages[name], values),
    sayOfDates: (name, values = {}) => fill(messages.deadlines[name], values),
    sayOfReminders: (name, values = {}) => fill(messages.reminders[name], values),
    force: (force) => messages.deadlines.forces[force],
    span: (span) => span.abs().toLocaleString(language, { style: 'long' }),
    facet: (facet) => messages.facets[facet],
    talk: (talk) => messages.talk[talk],
    suggestions: messages.suggestions,
    list: (items) => new Intl.ListFormat(worldLocale(language)).format(new Set(items)),
    date: (date) => date.toLocaleString(worldLocale(language), { dateStyle: 'long' }),
    day: (date) => date.toLocaleString(worldLocale(language), { dateStyle: 'full' }),
    time: (time) => time.toLocaleString(worldLocale(language), { timeStyle: 'short' }),
    left: (days) => relative.format(days, 'day'),
  }
}

/** English without a comma before "and", and its dates in the order that most of the world reads. */
const worldLocale = (language: string) => (language === 'en' ? 'en-GB' : language)
