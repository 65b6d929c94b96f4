// Whatever a platform answers, and however often: a message ends, and is not sent more often than its platform allows.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toConversationId, type Platform } from '../../src/chat/message.ts'
import type { Receipt } from '../../src/chat/receipt.ts'
import type { Claim, Delivery } from '../../src/reminders/delivery.ts'
import { platformPolicies } from '../../src/reminders/platform-policy.ts'
import { dropOverdue } from '../../src/reminders/prepare.ts'
import { judgeReceipt } from '../../src/reminders/verdict.ts'
import { at, on } from './samples.ts'

const dueAt = at('2026-11-24T06:00:00Z')
const platforms = Object.keys(platformPolicies) as Platform[]
/** Three days of quarters of an hour, and what comes before. */
const attemptsMax = 320

const receipts: fc.Arbitrary<Receipt> = fc.oneof(
  fc.constant<Receipt>({ kind: 'sent', messageId: '1' }),
  fc.integer({ min: 0, max: 100_000 }).map((seconds): Receipt => {
    return { kind: 'deferred', retryAfter: Temporal.Duration.from({ seconds }) }
  }),
  fc.constant<Receipt>({ kind: 'uncertain', cause: new Error('No answer') }),
  fc
    .constantFrom('blocked', 'gone', 'moved', 'forbidden', 'malformed', 'unauthorized')
    .map((reason): Receipt => ({ kind: 'refused', reason })),
)

function makeClaim(platform: Platform): Claim {
  const delivery: Delivery = {
    id: '1',
    subscription: 'aaaaaaaaaa',
    conversation: toConversationId('one'),
    platform,
    milestone: 'kenya/own/hearing',
    occasion: 'lead:14',
    dueDate: on('2026-12-08'),
    dueAt,
    notAfter: dueAt.add({ hours: 72 }),
  }
  const { conversation } = delivery
  return {
    conversation,
    platform,
    messageKey: 'key',
    attempt: 1,
    possibleSends: 0,
    deliveries: [delivery],
  }
}

test('a message ends in time, sent at most once for certain and so often in doubt', () => {
  const answers = fc.array(receipts, { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(
      fc.constantFrom(...platforms),
      answers,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (platform, answers, random) => {
        const policy = platformPolicies[platform]
        let claim = makeClaim(platform)
        let now = dueAt
        let doubtful = 0
        for (let attempt = 1; attempt <= attemptsMax; attempt++) {
          claim = { ...claim, attempt, possibleSends: doubtful }
          expect(dropOverdue(claim, now, policy)).toBeNull()
          const receipt = answers[attempt % answers.length]
          if (receipt === undefined) throw new Error('There are answers')
          if (receipt.kind === 'uncertain') doubtful++
          const { settlement, retires } = judgeReceipt({
            claim,
            receipt,
            missed: [],
            policy,
            now,
            random,
          })
          expect(doubtful).toBeLessThanOrEqual(policy.possibleSendsMax)
          expect(retires).toBe(
            receipt.kind === 'refused' && !['malformed', 'unauthorized'].includes(receipt.reason),
          )
          if (settlement.kind !== 'deferred') {
            // What may have been sent is never said to be missed.
            expect(settlement.kind === 'missed' && doubtful > 0).toBe(false)
            return
          }
          expect(settlement.maybeSent).toBe(receipt.kind === 'uncertain')
          expect(Temporal.Instant.compare(settlement.retryAt, now)).toBeGreaterThan(0)
          now = settlement.retryAt
          expect(Temporal.Instant.compare(now, dueAt.add({ hours: 72 }))).toBeLessThan(0)
        }
        throw new Error('It never ends')
      },
    ),
  )
})

test('deferrals alone end too', () => {
  let claim = makeClaim('slack')
  let now = dueAt
  const receipt = { kind: 'deferred', retryAfter: new Temporal.Duration() } as const
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    claim = { ...claim, attempt }
    const result = { claim, receipt, missed: [], policy: platformPolicies.slack, now, random: 0 }
    const { settlement } = judgeReceipt(result)
    if (settlement.kind !== 'deferred') {
      expect(settlement.kind).toBe('missed')
      return
    }
    now = settlement.retryAt
  }
  throw new Error('It never ends')
})
