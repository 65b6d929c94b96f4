// What becomes of a claim right before it is sent: its message, or a settlement without one. Knows no platform.

import type { Log } from '../log.ts'
import { StoreUnavailableError, type SubscriptionStore } from '../store/store.ts'
import type { Compose, Composed } from './compose.ts'
import type { Claim, Delivery, Settlement } from './delivery.ts'
import { decentMoment, isLate } from './late.ts'
import type { Pacer } from './pacer.ts'
import type { PlatformPolicy } from './platform-policy.ts'
import type { Reply } from '../chat/reply.ts'
import { deferUnwritten, deferUntil, endOf, giveUp } from './verdict.ts'

export type Prepared =
  | {
      readonly kind: 'send'
      readonly claim: Claim
      readonly reply: Reply
      /** Ids of deliveries that the message leaves out. */
      readonly missed: readonly string[]
    }
  | { readonly kind: 'settle'; readonly settlement: Settlement }

export type PrepareOptions = {
  readonly store: Pick<SubscriptionStore, 'readSubscription'>
  readonly compose: Compose
  readonly policy: PlatformPolicy
  readonly pacer: Pacer
  readonly random: () => number
  readonly log: Log
}

/** The settlement of a claim that is not to be sent whatever it says; null for all others. */
export function dropOverdue(
  claim: Claim,
  now: Temporal.Instant,
  { possibleSendsMax }: PlatformPolicy,
): Settlement | null {
  if (claim.possibleSends >= possibleSendsMax) return giveUp(claim, 'It may have been sent before')
  const isOver = Temporal.Instant.compare(endOf(claim.deliveries), now) <= 0
  return isOver ? giveUp(claim, 'Too late to be sent') : null
}

export async function prepareClaim(
  claim: Claim,
  now: Temporal.Instant,
  options: PrepareOptions,
): Promise<Prepared> {
  const { store, pacer, policy } = options
  const nowMs = now.epochMilliseconds
  const isOpen = ({ notAfter }: Delivery) => nowMs < notAfter.epochMilliseconds
  const [first, ...others] = claim.deliveries.filter(isOpen)
  if (first === undefined) return settle(giveUp(claim, 'Too late to be sent'))
  const open: Claim = { ...claim, deliveries: [first, ...others] }
  const decentAt = await decentMoment(open, now, store)
  if (decentAt !== null) return settle(deferUntil(claim, decentAt, 'It waits for the daytime'))
  const gapMs = pacer.admit(claim.conversation, now)
  if (gapMs > 0) {
    return settle(deferUntil(claim, now.add({ milliseconds: gapMs }), 'It keeps a distance'))
  }
  const mayRepeat = policy.repeatsVisibly && claim.possibleSends > 0
  const composed = await write(open, now, mayRepeat, options)
  if (composed === 'unwritten') return settle(deferUnwritten(open, policy, now, options.random()))
  if (composed === null) return settle(giveUp(claim, 'Nothing in it holds any more'))
  const overdue = claim.deliveries.filter((delivery) => !isOpen(delivery)).map(({ id }) => id)
  return {
    kind: 'send',
    claim: open,
    reply: composed.reply,
    missed: [...overdue, ...composed.stale],
  }
}

async function write(
  claim: Claim,
  now: Temporal.Instant,
  mayRepeat: boolean,
  { compose, log }: PrepareOptions,
): Promise<Composed | 'unwritten' | null> {
  try {
    return await compose(claim, now, { isLate: isLate(claim, now), mayRepeat })
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error
    // One message that cannot be written must not end a process that writes all others, again at every start.
    log.error({ error, platform: claim.platform }, 'A reminder could not be written')
    return 'unwritten'
  }
}

const settle = (settlement: Settlement): Prepared => ({ kind: 'settle', settlement })
