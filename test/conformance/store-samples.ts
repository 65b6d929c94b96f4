// What the store's tests write: subscriptions and plans with only what matters said, a clock that is set by hand.

import type { Clock } from '../../src/clock.ts'
import { toAuthorId, toConversationId, type ConversationId } from '../../src/chat/message.ts'
import type { Claim, PlannedDelivery, Settlement } from '../../src/reminders/delivery.ts'
import type { Subscription } from '../../src/reminders/subscription.ts'
import type { Store } from '../../src/store/store.ts'

export const at = (time: string) => Temporal.Instant.from(`2027-03-01T${time}Z`)
export const here = toConversationId('here')
export const there = toConversationId('there')
export const ada = toAuthorId('ada')
export const ben = toAuthorId('ben')

export type HandClock = Clock & { set(time: Temporal.Instant): void }

export function createHandClock(): HandClock {
  let time = at('08:00')
  return {
    now: () => time,
    set(next) {
      time = next
    },
  }
}

export const subscribe = (id: string, chosen: Partial<Subscription> = {}): Subscription => ({
  id,
  platform: 'slack',
  conversation: here,
  owner: ada,
  ownerDirect: null,
  jurisdiction: 'kenya',
  forces: [],
  milestones: [],
  leadDays: [30, 7],
  hour: 9,
  zone: 'Africa/Nairobi',
  language: 'en',
  weekends: false,
  state: 'active',
  retiredFor: null,
  createdAt: at('07:00'),
  activeSince: at('07:00'),
  ...chosen,
})

export const plan = (
  subscription: Subscription,
  chosen: Partial<PlannedDelivery> = {},
): PlannedDelivery => ({
  subscription: subscription.id,
  conversation: subscription.conversation,
  platform: subscription.platform,
  milestone: 'kenya/5/report',
  occasion: 'lead:7',
  dueDate: Temporal.PlainDate.from('2027-03-08'),
  dueAt: at('09:00'),
  notAfter: at('21:00'),
  ...chosen,
})

/** A subscription in each of these conversations, with what is due for it at nine. */
export async function planFor(
  store: Store,
  conversations: readonly ConversationId[],
  chosen: Partial<PlannedDelivery> = {},
): Promise<void> {
  const subscriptions = conversations.map((conversation) =>
    subscribe(`of-${conversation}`, { conversation }),
  )
  for (const subscription of subscriptions) await store.writeSubscription(subscription)
  await store.addDeliveries(subscriptions.map((subscription) => plan(subscription, chosen)))
}

export const claim = (
  store: Store,
  owner: string,
  chosen: { readonly now?: Temporal.Instant; readonly limit?: number } = {},
): Promise<readonly Claim[]> => {
  const now = chosen.now ?? at('09:00')
  return store.claimDue({
    owner,
    now,
    leaseUntil: now.add({ minutes: 2 }),
    platforms: ['slack', 'discord'],
    limit: chosen.limit ?? 100,
  })
}

export const claimOne = async (store: Store, owner: string, now = at('09:00')): Promise<Claim> => {
  const [first, ...others] = await claim(store, owner, { now })
  if (first === undefined || others.length > 0) {
    throw new Error(
      `One claim was expected, not ${(first === undefined ? 0 : others.length + 1).toString()}`,
    )
  }
  return first
}

/** `startSending` for two minutes. */
export const startSending = (
  store: Store,
  owner: string,
  { messageKey }: Claim,
  now = at('09:00'),
) => store.startSending(owner, [messageKey], now, now.add({ minutes: 2 }))

export const sent = (
  { messageKey, conversation }: Claim,
  missed: readonly string[] = [],
): Settlement => ({
  kind: 'sent',
  messageKey,
  conversation,
  messageId: `message of ${conversation}`,
  missed,
})

export const deferred = (
  { messageKey, conversation }: Claim,
  retryAt: Temporal.Instant,
  maybeSent = false,
): Settlement => ({ kind: 'deferred', messageKey, conversation, retryAt, error: 'busy', maybeSent })
