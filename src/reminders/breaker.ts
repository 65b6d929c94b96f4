// Notices that a platform is down, so that messages wait in the store instead of failing one by one; tries it again with
// one message at a time. Knows no platform.

/** So many failed sends in a row, whatever their conversations, are the platform's doing. */
const failuresMax = 5
const pauseMsFirst = 30_000
const pauseMsMax = 10 * 60_000

export type Breaker = {
  /** How many more may be under way at the moment. */
  readonly room: (now: Temporal.Instant) => number
  /** Milliseconds until it has room again. */
  readonly pauseLeft: (now: Temporal.Instant) => number
  /** True when the platform has just been found down, or up again. */
  readonly note: (sign: 'well' | 'ill', now: Temporal.Instant) => boolean
}

export function createBreaker(): Breaker {
  let failures = 0
  let pauseMs = 0
  let pausedAt: number | null = null
  const pauseLeft = (now: Temporal.Instant) => {
    if (pausedAt === null) return 0
    const elapsed = now.epochMilliseconds - pausedAt
    // A clock that went back would prolong the pause.
    return elapsed < 0 ? 0 : Math.max(0, pauseMs - elapsed)
  }
  return {
    room(now) {
      if (pausedAt === null) return Infinity
      return pauseLeft(now) > 0 ? 0 : 1
    },
    pauseLeft,
    note(sign, now) {
      const wasPaused = pausedAt !== null
      if (sign === 'well') {
        failures = 0
        pausedAt = null
        pauseMs = 0
        return wasPaused
      }
      failures++
      if (failures < failuresMax || pauseLeft(now) > 0) return false
      pauseMs = pauseMs === 0 ? pauseMsFirst : Math.min(2 * pauseMs, pauseMsMax)
      pausedAt = now.epochMilliseconds
      return !wasPaused
    },
  }
}
