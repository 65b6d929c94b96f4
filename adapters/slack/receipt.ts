// What became of a call to Slack -> a receipt. Pure. The codes: https://docs.slack.dev/reference/methods/chat.postMessage
// Read from the errors' fields, not their classes. A cause is a short text: errors of the SDK hold requests.

import type { Receipt } from '../../src/chat/receipt.ts'

const retrySecondsDefault = 30
const retrySecondsMax = 3_600

const refusals = {
  gone: 'channel_not_found is_archived user_not_found user_disabled thread_not_found no_channel',
  forbidden:
    'not_in_channel restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel ' +
    'restricted_action_non_threadable_channel restricted_action_thread_locked cannot_reply_to_message ' +
    'ekm_access_denied team_access_not_granted no_permission access_denied',
  blocked: 'cannot_dm_bot messages_tab_disabled',
  unauthorized:
    'account_inactive token_revoked token_expired invalid_auth not_authed missing_scope not_allowed_token_type ' +
    'org_login_required not_installed',
} as const
const busy = 'ratelimited rate_limited service_unavailable team_added_to_org accesslimited'
/** Slack says of these that a part of it may have happened. */
const unsure = 'internal_error fatal_error request_timeout'
/** The connection was never there, so nothing can have been sent. */
const unconnected =
  'ECONNREFUSED ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH UND_ERR_CONNECT_TIMEOUT'

const has = (codes: string, code: string) => codes.split(' ').includes(code)

type Failure = {
  readonly code?: string
  readonly message?: string
  readonly data?: { readonly error?: string }
  readonly retryAfter?: number
  readonly statusCode?: number
  readonly original?: { readonly cause?: { readonly code?: string } }
}
const toFailure = (error: unknown): Failure =>
  typeof error === 'object' && error !== null ? error : {}

/** Slack's own code, such as "channel_not_found", or what else is known of an error; never a request. */
export function describeError(error: unknown): string {
  const { data, original, statusCode, code } = toFailure(error)
  return data?.error ?? original?.cause?.code ?? statusCode?.toString() ?? code ?? 'unknown'
}

export const isSaidBySlack = (error: unknown) => toFailure(error).data?.error !== undefined

const defer = (seconds: number): Receipt => ({
  kind: 'deferred',
  retryAfter: Temporal.Duration.from({ seconds: Math.min(seconds, retrySecondsMax) }),
})

export function toReceipt(error: unknown): Receipt {
  const { message, data, retryAfter, statusCode = 0, original } = toFailure(error)
  const code = data?.error
  if (code !== undefined && !has(unsure, code)) return ofCode(code)
  // A 429 without a usable Retry-After reaches us as a bare error.
  const isLimited = retryAfter !== undefined || message?.startsWith('Retry header') === true
  if (isLimited) return defer(retryAfter ?? retrySecondsDefault)
  if (has(unconnected, original?.cause?.code ?? '')) return defer(retrySecondsDefault)
  if (statusCode === 401 || statusCode === 403) return { kind: 'refused', reason: 'unauthorized' }
  if (statusCode >= 400 && statusCode < 500) return { kind: 'refused', reason: 'malformed' }
  return { kind: 'uncertain', cause: describeError(error) }
}

/** Whatever else Slack refuses is in the message itself: it would refuse it again. */
function ofCode(code: string): Receipt {
  if (has(busy, code)) return defer(retrySecondsDefault)
  const reasons = Object.keys(refusals) as (keyof typeof refusals)[]
  const reason = reasons.find((name) => has(refusals[name], code)) ?? 'malformed'
  return { kind: 'refused', reason }
}
