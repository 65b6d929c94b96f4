// One reminder to one conversation: its identity, its states and what becomes of it. Types only.

import type { ConversationId, Platform } from '../chat/message.ts'
import type { RefusalReason } from '../chat/receipt.ts'

/**
 * What a delivery is for: so many days before the milestone ("lead:30"), a date that moved ("moved:3", the milestone's
 * third date), or a reminder asked for again ("again:2026-12-01").
 */
export type Occasion = `lead:${number}` | `moved:${number}` | `again:${string}`

/** Unique by subscription, milestone, occasion and due date: the same is never planned twice. */
export type PlannedDelivery = {
  readonly subscription: string
  readonly conversation: ConversationId
  readonly platform: Platform
  /** A milestone's key. */
  readonly milestone: string
  readonly occasion: Occasion
  /** The milestone's civil date when this was planned. */
  readonly dueDate: Temporal.PlainDate
  /** The instant to speak. */
  readonly dueAt: Temporal.Instant
  /** From here on it is too late to send it at all. */
  readonly notAfter: Temporal.Instant
}

/** `pending` until it is settled as one of the others. How far its message has got is the message's: see Claim. */
export type DeliveryState = 'pending' | 'sent' | 'refused' | 'missed' | 'uncertain'

export type Delivery = PlannedDelivery & { readonly id: string }

/** All that is due for one conversation, taken at once so that it becomes one message. */
export type Claim = {
  readonly conversation: ConversationId
  readonly platform: Platform
  /** Kept through every attempt: the adapter's delivery key. */
  readonly messageKey: string
  /** Counted from 1. */
  readonly attempt: number
  /**
   * How many earlier attempts may have been sent: they began to be sent, which is written down before the request leaves,
   * and never settled, or were deferred as `maybeSent`. What has been begun keeps its deliveries: nothing is added to a
   * message that may have been sent.
   */
  readonly possibleSends: number
  readonly deliveries: readonly [Delivery, ...Delivery[]]
}

export type Settlement = {
  readonly messageKey: string
  readonly conversation: ConversationId
} & (
  | {
      readonly kind: 'sent'
      readonly messageId: string
      /** Ids of deliveries that the message left out, because they no longer hold: recorded as missed. */
      readonly missed: readonly string[]
    }
  /** To be tried from `retryAt` on, with the same message key. */
  | {
      readonly kind: 'deferred'
      readonly retryAt: Temporal.Instant
      readonly error: string
      /** Counts as a possible send; otherwise it was certainly not sent. */
      readonly maybeSent: boolean
    }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  /** Too late, or its milestone is gone: recorded, not sent. */
  | { readonly kind: 'missed'; readonly error: string }
  /** May have been sent, and the platform's policy is not to repeat it. */
  | { readonly kind: 'uncertain'; readonly error: string }
)
