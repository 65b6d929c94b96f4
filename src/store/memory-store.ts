// A store in the memory of one process: bounded, expiring, gone with a restart.

import { LRUCache } from 'lru-cache'
import type { ConversationId } from '../chat/message.ts'
import type { ConversationContext, ConversationMilestone, Store } from './store.ts'

/** Platforms repeat an event for minutes, Telegram for up to a day. */
const eventRetention = Temporal.Duration.from({ hours: 25 })
const eventsMax = 200_000
/** After an afternoon, "and examples?" no longer means this morning's topic. */
const contextRetention = Temporal.Duration.from({ hours: 4 })
const contextsMax = 50_000

export function createMemoryStore(): Store {
  const events = new LRUCache<string, true>({
    max: eventsMax,
    ttl: eventRetention.total('milliseconds'),
  })
  const contexts = new LRUCache<string, ConversationContext>({
    max: contextsMax,
    ttl: contextRetention.total('milliseconds'),
  })
  const ownDates = new Map<ConversationId, readonly ConversationMilestone[]>()
  const ownOf = (conversation: ConversationId) => ownDates.get(conversation) ?? []
  return {
    addOwnMilestone(conversation, jurisdiction, milestone) {
      ownDates.set(conversation, [...ownOf(conversation), { jurisdiction, milestone }])
      return Promise.resolve()
    },
    removeOwnMilestone(conversation, id) {
      const kept = ownOf(conversation).filter(({ milestone }) => milestone.id !== id)
      const isRemoved = kept.length < ownOf(conversation).length
      ownDates.set(conversation, kept)
      return Promise.resolve(isRemoved)
    },
    listOwnMilestones: (conversations) =>
      Promise.resolve(new Map(conversations.map((one) => [one, ownOf(one)]))),
    claimEvent(key) {
      const first = !events.has(key)
      if (first) events.set(key, true)
      return Promise.resolve(first)
    },
    readContext: (conversation) => Promise.resolve(contexts.get(conversation) ?? null),
    writeContext(conversation, context) {
      contexts.set(conversation, context)
      return Promise.resolve()
    },
    forget(conversation) {
      contexts.delete(conversation)
      ownDates.delete(conversation)
      return Promise.resolve()
    },
  }
}
