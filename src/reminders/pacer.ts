// Turns to send on one platform: so many at the same time, so many a second, and a gap between two to one conversation.
// Paces by waiting and not by the clock, which may jump.

import { LRUCache } from 'lru-cache'
import type { ConversationId } from '../chat/message.ts'
import type { Sleep } from './bell.ts'
import type { PlatformPolicy } from './platform-policy.ts'

const conversationsMax = 10_000

export type Pacer = {
  /** Waits for a turn; it must be given back. */
  readonly takeTurn: () => Promise<void>
  readonly giveBack: () => void
  /** Waits until one more may be sent, from inside a turn. */
  readonly keepPace: (signal: AbortSignal) => Promise<void>
  /** Notes a message to a conversation, or tells how long it has to wait for it. */
  readonly admit: (conversation: ConversationId, now: Temporal.Instant) => number
}

export function createPacer(policy: PlatformPolicy, sleep: Sleep): Pacer {
  const { perSecond, conversationGapMs, inFlightMax } = policy
  const sentAt = new LRUCache<ConversationId, number>({ max: conversationsMax })
  const waiting: (() => void)[] = []
  let taken = 0
  let previous: Promise<void> = Promise.resolve()
  return {
    async takeTurn() {
      if (taken < inFlightMax) taken++
      else await new Promise<void>((resolve) => waiting.push(resolve))
    },
    giveBack() {
      const next = waiting.shift()
      if (next === undefined) taken--
      else next()
    },
    async keepPace(signal) {
      if (perSecond === Infinity) return
      const mine = previous
      previous = mine.then(() => sleep(1_000 / perSecond, signal))
      await mine
    },
    admit(conversation, now) {
      const last = sentAt.get(conversation)
      const elapsed = now.epochMilliseconds - (last ?? 0)
      // A clock that went back knows nothing of what was sent "later".
      if (last !== undefined && elapsed >= 0 && elapsed < conversationGapMs) {
        return conversationGapMs - elapsed
      }
      sentAt.set(conversation, now.epochMilliseconds)
      return 0
    },
  }
}
