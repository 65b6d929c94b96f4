// Waiting that somebody can end: for loops that sleep until something is due and are woken by what changes.

import { setTimeout as pause } from 'node:timers/promises'

/** Resolves after so many milliseconds, or as soon as the signal is aborted; never rejects. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>

export const systemSleep: Sleep = async (ms, signal) => {
  if (signal.aborted) return
  await pause(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}

export type Bell = {
  /** Ends the wait, or the next one if nobody waits. */
  readonly ring: () => void
  readonly wait: (ms: number) => Promise<void>
}

export function createBell(sleep: Sleep): Bell {
  let rung = new AbortController()
  return {
    ring() {
      rung.abort()
    },
    async wait(ms) {
      await sleep(ms, rung.signal)
      if (rung.signal.aborted) rung = new AbortController()
    },
  }
}
