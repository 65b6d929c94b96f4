// A store in the memory of one process: bounded, expiring, gone with a restart.

import { LRUCache } from 'lru-cache'
import type { ConversationContext, Store } from './store.ts'

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
  return {
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
      return Promise.resolve()
    },
  }
}
