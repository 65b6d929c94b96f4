// The only place that reads the time; everything else is given a clock.

export type Clock = { readonly now: () => Temporal.Instant }

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** The civil date of this moment in a zone. */
export const todayOf =
  (clock: Clock) =>
  (zone: string): Temporal.PlainDate =>
    clock.now().toZonedDateTimeISO(zone).toPlainDate()
