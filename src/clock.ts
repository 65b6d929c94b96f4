// The only place that reads the time; everything else is given a clock.

export type Clock = { readonly now: () => Temporal.Instant }

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** A clock that can be set going. */
export type StartedClock = Clock & { readonly begin: () => void }

/** Stands at a moment until it is set going, and runs on from there: for development, to see what happens in 2028. */
export function createClockFrom(instant: Temporal.Instant): StartedClock {
  let begun: Temporal.Instant | undefined
  return {
    begin() {
      begun ??= systemClock.now()
    },
    now: () => (begun === undefined ? instant : instant.add(begun.until(systemClock.now()))),
  }
}

/** The civil date of this moment in a zone. */
export const todayOf =
  (clock: Clock) =>
  (zone: string): Temporal.PlainDate =>
    clock.now().toZonedDateTimeISO(zone).toPlainDate()
