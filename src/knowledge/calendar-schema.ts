// The shapes of the calendar's files as people write them. Says what is allowed in one file, not across files.

import { z } from 'zod'
import {
  dateBases,
  forces,
  levels,
  statuses,
  type KnownDate,
  type LocalText,
} from '../calendar/calendar.ts'
import {
  citationsSchema,
  id,
  isoDate,
  language,
  line,
  prose,
  strict,
  webAddress,
} from './schema.ts'

const rulesMax = 200
const namesMax = 60
const plansMax = 50
const datesMax = 500
const yearFirst = 2011
const yearLast = 2100

/** Stands in the keys of reminders and the addresses of feeds. */
const slug = z
  .string()
  .max(40)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected small letters a to z, digits and hyphens')
const byLanguage = (text: z.ZodString) =>
  z
    .record(language, text)
    .refine((own) => own['en'] !== undefined, 'expected a text in "en" at least')
    .transform((own) => ({ ...own, en: own['en'] ?? '' }))
const texts = byLanguage(line)
/** A community writes in its own language only, if it likes. */
const title = z.union([line.transform((en): LocalText => ({ en })), texts], {
  error: 'expected a text, or texts by language with "en" among them',
})

const date = isoDate
  .refine(
    (text) => inYears(Number(text.slice(0, 4))),
    `expected a year from ${yearFirst} to ${yearLast}`,
  )
  .transform((text) => Temporal.PlainDate.from(text))
const month = z
  .string('expected a month such as 2027-12')
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a month such as 2027-12')
  .refine(
    (text) => inYears(Number(text.slice(0, 4))),
    `expected a year from ${yearFirst} to ${yearLast}`,
  )
  .transform((text) => Temporal.PlainYearMonth.from(text))
const year = z.int('expected a year such as 2027').min(yearFirst).max(yearLast)
const monthDay = z
  .string('expected a month and a day such as 06-30')
  .regex(/^\d\d-\d\d$/, 'expected a month and a day such as 06-30')
  .transform((text, context) => {
    try {
      return Temporal.PlainMonthDay.from(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'expected a day that exists, such as 06-30' })
      return z.NEVER
    }
  })
const inYears = (value: number) => value >= yearFirst && value <= yearLast

const amount = z.int('expected a whole number').min(1).max(400)
const period = { months: amount.optional(), days: amount.optional() }
const hasPeriod = ({ months, days }: { months?: unknown; days?: unknown }) =>
  months !== undefined || days !== undefined

const dueSchema = strict({
  on: slug.optional(),
  after: slug.optional(),
  before: slug.optional(),
  ...period,
  yearly: z.array(monthDay).min(1).max(12).optional(),
  'plan-ends': z
    .array(strict({ 'through-month': z.int().min(1).max(12), day: monthDay }))
    .min(1)
    .max(12)
    .optional(),
}).superRefine((due, context) => {
  const { on, after, before, yearly } = due
  const report = (message: string) => {
    context.addIssue({ code: 'custom', message })
  }
  if ([on, after, before, yearly].filter((part) => part !== undefined).length !== 1) {
    report('expected exactly one of on, after, before, yearly')
    return
  }
  const isOffset = after !== undefined || before !== undefined
  const ends = due['plan-ends']
  if (isOffset && ends === undefined && !hasPeriod(due)) report('expected months or days')
  if (!isOffset && hasPeriod(due)) report('expected months and days with after or before only')
  if (ends !== undefined && (after === undefined || hasPeriod(due))) {
    report('expected plan-ends with after only, without months and days')
  }
  if (ends !== undefined && ends.at(-1)?.['through-month'] !== 12) {
    report('expected the last of plan-ends to go through month 12')
  }
})
export type DueFile = z.output<typeof dueSchema>

const ruleSchema = strict({
  id: slug,
  code: z.string().regex(/^[A-Z]{1,3}\d{1,3}$/, 'expected a code such as D1'),
  name: texts,
  due: dueSchema,
  repeat: strict(period).refine(hasPeriod, 'expected months or days').optional(),
  levels: z.array(z.enum(levels)).min(1),
  lengths: z.array(z.int().min(1).max(5)).max(5).default([]),
  force: z.enum(forces),
  /** `estimated` when the duty is certain, but its day is our reading. */
  day: z.enum(['certain', 'estimated']).default('certain'),
  on: z.boolean().default(true),
  source: citationsSchema,
  entry: id,
  advice: texts,
  names: z.record(language, z.array(line).min(1).max(namesMax)),
}).refine(
  ({ due, repeat }) =>
    repeat === undefined || (due.yearly === undefined && due['plan-ends'] === undefined),
  { path: ['repeat'], error: 'expected it where months or days are counted only' },
)
export type RuleFile = z.output<typeof ruleSchema>

export const rulesSchema = strict({
  /** The dates that rules count from, and what they are called. */
  anchors: z.record(slug, texts),
  rules: z.array(ruleSchema).max(rulesMax),
})
export type RulesFile = z.output<typeof rulesSchema>

const knownDateSchema = strict({
  date: date.optional(),
  month: month.optional(),
  year: year.optional(),
  basis: z.enum(dateBases).optional(),
})
  .superRefine((known, context) => {
    const report = (message: string) => {
      context.addIssue({ code: 'custom', message })
    }
    const given = [known.date, known.month, known.year].filter((part) => part !== undefined)
    if (given.length !== 1) report('expected exactly one of date, month, year')
    else if (known.year === undefined && (known.basis ?? 'years') === 'years') {
      report('expected basis: stated, tag, confirmed or estimate')
    } else if (known.year !== undefined && (known.basis ?? 'years') !== 'years') {
      report('expected no basis beside a year, or the basis years')
    }
  })
  .transform((known): KnownDate => {
    // A month alone counts to its end.
    const day = known.date ?? known.month?.toPlainDate({ day: 31 })
    return day === undefined
      ? { when: { kind: 'year', year: known.year ?? yearFirst }, basis: 'years' }
      : { when: { kind: 'day', date: day }, basis: known.basis ?? 'estimate' }
  })

const planSchema = strict({
  number: z.int().min(1).max(99).optional(),
  years: z
    .string('expected years such as 2023-2025')
    .regex(/^\d{4}-\d{4}$/, 'expected years such as 2023-2025')
    .transform((text) => ({ first: Number(text.slice(0, 4)), last: Number(text.slice(5)) }))
    .refine(({ first, last }) => first <= last, 'expected the first year before the last')
    .optional(),
  length: z.int().min(1).max(5).optional(),
  submitted: knownDateSchema.optional(),
  start: knownDateSchema.optional(),
  end: knownDateSchema.optional(),
  note: prose.optional(),
  source: strict({ text: line, url: webAddress }),
}).refine(
  (plan) => plan.number !== undefined || plan.years !== undefined,
  'expected a number or years',
)
export type PlanFile = z.output<typeof planSchema>

const head = {
  level: z.enum(levels),
  country: z.string().refine(isCountry, 'expected the ISO code of a country, such as KE'),
  zone: z.string().refine(isZone, 'expected an IANA time zone, such as Africa/Nairobi'),
  name: texts,
  status: z.enum(statuses),
  notice: byLanguage(prose),
  reviewed: date,
}
const lists = {
  aliases: z.array(line).max(namesMax).default([]),
  plans: z.array(planSchema).max(plansMax).default([]),
  recorded: z
    .array(strict({ what: slug, on: date }))
    .max(datesMax)
    .default([]),
  milestones: z
    .array(strict({ id: slug, title, date }))
    .max(datesMax)
    .default([]),
}

export const jurisdictionSchema = strict({
  id: slug,
  ...head,
  country: head.country.optional(),
  name: head.name.optional(),
  status: head.status.default('active'),
  notice: head.notice.optional(),
  ...lists,
})
export type JurisdictionFile = z.output<typeof jurisdictionSchema>

/** What stands here is added to the reviewed file of the same id, or takes the place of what that says. */
export const communitySchema = strict({
  id: slug,
  level: head.level.optional(),
  country: head.country.optional(),
  zone: head.zone.optional(),
  name: head.name.optional(),
  status: head.status.optional(),
  notice: head.notice.optional(),
  reviewed: head.reviewed,
  ...lists,
})
export type CommunityFile = z.output<typeof communitySchema>

/** Codes that have no time zone of their own are groupings such as "EU", or stand for nothing. */
function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code)) return false
  const locale = new Intl.Locale(`und-${code}`)
  return locale.region === code && (locale.getTimeZones() ?? []).length > 0
}

function isZone(zone: string): boolean {
  if (!/^[A-Z]/i.test(zone)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}
