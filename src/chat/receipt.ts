// The fate of one send, as a value: adapters map every platform outcome to one of these.

import type { ConversationId } from './message.ts'

export type RefusalReason =
  'blocked' | 'gone' | 'moved' | 'forbidden' | 'malformed' | 'unauthorized'

export type Receipt =
  | { readonly kind: 'sent'; readonly messageId: string }
  /** Certainly not sent; may be tried again after the delay. */
  | {
      readonly kind: 'deferred'
      readonly retryAfter: Temporal.Duration
      /** The platform is well: nobody can be reached in this conversation at the moment. */
      readonly scope?: 'conversation'
    }
  /** Certainly not sent, and trying the same again cannot help. */
  | {
      readonly kind: 'refused'
      readonly reason: RefusalReason
      readonly movedTo?: ConversationId
    }
  /** May have been sent: the connection ended before the platform's answer. */
  | { readonly kind: 'uncertain'; readonly cause: unknown }

/** However long a platform asks to wait, it is asked again within an hour. */
const deferSecondsMax = 3_600

export const defer = (seconds: number): Receipt => ({
  kind: 'deferred',
  retryAfter: Temporal.Duration.from({ seconds: Math.min(seconds, deferSecondsMax) }),
})

/** Codes of Node.js for a connection that never was: nothing can have been sent. */
export const unconnectedCodes: readonly unknown[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]
