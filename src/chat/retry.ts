// Trying again what failed, after pauses. It must not know what is tried.

import { setTimeout as pause } from 'node:timers/promises'
import type { Receipt } from './receipt.ts'

export type RetryOptions = {
  /** Infinity for what has to come back whenever it can. */
  readonly attemptsMax: number
  /** How long to wait after the failure of an attempt, counted from 1; null when another cannot help. */
  readonly pauseMs: (error: unknown, attempt: number) => number | null
  /** Ends the waiting. */
  readonly signal?: AbortSignal
}

/** What the action gives, the first time that it does not reject; else its last error. */
export async function retry<T>(action: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { attemptsMax, pauseMs, signal } = options
  for (let attempt = 1; ; attempt++) {
    try {
      return await action()
    } catch (error) {
      const ms = attempt < attemptsMax ? pauseMs(error, attempt) : null
      if (ms === null || signal?.aborted === true) throw error
      await pause(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {
        throw error
      })
    }
  }
}

/** For a reply, which nobody else would send again: waits where the platform says that it has not been sent. */
export function retryDeferred<T>(
  action: () => Promise<T>,
  toReceipt: (error: unknown) => Receipt,
  bounds: { readonly attemptsMax: number; readonly pauseMsMax: number },
): Promise<T> {
  const pauseMs = (error: unknown) => {
    const receipt = toReceipt(error)
    if (receipt.kind !== 'deferred') return null
    return Math.min(receipt.retryAfter.total('milliseconds'), bounds.pauseMsMax)
  }
  return retry(action, { attemptsMax: bounds.attemptsMax, pauseMs })
}
