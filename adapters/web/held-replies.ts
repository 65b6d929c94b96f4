// Replies that may have been lost on their way to the page, held for a repeat of the same message.
// It must not decide what is a repeat: the assistant sees every message, and says nothing to a second one.

import { LRUCache } from 'lru-cache'
import type { EventKey } from '../../src/chat/message.ts'
import type { Reply } from '../../src/chat/reply.ts'

const repliesMax = 1_000
/** Longer than the page takes to notice a loss and to repeat. */
const heldMsMax = 120_000

export class HeldReplies {
  readonly #replies = new LRUCache<EventKey, Promise<Reply | null>>({
    max: repliesMax,
    ttl: heldMsMax,
  })

  /**
   * The reply to a message. Elsewhere a platform keeps what was posted; here the answer to a request is the only
   * copy. So where the assistant is silent because it has handled the event, the first reply is given again.
   */
  async settle(key: EventKey, receiving: Promise<Reply | null>): Promise<Reply | null> {
    const held = this.#replies.get(key)
    if (held !== undefined) return (await receiving) ?? held
    this.#replies.set(key, receiving)
    try {
      return await receiving
    } catch (error) {
      this.#replies.delete(key)
      throw error
    }
  }
}
