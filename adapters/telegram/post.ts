// Posting: one message after the other, into one place. It must not know where a reply comes from.

import { retry } from '../../src/chat/retry.ts'
import { toGrammySignal, toInputFile, type TelegramApi } from './api.ts'
import type { Outlet } from './decode.ts'
import { Pace } from './pace.ts'
import { toReceipt, WaitError } from './receipt.ts'
import type { TelegramMessage } from './render.ts'

/** Telegram is asked so often; for a turn among our own messages, a reply waits longer. */
const attemptsMax = 4
const turnsMax = 60

export class Poster {
  readonly #pace = new Pace()
  readonly #api: TelegramApi
  /** A person who asked waits no longer for another try. */
  readonly #pauseMsMax: number

  constructor(api: TelegramApi, pauseMsMax: number) {
    this.#api = api
    this.#pauseMsMax = pauseMsMax
  }

  /** Posts one message. Rejects with what the SDK rejects with. Gives the message's number. */
  async post(outlet: Outlet, message: TelegramMessage, signal: AbortSignal): Promise<number> {
    const { chat } = outlet
    const where = toWhere(outlet)
    const aborting = toGrammySignal(signal)
    const sent = await this.#pace.keep<{ message_id: number }>(chat, () => {
      if (message.kind === 'file') {
        const file = toInputFile(message.content, message.name)
        return this.#api.sendDocument(chat, file, where, aborting)
      }
      const inline_keyboard = message.keyboard.map((row) => [...row])
      const options = {
        ...where,
        parse_mode: 'HTML' as const,
        link_preview_options: { is_disabled: true },
        ...(inline_keyboard.length > 0 && { reply_markup: { inline_keyboard } }),
      }
      return this.#api.sendMessage(chat, message.html, options, aborting)
    })
    return sent.message_id
  }

  /**
   * Posts the answer to somebody who waits for it: what was certainly not sent is tried again, in place. Where Telegram
   * refuses the first message in one outlet, all go to the next.
   */
  async postAll(
    [outlet, next, ...others]: readonly [Outlet, ...Outlet[]],
    messages: readonly TelegramMessage[],
    signal: AbortSignal,
  ): Promise<void> {
    let attempts = 0
    const pauseMs = (error: unknown) => {
      if (!(error instanceof WaitError) && ++attempts === attemptsMax) return null
      const receipt = toReceipt(error)
      const ms = receipt.kind === 'deferred' ? receipt.retryAfter.total('milliseconds') : Infinity
      return ms <= this.#pauseMsMax ? ms : null
    }
    for (const [index, message] of messages.entries()) {
      // One reply answers a message once, however many parts it has.
      const to = index === 0 ? outlet : { ...outlet, replyTo: undefined }
      const post = () => this.post(to, message, signal)
      try {
        await retry(post, { attemptsMax: turnsMax, pauseMs, signal })
      } catch (error) {
        const isRefused = toReceipt(error).kind === 'refused'
        if (index > 0 || next === undefined || !isRefused) throw error
        return this.postAll([next, ...others], messages, signal)
      }
    }
  }
}

function toWhere({ topic, replyTo, whisper }: Outlet) {
  const thread = topic === undefined ? {} : { message_thread_id: topic }
  if (whisper === undefined) {
    if (replyTo === undefined) return thread
    const answered = { message_id: replyTo, allow_sending_without_reply: true }
    return { ...thread, reply_parameters: answered }
  }
  const { user, replyTo: whispered, press } = whisper
  const reader = {
    receiver_user_id: user,
    ...(press !== undefined && { callback_query_id: press }),
  }
  return {
    ...thread,
    ephemeral_message_parameters: reader,
    ...(whispered !== undefined && { reply_parameters: { ephemeral_message_id: whispered } }),
  }
}
