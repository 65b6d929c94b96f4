// What the dispatcher asks of whoever has the words: a claim's message, written at the moment of sending. Types only.

import type { RefusalReason } from '../chat/receipt.ts'
import type { Reply } from '../chat/reply.ts'
import type { Claim } from './delivery.ts'
import type { Subscription } from './subscription.ts'

export type ComposeNote = {
  /** It should have come some time ago. */
  readonly isLate: boolean
  /** An earlier attempt may have been seen, and nothing can drop the repeat: the message says so. */
  readonly mayRepeat: boolean
}

export type Composed = {
  readonly reply: Reply
  /** Ids of the claim's deliveries that the message leaves out: recorded as missed. */
  readonly stale: readonly string[]
}

/**
 * One message for all that is due in a conversation. Says what holds at `now`: "in 2 days", "3 days ago". Leaves out what no
 * longer holds: a date that is not the milestone's any more, what is done, whose subscription is paused; and says a
 * milestone once though several deliveries are about it. Null when nothing is left.
 */
export type Compose = (
  claim: Claim,
  now: Temporal.Instant,
  note: ComposeNote,
) => Promise<Composed | null>

/** What their owner is told when subscriptions of a conversation end because it can no longer be reached. */
export type ComposeRetired = (
  subscriptions: readonly [Subscription, ...Subscription[]],
  reason: RefusalReason,
) => Promise<Reply | null>
