// A conversation that can no longer be reached: its subscriptions end, their owners are told where they can be, the operator
// reads it in the log.

import type { ChatAdapter } from '../chat/adapter.ts'
import type { RefusalReason } from '../chat/receipt.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Sleep } from './bell.ts'
import type { ComposeRetired } from './compose.ts'
import type { Claim } from './delivery.ts'
import { sendWithin } from './send.ts'

const noticeMsMax = 10_000
/** A conversation has few owners; more are not worth holding up its platform. */
const noticesMax = 5

export type RetireOptions = {
  readonly adapter: ChatAdapter
  readonly store: Store
  readonly composeRetired: ComposeRetired
  readonly sleep: Sleep
  readonly log: Log
}

/** Each owner is told once, whatever becomes of the telling: the subscriptions have ended by then. */
export async function retireConversation(
  { conversation, messageKey }: Claim,
  reason: RefusalReason,
  { adapter, store, composeRetired, sleep, log }: RetireOptions,
  abandon: AbortSignal,
): Promise<void> {
  const retired = await store.retireSubscriptions(conversation, reason)
  const { platform } = adapter
  log.warn({ platform, reason, subscriptions: retired.length }, 'Subscriptions retired')
  const owned = Map.groupBy(retired, ({ ownerDirect }) => ownerDirect)
  for (const [direct, [first, ...others]] of [...owned].slice(0, noticesMax)) {
    if (direct === null || direct === conversation || first === undefined) continue
    const reply = await composeRetired([first, ...others], reason)
    if (reply === null) continue
    const key = `${messageKey}-${first.id}`
    const limits = { msMax: noticeMsMax, sleep, abandon, log }
    const { kind } = await sendWithin(adapter, direct, reply, key, limits)
    log.info({ platform, receipt: kind }, 'Owner told that subscriptions were retired')
  }
}
