// Long polling that goes on until it is told to stop or the token is refused. It must not know what updates mean.

import { setTimeout as pause } from 'node:timers/promises'
import type { Update } from 'grammy/types'
import { retry } from '../../src/chat/retry.ts'
import { waitAtMost } from '../../src/chat/wait.ts'
import { toGrammySignal, type TelegramApi } from './api.ts'
import { updateKinds } from './decode.ts'
import { describeError, isUnauthorized, readWaitMs, toFailure } from './receipt.ts'

type Write = (details: object, message: string) => void
/** Never given a token, an address of a call, or a message's text. */
export type TelegramLog = Readonly<Record<'debug' | 'info' | 'warn' | 'error', Write>>

export const pollBounds = {
  /** How long Telegram holds a poll open. */
  pollSeconds: 30,
  /** After a poll that brought nothing: a server that does not hold polls open is not to be flooded. */
  emptyPauseMs: 100,
  pollPauseMsMin: 1_000,
  pollPauseMsMax: 30_000,
  /** Another process with the same token has to be stopped by a person. */
  conflictPauseMs: 10_000,
  confirmMsMax: 1_000,
}

const updatesMax = 100
const platform = 'telegram'
const advice = {
  token: 'Telegram knows no such token: take the one that @BotFather gives, then start again',
  webhook:
    'A webhook is set for this token: it is taken away, unless another process sets it again',
  rival: 'Another process gets the updates of this token: stop it, or give each a token of its own',
  other: 'Telegram gives no updates: another try follows',
} as const

function judge(error: unknown): keyof typeof advice {
  const { error_code: code, description = '' } = toFailure(error)
  if (isUnauthorized(error)) return 'token'
  if (code !== 409) return 'other'
  return /webhook/i.test(description) ? 'webhook' : 'rival'
}

/** Ends when the signal aborts, or the token is refused. */
export async function* pollUpdates(
  api: TelegramApi,
  bounds: typeof pollBounds,
  log: TelegramLog,
  signal: AbortSignal,
): AsyncGenerator<Update[]> {
  const wanted = { limit: updatesMax, timeout: bounds.pollSeconds, allowed_updates: updateKinds }
  let offset = 0
  // Telegram refuses polls until it has forgotten an earlier webhook.
  let mayHaveWebhook = true
  let trouble = ''
  async function ask() {
    if (mayHaveWebhook) await api.deleteWebhook().catch(() => undefined)
    const updates = await api.getUpdates({ ...wanted, offset }, toGrammySignal(signal))
    mayHaveWebhook = false
    if (trouble !== '') log.info({ platform }, 'Telegram gives updates again')
    trouble = ''
    return updates
  }
  function toPauseMs(error: unknown, attempt: number): number | null {
    if (signal.aborted) return null
    const reason = judge(error)
    mayHaveWebhook = reason === 'webhook'
    const described = describeError(error)
    // The same trouble is said once.
    if (described !== trouble) log.warn({ platform, error: described }, advice[reason])
    trouble = described
    if (reason === 'token') return null
    if (reason !== 'other') return bounds.conflictPauseMs
    const pauseMs = bounds.pollPauseMsMin * 2 ** Math.min(attempt - 1, 20)
    return readWaitMs(error) ?? Math.min(pauseMs, bounds.pollPauseMsMax)
  }
  for (;;) {
    const asking = retry(ask, { attemptsMax: Infinity, pauseMs: toPauseMs, signal })
    const updates = await asking.catch(() => null)
    if (updates === null) break
    yield updates
    // Numbers may begin anew after a quiet week: only the last poll counts.
    if (updates.length > 0) offset = Math.max(...updates.map(({ update_id }) => update_id)) + 1
    else await pause(bounds.emptyPauseMs, undefined, { signal }).catch(() => undefined)
  }
  if (!signal.aborted || offset === 0) return
  // What was taken is not to come again after a restart.
  const confirmed = api.getUpdates({ offset, limit: 1, timeout: 0 }).catch(() => undefined)
  await waitAtMost(confirmed, bounds.confirmMsMax)
}
