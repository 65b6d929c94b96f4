// Puts a reply where it belongs: an answer to an interaction, a modal, messages of a channel. It must not know the core.
// It waits where Discord asks it to. https://docs.discord.com/developers/interactions/receiving-and-responding

import { createHash } from 'node:crypto'
import { InteractionResponseType, InteractionType, MessageFlags, Routes } from 'discord.js'
import type { RequestData, REST } from 'discord.js'
import { LRUCache } from 'lru-cache'
import type { ConversationId } from '../../src/chat/message.ts'
import { defer, type Receipt } from '../../src/chat/receipt.ts'
import type { Reply } from '../../src/chat/reply.ts'
import { retryHarmless } from '../../src/chat/retry-harmless.ts'
import { waitAtMost } from '../../src/chat/wait.ts'
import type { Interaction } from './decode.ts'
import { parsePlace } from './place.ts'
import { isAnsweredAlready, toReceipt } from './receipt.ts'
import { renderMessages, type DiscordMessage } from './render.ts'
import { renderForm } from './render-form.ts'

export const postBounds = {
  /** Discord gives three seconds for the first answer; a modal can only be that one. */
  answerMsMax: 1_500,
  attemptsMax: 3,
  pauseMsMax: 30_000,
}

const kinds = InteractionResponseType
const nonceLengthMax = 25
const rememberedMax = 10_000
export const retrySeconds = 5

/** Whatever a text says, it calls nobody. */
function toRequest({ components, files }: DiscordMessage, flags = 0) {
  const attachments = files.map(({ name }, id) => ({ id, filename: name }))
  const own = { flags: flags | MessageFlags.IsComponentsV2, allowed_mentions: { parse: [] } }
  return { body: { ...own, components, attachments }, files: [...files] }
}

/** Answers or defers in time, whatever becomes of `receiving`. @param mayHide whether others look on */
export async function answerInteraction(
  rest: REST,
  { id, token, type, application_id: application }: Interaction,
  mayHide: boolean,
  receiving: Promise<Reply | null>,
  bounds: typeof postBounds,
): Promise<void> {
  const webhook = Routes.webhook(application, token)
  const original = Routes.webhookMessage(application, token)
  const call = (method: 'post' | 'patch' | 'delete', path: `/${string}`, request?: RequestData) =>
    retryHarmless(() => rest[method](path, { ...request, auth: false }), toReceipt, bounds)
  const begin = async (kind: InteractionResponseType, data: unknown, files: RequestData = {}) => {
    const request = { ...files, body: { type: kind, data } }
    await call('post', Routes.interactionCallback(id, token), request).catch((error: unknown) => {
      // An attempt whose fate was not known, or another process, has done it.
      if (!isAnsweredAlready(error)) throw error
    })
  }
  const hidden = mayHide ? MessageFlags.Ephemeral : 0
  const first = await waitAtMost(receiving, bounds.answerMsMax)
  const isLate = first === 'late'
  if (isLate) await begin(kinds.DeferredChannelMessageWithSource, { flags: hidden })
  const reply = isLate ? await receiving : first
  const flags = reply?.audience === 'private' ? hidden : 0
  // What follows a deferred answer would take its place, and be as hidden as it is.
  const isDropped = isLate && (reply === null || flags !== hidden)
  if (isDropped) await call('delete', original)
  if (reply === null) return
  // No form opens another.
  const mayOpenForm = !isLate && type !== InteractionType.ModalSubmit
  const modal = mayOpenForm ? renderForm(reply.blocks) : null
  if (modal !== null) return begin(kinds.Modal, modal)
  for (const [part, message] of renderMessages(reply.blocks).entries()) {
    const { body, files } = toRequest(message, flags)
    if (part === 0 && !isLate) await begin(kinds.ChannelMessageWithSource, body, { files })
    else if (part === 0 && !isDropped) await call('patch', original, { body, files })
    else await call('post', webhook, { body, files })
  }
}

type PostOptions = {
  /** The same for every attempt. */
  readonly key: string
  /** The message that is answered. */
  readonly answers?: string | undefined
  readonly signal?: AbortSignal
}

/** Messages of channels, each posted once whatever is repeated. */
export class Mail {
  readonly #posted = new LRUCache<string, string>({ max: rememberedMax })
  readonly #channels = new LRUCache<string, string>({ max: rememberedMax })

  /** Where a person is alone with the assistant. */
  async #findDirectChannel(rest: REST, user: string): Promise<string> {
    const body = { recipient_id: user }
    const known = this.#channels.get(user)
    const id = known ?? readId(await rest.post(Routes.userChannels(), { body }))
    this.#channels.set(user, id)
    return id
  }

  /** Rejects as Discord does. */
  async post(rest: REST, to: ConversationId, reply: Reply, options: PostOptions): Promise<Receipt> {
    const { key, answers, signal } = options
    const { isPerson, id } = parsePlace(to)
    const channel = isPerson ? await this.#findDirectChannel(rest, id) : id
    const message_reference = { message_id: answers, fail_if_not_exists: false }
    let messageId = ''
    for (const [part, message] of renderMessages(reply.blocks).entries()) {
      if (signal?.aborted === true) return defer(retrySeconds)
      const hash = createHash('sha256').update(`${channel} ${part} ${key}`).digest('base64url')
      const nonce = hash.slice(0, nonceLengthMax)
      const isAnswer = part === 0 && answers !== undefined
      const own = { nonce, enforce_nonce: true, ...(isAnswer && { message_reference }) }
      const { body, files } = toRequest(message)
      const request = { body: { ...body, ...own }, files, ...(signal && { signal }) }
      const known = this.#posted.get(nonce)
      messageId = known ?? readId(await rest.post(Routes.channelMessages(channel), request))
      this.#posted.set(nonce, messageId)
    }
    return { kind: 'sent', messageId }
  }
}

const readId = (sent: unknown) => (sent as { readonly id?: string }).id ?? ''
