// The only place that reads the time; everything else is given a clock.

export type Clock = { readonly now: () => Temporal.Instant }

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** A clock that runs on from another moment, for development: what happens in 2028 can be seen today. */
export function startClockAt(instant: Temporal.Instant): Clock {
  const ahead = systemClock.now().until(instant)
  return { now: () => systemClock.now().add(ahead) }
}

/** The civil date of this moment in a zone. */
export const todayOf =
  (clock: Clock) =>
  (zone: string): Temporal.PlainDate =>
    clock.now().toZonedDateTimeISO(zone).toPlainDate()
