// A connection that is opened again whenever it is lost. It must not know what it connects to.

import type { DeskLog } from './desk.ts'
import type { Platform } from './message.ts'
import type { Receipt } from './receipt.ts'
import { RefusedError } from './refused-error.ts'
import { retry } from './retry.ts'

export type KeepOptions = {
  readonly platform: Platform
  /** The platform as people write it. */
  readonly name: string
  readonly log: DeskLog
  readonly bounds: {
    /** At the first opening; afterwards it is tried for ever. */
    readonly connectAttemptsMax: number
    /** Pauses grow by the first one. */
    readonly connectPauseMsMin: number
    readonly connectPauseMsMax: number
  }
  /** Has to succeed once, before the first opening. */
  readonly prepare: () => Promise<unknown>
  readonly open: () => Promise<unknown>
  readonly close: () => Promise<unknown>
  /** A refusal for good ends the first opening. */
  readonly toReceipt: (error: unknown) => Receipt
  /** What is known of an error without a secret in it. */
  readonly describeError: (error: unknown) => string
}

export class KeptConnection {
  readonly #options: KeepOptions
  readonly #ending = new AbortController()
  #isPrepared = false
  #isOpening = false
  #hasOpened = false

  constructor(options: KeepOptions) {
    this.#options = options
  }

  /** Rejects with a message for the operator, a RefusedError where trying again cannot help. */
  async open(): Promise<void> {
    const { name, bounds, describeError } = this.#options
    await this.#try(bounds.connectAttemptsMax).catch((error: unknown) => {
      const reason = `Cannot connect to ${name}: ${describeError(error)}`
      if (this.#isRefused(error)) throw new RefusedError(`${reason}, a valid token is needed`)
      throw new Error(`${reason}, a way to connect is needed`)
    })
  }

  /** To be called whenever the connection ends; also while it is being opened, or after the end. */
  readonly reopen = (): void => {
    if (this.#isOpening || this.#ending.signal.aborted) return
    this.#try(Infinity).catch(() => undefined)
  }

  /** For good; also while it is being opened. */
  async close(): Promise<void> {
    this.#ending.abort()
    if (this.#hasOpened) await this.#options.close()
  }

  async #try(attemptsMax: number) {
    const { platform, name, log, bounds, describeError } = this.#options
    this.#isOpening = true
    const pauseMs = (error: unknown, attempt: number) => {
      log.warn({ platform, error: describeError(error) }, `Cannot connect to ${name} yet`)
      if (attemptsMax < Infinity && this.#isRefused(error)) return null
      return Math.min(bounds.connectPauseMsMin * attempt, bounds.connectPauseMsMax)
    }
    const { signal } = this.#ending
    await retry(() => this.#openOnce(), { attemptsMax, pauseMs, signal }).finally(() => {
      this.#isOpening = false
    })
  }

  async #openOnce() {
    const { prepare, open } = this.#options
    if (!this.#isPrepared) await prepare()
    this.#isPrepared = true
    await open()
    this.#hasOpened = true
    if (this.#ending.signal.aborted) await this.close()
  }

  #isRefused(error: unknown): boolean {
    return this.#options.toReceipt(error).kind === 'refused'
  }
}
