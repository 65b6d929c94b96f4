// Writing a subscription: for whom, with which defaults, within which limits, and its confirmation.

import { randomBytes } from 'node:crypto'
import type { Jurisdiction } from '../calendar/calendar.ts'
import type { ConversationId } from '../chat/message.ts'
import type { Block } from '../chat/reply.ts'
import {
  hourDefault,
  leadDaysDefault,
  subscriptionsPerConversationMax,
  type Subscription,
} from '../reminders/subscription.ts'
import type { Exchange } from './exchange.ts'
import { say } from './blocks.ts'
import { composeDeadlines } from './compose-deadlines.ts'
import { composeConfirmation, nextReminders } from './compose-subscription.ts'
import type { ReminderWish } from './reminder-wish.ts'

/** Named in one wish. */
const subscribedAtOnceMax = 5

/** @param wishFor what is wished, by the subscription that there is */
export async function subscribe(
  exchange: Exchange,
  jurisdictions: readonly Jurisdiction[],
  wishFor: (before: Subscription | undefined) => ReminderWish,
): Promise<Block[]> {
  const { message, phrasebook, store } = exchange
  // Whoever may not decide for all is reminded alone, where the platform has such a place.
  const target = message.mayAdminister ? message.conversation : message.direct
  if (target === undefined) return [say(phrasebook.sayOfReminders('not-allowed'))]
  const held = await store.listSubscriptions(target)
  const blocks: Block[] = []
  const changed: string[] = []
  let count = held.length
  for (const jurisdiction of jurisdictions.slice(0, subscribedAtOnceMax)) {
    if (jurisdiction.status !== 'active') {
      blocks.push(...composeDeadlines(exchange.brain, noDates(exchange, jurisdiction), phrasebook))
      continue
    }
    const before = held.find((one) => one.jurisdiction === jurisdiction.id)
    if (before === undefined && count >= subscriptionsPerConversationMax) {
      const values = { limit: subscriptionsPerConversationMax }
      blocks.push(say(phrasebook.sayOfReminders('full', values)))
      break
    }
    if (before === undefined) count++
    const made = await makeSubscription(exchange, target, jurisdiction, before)
    const subscription = { ...made, ...wishFor(before) }
    await store.writeSubscription(subscription)
    changed.push(subscription.id)
    const next = await nextReminders(exchange, subscription)
    blocks.push(...composeConfirmation(exchange, subscription, next))
  }
  if (jurisdictions.length > subscribedAtOnceMax) {
    blocks.push(say(phrasebook.sayOfReminders('first-only', { limit: subscribedAtOnceMax })))
  }
  if (changed.length > 0 && target !== message.conversation) {
    blocks.push(say(phrasebook.sayOfReminders('to-you-alone')))
  }
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
): Promise<Subscription> {
  const settings = await store.readSettings(target)
  return {
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
    language: settings.language ?? phrasebook.language,
    weekends: before?.weekends ?? settings.weekends ?? false,
    state: 'active',
    retiredFor: null,
    createdAt: before?.createdAt ?? now,
    activeSince: now,
  }
}

const idLength = 10
const idLetters = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Unguessable enough that nobody presses a button of somebody else's subscription by chance. */
const createId = (): string =>
  [...randomBytes(idLength)].map((byte) => idLetters.charAt(byte % idLetters.length)).join('')
