// What somebody wants to be reminded of, and when: the wish, its defaults and its bounds. Pure; knows no store.

import type { AuthorId, ConversationId, Platform } from '../chat/message.ts'
import type { Force } from '../calendar/calendar.ts'

/** Days before a milestone on which a reminder is sent unless somebody chose others; 0 is the day itself. */
export const leadDaysDefault: readonly number[] = [60, 30, 14, 7, 1, 0]
export const leadDaysMax = 365
export const leadTimesMax = 12
/** Of the subscriber's own day. */
export const hourDefault = 9
export const subscriptionsPerConversationMax = 50

export type SubscriptionState = 'active' | 'paused' | 'retired'

export type Subscription = {
  /** Ten letters and digits: it stands in the ids of buttons. */
  readonly id: string
  readonly platform: Platform
  readonly conversation: ConversationId
  /** Who set it up, and where they can be told alone that it can no longer be delivered. */
  readonly owner: AuthorId
  readonly ownerDirect: ConversationId | null
  readonly jurisdiction: string
  /** Empty: every force. */
  readonly forces: readonly Force[]
  /** Ids of rules, or of one-off milestones; empty: all. */
  readonly milestones: readonly string[]
  /** Days, largest first. */
  readonly leadDays: readonly number[]
  /** 0 to 23, in `zone`. */
  readonly hour: number
  /** IANA. */
  readonly zone: string
  readonly language: string
  /** Reminders on Saturdays and Sundays are wanted, whatever their lead time. */
  readonly weekends: boolean
  readonly state: SubscriptionState
  /** Why it was retired: a refusal's reason. */
  readonly retiredFor: string | null
  /** What was due before is never sent. */
  readonly createdAt: Temporal.Instant
  /**
   * When it was created, resumed or changed last. What was due on an earlier day of the subscriber is not made up for:
   * it was not wanted then.
   */
  readonly activeSince: Temporal.Instant
}
