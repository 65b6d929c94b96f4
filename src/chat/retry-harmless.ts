// Trying again where a repeat does no harm, because the platform knows it for one. It must not know a platform.

import { defer, type Receipt } from './receipt.ts'
import { retryDeferred } from './retry.ts'

const doubtSeconds = 1

/** For a reply, which nobody else would send again: also where it is not known whether it was sent. */
export function retryHarmless<T>(
  action: () => Promise<T>,
  toReceipt: (error: unknown) => Receipt,
  bounds: { readonly attemptsMax: number; readonly pauseMsMax: number },
): Promise<T> {
  const judge = (error: unknown) => {
    const receipt = toReceipt(error)
    return receipt.kind === 'uncertain' ? defer(doubtSeconds) : receipt
  }
  return retryDeferred(action, judge, bounds)
}
