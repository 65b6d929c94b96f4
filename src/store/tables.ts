// The tables as Kysely sees them; migrations.ts makes them. Instants are whole milliseconds, civil dates ISO 8601 text,
// yes and no 1 and 0, lists JSON text: the same on both engines.

import type { Generated } from 'kysely'
import type { Platform } from '../chat/message.ts'
import type { DeliveryState } from '../reminders/delivery.ts'
import type { SubscriptionState } from '../reminders/subscription.ts'

export type Flag = 0 | 1

export type Tables = {
  readonly event: EventTable
  readonly context: ContextTable
  readonly settings: SettingsTable
  readonly subscription: SubscriptionTable
  readonly done: DoneTable
  readonly own_milestone: OwnMilestoneTable
  readonly known_milestone: KnownMilestoneTable
  readonly delivery: DeliveryTable
  readonly lane: LaneTable
  readonly duty: DutyTable
  readonly secret: SecretTable
}

type EventTable = { key: string; expires_at: number }
type ContextTable = { conversation: string; context: string; expires_at: number }
type SettingsTable = { conversation: string; settings: string }

export type SubscriptionTable = {
  id: string
  platform: Platform
  conversation: string
  owner: string
  owner_direct: string | null
  jurisdiction: string
  forces: string
  milestones: string
  lead_days: string
  hour: number
  zone: string
  language: string
  weekends: Flag
  state: SubscriptionState
  retired_for: string | null
  created_at: number
  active_since: number
}

type DoneTable = { conversation: string; milestone: string }

type OwnMilestoneTable = {
  conversation: string
  id: string
  jurisdiction: string
  title: string
  date: string
  added_at: number
}

type KnownMilestoneTable = { key: string; date: string; version: number; since: number }

export type DeliveryTable = {
  id: Generated<number>
  subscription: string
  conversation: string
  platform: Platform
  milestone: string
  occasion: string
  due_date: string
  due_at: number
  not_after: number
  state: DeliveryState
  /** Pending, and travels in its lane's message. */
  under_way: Flag
  message_id: string | null
  error: string | null
  settled_at: number | null
}

/**
 * What is sent to one conversation, one message at a time: lanes are what is claimed. There is one for as long as something
 * is pending.
 */
export type LaneTable = {
  conversation: string
  platform: Platform
  /**
   * When it may be claimed: the earliest due instant of what is pending; while a claim stands, the end of its lease;
   * after a deferral, the retry.
   */
  due_at: number
  /** Null when nobody holds it. */
  owner: string | null
  /** Of the message under way, kept through its attempts; null when none is. */
  message_key: string | null
  attempt: number
  /** The attempt under way has got as far as sending. */
  sending: Flag
  /** Attempts before that may have been sent. */
  possible_sends: number
}

type DutyTable = { name: string; owner: string; until: number }
type SecretTable = { name: string; value: Uint8Array }
