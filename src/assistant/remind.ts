// The use case "remind": subscribing a conversation or a person to a jurisdiction's deadlines, changing and ending that.

import { randomBytes } from 'node:crypto'
import type { Jurisdiction } from '../calendar/calendar.ts'
import type { TimeQuestion } from '../calendar/time-question.ts'
import { formatChoiceId } from '../chat/choice-id.ts'
import type { ConversationId } from '../chat/message.ts'
import type { Block } from '../chat/reply.ts'
import {
  hourDefault,
  leadDaysDefault,
  subscriptionsPerConversationMax,
  type Subscription,
} from '../reminders/subscription.ts'
import type { Exchange } from './exchange.ts'
import { choices, say, toDatesChoice } from './blocks.ts'
import { composeReminderForm } from './compose-forms.ts'
import { composeConfirmation, composeSubscriptions, nextReminders } from './compose-subscription.ts'
import { composeDeadlines } from './compose-deadlines.ts'
import { ownJurisdictions } from './dates-question.ts'
import { readWish, readWishFields, wishedFor, type ReminderWish } from './reminder-wish.ts'

/** Named in one wish. */
const subscribedAtOnceMax = 5

/** `/remind`, `/remind italy 30 and 7 days before`, "remind us about Kenya's plan". */
export async function remind(exchange: Exchange, text: string): Promise<Block[]> {
  const { brain, store, message } = exchange
  const before = await store.readContext(message.conversation)
  const asked = text.trim()
  const question = brain.desk.read(asked)
  const own = ownJurisdictions(brain.desk, before)
  const wanted = wishedFor(question, question.otherWords.length > 0 ? [] : own)
  if (asked === '' || wanted.length === 0) return askForWhom(exchange, question)
  return subscribe(exchange, wanted.slice(0, subscribedAtOnceMax), readWish(asked, question))
}

/** "Remind us about Kenya", "stop the reminders", "which reminders do we have": null when a message asks for none of it. */
export async function answerReminderWish(
  exchange: Exchange,
  text: string,
): Promise<Block[] | null> {
  const { brain, store, message } = exchange
  const question = brain.desk.read(text)
  if (!question.asksReminder) return null
  const { named, ambiguous, withoutPlan } = question.jurisdictions
  const isOfSomebody = named.length + ambiguous.length + withoutPlan.length > 0
  const isNothingElse = question.otherWords.length === 0
  if (question.asksStop && (isOfSomebody || isNothingElse)) return offerToStop(exchange, named)
  if (isOfSomebody) return remind(exchange, text)
  if (!isNothingElse) return null
  const own = ownJurisdictions(brain.desk, await store.readContext(message.conversation))
  const isWish = question.leadDays.length > 0 || question.namesPlan
  return isWish && own.length > 0 ? remind(exchange, text) : showReminders(exchange)
}

/** Stopping is confirmed by a button: a word misread must not end a reminder. */
async function offerToStop(exchange: Exchange, named: readonly Jurisdiction[]): Promise<Block[]> {
  const { message, brain, phrasebook, store } = exchange
  const held = await store.listSubscriptions(message.conversation)
  const ids = new Set(named.map(({ id }) => id))
  const meant = ids.size === 0 ? held : held.filter(({ jurisdiction }) => ids.has(jurisdiction))
  if (meant.length === 0) return [say(phrasebook.sayOfReminders('none'))]
  const list = meant.map(({ id, jurisdiction }) => {
    const found = brain.desk.jurisdiction(jurisdiction)
    const name = found && brain.desk.finder.nameOf(found, phrasebook.language)
    return {
      id: formatChoiceId({ kind: 'stop', subscription: id }),
      label: phrasebook.sayOfReminders('act-stop', { jurisdiction: name ?? jurisdiction }),
    }
  })
  return [choices('actions', phrasebook.sayOfReminders('stop-which'), list)]
}

function askForWhom(exchange: Exchange, question: TimeQuestion): Block[] {
  const { brain, phrasebook } = exchange
  const { ambiguous, withoutPlan } = question.jurisdictions
  if (ambiguous.length > 0) {
    const list = ambiguous
      .flat()
      .map((one) => toDatesChoice(brain.desk.finder.nameOf(one, phrasebook.language), one))
    return [choices('offer', phrasebook.sayOfDates('which'), list)]
  }
  if (withoutPlan.length > 0) {
    return composeDeadlines(brain, { kind: 'no-plan', countries: withoutPlan }, phrasebook)
  }
  return [composeReminderForm(exchange, null)]
}

export async function remindOf(exchange: Exchange, id: string): Promise<Block[]> {
  const jurisdiction = exchange.brain.desk.jurisdiction(id)
  if (jurisdiction === undefined) return [say(exchange.phrasebook.say('choice-gone'))]
  return subscribe(exchange, [jurisdiction], {})
}

/** The form "remind": one jurisdiction and how to be reminded of it. */
export async function takeReminderForm(
  exchange: Exchange,
  fields: Readonly<Record<string, string>>,
): Promise<Block[]> {
  const asked = fields['jurisdiction'] ?? ''
  const question = exchange.brain.desk.read(asked)
  const [jurisdiction] = question.jurisdictions.named
  if (jurisdiction === undefined) {
    return [say(exchange.phrasebook.sayOfDates('which-none')), ...askForWhom(exchange, question)]
  }
  return subscribe(exchange, [jurisdiction], readWishFields(fields))
}

async function subscribe(
  exchange: Exchange,
  jurisdictions: readonly Jurisdiction[],
  wish: ReminderWish,
): Promise<Block[]> {
  const { message, phrasebook, store } = exchange
  // Whoever may not decide for all is reminded alone, where the platform has such a place.
  const target = message.mayAdminister ? message.conversation : message.direct
  if (target === undefined) return [say(phrasebook.sayOfReminders('not-allowed'))]
  const held = await store.listSubscriptions(target)
  const blocks: Block[] = []
  const changed: string[] = []
  for (const jurisdiction of jurisdictions) {
    const before = held.find((one) => one.jurisdiction === jurisdiction.id)
    if (before === undefined && held.length + changed.length >= subscriptionsPerConversationMax) {
      blocks.push(
        say(phrasebook.sayOfReminders('full', { limit: subscriptionsPerConversationMax })),
      )
      break
    }
    if (jurisdiction.status !== 'active') {
      blocks.push(...composeDeadlines(exchange.brain, noDates(exchange, jurisdiction), phrasebook))
      continue
    }
    const subscription = await makeSubscription(exchange, target, jurisdiction, before, wish)
    await store.writeSubscription(subscription)
    changed.push(subscription.id)
    const next = await nextReminders(exchange, subscription)
    blocks.push(...composeConfirmation(exchange, subscription, next))
  }
  if (target !== message.conversation) blocks.push(say(phrasebook.sayOfReminders('to-you-alone')))
  exchange.replan(changed)
  return blocks
}

const noDates = ({ brain }: Exchange, jurisdiction: Jurisdiction) =>
  ({
    kind: 'dates',
    period: null,
    subjects: [
      {
        jurisdiction,
        today: brain.desk.today(jurisdiction.zone),
        asked: [],
        open: [],
        notComputed: [],
      },
    ],
  }) as const

async function makeSubscription(
  { message, phrasebook, store, now }: Exchange,
  target: ConversationId,
  jurisdiction: Jurisdiction,
  before: Subscription | undefined,
  wish: ReminderWish,
): Promise<Subscription> {
  const settings = await store.readSettings(target)
  const created = {
    id: before?.id ?? createId(),
    platform: message.platform,
    conversation: target,
    owner: message.author,
    ownerDirect: message.direct ?? null,
    jurisdiction: jurisdiction.id,
    forces: before?.forces ?? [],
    milestones: before?.milestones ?? [],
    leadDays: before?.leadDays ?? leadDaysDefault,
    hour: before?.hour ?? settings.hour ?? hourDefault,
    zone: before?.zone ?? settings.zone ?? message.zone ?? jurisdiction.zone,
    language: phrasebook.language,
    weekends: before?.weekends ?? settings.weekends ?? false,
    state: 'active',
    retiredFor: null,
    createdAt: before?.createdAt ?? now,
    activeSince: now,
  } as const
  return { ...created, ...wish }
}

const idLength = 10
const idLetters = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Unguessable enough that nobody presses a button of somebody else's subscription by chance. */
const createId = (): string =>
  [...randomBytes(idLength)].map((byte) => idLetters.charAt(byte % idLetters.length)).join('')

/** `/reminders`: what is subscribed to here, with what can be done about it. */
export async function showReminders(exchange: Exchange): Promise<Block[]> {
  const { message, store } = exchange
  const held = await store.listSubscriptions(message.conversation)
  const next = new Map(
    await Promise.all(
      held.map(async (one) => [one.id, await nextReminders(exchange, one)] as const),
    ),
  )
  return composeSubscriptions(exchange, held, next)
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
      return [say(sayOf(exchange, 'paused', subscription))]
    case 'resume': {
      const resumed: Subscription = { ...subscription, state: 'active', activeSince: exchange.now }
      await store.writeSubscription(resumed)
      exchange.replan([id])
      return composeConfirmation(exchange, resumed, await nextReminders(exchange, resumed))
    }
  }
}

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

export const sayOf = (
  { brain, phrasebook }: Exchange,
  name: 'stopped' | 'paused',
  { jurisdiction: id }: Subscription,
): string => {
  const jurisdiction = brain.desk.jurisdiction(id)
  const named =
    jurisdiction === undefined ? id : brain.desk.finder.nameOf(jurisdiction, phrasebook.language)
  return phrasebook.sayOfReminders(name, { jurisdiction: named })
}
