// Posting: one message after the other, into one place. It must not know where a reply comes from.

import { retry } from '../../src/chat/retry.ts'
import { toGrammySignal, toInputFile, type TelegramApi } from './api.ts'
import type { Outlet } from './decode.ts'
import type { Pace } from './pace.ts'
import { toReceipt } from './receipt.ts'
import type { TelegramMessage } from './render.ts'

export type Poster = {
  readonly api: TelegramApi
  readonly pace: Pace
  /** A person who asked waits no longer for another try. */
  readonly pauseMsMax: number
}

const attemptsMax = 4

/** Posts one message. Rejects with what the SDK rejects with. Gives the message's number. */
export async function postMessage(
  { api, pace }: Pick<Poster, 'api' | 'pace'>,
  outlet: Outlet,
  message: TelegramMessage,
  signal: AbortSignal,
): Promise<number> {
  const { chat } = outlet
  const where = toWhere(outlet)
  const aborting = toGrammySignal(signal)
  const sent = await pace.keep<{ message_id: number }>(chat, () => {
    if (message.kind === 'file') {
      return api.sendDocument(chat, toInputFile(message.content, message.name), where, aborting)
    }
    const inline_keyboard = message.keyboard.map((row) => [...row])
    const options = {
      ...where,
      parse_mode: 'HTML' as const,
      link_preview_options: { is_disabled: true },
      ...(inline_keyboard.length > 0 && { reply_markup: { inline_keyboard } }),
    }
    return api.sendMessage(chat, message.html, options, aborting)
  })
  return sent.message_id
}

function toWhere({ topic, replyTo, whisper }: Outlet) {
  const thread = topic === undefined ? {} : { message_thread_id: topic }
  if (whisper === undefined) {
    if (replyTo === undefined) return thread
    return {
      ...thread,
      reply_parameters: { message_id: replyTo, allow_sending_without_reply: true },
    }
  }
  const { user, replyTo: whispered, callback } = whisper
  return {
    ...thread,
    ephemeral_message_parameters: {
      receiver_user_id: user,
      ...(callback !== undefined && { callback_query_id: callback }),
    },
    ...(whispered !== undefined && { reply_parameters: { ephemeral_message_id: whispered } }),
  }
}

/**
 * Posts the answer to somebody who waits for it: what was certainly not sent is tried again, in place. Where Telegram
 * refuses the first message in one outlet, all go to the next.
 */
export async function postReply(
  poster: Poster,
  [outlet, next, ...others]: readonly [Outlet, ...Outlet[]],
  messages: readonly TelegramMessage[],
  signal: AbortSignal,
): Promise<void> {
  const pauseMs = (error: unknown) => {
    const receipt = toReceipt(error)
    const ms = receipt.kind === 'deferred' ? receipt.retryAfter.total('milliseconds') : Infinity
    return ms <= poster.pauseMsMax ? ms : null
  }
  // One reply answers a message once, however many parts it has.
  const { replyTo, ...later } = outlet
  const first = replyTo === undefined ? later : outlet
  for (const [index, message] of messages.entries()) {
    const post = () => postMessage(poster, index === 0 ? first : later, message, signal)
    try {
      await retry(post, { attemptsMax, pauseMs, signal })
    } catch (error) {
      const isRefused = toReceipt(error).kind === 'refused'
      if (index > 0 || next === undefined || !isRefused) throw error
      return postReply(poster, [next, ...others], messages, signal)
    }
  }
}
