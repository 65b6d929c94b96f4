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

const retryAfter = Temporal.Duration.from({ seconds: 30 })
/** Whoever opens the page again soon sees what waited for them. */
const absentRetry = Temporal.Duration.from({ seconds: 20 })

export function toReceipt(outcome: PushOutcome): Receipt {
  switch (outcome.kind) {
    case 'confirmed':
      return { kind: 'sent', messageId: outcome.messageId }
    case 'nobody-there':
      return { kind: 'deferred', retryAfter: absentRetry, scope: 'conversation' }
    case 'not-started':
      return { kind: 'deferred', retryAfter }
    case 'unconfirmed':
      return { kind: 'uncertain', cause: new Error(outcome.cause) }
  }
}
