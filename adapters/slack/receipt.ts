// What became of a call to Slack -> a receipt. Pure. The codes: https://docs.slack.dev/reference/methods/chat.postMessage
// Read from the errors' fields, not their classes. A cause is a short text: errors of the SDK hold requests.

import { defer, unconnectedCodes } from '../../src/chat/receipt.ts'
import type { Receipt, RefusalReason } from '../../src/chat/receipt.ts'

const retrySecondsDefault = 30
/** The first that fits. */
const refusals = {
  gone: /^(channel|user|thread)_not_found$|^is_archived$|^user_disabled$|^not_installed$/,
  blocked: /^cannot_dm_bot$|^messages_tab_disabled$/,
  unauthorized: /^token_|_auth(ed)?$|^account_inactive$|^missing_scope$|^not_allowed_token_type$/,
  forbidden:
    /^not_in_channel$|^restricted_action|^cannot_reply|_denied$|_not_granted$|^no_permission$/,
}
const reasons = Object.keys(refusals) as (keyof typeof refusals)[]
const busy = /^rate_?limited$|^service_unavailable$|^team_added_to_org$|^accesslimited$/
/** Slack says of these that a part of it may have happened. */
const unsure = /^internal_error$|^fatal_error$|^request_timeout$/

type Failure = {
  readonly code?: string
  readonly message?: string
  readonly retryAfter?: number
  readonly statusCode?: number
  readonly data?: { readonly error?: string }
  readonly original?: { readonly cause?: { readonly code?: string } }
}
const toFailure = (error: unknown): Failure =>
  typeof error === 'object' && error !== null ? error : {}

/** Slack's own code, such as "channel_not_found". */
export const readSlackCode = (error: unknown) => toFailure(error).data?.error

/** That code, or what else is known of an error; never a request. */
export function describeError(error: unknown): string {
  const { data, original, statusCode, code } = toFailure(error)
  return data?.error ?? original?.cause?.code ?? statusCode?.toString() ?? code ?? 'unknown'
}

export function toReceipt(error: unknown): Receipt {
  const { message = '', data, retryAfter, statusCode = 0, original } = toFailure(error)
  if (retryAfter !== undefined) return defer(retryAfter)
  // A 429 without a usable Retry-After reaches us as a bare error.
  const isUnsent = message.startsWith('Retry header') || busy.test(data?.error ?? '')
  if (isUnsent || unconnectedCodes.includes(original?.cause?.code))
    return defer(retrySecondsDefault)
  const reason = data?.error === undefined ? ofStatus(statusCode) : ofCode(data.error)
  if (reason === null) return { kind: 'uncertain', cause: describeError(error) }
  return { kind: 'refused', reason }
}

/** Whatever else Slack refuses is in the message itself: it would refuse it again. */
function ofCode(code: string): RefusalReason | null {
  if (unsure.test(code)) return null
  return reasons.find((reason) => refusals[reason].test(code)) ?? 'malformed'
}

function ofStatus(status: number): RefusalReason | null {
  if (status === 401 || status === 403) return 'unauthorized'
  return status >= 400 && status < 500 ? 'malformed' : null
}
