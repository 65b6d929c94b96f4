// How fast we send: some 30 messages a second, 20 a minute into a group, and no sooner than Telegram says.
// https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { isGroup } from './place.ts'
import { readWaitMs, WaitError } from './receipt.ts'

export class Pace {
  readonly #all = new RateLimiterMemory({ points: 30, duration: 1 })
  readonly #groups = new RateLimiterMemory({ points: 20, duration: 60 })
  readonly #people = new RateLimiterMemory({ points: 60, duration: 60 })

  /** Sends one message into a chat. Rejects with a WaitError, and sends nothing, when it is too soon. */
  async keep<T>(chat: number, send: () => Promise<T>): Promise<T> {
    const limiter = isGroup(chat) ? this.#groups : this.#people
    try {
      await limiter.consume(chat)
      await this.#all.consume('all')
      return await send()
    } catch (error) {
      if (error instanceof RateLimiterRes) throw new WaitError(error.msBeforeNext)
      const waitMs = readWaitMs(error) ?? 0
      if (waitMs > 0) await limiter.block(chat, waitMs / 1_000)
      throw error
    }
  }
}
