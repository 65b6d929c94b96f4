// Whether a message is for the calendar, and whose dates it asks for. Knows no answers.

import type { Jurisdiction } from '../calendar/calendar.ts'
import { isAboutDates, type TimeQuestion } from '../calendar/time-question.ts'
import type { ConversationContext } from '../store/store.ts'
import type { CalendarDesk } from './calendar-desk.ts'

/** A question about dates, and whose they are when it names nobody. */
export type DatesQuestion = {
  readonly question: TimeQuestion
  readonly own: readonly Jurisdiction[]
}

/** Null when the message is not about dates. */
export function readDatesQuestion(
  desk: CalendarDesk,
  text: string,
  context: ConversationContext | null,
): DatesQuestion | null {
  const question = desk.read(text)
  const own = ownJurisdictions(desk, context)
  return isAboutDates(question) || (own.length > 0 && goesOn(question, context))
    ? { question, own }
    : null
}

/** Whose dates are meant when nobody is named: those talked about last, else those that the conversation follows. */
export function ownJurisdictions(
  desk: CalendarDesk,
  context: ConversationContext | null,
): readonly Jurisdiction[] {
  const last =
    context?.jurisdiction === undefined ? undefined : desk.jurisdiction(context.jurisdiction)
  return last === undefined ? desk.followed : [last]
}

/** "And when does it end?", "what about next year?": right after dates were shown, and about nothing else. */
function goesOn(question: TimeQuestion, context: ConversationContext | null): boolean {
  const isRightAfter = context?.entry === undefined
  const isAsked = question.asksTime || question.asksDuty || question.asksLeft
  const isNamed = question.rules.length > 0 || question.namesPlan
  return (
    isRightAfter &&
    question.otherWords.length === 0 &&
    (question.period !== null || (isAsked && isNamed))
  )
}
