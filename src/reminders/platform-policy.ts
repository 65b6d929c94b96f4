// What each platform bears and what it can promise: pace, sends under way, and how often an uncertain send is repeated.
// One row a platform; adapters enforce nothing of it.

import type { Platform } from '../chat/message.ts'

export type PlatformPolicy = {
  /** Messages a second to all conversations together; the rest of the platform's limit is for answers. */
  readonly perSecond: number
  /** Between two messages to one conversation. */
  readonly conversationGapMs: number
  readonly inFlightMax: number
  /**
   * A message that may have been sent is sent again until it may have been sent so often; then it is recorded as
   * uncertain. Where the delivery key lets the platform or its adapter drop the repeat, that costs nobody anything.
   */
  readonly possibleSendsMax: number
  /** Nothing can drop a repeat: it says that people may have seen it. */
  readonly repeatsVisibly: boolean
}

export const platformPolicies: Readonly<Record<Platform, PlatformPolicy>> = {
  // The adapter looks for the delivery key in the conversation's recent messages before it repeats one.
  // One message a second a conversation: https://docs.slack.dev/apis/web-api/rate-limits
  slack: {
    perSecond: 20,
    conversationGapMs: 1_000,
    inFlightMax: 10,
    possibleSendsMax: 5,
    repeatsVisibly: false,
  },
  // The delivery key is an enforced nonce. 50 requests a second: https://discord.com/developers/docs/topics/rate-limits
  discord: {
    perSecond: 40,
    conversationGapMs: 1_000,
    inFlightMax: 10,
    possibleSendsMax: 5,
    repeatsVisibly: false,
  },
  // Bots have neither a key nor a history: whatever is in flight when a process dies may double, so one is, and it is
  // repeated once. 30 a second, 20 a minute a group: https://core.telegram.org/bots/faq#broadcasting-to-users
  telegram: {
    perSecond: 25,
    conversationGapMs: 3_000,
    inFlightMax: 1,
    possibleSendsMax: 2,
    repeatsVisibly: true,
  },
  // The page shows a message id once.
  web: {
    perSecond: 200,
    conversationGapMs: 0,
    inFlightMax: 50,
    possibleSendsMax: 5,
    repeatsVisibly: false,
  },
  terminal: {
    perSecond: 200,
    conversationGapMs: 0,
    inFlightMax: 1,
    possibleSendsMax: 2,
    repeatsVisibly: false,
  },
}
