// The machine interface's form of a dated duty.

import type { DeadlineAnswer } from '../assistant/deadline-answer.ts'
import { pickText, type Milestone } from '../calendar/calendar.ts'
import { daysLeft, firstDayOf } from '../calendar/civil-date.ts'

/** A dated duty, for machines. */
export type MilestoneLine = {
  readonly jurisdiction: string | null
  readonly rule: string | null
  readonly title: string
  /** ISO 8601; null when only the year is known. */
  readonly date: string | null
  readonly year: number
  readonly daysLeft: number | null
  readonly force: string
  /** `stated`, `tag` or `confirmed`: certain; `estimate`, `years`: to be confirmed. */
  readonly basis: string
  readonly mayRemind: boolean
}

export function toMilestoneLine(
  { jurisdiction, rule, title, when, force, basis, mayRemind }: Milestone,
  today: Temporal.PlainDate,
  language: string,
): MilestoneLine {
  return {
    jurisdiction: jurisdiction.id,
    rule: rule?.id ?? null,
    title: pickText(title, language),
    date: when.kind === 'day' ? when.date.toString() : null,
    year: firstDayOf(when).year,
    daysLeft: daysLeft(when, today),
    force,
    basis,
    mayRemind,
  }
}

/** What was asked for, soonest first. */
export function toMilestoneLines(answer: DeadlineAnswer, language: string): MilestoneLine[] {
  switch (answer.kind) {
    case 'dates':
    case 'community':
      return answer.subjects.flatMap(({ asked, today }) =>
        asked.map((milestone) => toMilestoneLine(milestone, today, language)),
      )
    case 'applied':
      return answer.applied.map(({ rule, date }) => ({
        jurisdiction: null,
        rule: rule.id,
        title: pickText(rule.name, language),
        date: date.toString(),
        year: date.year,
        daysLeft: answer.today.until(date).days,
        force: rule.force,
        basis: rule.isDayEstimated || rule.force === 'estimate' ? 'estimate' : 'stated',
        mayRemind: false,
      }))
    case 'which':
    case 'no-plan':
      return []
  }
}
