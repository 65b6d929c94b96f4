// Puts a reply where it belongs: an answer to an interaction, a modal, messages of a channel. It must not know the core.
// It waits where Discord asks it to. https://docs.discord.com/developers/interactions/receiving-and-responding

import { createHash } from 'node:crypto'
import { Routes, type REST, type RequestData } from 'discord.js'
import { LRUCache } from 'lru-cache'
import type { Reply } from '../../src/chat/reply.ts'
import { retry } from '../../src/chat/retry.ts'
import { waitAtMost } from '../../src/chat/wait.ts'
import type { Incoming, Ticket } from './decode.ts'
import { isAnsweredAlready, toReceipt } from './receipt.ts'
import { renderMessages, type DiscordMessage } from './render.ts'
import { renderForm } from './render-form.ts'

export const postBounds = {
  /** Discord gives three seconds for the first answer; a modal can only be that one. */
  answerMsMax: 1_500,
  attemptsMax: 3,
  pauseMs: 500,
  pauseMsMax: 30_000,
}

const hiddenFlag = 1 << 6
const componentsFlag = 1 << 15
const nonceLengthMax = 25
const rememberedMax = 10_000
/** Kinds of first answers. */
const kinds = { message: 4, deferred: 5, silent: 6, modal: 9 }

function toRequest({ components, files }: DiscordMessage, flags: number) {
  const attachments = files.map(({ name }, id) => ({ id, filename: name }))
  const body = {
    components,
    attachments,
    flags: flags | componentsFlag,
    allowed_mentions: { parse: [] },
  }
  return { body, files: [...files] }
}

/** Nobody else would send a reply again: waits where Discord has not taken it, and where that is not known. */
function again<T>(call: (attempt: number) => Promise<T>, bounds: typeof postBounds): Promise<T> {
  let attempts = 0
  return retry(() => call(++attempts), {
    attemptsMax: bounds.attemptsMax,
    pauseMs(error) {
      const receipt = toReceipt(error)
      if (receipt.kind === 'uncertain') return bounds.pauseMs
      if (receipt.kind !== 'deferred') return null
      return Math.min(receipt.retryAfter.total('milliseconds'), bounds.pauseMsMax)
    },
  })
}

/** Answers or defers in time, whatever becomes of `receiving`. */
export async function answerInteraction(
  rest: REST,
  { isAlone }: Incoming,
  ticket: Ticket,
  receiving: Promise<Reply | null>,
  bounds: typeof postBounds,
): Promise<void> {
  const { id, token, application } = ticket
  const webhook = Routes.webhook(application, token)
  const original = Routes.webhookMessage(application, token)
  const own = { auth: false }
  /** False when another process was first. */
  const begin = (type: number, { body, files = [] }: RequestData = {}) =>
    again(async (attempt) => {
      try {
        const request = { ...own, body: { type, data: body }, files }
        await rest.post(Routes.interactionCallback(id, token), request)
        return true
      } catch (error) {
        // After an attempt whose fate was not known, this says that it was taken.
        if (isAnsweredAlready(error)) return attempt > 1
        throw error
      }
    }, bounds)

  const hidden = isAlone ? 0 : hiddenFlag
  const first = await waitAtMost(receiving, bounds.answerMsMax)
  let state: 'new' | 'deferred' | 'begun' = 'new'
  if (first === 'late') {
    state = (await begin(kinds.deferred, { body: { flags: hidden } })) ? 'deferred' : 'begun'
  }
  const reply = first === 'late' ? await receiving : first
  if (reply === null) {
    if (state === 'deferred') await rest.delete(original, own)
    if (state === 'new' && ticket.isComponent) await begin(kinds.silent)
    return
  }
  const form = reply.blocks.find((block) => block.kind === 'form')
  const modal =
    form && state === 'new' && ticket.mayOpenForm ? renderForm(form, reply.blocks) : null
  if (modal !== null && (await begin(kinds.modal, { body: modal }))) return
  const flags = reply.audience === 'private' ? hidden : 0
  if (state === 'deferred' && flags !== hidden) {
    // What follows a deferred answer would take its place, and be hidden as it is.
    await again(() => rest.delete(original, own), bounds)
    state = 'begun'
  }
  for (const message of renderMessages(reply.blocks)) {
    const request = toRequest(message, flags)
    const isFirst = state === 'new' && (await begin(kinds.message, request))
    if (state === 'deferred')
      await again(() => rest.patch(original, { ...own, ...request }), bounds)
    else if (!isFirst) await again(() => rest.post(webhook, { ...own, ...request }), bounds)
    state = 'begun'
  }
}

/** Messages of one channel, each posted once whatever is repeated. */
export class Mail {
  readonly #posted = new LRUCache<string, string>({ max: rememberedMax })
  readonly #channels = new LRUCache<string, string>({ max: rememberedMax })

  /** The channel where a person is alone with the assistant. */
  async findDirectChannel(rest: REST, user: string): Promise<string> {
    const known = this.#channels.get(user)
    if (known !== undefined) return known
    const body = { recipient_id: user }
    const { id } = (await rest.post(Routes.userChannels(), { body })) as { id: string }
    this.#channels.set(user, id)
    return id
  }

  /**
   * Resolves to the id of the last message, or null when the signal ended it.
   * @param key the same for every attempt
   */
  async post(
    rest: REST,
    channel: string,
    reply: Reply,
    options: { readonly key: string; readonly answers?: string; readonly signal?: AbortSignal },
  ): Promise<string | null> {
    const { key, answers, signal } = options
    let id = ''
    for (const [part, message] of renderMessages(reply.blocks).entries()) {
      if (signal?.aborted === true) return null
      const hash = createHash('sha256').update(`${channel} ${part} ${key}`).digest('base64url')
      const nonce = hash.slice(0, nonceLengthMax)
      const { body, files } = toRequest(message, 0)
      const reference = { message_id: answers, fail_if_not_exists: false }
      const known = this.#posted.get(nonce)
      id =
        known ??
        (await this.#send(rest, channel, {
          body: {
            ...body,
            nonce,
            enforce_nonce: true,
            ...(part === 0 && answers !== undefined && { message_reference: reference }),
          },
          files,
          ...(signal && { signal }),
        }))
      this.#posted.set(nonce, id)
    }
    return id
  }

  async #send(rest: REST, channel: string, request: RequestData): Promise<string> {
    const sent = (await rest.post(Routes.channelMessages(channel), request)) as { id?: string }
    return sent.id ?? ''
  }

  answer(
    ...[rest, channel, reply, options, bounds]: [...Parameters<Mail['post']>, typeof postBounds]
  ) {
    return again(() => this.post(rest, channel, reply, options), bounds)
  }
}
