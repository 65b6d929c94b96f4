// Subscriptions as rows and back.

import type { Selectable } from 'kysely'
import type { Force } from '../calendar/calendar.ts'
import { toAuthorId, toConversationId } from '../chat/message.ts'
import type { Subscription } from '../reminders/subscription.ts'
import type { SubscriptionTable } from './tables.ts'

export function toSubscriptionRow(subscription: Subscription): SubscriptionTable {
  return {
    id: subscription.id,
    platform: subscription.platform,
    conversation: subscription.conversation,
    owner: subscription.owner,
    owner_direct: subscription.ownerDirect,
    jurisdiction: subscription.jurisdiction,
    forces: JSON.stringify(subscription.forces),
    milestones: JSON.stringify(subscription.milestones),
    lead_days: JSON.stringify(subscription.leadDays),
    hour: subscription.hour,
    zone: subscription.zone,
    language: subscription.language,
    weekends: subscription.weekends ? 1 : 0,
    state: subscription.state,
    retired_for: subscription.retiredFor,
    created_at: subscription.createdAt.epochMilliseconds,
    active_since: subscription.activeSince.epochMilliseconds,
  }
}

export function toSubscription(row: Selectable<SubscriptionTable>): Subscription {
  return {
    id: row.id,
    platform: row.platform,
    conversation: toConversationId(row.conversation),
    owner: toAuthorId(row.owner),
    ownerDirect: row.owner_direct === null ? null : toConversationId(row.owner_direct),
    jurisdiction: row.jurisdiction,
    forces: JSON.parse(row.forces) as Force[],
    milestones: JSON.parse(row.milestones) as string[],
    leadDays: JSON.parse(row.lead_days) as number[],
    hour: row.hour,
    zone: row.zone,
    language: row.language,
    weekends: row.weekends === 1,
    state: row.state,
    retiredFor: row.retired_for,
    createdAt: Temporal.Instant.fromEpochMilliseconds(row.created_at),
    activeSince: Temporal.Instant.fromEpochMilliseconds(row.active_since),
  }
}
