// What a receipt means for a claim: how it is settled, and what else follows. Pure; the one place where the fate of a
// message is decided.

import type { Receipt } from '../chat/receipt.ts'
import type { Claim, Delivery, Settlement } from './delivery.ts'
import type { PlatformPolicy } from './platform-policy.ts'

const backoffMsFirst = 15_000
const backoffMsMax = 30 * 60_000
/** The token is wrong or revoked: only the operator can help, and asking often gets addresses banned. */
const unauthorizedMs = 15 * 60_000
const errorLengthMax = 200

export type Verdict = {
  readonly settlement: Settlement
  /** Whether the platform answered as a platform that is up does. */
  readonly sign: 'well' | 'ill'
  /** The conversation can no longer be reached: its subscriptions retire. */
  readonly retires: boolean
}

export type SendResult = {
  /** With the deliveries that are still wanted. */
  readonly claim: Claim
  readonly receipt: Receipt
  /** Ids of deliveries that the message left out. */
  readonly missed: readonly string[]
  readonly policy: PlatformPolicy
  readonly now: Temporal.Instant
  /** From 0 to 1. */
  readonly random: number
}

export function judgeReceipt(result: SendResult): Verdict {
  const { claim, receipt, missed } = result
  switch (receipt.kind) {
    case 'sent': {
      const settlement = {
        ...identify(claim),
        kind: 'sent',
        messageId: receipt.messageId,
        missed,
      } as const
      return { settlement, sign: 'well', retires: false }
    }
    case 'deferred': {
      const askedMs = receipt.retryAfter.total('milliseconds')
      if (receipt.scope === 'conversation') {
        const settlement = defer(result, askedMs, 'Nobody could be reached')
        return { settlement, sign: 'well', retires: false }
      }
      const waitMs = Math.max(askedMs, backoffMs(result))
      return {
        settlement: defer(result, waitMs, 'The platform deferred it'),
        sign: 'ill',
        retires: false,
      }
    }
    case 'uncertain':
      return { settlement: repeat(result, receipt.cause), sign: 'ill', retires: false }
    case 'refused':
      return judgeRefusal(result, receipt.reason)
  }
}

/** Too late to be sent, or no longer true. */
export function giveUp(claim: Claim, error: string): Settlement {
  const kind = claim.possibleSends > 0 ? 'uncertain' : 'missed'
  return { ...identify(claim), kind, error }
}

/** Certainly not sent this time. */
export function deferUntil(claim: Claim, retryAt: Temporal.Instant, error: string): Settlement {
  return { ...identify(claim), kind: 'deferred', retryAt, error, maybeSent: false }
}

/** It could not be written: tried again as if the platform had deferred it. */
export function deferUnwritten(
  claim: Claim,
  policy: PlatformPolicy,
  now: Temporal.Instant,
  random: number,
): Settlement {
  const receipt = { kind: 'deferred', retryAfter: new Temporal.Duration() } as const
  const result: SendResult = { claim, receipt, missed: [], policy, now, random }
  return defer(result, backoffMs(result), 'It could not be written')
}

/** From here on, none of them may be sent. */
export const endOf = (deliveries: readonly [Delivery, ...Delivery[]]): Temporal.Instant =>
  deliveries
    .map(({ notAfter }) => notAfter)
    .reduce((one, other) => (Temporal.Instant.compare(one, other) < 0 ? other : one))

type Refusal = Extract<Receipt, { kind: 'refused' }>

function judgeRefusal(result: SendResult, reason: Refusal['reason']): Verdict {
  const settlement = { ...identify(result.claim), kind: 'refused', reason } as const
  switch (reason) {
    case 'blocked':
    case 'gone':
    case 'forbidden':
    case 'moved':
      return { settlement, sign: 'well', retires: true }
    case 'malformed':
      // Our mistake, not the conversation's: other reminders may well get through.
      return { settlement, sign: 'well', retires: false }
    case 'unauthorized': {
      const waitMs = Math.max(unauthorizedMs, backoffMs(result))
      return {
        settlement: defer(result, waitMs, 'The platform knows no such token'),
        sign: 'ill',
        retires: false,
      }
    }
  }
}

function defer({ claim, now }: SendResult, waitMs: number, error: string): Settlement {
  const retryAt = now.add({ milliseconds: Math.round(waitMs) })
  if (Temporal.Instant.compare(retryAt, endOf(claim.deliveries)) >= 0) return giveUp(claim, error)
  return deferUntil(claim, retryAt, error)
}

function repeat(result: SendResult, cause: unknown): Settlement {
  const { claim, policy, now } = result
  const error = (cause instanceof Error ? cause.message : 'No receipt').slice(0, errorLengthMax)
  const retryAt = now.add({ milliseconds: Math.round(backoffMs(result)) })
  const isTooLate = Temporal.Instant.compare(retryAt, endOf(claim.deliveries)) >= 0
  if (isTooLate || claim.possibleSends + 1 >= policy.possibleSendsMax) {
    return { ...identify(claim), kind: 'uncertain', error }
  }
  return { ...identify(claim), kind: 'deferred', retryAt, error, maybeSent: true }
}

/** Doubles with each attempt; spread, so that what failed together does not return together. */
function backoffMs({ claim, random }: SendResult): number {
  const ms = Math.min(backoffMsFirst * 2 ** (claim.attempt - 1), backoffMsMax)
  return ms * (0.5 + random / 2)
}

const identify = ({ messageKey, conversation }: Claim) => ({ messageKey, conversation })
