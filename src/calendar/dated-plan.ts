// A plan with what can be said of its dates: the length, `start` and `end` filled in from what else is known of it.
// Knows no milestones and no "today".

import type { DateBasis, KnownDate, Period, Plan, Rule, Timing } from './calendar.ts'
import { compareDates, firstDayOf, lastDayOf } from './civil-date.ts'

export type DatedPlan = {
  readonly plan: Plan
  readonly lengthYears: number | undefined
  /** By anchor name. */
  readonly dates: ReadonlyMap<string, KnownDate>
  /** From `start` through `end`, as far as anybody can tell. */
  readonly period: Period | undefined
  /** The rule that `end` was guessed with. */
  readonly endRule: Rule | undefined
  /** A later plan has been published. */
  readonly isSuperseded: boolean
}

type PlanEnd = Extract<Timing, { kind: 'plan-end' }>

const ranks: Readonly<Record<DateBasis, number>> = {
  confirmed: 3,
  stated: 3,
  tag: 2,
  estimate: 1,
  years: 0,
}

export const pickWeaker = (one: DateBasis, other: DateBasis): DateBasis =>
  ranks[other] < ranks[one] ? other : one

export const appliesToLength = (rule: Rule, lengthYears: number | undefined): boolean =>
  rule.lengthsYears.length === 0 ||
  (lengthYears !== undefined && rule.lengthsYears.includes(lengthYears))

/** The day on which a plan of this length probably ends; null where the rule says nothing of the month. */
export function guessEnd(
  timing: PlanEnd,
  anchor: Temporal.PlainDate,
  lengthYears: number,
): Temporal.PlainDate | null {
  const found = timing.ends.find(({ throughMonth }) => anchor.month <= throughMonth)
  return found?.day.toPlainDate({ year: anchor.year + lengthYears }) ?? null
}

/** `plans` are oldest first, as in a jurisdiction; `rules` are those that apply to its level. */
export function datePlans(plans: readonly Plan[], rules: readonly Rule[]): readonly DatedPlan[] {
  const dated: DatedPlan[] = []
  let isSuperseded = false
  for (const plan of plans.toReversed()) {
    const one = datePlan(plan, rules, isSuperseded)
    dated.push(one)
    // A plan of which nobody knows a beginning may still be in the making.
    isSuperseded ||= one.dates.has('start')
  }
  return dated.reverse()
}

/** The newest plan that had begun by a day. */
export function findBegun(
  plans: readonly DatedPlan[],
  date: Temporal.PlainDate,
): DatedPlan | undefined {
  return plans.findLast(({ dates }) => {
    const start = dates.get('start')?.when
    return start !== undefined && compareDates(firstDayOf(start), date) <= 0
  })
}

function datePlan(plan: Plan, rules: readonly Rule[], isSuperseded: boolean): DatedPlan {
  const lengthYears = plan.lengthYears ?? lengthFromYears(plan)
  const dates = new Map(Object.entries(plan.dates))
  const start = dates.get('start') ?? dates.get('submitted') ?? yearAlone(plan.years?.first)
  if (start !== undefined) dates.set('start', start)
  const end = dates.get('end') ?? yearAlone(plan.years?.last)
  if (end !== undefined) dates.set('end', end)
  const guess = end?.when.kind === 'day' ? null : guessKnownEnd(dates, lengthYears, rules)
  if (guess !== null) dates.set('end', { when: guess.when, basis: 'estimate' })
  return {
    plan,
    lengthYears,
    dates,
    period: periodOf(dates),
    endRule: guess?.rule,
    isSuperseded,
  }
}

function periodOf(dates: ReadonlyMap<string, KnownDate>): Period | undefined {
  const start = dates.get('start')
  const end = dates.get('end')
  if (start === undefined || end === undefined) return undefined
  return { from: firstDayOf(start.when), through: lastDayOf(end.when) }
}

/** How sure it is that the plan runs in a year. From the year after it began, its beginning no longer matters. */
export function basisOfRunning({ dates }: DatedPlan, year: number): DateBasis {
  const start = dates.get('start')
  const end = dates.get('end')
  if (start === undefined || end === undefined) return 'estimate'
  const hasBegun = firstDayOf(start.when).year < year
  const basis = hasBegun ? end.basis : pickWeaker(start.basis, end.basis)
  // Which days are in it is then our inference.
  return basis === 'years' ? 'estimate' : basis
}

/** The first rule's guess that does not contradict the year, where that is known. */
function guessKnownEnd(
  dates: ReadonlyMap<string, KnownDate>,
  lengthYears: number | undefined,
  rules: readonly Rule[],
): { readonly rule: Rule; readonly when: KnownDate['when'] } | null {
  if (lengthYears === undefined) return null
  const known = dates.get('end')?.when
  for (const rule of rules) {
    if (rule.timing.kind !== 'plan-end' || !appliesToLength(rule, lengthYears)) continue
    const anchor = dates.get(rule.timing.anchor)?.when
    if (anchor?.kind !== 'day') continue
    const date = guessEnd(rule.timing, anchor.date, lengthYears)
    if (date === null || (known?.kind === 'year' && known.year !== date.year)) continue
    return { rule, when: { kind: 'day', date } }
  }
  return null
}

/** Plans run for two or four years: "2023-2027" is four, "2024-2025" may be anything. */
function lengthFromYears({ years }: Plan): number | undefined {
  if (years === undefined) return undefined
  const difference = years.last - years.first
  return difference === 2 || difference === 4 ? difference : undefined
}

const yearAlone = (year: number | undefined): KnownDate | undefined =>
  year === undefined ? undefined : { when: { kind: 'year', year }, basis: 'years' }
