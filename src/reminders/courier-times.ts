// How long a courier holds a claim, lets a send take, and needs to settle it.

export type CourierTimes = {
  /** Well above the longest send, so that nobody takes over what is still on its way. */
  readonly leaseMs: number
  readonly sendMsMax: number
  /** Left of a lease after the longest send: to write down what became of it. */
  readonly settleMsMax: number
}

export const courierTimes: CourierTimes = {
  leaseMs: 120_000,
  sendMsMax: 20_000,
  settleMsMax: 15_000,
}
