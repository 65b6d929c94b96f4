// Owns the count of what a measured process has done and when, and the platform that answers at once and counts.

import { setImmediate } from 'node:timers/promises'
import type { ChatAdapter } from '../../src/chat/adapter.ts'
import { systemClock } from '../../src/clock.ts'
import type { Answers } from './protocol.ts'

export class Tally {
  done = 0
  firstAt: number | null = null
  lastAt: number | null = null
  readonly roundsMs: number[] = []

  noteSend(): void {
    const now = systemClock.now().epochMilliseconds
    this.done++
    this.firstAt ??= now
    this.lastAt = now
  }
}

/** Answers in the next turn: without one, SQLite's synchronous calls would hold up all else. */
export function createLoopback(tally: Tally, answers: Answers): ChatAdapter {
  let turn: Promise<void> | undefined
  const nextTurn = () => {
    if (answers === 'apart') return setImmediate()
    turn ??= setImmediate().then(() => {
      turn = undefined
    })
    return turn
  }
  return {
    platform: 'web',
    limits: { textLengthMax: 4_000, choicesMax: 10, choiceLabelLengthMax: 80 },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    async send() {
      tally.noteSend()
      const messageId = tally.done.toString()
      await nextTurn()
      return { kind: 'sent', messageId }
    },
  }
}

/** What a program does in a process of its own. */
export type Program = {
  /** Until the work is done, or it is stopped. */
  run(dueAt: number): Promise<void>
  stop(): Promise<void>
  close(): Promise<void>
}
