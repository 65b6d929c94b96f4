// What became of a call to Discord -> a receipt. Pure. The codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes
// Read from the errors' fields, not their classes. A cause is a short text: errors of the SDK hold addresses with tokens.

import { defer, unconnectedCodes } from '../../src/chat/receipt.ts'
import type { Receipt, RefusalReason } from '../../src/chat/receipt.ts'

const retrySecondsDefault = 30

const reasons: Readonly<Record<RefusalReason, readonly number[]>> = {
  /** Channels, servers, messages, people, webhooks and interactions that are not there (any longer). */
  gone: [10003, 10004, 10008, 10013, 10015, 10062, 50027],
  /** No access, no permission, an archived or locked thread, no reading of the history that is replied to, AutoMod. */
  forbidden: [50001, 50013, 50083, 160002, 160005, 200000, 200001, 20026],
  /** The person takes no messages from it, or shares no server with it. */
  blocked: [50007, 50278],
  unauthorized: [40001, 40002, 50014],
  malformed: [50006, 50008, 50035, 50109, 160006, 240000],
  moved: [],
}
/** Over a limit, out of resources, or a network between that does not let us through: nothing was sent. */
const busyCodes = [40003, 40004, 40333, 20016, 20022, 20028, 130000]

type Failure = {
  readonly name?: string
  readonly message?: string
  readonly code?: number | string
  readonly status?: number
  readonly retryAfter?: number
  readonly cause?: { readonly code?: string }
}
const toFailure = (error: unknown): Failure =>
  typeof error === 'object' && error !== null ? error : {}

/** Discord's own code, such as "50013", or what else is known of an error; never an address. */
export function describeError(error: unknown): string {
  const { code, cause, status, name, retryAfter } = toFailure(error)
  if (retryAfter !== undefined) return 'rate limit'
  return String(code ?? cause?.code ?? status ?? name ?? 'unknown')
}

/** Discord says that the interaction has been answered before. */
export const isAnsweredAlready = (error: unknown) => toFailure(error).code === 40060

export function toReceipt(error: unknown): Receipt {
  const { message = '', code, status = 0, cause, retryAfter } = toFailure(error)
  if (retryAfter !== undefined) return defer(Math.ceil(retryAfter / 1_000) || retrySecondsDefault)
  if (busyCodes.some((busy) => busy === code)) return defer(retrySecondsDefault)
  const names = Object.keys(reasons) as RefusalReason[]
  const known = names.find((name) => reasons[name].some((one) => one === code))
  // discord.js forgets a token that Discord refused once.
  const isWithoutToken = message.startsWith('Expected token to be set')
  const reason = known ?? (isWithoutToken ? 'unauthorized' : ofStatus(status))
  if (reason !== null) return { kind: 'refused', reason }
  if (unconnectedCodes.includes(code ?? cause?.code)) return defer(retrySecondsDefault)
  // A 5xx, a cut connection or a time-out: Discord may have done it.
  return { kind: 'uncertain', cause: describeError(error) }
}

function ofStatus(status: number): RefusalReason | null {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'gone'
  return status >= 400 && status < 500 ? 'malformed' : null
}
