// From milestones and plans to the rows of a timeline, and the words for a date: when, how sure, why.
// Decides nothing about which dates are shown.

import type { TimelineItem, TimelineRow, TimelineSpan } from '../chat/reply.ts'
import {
  pickText,
  type Jurisdiction,
  type KnownDate,
  type Milestone,
  type Plan,
} from '../calendar/calendar.ts'
import { compareDates, daysLeft, firstDayOf, lastDayOf } from '../calendar/civil-date.ts'
import type { NameAnchor } from './calendar-desk.ts'
import type { Phrasebook } from './phrasebook.ts'

/** What words are made of: the assistant's own, and the calendar's names for what rules count from. */
export type Words = { readonly phrasebook: Phrasebook; readonly nameAnchor: NameAnchor }

/** Longer timelines are for the calendar file. */
const itemsPerRowMax = 8
/** What comes every half-year must not push out what comes once. */
const itemsPerRuleMax = 2

export const sayWhen = (when: Milestone['when'], phrasebook: Phrasebook) =>
  when.kind === 'day'
    ? phrasebook.day(when.date)
    : phrasebook.sayOfDates('in-year', { year: when.year.toString() })

/** Empty when the date is certain and reviewed. */
export function sayCertainty(
  { basis, provenance, when }: Milestone,
  phrasebook: Phrasebook,
): string {
  const doubts = []
  if (when.kind === 'year') doubts.push(phrasebook.sayOfDates('certainty-years'))
  else if (basis === 'estimate' || basis === 'years')
    doubts.push(phrasebook.sayOfDates('certainty-estimate'))
  if (provenance !== 'reviewed') doubts.push(phrasebook.sayOfDates(`certainty-${provenance}`))
  return doubts.join(' ')
}

/** What a milestone's date was computed from. */
export function sayWhy(
  { rule, plan }: Pick<Milestone, 'rule' | 'plan'>,
  { phrasebook, nameAnchor }: Words,
): string {
  if (rule === undefined) return phrasebook.sayOfDates('why-own')
  const { timing } = rule
  switch (timing.kind) {
    case 'yearly':
      return phrasebook.sayOfDates('why-yearly')
    case 'plan-end':
      return phrasebook.sayOfDates('why-plan-end')
    case 'offset': {
      const { offset } = timing
      const name = nameAnchor(timing.anchor, phrasebook.language)
      const known = plan?.dates[timing.anchor]?.when
      const anchor = known?.kind === 'day' ? `${name} (${phrasebook.date(known.date)})` : name
      if (offset.blank) return ''
      const span = phrasebook.span(offset)
      return phrasebook.sayOfDates(offset.sign < 0 ? 'why-before' : 'why-after', { span, anchor })
    }
  }
}

/** @param shown in the order of their dates */
export function toRow(
  title: string,
  { plans }: Jurisdiction,
  shown: readonly Milestone[],
  today: Temporal.PlainDate,
  { phrasebook, nameAnchor }: Words,
): TimelineRow {
  const next = shown.find(({ when }) => compareDates(lastDayOf(when), today) >= 0)
  return {
    title,
    spans: plans.flatMap((plan) => toSpan(plan, phrasebook)),
    items: shown
      .filter(isAmongFirstOfRule)
      .slice(0, itemsPerRowMax)
      .map((milestone) => toItem(milestone, today, milestone === next, { phrasebook, nameAnchor })),
  }
}

const isAmongFirstOfRule = (
  { rule }: Milestone,
  index: number,
  all: readonly Milestone[],
): boolean =>
  rule === undefined ||
  all.slice(0, index).filter((other) => other.rule === rule).length < itemsPerRuleMax

function toSpan(plan: Plan, phrasebook: Phrasebook): TimelineSpan[] {
  const { years, dates } = plan
  const begin = dates['start'] ?? dates['submitted'] ?? yearAlone(years?.first)
  const end = dates['end'] ?? yearAlone(years?.last)
  if (begin === undefined || end === undefined) return []
  const isCertain = [begin, end].every(({ basis }) => basis !== 'years' && basis !== 'estimate')
  return [
    {
      label: namePlan(plan, phrasebook),
      from: firstDayOf(begin.when).toString(),
      through: lastDayOf(end.when).toString(),
      isCertain,
    },
  ]
}

const yearAlone = (year: number | undefined): KnownDate | undefined =>
  year === undefined ? undefined : { when: { kind: 'year', year }, basis: 'years' }

function namePlan({ number, years, dates }: Plan, phrasebook: Phrasebook): string {
  const first = years?.first ?? dates['submitted']?.when
  const last = years?.last ?? dates['end']?.when
  const toYear = (of: typeof first) =>
    of === undefined ? '?' : typeof of === 'number' ? of.toString() : firstDayOf(of).year.toString()
  const values = { first: toYear(first), last: toYear(last) }
  return number === undefined
    ? phrasebook.sayOfDates('plan-unnumbered', values)
    : phrasebook.sayOfDates('plan', { ...values, number })
}

function toItem(
  milestone: Milestone,
  today: Temporal.PlainDate,
  isNext: boolean,
  { phrasebook, nameAnchor }: Words,
): TimelineItem {
  const { when, force } = milestone
  const days = daysLeft(when, today)
  const certainty = sayCertainty(milestone, phrasebook)
  return {
    date: when.kind === 'day' ? when.date.toString() : null,
    year: firstDayOf(when).year,
    when: sayWhen(when, phrasebook),
    left: days === null ? '' : phrasebook.left(days),
    title: pickText(milestone.title, phrasebook.language),
    force,
    forceLabel: phrasebook.force(force),
    certainty,
    why: sayWhy(milestone, { phrasebook, nameAnchor }),
    isCertain: certainty === '',
    state: isNext ? 'next' : compareDates(lastDayOf(when), today) < 0 ? 'past' : 'later',
  }
}
