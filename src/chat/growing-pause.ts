// Pauses before the beginnings of something that does not last: longer and longer, until it does. It must not know what begins.

import { setTimeout as pause } from 'node:timers/promises'

export type GrowingPauseOptions = {
  /** Before the second beginning; it doubles. */
  readonly pauseMsMin: number
  /** What lasts for more than twice as long counts as steady. */
  readonly pauseMsMax: number
  readonly now: () => Temporal.Instant
}

export class GrowingPause {
  readonly #options: GrowingPauseOptions
  #pauseMs = 0
  #begunAt: Temporal.Instant | null = null

  constructor(options: GrowingPauseOptions) {
    this.#options = options
  }

  /** Resolves when it may begin: at once the first time, and after it was steady. Rejects when the signal ends the waiting. */
  async wait(signal: AbortSignal): Promise<void> {
    const { pauseMsMin, pauseMsMax, now } = this.#options
    const begunAt = this.#begunAt
    const lastedMs = begunAt === null ? Infinity : now().since(begunAt).total('milliseconds')
    const isSteady = lastedMs > 2 * pauseMsMax
    this.#pauseMs = isSteady ? 0 : Math.min(Math.max(2 * this.#pauseMs, pauseMsMin), pauseMsMax)
    await pause(this.#pauseMs, undefined, { signal })
    this.#begunAt = now()
  }
}
