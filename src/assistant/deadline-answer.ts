// What a question about dates comes to: which milestones answer it, of whom, and what is missing. Pure; knows no words.

import type { Jurisdiction, Milestone, Period, Rule } from '../calendar/calendar.ts'
import { compareDates, lastDayOf, placeIn } from '../calendar/civil-date.ts'
import { applyRule } from '../calendar/milestones.ts'
import type { TimeQuestion } from '../calendar/time-question.ts'
import type { CalendarDesk } from './calendar-desk.ts'

/** The dates of one jurisdiction. */
export type SubjectDates = {
  readonly jurisdiction: Jurisdiction
  readonly today: Temporal.PlainDate
  /** What was asked for, soonest first. */
  readonly asked: readonly Milestone[]
  /** Everything still to come, and what is overdue. */
  readonly open: readonly Milestone[]
  /** Rules that were asked for and that count from a date which nobody has recorded. */
  readonly notComputed: readonly Rule[]
}

export type AppliedRule = { readonly rule: Rule; readonly date: Temporal.PlainDate }

export type DeadlineAnswer =
  | {
      readonly kind: 'dates'
      readonly subjects: readonly [SubjectDates, ...SubjectDates[]]
      readonly period: Period | null
    }
  /** All members that have something in the period; all of them without one. */
  | {
      readonly kind: 'community'
      readonly subjects: readonly SubjectDates[]
      readonly period: Period | null
    }
  /** Rules counted from a date that was told. */
  | {
      readonly kind: 'applied'
      readonly anchor: string
      readonly from: Temporal.PlainDate
      readonly today: Temporal.PlainDate
      readonly applied: readonly [AppliedRule, ...AppliedRule[]]
    }
  /** Empty when none was named. */
  | { readonly kind: 'which'; readonly choices: readonly Jurisdiction[] }
  | { readonly kind: 'no-plan'; readonly countries: readonly string[] }

const subjectsMax = 5
const choicesMax = 8
const appliedMax = 5
/** Of a period, of one jurisdiction. */
const askedMax = 12

/** @param own jurisdictions that the conversation has to do with: what "we" means, when none is named */
export function answerTimeQuestion(
  desk: CalendarDesk,
  question: TimeQuestion,
  own: readonly Jurisdiction[],
): DeadlineAnswer {
  const applied = applyToStatedDate(desk, question)
  if (applied !== null) return applied
  const { named, ambiguous, withoutPlan } = question.jurisdictions
  const subjects = named.length > 0 ? named : ambiguous.length + withoutPlan.length > 0 ? [] : own
  const [first, ...others] = subjects
    .slice(0, subjectsMax)
    .map((jurisdiction) => datesOf(desk, jurisdiction, question))
  if (first !== undefined) {
    return { kind: 'dates', subjects: [first, ...others], period: question.period }
  }
  if (ambiguous.length > 0) return { kind: 'which', choices: ambiguous.flat().slice(0, choicesMax) }
  if (withoutPlan.length > 0)
    return { kind: 'no-plan', countries: withoutPlan.slice(0, choicesMax) }
  if (question.period !== null) return answerForCommunity(desk, question)
  return { kind: 'which', choices: [] }
}

/** Every member's dates, or those in a period. */
export function answerForCommunity(
  desk: CalendarDesk,
  question: Pick<TimeQuestion, 'rules' | 'period'>,
): DeadlineAnswer {
  const all = desk.calendar.jurisdictions.map((jurisdiction) =>
    datesOf(desk, jurisdiction, question),
  )
  const { period } = question
  if (period === null) return { kind: 'community', subjects: all, period }
  return { kind: 'community', subjects: all.filter(({ asked }) => asked.length > 0), period }
}

/** "Our plan ended on 31 December 2025": null when no such date is told, or no rule counts from it. */
function applyToStatedDate(desk: CalendarDesk, question: TimeQuestion): DeadlineAnswer | null {
  const { event, dates, lengthYears, rules } = question
  const [from] = dates
  if (event === null || from === undefined) return null
  const counting = desk.calendar.rules.filter(({ timing }) => countsFrom(timing, event))
  const named = counting.filter((rule) => rules.includes(rule))
  const [first, ...others] = (named.length > 0 ? named : counting)
    .flatMap((rule): AppliedRule[] => {
      const date = applyRule(rule, from, lengthYears ?? undefined)
      return date === null ? [] : [{ rule, date }]
    })
    .toSorted((one, other) => compareDates(one.date, other.date))
    .slice(0, appliedMax)
  if (first === undefined) return null
  const today = desk.today('UTC')
  return { kind: 'applied', anchor: event, from, today, applied: [first, ...others] }
}

const countsFrom = (timing: Rule['timing'], anchor: string) => {
  switch (timing.kind) {
    case 'offset':
      return timing.anchor === anchor && !timing.offset.blank
    case 'plan-end':
      return timing.anchor === anchor
    case 'yearly':
      return false
  }
}

export function datesOf(
  desk: CalendarDesk,
  jurisdiction: Jurisdiction,
  { rules, period }: Pick<TimeQuestion, 'rules' | 'period'>,
): SubjectDates {
  const today = desk.today(jurisdiction.zone)
  // Nobody expects anything of a member that is suspended or has left: its notice says so.
  const all = jurisdiction.status === 'active' ? desk.milestonesOf(jurisdiction) : []
  const open = all.filter((one) => !one.isMet && (!isPast(one, today) || isOverdue(one, today)))
  const subject = { jurisdiction, today, open, notComputed: [] }
  const ofRule = (rule: Rule) => {
    const answering = answersFor(rule, desk.calendar.rules)
    return all.filter((one) => one.rule !== undefined && answering.includes(one.rule))
  }
  if (period !== null) {
    const wanted = rules.length === 0 ? all : rules.flatMap(ofRule)
    const asked = wanted.filter(({ isMet, when }) => !isMet && placeIn(period, when) === 'inside')
    return { ...subject, asked: asked.slice(0, askedMax) }
  }
  if (rules.length === 0) return { ...subject, asked: pickNext(open, today) }
  const asked = rules.flatMap((rule) => pickOne(ofRule(rule), today))
  const notComputed = asked.length > 0 || jurisdiction.status !== 'active' ? [] : rules
  return { ...subject, asked: [...new Set(asked)], notComputed }
}

/** Whoever asks when a plan ends is content with a guess that says that it is one. */
function answersFor(rule: Rule, rules: readonly Rule[]): Rule[] {
  const { timing } = rule
  const asksEnd = timing.kind === 'offset' && timing.anchor === 'end' && timing.offset.blank
  return asksEnd ? [rule, ...rules.filter((other) => other.timing.kind === 'plan-end')] : [rule]
}

const isPast = ({ when }: Milestone, today: Temporal.PlainDate) =>
  compareDates(lastDayOf(when), today) < 0

/** Something of consequence that should have been done by now. A plan's end is a fact and is never overdue. */
export function isOverdue(milestone: Milestone, today: Temporal.PlainDate): boolean {
  const timing = milestone.rule?.timing
  const isFact = timing?.kind === 'offset' && timing.offset.blank
  return milestone.force === 'hard' && !milestone.isMet && !isFact && isPast(milestone, today)
}

/** What is overdue, and the next that comes. */
function pickNext(open: readonly Milestone[], today: Temporal.PlainDate): Milestone[] {
  const overdue = open.filter((milestone) => isOverdue(milestone, today))
  const next = open.find((milestone) => !isPast(milestone, today))
  return next === undefined ? overdue : [...overdue, next]
}

/** Of one rule's milestones the next; where none comes, the last that was. */
function pickOne(own: readonly Milestone[], today: Temporal.PlainDate): Milestone[] {
  const next = own.find((milestone) => !milestone.isMet && !isPast(milestone, today))
  const picked = next ?? own.findLast(({ isMet }) => !isMet) ?? own.at(-1)
  return picked === undefined ? [] : [picked]
}

/** The knowledge entries that explain what was answered, each once. */
export function guidanceOf(answer: DeadlineAnswer): string[] {
  return [...new Set(rulesOf(answer).map(({ entry }) => entry))]
}

function rulesOf(answer: DeadlineAnswer): readonly Rule[] {
  switch (answer.kind) {
    case 'dates':
      return answer.subjects.flatMap(({ asked, notComputed }) => [
        ...asked.flatMap(({ rule }) => rule ?? []),
        ...notComputed,
      ])
    case 'applied':
      return answer.applied.map(({ rule }) => rule)
    case 'community':
    case 'which':
    case 'no-plan':
      return []
  }
}
