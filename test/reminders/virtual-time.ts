// A clock that stands still until something waits for it. No test sleeps.

import { setImmediate } from 'node:timers/promises'
import type { Sleep } from '../../src/reminders/bell.ts'

type Timer = { readonly at: number; readonly end: () => void }

/** Turns of the event loop in which nothing waits for the clock and nothing finishes: something hangs for good. */
const idleTurnsMax = 2_000

export class VirtualTime {
  /** Never jumps back: timers are of it. */
  #elapsedMs = 0
  #offsetMs: number
  #timers = new Set<Timer>()

  constructor(start: string) {
    this.#offsetMs = Temporal.Instant.from(start).epochMilliseconds
  }

  readonly now = (): Temporal.Instant =>
    Temporal.Instant.fromEpochMilliseconds(this.#offsetMs + this.#elapsedMs)

  readonly sleep: Sleep = (ms, signal) => {
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const end = () => {
        this.#timers.delete(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = { at: this.#elapsedMs + Math.max(0, ms), end }
      this.#timers.add(timer)
      signal.addEventListener('abort', end)
    })
  }

  /** The wall clock changes; what waits goes on waiting as long as before. */
  jumpTo(instant: string): void {
    this.#offsetMs = Temporal.Instant.from(instant).epochMilliseconds - this.#elapsedMs
  }

  /** Lets time pass for as long as a promise needs it. */
  async until<Result>(promise: Promise<Result>): Promise<Result> {
    const state = { isDone: false }
    const note = () => {
      state.isDone = true
    }
    promise.then(note, note)
    for (let turns = 0; turns < idleTurnsMax; turns++) {
      await setImmediate()
      await setImmediate()
      if (state.isDone) return await promise
      if (this.#endNext(Infinity)) turns = 0
    }
    throw new Error('Nothing goes on')
  }

  async advanceTo(instant: string): Promise<void> {
    const target = Temporal.Instant.from(instant).epochMilliseconds - this.#offsetMs
    for (;;) {
      for (let turn = 0; turn < 5; turn++) await setImmediate()
      if (!this.#endNext(target)) break
    }
    this.#elapsedMs = Math.max(this.#elapsedMs, target)
  }

  #endNext(latest: number): boolean {
    const [next] = [...this.#timers].sort((one, other) => one.at - other.at)
    if (next === undefined || next.at > latest) return false
    this.#elapsedMs = Math.max(this.#elapsedMs, next.at)
    next.end()
    return true
  }
}
