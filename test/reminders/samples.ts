// Subscriptions and milestones to plan with.

import type { Jurisdiction, Milestone } from '../../src/calendar/calendar.ts'
import { toAuthorId, toConversationId } from '../../src/chat/message.ts'
import type { Subscription } from '../../src/reminders/subscription.ts'

export const at = (text: string) => Temporal.Instant.from(text)
export const on = (text: string) => Temporal.PlainDate.from(text)
export const longAgo = at('2020-01-01T00:00:00Z')

export const makeSubscription = (changes: Partial<Subscription> = {}): Subscription => ({
  id: 'aaaaaaaaaa',
  platform: 'terminal',
  conversation: toConversationId('terminal'),
  owner: toAuthorId('owner'),
  ownerDirect: null,
  jurisdiction: 'kenya',
  forces: [],
  milestones: [],
  leadDays: [60, 30, 14, 7, 1, 0],
  hour: 9,
  zone: 'Africa/Nairobi',
  language: 'en',
  weekends: false,
  state: 'active',
  retiredFor: null,
  createdAt: longAgo,
  activeSince: longAgo,
  ...changes,
})

export const makeJurisdiction = (changes: Partial<Jurisdiction> = {}): Jurisdiction => ({
  id: 'kenya',
  level: 'national',
  country: 'KE',
  aliases: [],
  zone: 'Africa/Nairobi',
  status: 'active',
  plans: [],
  recorded: [],
  own: [],
  reviewed: on('2026-11-01'),
  ...changes,
})

export const makeMilestone = (
  date: string,
  { id = 'next-plan', ...changes }: Partial<Milestone> & { id?: string } = {},
): Milestone => {
  const jurisdiction = changes.jurisdiction ?? makeJurisdiction()
  return {
    key: `${jurisdiction.id}/own/${id}`,
    jurisdiction,
    title: { en: id },
    force: 'duty',
    when: { kind: 'day', date: on(date) },
    basis: 'stated',
    provenance: 'reviewed',
    isMet: false,
    mayRemind: true,
    ...changes,
  }
}
