// The milestones of known days found the slow way: every day of the horizon is asked what falls due on it. Shares no
// arithmetic with what it is held against: days are numbers, and months and days are stepped one at a time.

import type { Jurisdiction, Period, Plan, Rule, Timing } from '../../src/calendar/calendar.ts'

export type Day = { readonly year: number; readonly month: number; readonly day: number }

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

export const numberOf = ({ year, month, day }: Day): number => year * 10_000 + month * 100 + day

export function stepDay({ year, month, day }: Day, direction: 1 | -1): Day {
  if (direction === 1) {
    if (day < lengthOfMonth(year, month)) return { year, month, day: day + 1 }
    return month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 }
  }
  if (day > 1) return { year, month, day: day - 1 }
  const before = month === 1 ? { year: year - 1, month: 12 } : { year, month: month - 1 }
  return { ...before, day: lengthOfMonth(before.year, before.month) }
}

export function stepMonths(from: Day, months: number): Day {
  let { year, month } = from
  for (let count = 0; count < Math.abs(months); count++) {
    month += Math.sign(months)
    if (month === 13) [year, month] = [year + 1, 1]
    if (month === 0) [year, month] = [year - 1, 12]
  }
  return { year, month, day: Math.min(from.day, lengthOfMonth(year, month)) }
}

export function step(from: Day, months: number, days: number): Day {
  let day = stepMonths(from, months)
  for (let count = 0; count < Math.abs(days); count++) day = stepDay(day, days > 0 ? 1 : -1)
  return day
}

/** In order of day and key, as `describe` writes them. For plans of which no date is known by year alone. */
export function walkDays(
  rules: readonly Rule[],
  jurisdiction: Jurisdiction,
  { from, through }: Period,
): string[] {
  const lines: string[] = []
  const held = rules.filter((rule) => rule.isOn && rule.levels.includes(jurisdiction.level))
  for (let today: Day = from; numberOf(today) <= numberOf(through); today = stepDay(today, 1)) {
    const keys = jurisdiction.own
      .filter(({ date }) => numberOf(date) === numberOf(today))
      .map(({ id }) => `own/${id}`)
    for (const rule of held) keys.push(...keysDue(rule, held, jurisdiction, today))
    for (const key of keys.sort()) lines.push(`${write(today)} ${jurisdiction.id}/${key}`)
  }
  return lines
}

const write = ({ year, month, day }: Day) =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

function keysDue(rule: Rule, rules: readonly Rule[], place: Jurisdiction, today: Day): string[] {
  const { timing, id } = rule
  const plans = place.plans.filter((plan) => fits(rule, plan))
  switch (timing.kind) {
    case 'plan-end':
      return plans
        .filter((plan) => isSame(guess(plan, rules), today))
        .map(({ key }) => `${key}/${id}`)
    case 'yearly': {
      const running = place.plans.findLast((plan) => isRunning(plan, rules, today))
      if (place.level !== 'global' && (running === undefined || !fits(rule, running))) return []
      return timing.days.flatMap((monthDay, index) => {
        const { month, day } = monthDay.toPlainDate({ year: 2024 })
        const due = { month, day: Math.min(day, lengthOfMonth(today.year, month)) }
        return isSame({ year: today.year, ...due }, today)
          ? [`${id}/${today.year}-${index + 1}`]
          : []
      })
    }
    case 'offset': {
      const ofPlans = plans.flatMap((plan) => {
        const isSaidAlready = timing.anchor === 'end' && guess(plan, rules) && timing.offset.blank
        const anchor = isSaidAlready ? undefined : anchorOf(plan, timing.anchor, rules)
        return anchor
          ? suffixesDue(timing, anchor, today).map((end) => `${plan.key}/${id}${end}`)
          : []
      })
      return [...ofPlans, ...keysDueSince(rule, timing, place, rules, today)]
    }
  }
}

function keysDueSince(
  rule: Rule,
  timing: Extract<Timing, { kind: 'offset' }>,
  { plans, recorded }: Jurisdiction,
  rules: readonly Rule[],
  today: Day,
): string[] {
  const dates = recorded.filter(({ anchor }) => anchor === timing.anchor).map(({ date }) => date)
  const latest = Math.max(...dates.map(numberOf))
  const counted = dates.filter((date) => !timing.repeat || numberOf(date) === latest)
  const lines = counted.flatMap((date) => {
    const begun = plans.findLast((plan) => {
      const start = anchorOf(plan, 'start', rules)
      return start !== undefined && numberOf(start) <= numberOf(date)
    })
    if (rule.lengthsYears.length > 0 && (begun === undefined || !fits(rule, begun))) return []
    const start = `${timing.anchor}/${date.toString()}/${rule.id}`
    return suffixesDue(timing, date, today).map((end) => `${start}${end}`)
  })
  return [...new Set(lines)]
}

function suffixesDue(
  { offset, repeat }: Extract<Timing, { kind: 'offset' }>,
  anchor: Day,
  today: Day,
): string[] {
  const suffixes: string[] = []
  let [months, days] = [offset.months, offset.days]
  for (let count = 1; ; count++) {
    const due = step(anchor, months, days)
    if (isSame(due, today)) suffixes.push(repeat ? `/${count}` : '')
    if (!repeat || numberOf(due) >= numberOf(today)) break
    months += repeat.months
    days += repeat.days
  }
  return suffixes
}

const isSame = (one: Day | undefined, other: Day) =>
  one !== undefined && numberOf(one) === numberOf(other)

const fits = ({ lengthsYears }: Rule, { lengthYears = 0 }: Plan) =>
  lengthsYears.length === 0 || lengthsYears.includes(lengthYears)

function dayOf({ dates }: Plan, anchor: string): Day | undefined {
  const when = dates[anchor]?.when
  return when?.kind === 'day' ? when.date : undefined
}

function anchorOf(plan: Plan, anchor: string, rules: readonly Rule[]): Day | undefined {
  if (anchor === 'start') return dayOf(plan, 'start') ?? dayOf(plan, 'submitted')
  if (anchor === 'end') return dayOf(plan, 'end') ?? guess(plan, rules)
  return dayOf(plan, anchor)
}

/** For one rule that guesses. */
function guess(plan: Plan, rules: readonly Rule[]): Day | undefined {
  const rule = rules.find(({ timing }) => timing.kind === 'plan-end')
  if (rule?.timing.kind !== 'plan-end' || dayOf(plan, 'end') || !fits(rule, plan)) return undefined
  const anchor = dayOf(plan, rule.timing.anchor)
  const end = rule.timing.ends.find(({ throughMonth }) => (anchor?.month ?? 13) <= throughMonth)
  if (anchor === undefined || end === undefined || plan.lengthYears === undefined) return undefined
  const { month, day } = end.day.toPlainDate({ year: 2024 })
  return { year: anchor.year + plan.lengthYears, month, day }
}

function isRunning(plan: Plan, rules: readonly Rule[], today: Day): boolean {
  const [start, end] = [anchorOf(plan, 'start', rules), anchorOf(plan, 'end', rules)]
  if (start === undefined || end === undefined) return false
  return numberOf(start) <= numberOf(today) && numberOf(today) <= numberOf(end)
}
