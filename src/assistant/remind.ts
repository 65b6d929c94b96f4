// The use case "remind": what a message wishes to be reminded of, by command, in somebody's own words, or by a form.

import type { Jurisdiction } from '../calendar/calendar.ts'
import type { TimeQuestion } from '../calendar/time-question.ts'
import type { Block } from '../chat/reply.ts'
import type { Exchange } from './exchange.ts'
import { choices, say } from './blocks.ts'
import { composeDeadlines } from './compose-deadlines.ts'
import { composeReminderForm } from './compose-forms.ts'
import { toRemindChoices } from './compose-subscription.ts'
import { ownJurisdictions } from './dates-question.ts'
import { offerToStop, showReminders } from './held-reminders.ts'
import {
  completeWish,
  readWish,
  readWishFields,
  wishedFor,
  type WishRead,
} from './reminder-wish.ts'
import { subscribe } from './subscribe.ts'

/** About something else besides: "remind our ministry about Kenya's plan". */
const otherWordsMax = 2

/** `/remind`, `/remind italy 30 and 7 days before`. */
export async function remind(exchange: Exchange, argument: string): Promise<Block[]> {
  if (argument.trim() === '') return [composeReminderForm(exchange, null)]
  return takeWish(exchange, readWish(`remind ${argument}`, exchange.brain.desk.read))
}

/** "Remind us about Kenya", "stop the reminders", "which reminders do we have": null when a message asks for none of it. */
export async function answerReminderWish(
  exchange: Exchange,
  text: string,
): Promise<Block[] | null> {
  const { brain } = exchange
  const read = readWish(text, brain.desk.read)
  const { question } = read
  if (asksForEnd(exchange, question)) return offerToStop(exchange, question.jurisdictions.named)
  if (question.asksStop || !(question.asksReminder || question.namesReminders)) return null
  if (isOfSomebody(question)) {
    return isClearWish(question) ? takeWish(exchange, read) : offerToRemind(exchange, question)
  }
  if (question.otherWords.length > 0) return null
  if (isClearWish(question) && saysWhat(question)) return takeWish(exchange, read)
  const own = await readOwn(exchange)
  const isNew = own.some((one) => !brain.desk.followed.includes(one))
  return question.asksReminder && isNew ? offer(exchange, own) : showReminders(exchange)
}

const isOfSomebody = ({ jurisdictions }: TimeQuestion): boolean => {
  const { named, ambiguous, withoutPlan } = jurisdictions
  return named.length + ambiguous.length + withoutPlan.length > 0
}

/** "Stop the reminders", "unsubscribe from Kenya", and "stop" alone where there is something to stop. */
function asksForEnd({ brain }: Exchange, question: TimeQuestion): boolean {
  if (!question.asksStop) return false
  const isNothingElse = question.otherWords.length === 0
  if (question.asksReminder || question.namesReminders)
    return isOfSomebody(question) || isNothingElse
  const { asksTime, asksDuty, namesPlan, rules, period } = question
  const isOfDates = asksTime || asksDuty || namesPlan || rules.length > 0 || period !== null
  return isNothingElse && !isOfDates && brain.desk.followed.length > 0
}

/** Says more of the wish than that it is one. */
const saysWhat = ({ reminder, rules, namesPlan, asksDue }: TimeQuestion): boolean =>
  reminder.leadDays.length + reminder.forces.length + rules.length > 0 ||
  reminder.hour !== null ||
  namesPlan ||
  asksDue

/** "Remind me to call Kenya's embassy" and "did you send the reminders to Kenya" are none. */
function isClearWish(question: TimeQuestion): boolean {
  const { asksReminder, asksPast, otherWords, reminder } = question
  if (asksPast || otherWords.length > otherWordsMax) return false
  if (!asksReminder) return reminder.leadDays.length > 0
  return otherWords.length === 0 || saysWhat(question)
}

async function readOwn({ brain, store, message }: Exchange): Promise<readonly Jurisdiction[]> {
  return ownJurisdictions(brain.desk, await store.readContext(message.conversation))
}

/** What is understood is done, what is not is asked for. */
async function takeWish(exchange: Exchange, { question, wish }: WishRead): Promise<Block[]> {
  const wanted = wishedFor(question, await readOwn(exchange))
  const done = await subscribe(exchange, wanted, (before) => completeWish(wish, before))
  const asked = askAboutOthers(exchange, question)
  if (wanted.length + asked.length > 0) return [...done, ...asked]
  const which = say(exchange.phrasebook.sayOfDates('which-none'))
  return [which, composeReminderForm(exchange, null)]
}

/** Names that are no member's, or those of several. */
function askAboutOthers(exchange: Exchange, { jurisdictions }: TimeQuestion): Block[] {
  const { brain, phrasebook } = exchange
  const { ambiguous, withoutPlan } = jurisdictions
  const which = phrasebook.sayOfDates('which')
  return [
    ...(withoutPlan.length === 0
      ? []
      : composeDeadlines(brain, { kind: 'no-plan', countries: withoutPlan }, phrasebook)),
    ...(ambiguous.length === 0
      ? []
      : [choices('offer', which, toRemindChoices(exchange, ambiguous.flat()))]),
  ]
}

/** Not sure that reminders are wished for: a button says so. Those that there are already are shown. */
async function offerToRemind(exchange: Exchange, question: TimeQuestion): Promise<Block[]> {
  const { named } = question.jurisdictions
  const isNew = named.some((one) => !exchange.brain.desk.followed.includes(one))
  if (named.length > 0 && !isNew) return showReminders(exchange)
  return [
    ...(named.length === 0 ? [] : offer(exchange, named)),
    ...askAboutOthers(exchange, question),
  ]
}

const offer = (exchange: Exchange, jurisdictions: readonly Jurisdiction[]): Block[] => [
  choices(
    'offer',
    exchange.phrasebook.sayOfReminders('offer'),
    toRemindChoices(exchange, jurisdictions),
  ),
]

/** A button under a member's dates. */
export async function remindOf(exchange: Exchange, id: string): Promise<Block[]> {
  const jurisdiction = exchange.brain.desk.jurisdiction(id)
  if (jurisdiction === undefined) return [say(exchange.phrasebook.say('choice-gone'))]
  return subscribe(exchange, [jurisdiction], (before) => completeWish({}, before))
}

/** The form "remind": one jurisdiction and how to be reminded of it. */
export async function takeReminderForm(
  exchange: Exchange,
  fields: Readonly<Record<string, string>>,
): Promise<Block[]> {
  const { brain, phrasebook } = exchange
  const question = brain.desk.read(fields['jurisdiction'] ?? '')
  const [jurisdiction] = question.jurisdictions.named
  if (jurisdiction === undefined) {
    const asked = askAboutOthers(exchange, question)
    if (asked.length > 0) return asked
    return [say(phrasebook.sayOfDates('which-none')), composeReminderForm(exchange, null)]
  }
  const rules = brain.desk.calendar.rules.map(({ id }) => id)
  return subscribe(exchange, [jurisdiction], () => readWishFields(fields, rules))
}
