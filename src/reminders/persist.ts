// Repeats what the database could not do at the moment, for a bounded time.

import { StoreUnavailableError } from '../store/store.ts'
import type { Sleep } from './bell.ts'

const pauseMsFirst = 100
const pauseMsMax = 2_000

/** The result, or the last error once `msMax` are spent waiting. */
export async function persist<Result>(
  work: () => Promise<Result>,
  msMax: number,
  sleep: Sleep,
): Promise<Result> {
  const never = new AbortController().signal
  let waited = 0
  for (let pauseMs = pauseMsFirst; ; pauseMs = Math.min(2 * pauseMs, pauseMsMax)) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || waited >= msMax) throw error
      await sleep(pauseMs, never)
      waited += pauseMs
    }
  }
}
