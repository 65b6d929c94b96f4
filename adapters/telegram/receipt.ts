// What became of a call to Telegram -> a receipt. Pure. Descriptions: https://github.com/tdlib/telegram-bot-api
// Read from the errors' fields, not their classes. A cause is a short text: errors of the SDK hold the token and messages.

import { unconnectedCodes, type Receipt, type RefusalReason } from '../../src/chat/receipt.ts'
import { formatPlace } from './place.ts'

const retrySecondsDefault = 30
const retrySecondsMax = 3_600

/** The first that fits an error of 400 or 403. */
const refusals: readonly (readonly [RegExp, RefusalReason])[] = [
  [/deactivated|was deleted|(?:chat|user|thread) not found|topic_(?:deleted|id)|peer_id/i, 'gone'],
  [/blocked|kicked|not a member|can't initiate|user_is_bot|to bots/i, 'blocked'],
  [
    /\brights|administrator|topic_closed|chat_\w+_(?:forbidden|required)|chat_restricted/i,
    'forbidden',
  ],
]

/** Fields of a GrammyError, an HttpError and a WaitError. */
type Failure = {
  readonly error_code?: number
  readonly description?: string
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number }
  readonly error?: { readonly code?: string; readonly type?: string }
  readonly waitMs?: number
}
export const toFailure = (error: unknown): Failure =>
  typeof error === 'object' && error !== null ? error : {}

/** Our own limit is reached: nothing was sent. */
export class WaitError extends Error {
  readonly waitMs: number
  constructor(waitMs: number) {
    super('Too many messages at once')
    this.waitMs = waitMs
  }
}

/** A token that Telegram cannot even read gives 404. */
export const isUnauthorized = (error: unknown) =>
  [401, 404].includes(toFailure(error).error_code ?? 0)

/** Telegram's own words, such as "409 Conflict: ...", or the code of a broken connection; never a request. */
export function describeError(error: unknown): string {
  const { error_code, description, error: cause } = toFailure(error)
  if (error_code !== undefined) return `${error_code} ${description ?? ''}`
  return cause?.code ?? cause?.type ?? (error instanceof Error ? error.name : 'unknown')
}

/** Null unless Telegram, or our own limit, says how long to wait. */
export function readWaitMs(error: unknown): number | null {
  const { error_code, parameters, waitMs } = toFailure(error)
  if (error_code !== 429) return waitMs ?? null
  return Math.min(parameters?.retry_after ?? retrySecondsDefault, retrySecondsMax) * 1_000
}

export function toReceipt(error: unknown): Receipt {
  const { error_code: code = 0, description = '', parameters, error: cause } = toFailure(error)
  const isUnconnected = unconnectedCodes.includes(cause?.code)
  const waitMs = readWaitMs(error) ?? (isUnconnected ? retrySecondsDefault * 1_000 : null)
  if (waitMs !== null) {
    const milliseconds = Math.ceil(waitMs)
    return { kind: 'deferred', retryAfter: Temporal.Duration.from({ milliseconds }) }
  }
  if (isUnauthorized(error)) return { kind: 'refused', reason: 'unauthorized' }
  if (parameters?.migrate_to_chat_id !== undefined) {
    const movedTo = formatPlace({ chat: parameters.migrate_to_chat_id })
    return { kind: 'refused', reason: 'moved', movedTo }
  }
  if (code >= 400 && code < 500) {
    const [, reason] = refusals.find(([pattern]) => pattern.test(description)) ?? []
    return { kind: 'refused', reason: reason ?? (code === 403 ? 'forbidden' : 'malformed') }
  }
  return { kind: 'uncertain', cause: new Error(describeError(error)) }
}
