// What became of a pushed reply -> a receipt. Pure.

import type { Receipt } from '../../src/chat/receipt.ts'

export type PushOutcome =
  /** An open page said that it shows the reply. */
  | { readonly kind: 'confirmed'; readonly messageId: string }
  /** No page of the conversation is open. */
  | { readonly kind: 'nobody-there' }
  /** Given up before anything was written. */
  | { readonly kind: 'not-started' }
  /** Written to an open page that did not say that it shows the reply. */
  | { readonly kind: 'unconfirmed'; readonly cause: string }

const retryAfter = { seconds: 30 }

export function toReceipt(outcome: PushOutcome): Receipt {
  switch (outcome.kind) {
    case 'confirmed':
      return { kind: 'sent', messageId: outcome.messageId }
    case 'nobody-there':
      return { kind: 'refused', reason: 'gone' }
    case 'not-started':
      return { kind: 'deferred', retryAfter: Temporal.Duration.from(retryAfter) }
    case 'unconfirmed':
      return { kind: 'uncertain', cause: new Error(outcome.cause) }
  }
}
