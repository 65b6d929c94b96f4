// The use cases of subscriptions that there are: listing, pausing, changing and ending them.

import type { Jurisdiction } from '../calendar/calendar.ts'
import { formatChoiceId } from '../chat/choice-id.ts'
import type { Block } from '../chat/reply.ts'
import type { Subscription } from '../reminders/subscription.ts'
import type { Exchange } from './exchange.ts'
import { choices, say } from './blocks.ts'
import { composeReminderForm } from './compose-forms.ts'
import {
  composeConfirmation,
  composeSubscriptions,
  nextReminders,
  toAct,
} from './compose-subscription.ts'

/** `/reminders`: what is subscribed to here, with what can be done about it. */
export async function showReminders(exchange: Exchange): Promise<Block[]> {
  const { message, store } = exchange
  const held = await store.listSubscriptions(message.conversation)
  const next = await Promise.all(
    held.map(async (one) => [one.id, await nextReminders(exchange, one)] as const),
  )
  return composeSubscriptions(exchange, held, new Map(next))
}

/**
 * Stopping is confirmed by a button: a word misread must not end a reminder.
 *
 * @param named whose reminders; nobody's: all of them
 */
export async function offerToStop(
  exchange: Exchange,
  named: readonly Jurisdiction[],
): Promise<Block[]> {
  const { message, phrasebook, store } = exchange
  const held = await store.listSubscriptions(message.conversation)
  const ids = new Set(named.map(({ id }) => id))
  const meant = ids.size === 0 ? held : held.filter(({ jurisdiction }) => ids.has(jurisdiction))
  if (meant.length === 0) return [say(phrasebook.sayOfReminders('none'))]
  const all = {
    id: formatChoiceId({ kind: 'stop-all' }),
    label: phrasebook.sayOfReminders('stop-all'),
  }
  const list = [
    ...meant.map((one) => toAct(exchange, 'stop', one)),
    ...(meant.length > 1 && meant.length === held.length ? [all] : []),
  ]
  return [choices('actions', phrasebook.sayOfReminders('stop-which'), list)]
}

/** A button on a subscription. */
export async function changeSubscription(
  exchange: Exchange,
  act: 'pause' | 'resume' | 'change' | 'stop',
  id: string,
): Promise<Block[]> {
  const { store, phrasebook } = exchange
  const subscription = await findChangeable(exchange, id)
  if (subscription === 'gone') return [say(phrasebook.sayOfReminders('gone'))]
  if (subscription === 'forbidden') return [say(phrasebook.sayOfReminders('not-allowed'))]
  switch (act) {
    case 'change':
      return [composeReminderForm(exchange, subscription)]
    case 'stop':
      await store.removeSubscription(id)
      exchange.replan([id])
      return [say(sayOf(exchange, 'stopped', subscription))]
    case 'pause':
      await store.writeSubscription({ ...subscription, state: 'paused' })
      exchange.replan([id])
      return composePaused(exchange, subscription)
    case 'resume': {
      const resumed: Subscription = { ...subscription, state: 'active', activeSince: exchange.now }
      await store.writeSubscription(resumed)
      exchange.replan([id])
      return composeConfirmation(exchange, resumed, await nextReminders(exchange, resumed))
    }
  }
}

/** That nothing comes at the moment, and the way back. */
export const composePaused = (exchange: Exchange, subscription: Subscription): Block[] => [
  say(sayOf(exchange, 'paused', subscription)),
  choices('actions', '', [toAct(exchange, 'resume', subscription)]),
]

/** Ends every subscription of the conversation. */
export async function stopAll(exchange: Exchange): Promise<Block[]> {
  const { message, store, phrasebook } = exchange
  if (!message.mayAdminister) return [say(phrasebook.sayOfReminders('not-allowed'))]
  const held = await store.listSubscriptions(message.conversation)
  for (const { id } of held) await store.removeSubscription(id)
  exchange.replan(held.map(({ id }) => id))
  return [say(phrasebook.sayOfReminders('stopped-all', { count: held.length }))]
}

/** The subscription, when whoever asks may change it: in its own conversation, or their own wherever it is. */
export async function findChangeable(
  { message, store }: Exchange,
  id: string,
): Promise<Subscription | 'gone' | 'forbidden'> {
  const subscription = await store.readSubscription(id)
  if (subscription === null || subscription.state === 'retired') return 'gone'
  const isHere = subscription.conversation === message.conversation
  const isTheirs = subscription.conversation === message.direct
  if (isTheirs || (isHere && message.mayAdminister)) return subscription
  return isHere ? 'forbidden' : 'gone'
}

const sayOf = (
  { brain, phrasebook }: Exchange,
  name: 'stopped' | 'paused',
  { jurisdiction }: Subscription,
): string => {
  const named = brain.desk.nameOf(jurisdiction, phrasebook.language)
  return phrasebook.sayOfReminders(name, { jurisdiction: named })
}
