// The chat port. An adapter translates between one platform and these types; it decides nothing.
// It never retries, deduplicates, ranks or stores.

import type { ConversationId, InboundMessage, Platform } from './message.ts'
import type { Receipt } from './receipt.ts'
import type { Choice, Reply } from './reply.ts'

/** Turns one inbound message into the reply to post, or null to stay silent. Never rejects. */
export type Receive = (message: InboundMessage) => Promise<Reply | null>

/** What is being typed: a question, or the name of a jurisdiction. */
export type SuggestKind = 'question' | 'jurisdiction'

/**
 * Completions for a text being typed, best first, at most `limit`: choices to send back as they are. Of a jurisdiction,
 * the choice shows its deadlines, and its label is understood wherever its name is asked for.
 */
export type Suggest = (
  prefix: string,
  language: string,
  limit: number,
  kind?: SuggestKind,
) => readonly Choice[]

export type Limits = {
  /** Longest text of one posted message, in UTF-16 units; longer replies are split. */
  readonly textLengthMax: number
  readonly choicesMax: number
  readonly choiceLabelLengthMax: number
}

export type SendOptions = {
  readonly signal: AbortSignal
  /** Identical for every attempt at one delivery: the platform's idempotency key where it has one. */
  readonly deliveryKey: string
  /** An earlier attempt, perhaps of an earlier process, may have arrived: look before sending again where that is possible. */
  readonly mayBeRepeat?: boolean
}

export interface ChatAdapter {
  readonly platform: Platform
  readonly limits: Limits
  /**
   * Connects and hands each event to `receive` once. Rejects with a message for the operator: a RefusedError where only
   * they can help; any other when the platform cannot be reached, and then it may be called again.
   */
  start(receive: Receive, suggest: Suggest): Promise<void>
  /** Posts unasked. Never throws for what the platform did: every outcome is a receipt. */
  send(to: ConversationId, reply: Reply, options: SendOptions): Promise<Receipt>
  /** Finishes what is under way, then disconnects. May be called twice. */
  stop(): Promise<void>
}
