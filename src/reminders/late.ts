// What is late: marked as such, and sent in the daytime of those who get it. Knows no words.

import type { SubscriptionStore } from '../store/store.ts'
import type { Claim, Delivery } from './delivery.ts'
import { isUrgent, nextDecentInstant } from './send-time.ts'
import { endOf } from './verdict.ts'

/** Queues and short troubles are nobody's business. */
const lateAfterMs = 3_600_000

const isOverdue = ({ dueAt }: Delivery, now: Temporal.Instant): boolean =>
  now.epochMilliseconds - dueAt.epochMilliseconds > lateAfterMs

export const isLate = ({ deliveries }: Claim, now: Temporal.Instant): boolean =>
  deliveries.some((delivery) => isOverdue(delivery, now))

/** When a message of which all is late may be sent, or null for now: also when it could else not be sent any more. */
export async function decentMoment(
  { deliveries }: Claim,
  now: Temporal.Instant,
  store: Pick<SubscriptionStore, 'readSubscription'>,
): Promise<Temporal.Instant | null> {
  const isOnTime = deliveries.some((delivery) => !isOverdue(delivery, now))
  if (isOnTime) return null
  const subscription = await store.readSubscription(deliveries[0].subscription)
  if (subscription === null) return null
  const today = now.toZonedDateTimeISO(subscription.zone).toPlainDate()
  const urgent = deliveries.some(
    ({ dueDate, occasion }) => isUrgent(today.until(dueDate).days) || occasion.startsWith('again:'),
  )
  const decentAt = nextDecentInstant(now, subscription, urgent)
  const isNow = Temporal.Instant.compare(decentAt, now) <= 0
  const isTooLate = Temporal.Instant.compare(decentAt, endOf(deliveries)) >= 0
  return isNow || isTooLate ? null : decentAt
}
