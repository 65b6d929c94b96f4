// A connection that is opened again whenever it is lost. It must not know what it connects to.

import { retry } from './retry.ts'

export type KeepOptions = {
  readonly open: () => Promise<unknown>
  /** At the first opening; afterwards it is tried for ever. */
  readonly attemptsMax: number
  readonly pauseMsMin: number
  readonly pauseMsMax: number
  /** A refusal for good ends the first opening. */
  readonly isFinal: (error: unknown) => boolean
  readonly onFailure: (error: unknown) => void
  readonly signal: AbortSignal
}

export class KeptConnection {
  readonly #options: KeepOptions
  #isOpening = false

  constructor(options: KeepOptions) {
    this.#options = options
  }

  /** Rejects with the last error. */
  async open(attemptsMax = this.#options.attemptsMax): Promise<void> {
    const { open, pauseMsMin, pauseMsMax, isFinal, onFailure, signal } = this.#options
    this.#isOpening = true
    const pauseMs = (error: unknown, attempt: number) => {
      onFailure(error)
      if (attemptsMax < Infinity && isFinal(error)) return null
      return Math.min(pauseMsMin * attempt, pauseMsMax)
    }
    await retry(open, { attemptsMax, pauseMs, signal }).finally(() => {
      this.#isOpening = false
    })
  }

  /** To be called whenever the connection ends; also while it is being opened, or after the end. */
  reopen(): void {
    if (this.#isOpening || this.#options.signal.aborted) return
    this.open(Infinity).catch(() => undefined)
  }
}
