// The only place that reads the time; everything else is given a clock.

export type Clock = { readonly now: () => Temporal.Instant }

export const systemClock: Clock = { now: () => Temporal.Now.instant() }
