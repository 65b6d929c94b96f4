// What the suite of chat adapters needs of one adapter and its platform: hooks, failures, exemptions.
// It must not know a platform.

import type { ChatAdapter } from '../../src/chat/adapter.ts'
import type { Receipt } from '../../src/chat/receipt.ts'

/** Two places where people talk to the assistant, threads included. */
export type Place = 'first' | 'second'

export type PersonQuestion = {
  /** The platform's identity of the event: a repeat has the same. */
  readonly id: string
  readonly place: Place
  readonly text: string
}

/** One adapter and its platform, made for one test. */
export type Rig = {
  /** Configured and not started. */
  readonly adapter: ChatAdapter
  /** A person asks, addressed to the assistant. Resolves when the platform has its acknowledgement. */
  deliver(question: PersonQuestion): Promise<void>
  /** What stands in a place from the assistant, one text a message, oldest first, as people read it. */
  readPosted(place: Place): readonly string[]
  /** Resolves when the platform has received all that is on its way to it. */
  settle(): Promise<void>
  /** Everything logged so far. */
  readonly logLines: readonly string[]
  /** Tokens and keys that must never be seen. */
  readonly secrets: readonly string[]
  /** Ends the platform, and the adapter if it is still up. */
  close(): Promise<void>
}

export type Failure<R extends Rig> = {
  readonly name: string
  /** Makes the next send to a place fail. */
  readonly inject: (rig: R, place: Place) => Promise<void> | void
  /** Fields that the receipt must have. */
  readonly expected: Partial<Receipt>
}

export type Ignored<R extends Rig> = {
  readonly name: string
  readonly deliver: (rig: R) => Promise<void>
}

export const caseNames = [
  'one event, one receive',
  'a repeated event keeps its key',
  'what is not for the assistant is ignored',
  'the reply goes where the question was',
  'null posts nothing',
  'an event is acknowledged while receive hangs',
  'long text arrives without loss and in order',
  'hostile text comes through as plain text',
  'an unasked reply is posted once',
  'each failure gives its receipt',
  'an aborted send posts nothing',
  'stop drains and may be called twice',
  'no secret in a log or receipt',
] as const
export type CaseName = (typeof caseNames)[number]

export type Descriptor<R extends Rig> = {
  open(): Promise<R>
  /** The assistant's own messages, other bots', talk not addressed to it, and the like. */
  readonly ignored: readonly Ignored<R>[]
  readonly failures: readonly Failure<R>[]
  /** Why a case does not apply. It is shown as a skipped test. */
  readonly exempt?: Partial<Record<CaseName, string>>
}
