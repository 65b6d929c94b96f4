// From rules and one jurisdiction's plans to its dated duties. Pure: the same input gives the same milestones.
// Knows no files, no languages and no "today".

import type {
  DateBasis,
  Jurisdiction,
  Milestone,
  Period,
  Plan,
  Provenance,
  RecordedDate,
  Rule,
  Timing,
  When,
} from './calendar.ts'
import {
  addSpan,
  compareDates,
  compareWhens,
  firstDayOf,
  placeIn,
  repeatSpan,
  shiftWhen,
  toSpan,
} from './civil-date.ts'
import type { DatedPlan } from './dated-plan.ts'
import {
  appliesToLength,
  basisOfRunning,
  datePlans,
  findBegun,
  guessEnd,
  pickWeaker,
} from './dated-plan.ts'

export { daysLeft, firstDayOf, lastDayOf } from './civil-date.ts'

/** A hundred years of daily ones. */
const repeatsMax = 36_600

type Offset = Extract<Timing, { kind: 'offset' }>
type Yearly = Extract<Timing, { kind: 'yearly' }>

type Request = {
  readonly jurisdiction: Jurisdiction
  readonly plans: readonly DatedPlan[]
  readonly horizon: Period
}

/** What a rule counts from. */
type Origin = {
  readonly rule: Rule
  /** The milestone's key within the jurisdiction. */
  readonly key: string
  readonly basis: DateBasis
  readonly provenance: Provenance
  readonly plan: Plan | undefined
  readonly isMet: boolean
}

/**
 * The milestones inside the horizon, by date, of the rules that are on and apply to the jurisdiction's level and its
 * plans' lengths, and its own. One of which only the year is known counts as the year's last day, and is inside the
 * horizon when any day of the year is.
 */
export function computeMilestones(
  rules: readonly Rule[],
  jurisdiction: Jurisdiction,
  horizon: Period,
): Milestone[] {
  const { level } = jurisdiction
  const applicable = rules.filter(({ isOn, levels }) => isOn && levels.includes(level))
  const plans = datePlans(jurisdiction.plans, applicable)
  const request = { jurisdiction, plans, horizon }
  return [...applicable.flatMap((rule) => applyToAll(rule, request)), ...listOwn(request)].sort(
    (one, other) => compareWhens(one.when, other.when) || (one.key < other.key ? -1 : 1),
  )
}

/** When a rule first falls due, counted from a stated date; null when it is off or would have to know more. */
export function applyRule(
  rule: Rule,
  anchorDate: Temporal.PlainDate,
  lengthYears?: number,
): Temporal.PlainDate | null {
  if (!rule.isOn) return null
  if (lengthYears !== undefined && !appliesToLength(rule, lengthYears)) return null
  switch (rule.timing.kind) {
    case 'offset':
      return addSpan(anchorDate, toSpan(rule.timing.offset))
    case 'plan-end':
      return lengthYears === undefined ? null : guessEnd(rule.timing, anchorDate, lengthYears)
    case 'yearly':
      return null
  }
}

function applyToAll(rule: Rule, request: Request): Milestone[] {
  const { timing } = rule
  switch (timing.kind) {
    case 'offset':
      return [...countFromPlans(rule, timing, request), ...countFromRecorded(rule, timing, request)]
    case 'plan-end':
      return listGuessedEnds(rule, request)
    case 'yearly':
      return listYearly(rule, timing, request)
  }
}

function countFromPlans(rule: Rule, timing: Offset, request: Request): Milestone[] {
  return request.plans.flatMap((dated) => {
    const anchor = dated.dates.get(timing.anchor)
    if (anchor === undefined || !appliesToLength(rule, dated.lengthYears)) return []
    // The day itself of a guessed end is the guessing rule's milestone: it is not said twice.
    const isGuessedEnd = timing.anchor === 'end' && dated.endRule !== undefined
    if (isGuessedEnd && timing.offset.blank) return []
    return countFrom(anchor.when, timing, originOf(rule, dated, anchor.basis), request)
  })
}

function countFromRecorded(rule: Rule, timing: Offset, request: Request): Milestone[] {
  return listRecorded(timing, request.jurisdiction).flatMap(({ date, provenance }) => {
    if (!appliesToLength(rule, findBegun(request.plans, date)?.lengthYears)) return []
    const origin = {
      rule,
      key: `${timing.anchor}/${date.toString()}/${rule.id}`,
      basis: basisOf(provenance),
      provenance,
      plan: undefined,
      isMet: false,
    }
    return countFrom({ kind: 'day', date }, timing, origin, request)
  })
}

/** Each day once, though two people recorded it; of what repeats, the latest alone. */
function listRecorded({ anchor, repeat }: Offset, jurisdiction: Jurisdiction): RecordedDate[] {
  const recorded = jurisdiction.recorded
    .filter((one) => one.anchor === anchor)
    .toSorted((one, other) => compareDates(one.date, other.date))
  if (repeat !== undefined) return recorded.slice(-1)
  return recorded.filter(({ date }, index) => {
    const before = recorded[index - 1]
    return before === undefined || compareDates(before.date, date) !== 0
  })
}

/** The first time and, for what repeats, every further one, each counted from the anchor itself. */
function countFrom(anchor: When, timing: Offset, origin: Origin, request: Request): Milestone[] {
  const { horizon, jurisdiction } = request
  const first = toSpan(timing.offset)
  if (timing.repeat === undefined) {
    const when = shiftWhen(anchor, first)
    const isAsked = when !== null && placeIn(horizon, when) === 'inside'
    return isAsked ? [makeMilestone(jurisdiction, origin, when)] : []
  }
  const step = toSpan(timing.repeat)
  const milestones: Milestone[] = []
  for (let index = 0; index < repeatsMax; index++) {
    const when = shiftWhen(anchor, repeatSpan(first, step, index))
    if (when === null) continue
    const place = placeIn(horizon, when)
    if (place === 'after') break
    if (place === 'before') continue
    const key = `${origin.key}/${index + 1}`
    milestones.push(makeMilestone(jurisdiction, { ...origin, key }, when))
  }
  return milestones
}

function listGuessedEnds(rule: Rule, { plans, jurisdiction, horizon }: Request): Milestone[] {
  return plans.flatMap((dated) => {
    const end = dated.dates.get('end')
    if (dated.endRule !== rule || end === undefined) return []
    if (placeIn(horizon, end.when) !== 'inside') return []
    return [makeMilestone(jurisdiction, originOf(rule, dated, end.basis), end.when)]
  })
}

/** For members, while a plan runs: once a day of the year, though two plans overlap on it. */
function listYearly(rule: Rule, { days }: Yearly, request: Request): Milestone[] {
  const milestones: Milestone[] = []
  const { from, through } = request.horizon
  for (let year = from.year; year <= through.year; year++) {
    for (const [index, day] of days.entries()) {
      const when: When = { kind: 'day', date: day.toPlainDate({ year }) }
      if (placeIn(request.horizon, when) !== 'inside') continue
      const origin = originOfDay(rule, when, `${rule.id}/${year}-${index + 1}`, request)
      if (origin !== null) milestones.push(makeMilestone(request.jurisdiction, origin, when))
    }
  }
  return milestones
}

function originOfDay(
  rule: Rule,
  when: When,
  key: string,
  { jurisdiction, plans }: Request,
): Origin | null {
  // The day belongs to the year, not to a plan: the key stays when the next plan begins earlier than was thought.
  const origin = { rule, key, isMet: false }
  if (jurisdiction.level === 'global') {
    return { ...origin, basis: 'stated', provenance: 'reviewed', plan: undefined }
  }
  const dated = plans.findLast(({ period }) => period && placeIn(period, when) === 'inside')
  if (dated === undefined || !appliesToLength(rule, dated.lengthYears)) return null
  const { plan } = dated
  const basis = basisOfRunning(dated, firstDayOf(when).year)
  return { ...origin, basis, provenance: plan.provenance, plan }
}

function listOwn({ jurisdiction, horizon }: Request): Milestone[] {
  return jurisdiction.own.flatMap(({ id, title, date, provenance }) => {
    const when: When = { kind: 'day', date }
    if (placeIn(horizon, when) !== 'inside') return []
    return [
      {
        key: `${jurisdiction.id}/own/${id}`,
        jurisdiction,
        title,
        force: 'information',
        when,
        basis: basisOf(provenance),
        provenance,
        isMet: false,
        mayRemind: jurisdiction.status === 'active',
      } satisfies Milestone,
    ]
  })
}

const originOf = (rule: Rule, { plan, isSuperseded }: DatedPlan, basis: DateBasis): Origin => ({
  rule,
  key: `${plan.key}/${rule.id}`,
  basis,
  provenance: plan.provenance,
  plan,
  isMet: isSuperseded && rule.force !== 'information',
})

/** What a member says of itself is confirmed; what was read somewhere is stated. */
const basisOf = (provenance: Provenance): DateBasis =>
  provenance === 'reviewed' ? 'stated' : 'confirmed'

function makeMilestone(jurisdiction: Jurisdiction, origin: Origin, when: When): Milestone {
  const { rule, plan, key, provenance, isMet } = origin
  const basis = rule.isDayEstimated ? pickWeaker(origin.basis, 'estimate') : origin.basis
  const isCertain = when.kind === 'day' && basis !== 'estimate' && basis !== 'years'
  const milestone = {
    key: `${jurisdiction.id}/${key}`,
    jurisdiction,
    rule,
    title: rule.name,
    force: rule.force,
    when,
    basis,
    provenance,
    isMet,
    mayRemind: isCertain && jurisdiction.status === 'active' && rule.force !== 'estimate' && !isMet,
  }
  return plan === undefined ? milestone : { ...milestone, plan }
}
