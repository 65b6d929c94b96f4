// The storage port: what must outlive one message. Knows nothing of how or where it is kept.
// Every method is one transaction; several processes may use one database at the same time.

import type { OwnMilestone } from '../calendar/calendar.ts'
import type { AuthorId, ConversationId, EventKey, Platform } from '../chat/message.ts'
import type { Claim, PlannedDelivery, Settlement } from '../reminders/delivery.ts'
import type { Subscription } from '../reminders/subscription.ts'

/** The database cannot be used at the moment: locked, full, or not to be reached. The same call may be made again. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError'
}

/** The database cannot be opened until the operator puts something right; the message says what. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError'
}

/** What a conversation was about, so that "and examples?" can be understood. Holds no text that anybody wrote. */
export type ConversationContext = {
  /** The entry answered last, and the facets of it that were shown. */
  readonly entry?: string
  readonly shown: readonly string[]
  /** The facet that was asked for by name, if one was. */
  readonly askedFacet?: string
  /** Ids of the choices offered last, in order, so that "the second one" can be understood. */
  readonly offered: readonly string[]
  /** The jurisdiction talked about last. */
  readonly jurisdiction?: string
}

/** What a conversation chose for itself; absent means the default. */
export type Settings = {
  readonly language?: string
  /** IANA. */
  readonly zone?: string
  readonly hour?: number
  readonly weekends?: boolean
}

export interface MessageStore {
  /** True the first time a key is seen within the retention time, false for every repeat. */
  claimEvent(key: EventKey): Promise<boolean>
  /** Gives a claim back after our own failure, so that the platform's repeat is answered. */
  releaseEvent(key: EventKey): Promise<void>
  readContext(conversation: ConversationId): Promise<ConversationContext | null>
  writeContext(conversation: ConversationId, context: ConversationContext): Promise<void>
  readSettings(conversation: ConversationId): Promise<Settings>
  /** Null when nothing is chosen any more. */
  writeSettings(conversation: ConversationId, settings: Settings): Promise<void>
}

export interface SubscriptionStore {
  /**
   * Adds it, or replaces the one with its id; that stays in its conversation, which only `moveConversation` changes. When
   * it is not active, what is planned for it and certainly not sent is removed.
   */
  writeSubscription(subscription: Subscription): Promise<void>
  readSubscription(id: string): Promise<Subscription | null>
  /** Oldest first, retired ones left out. */
  listSubscriptions(conversation: ConversationId): Promise<readonly Subscription[]>
  /** Active ones in the order of their ids, those after `after` (null: from the start), `limit` at most. */
  listActiveSubscriptions(after: string | null, limit: number): Promise<readonly Subscription[]>
  /** Removes it with all that was planned for it. */
  removeSubscription(id: string): Promise<void>
  /**
   * Nothing more is sent: all of the conversation's become retired, and what is planned for them and certainly not sent is
   * removed. Gives those that it retired, as they are now.
   */
  retireSubscriptions(
    conversation: ConversationId,
    reason: string,
  ): Promise<readonly Subscription[]>
  /** The platform gave the conversation another identity: everything held about it moves along. */
  moveConversation(from: ConversationId, to: ConversationId): Promise<void>
  /** No further reminders of this milestone in this conversation; what is planned and certainly not sent is removed. */
  markDone(conversation: ConversationId, milestone: string): Promise<void>
  /** Takes that back: what is still ahead is planned again. */
  unmarkDone(conversation: ConversationId, milestone: string): Promise<void>
  listDone(
    conversations: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, ReadonlySet<string>>>
  addOwnMilestone(
    conversation: ConversationId,
    jurisdiction: string,
    milestone: OwnMilestone,
    now: Temporal.Instant,
  ): Promise<void>
  removeOwnMilestone(conversation: ConversationId, id: string): Promise<boolean>
  listOwnMilestones(
    conversations: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, readonly ConversationMilestone[]>>
}

/** A dated thing that a conversation added for itself, and whose it is. */
export type ConversationMilestone = {
  readonly jurisdiction: string
  readonly milestone: OwnMilestone
  /** What was due before, counted from its date, is not made up for. */
  readonly addedAt: Temporal.Instant
}

/** A milestone's date as last planned, and how often it has moved. */
export type KnownMilestone = {
  readonly key: string
  readonly date: Temporal.PlainDate
  /** 1 for the first date, one more for each move. */
  readonly version: number
  /** When this date was written: what was due before, counted from it, is not made up for. */
  readonly since: Temporal.Instant
}

export interface DeliveryStore {
  /**
   * Makes the pending lead-time deliveries of these subscriptions exactly the planned ones: adds what is missing, gives
   * pending ones the planned instants, removes pending ones that are no longer planned, leaves everything that was
   * claimed, sent, missed or refused as it is. A pending one that ended before `now` stays, to be recorded as missed.
   * Nothing is added for a subscription that is not active, or a milestone that is done; what is added goes to the
   * conversation in which the subscription is now.
   */
  replaceDeliveries(
    subscriptions: readonly string[],
    planned: readonly PlannedDelivery[],
    now: Temporal.Instant,
  ): Promise<{ added: number; removed: number }>
  /** Adds deliveries besides the planned ones: a moved date, a reminder asked for again. A known one is not added twice. */
  addDeliveries(planned: readonly PlannedDelivery[]): Promise<number>
  /**
   * Takes conversations that have something due and nobody else holds, the longest due first, each with all that is due for it.
   * An expired lease is taken over with its message key.
   */
  claimDue(options: ClaimOptions): Promise<readonly Claim[]>
  /**
   * Writes that these claims are about to be sent, and holds them until `until` at least. Gives the message keys that are
   * the owner's; the others must not be sent: their lease has ended, or what they held was withdrawn.
   */
  startSending(
    owner: string,
    messageKeys: readonly string[],
    now: Temporal.Instant,
    until: Temporal.Instant,
  ): Promise<ReadonlySet<string>>
  /** Finishes claims; those whose lease has gone to another owner are left alone. Gives the message keys settled. */
  settle(
    owner: string,
    settlements: readonly Settlement[],
    now: Temporal.Instant,
  ): Promise<ReadonlySet<string>>
  /** Gives claims back untouched: what will not fit in the lease, or at shutdown before sending. */
  release(owner: string, messageKeys: readonly string[]): Promise<void>
  /** The earliest instant at which something may be claimed on these platforms; null when nothing is planned. */
  nextDueAt(platforms: readonly Platform[]): Promise<Temporal.Instant | null>
  /** The dates last planned for these milestones. */
  readKnownMilestones(keys: readonly string[]): Promise<ReadonlyMap<string, KnownMilestone>>
  /** Writes dates, each only if nobody has moved it since `expectedVersion` (0: unknown so far). Gives the keys written. */
  writeKnownMilestones(
    milestones: readonly { key: string; date: Temporal.PlainDate; expectedVersion: number }[],
    now: Temporal.Instant,
  ): Promise<ReadonlySet<string>>
  /** Takes a named duty for one process until the lease ends; false while another holds it. */
  takeDuty(
    name: string,
    owner: string,
    now: Temporal.Instant,
    until: Temporal.Instant,
  ): Promise<boolean>
  countDeliveries(): Promise<Readonly<Record<string, number>>>
}

export type ClaimOptions = {
  readonly owner: string
  readonly now: Temporal.Instant
  readonly leaseUntil: Temporal.Instant
  /** Platforms that can take messages at the moment. */
  readonly platforms: readonly Platform[]
  /** Conversations at most. */
  readonly limit: number
}

/** What is held about a person or a conversation, for "privacy". */
export type Held = {
  readonly subscriptions: number
  readonly ownMilestones: number
  readonly settings: boolean
  readonly context: boolean
}

export interface Store extends MessageStore, SubscriptionStore, DeliveryStore {
  describeHeld(conversation: ConversationId, author: AuthorId): Promise<Held>
  /**
   * Removes all that is held about a conversation and about the author: settings, topics, subscriptions they own anywhere,
   * and what was planned for those. What is done stays while others have subscriptions there. Null for a conversation
   * that is not theirs to forget: then the author alone.
   */
  forget(conversation: ConversationId | null, author: AuthorId): Promise<void>
  /** Small secrets by name, such as a workspace's installation; the caller encrypts. */
  readSecret(name: string): Promise<Uint8Array | null>
  writeSecret(name: string, value: Uint8Array): Promise<void>
  removeSecret(name: string): Promise<void>
  /** Removes what has expired: seen events, contexts, settled deliveries past their retention. Bounded per call. */
  sweep(now: Temporal.Instant): Promise<number>
  close(): Promise<void>
}
