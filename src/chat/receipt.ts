// The fate of one send, as a value: adapters map every platform outcome to one of these.

import type { ConversationId } from './message.ts'

export type RefusalReason =
  'blocked' | 'gone' | 'moved' | 'forbidden' | 'malformed' | 'unauthorized'

export type Receipt =
  | { readonly kind: 'sent'; readonly messageId: string }
  /** Certainly not sent; may be tried again after the delay. */
  | { readonly kind: 'deferred'; readonly retryAfter: Temporal.Duration }
  /** Certainly not sent, and trying the same again cannot help. */
  | {
      readonly kind: 'refused'
      readonly reason: RefusalReason
      readonly movedTo?: ConversationId
    }
  /** May have been sent: the connection ended before the platform's answer. */
  | { readonly kind: 'uncertain'; readonly cause: unknown }
