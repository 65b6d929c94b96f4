// The buttons on a reminder: it is done, or not done after all, or it is wanted again.

import { pickText, type Milestone } from '../calendar/calendar.ts'
import { formatChoiceId, type ReminderAct } from '../chat/choice-id.ts'
import type { Block } from '../chat/reply.ts'
import { isDated, planAgain } from '../reminders/planner.ts'
import type { Subscription } from '../reminders/subscription.ts'
import type { Exchange } from './exchange.ts'
import { choices, say } from './blocks.ts'
import { findTagged } from './milestones-of.ts'
import { composePaused, findChangeable } from './held-reminders.ts'

export const againAfterDays = 3

export async function actOnReminder(
  exchange: Exchange,
  act: ReminderAct,
  id: string,
  tag: string,
): Promise<Block[]> {
  const { phrasebook } = exchange
  const subscription = await findChangeable(exchange, id)
  if (subscription === 'gone') return [say(phrasebook.sayOfReminders('gone'))]
  if (subscription === 'forbidden') return [say(phrasebook.sayOfReminders('not-allowed'))]
  const milestone = findMilestoneOf(exchange, subscription, tag)
  if (milestone === undefined) return [say(phrasebook.say('choice-gone'))]
  switch (act) {
    case 'done':
      return markDone(exchange, subscription, milestone, tag)
    case 'not-done':
      return unmarkDone(exchange, subscription, milestone)
    case 'again':
      return remindAgain(exchange, subscription, milestone)
  }
}

function findMilestoneOf(
  { brain }: Exchange,
  subscription: Subscription,
  tag: string,
): Milestone | undefined {
  const jurisdiction = brain.desk.jurisdiction(subscription.jurisdiction)
  return jurisdiction && findTagged(brain.desk.milestonesOf(jurisdiction), tag)
}

/** One press ends the reminders of everybody in the conversation: another takes it back. */
async function markDone(
  { store, phrasebook, replan }: Exchange,
  subscription: Subscription,
  milestone: Milestone,
  tag: string,
): Promise<Block[]> {
  await store.markDone(subscription.conversation, milestone.key)
  replan([subscription.id])
  const title = pickText(milestone.title, phrasebook.language)
  const undo = {
    id: formatChoiceId({ kind: 'not-done', subscription: subscription.id, tag }),
    label: phrasebook.sayOfReminders('act-not-done'),
  }
  return [say(phrasebook.sayOfReminders('done', { title })), choices('actions', '', [undo])]
}

async function unmarkDone(
  { store, phrasebook, replan }: Exchange,
  subscription: Subscription,
  milestone: Milestone,
): Promise<Block[]> {
  await store.unmarkDone(subscription.conversation, milestone.key)
  replan([subscription.id])
  const title = pickText(milestone.title, phrasebook.language)
  return [say(phrasebook.sayOfReminders('not-done', { title }))]
}

async function remindAgain(
  exchange: Exchange,
  subscription: Subscription,
  milestone: Milestone,
): Promise<Block[]> {
  const { store, phrasebook, now, replan } = exchange
  if (subscription.state === 'paused') return composePaused(exchange, subscription)
  if (!isDated(milestone)) return [say(phrasebook.say('choice-gone'))]
  const delivery = planAgain(subscription, milestone, againAfterDays, now)
  await store.addDeliveries([delivery])
  replan([])
  const day = delivery.dueAt.toZonedDateTimeISO(subscription.zone).toPlainDate()
  return [say(phrasebook.sayOfReminders('again', { day: phrasebook.day(day) }))]
}
