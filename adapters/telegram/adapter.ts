// The Telegram adapter: what people say -> the core, its replies -> Telegram, wired to the parts beside it.

import type { Hono } from 'hono'
import { LRUCache } from 'lru-cache'
import type { Update } from 'grammy/types'
import type { ChatAdapter, Receive, SendOptions, Suggest } from '../../src/chat/adapter.ts'
import type { ConversationId } from '../../src/chat/message.ts'
import type { Receipt } from '../../src/chat/receipt.ts'
import type { Reply } from '../../src/chat/reply.ts'
import { RefusedError } from '../../src/chat/refused-error.ts'
import { retry } from '../../src/chat/retry.ts'
import { waitAtMost } from '../../src/chat/wait.ts'
import { createApi, type TelegramApi } from './api.ts'
import { textsOf } from './command-texts.ts'
import type { TelegramConfig } from './config.ts'
import { decodeDeafArrival, decodeUpdate, updateKinds } from './decode.ts'
import type { Bot, Decoded, Outlet } from './decode.ts'
import { renderResults } from './inline.ts'
import { registerMenus } from './menus.ts'
import { parsePlace } from './place.ts'
import { pollBounds, pollUpdates, type TelegramLog } from './poll.ts'
import { Poster } from './post.ts'
import { describeError, isUnauthorized, readWaitMs, toFailure, toReceipt } from './receipt.ts'
import { labelLengthMax, renderReply, textLengthMax } from './render.ts'
import { createWebhookRoutes } from './webhook.ts'

export const defaultBounds = {
  ...pollBounds,
  /** How long one call may take. */
  callSecondsMax: 15,
  connectPauseMs: 1_000,
  /** A person who asked waits no longer for another try. */
  postPauseMsMax: 60_000,
  /** What is good to know before an answer, and not worth more waiting. */
  lookupMsMax: 1_500,
  /** Containers are killed after ten seconds. */
  drainMsMax: 5_000,
}

export type TelegramAdapterParts = {
  readonly config: TelegramConfig
  readonly log: TelegramLog
  readonly now: () => Temporal.Instant
  readonly bounds?: Partial<typeof defaultBounds>
}

/** The routes are empty unless a webhook is set up. */
export type TelegramAdapter = ChatAdapter & { readonly routes: Hono }

type Core = { readonly receive: Receive; readonly suggest: Suggest; readonly bot: Bot }

const platform = 'telegram'
const connectAttemptsMax = 5
const updatesAtOnceMax = 200
const rememberedMax = 10_000
const rightsMs = 60_000
const inlineOptions = { is_personal: true, cache_time: 60 }
const deferred: Receipt = { kind: 'deferred', retryAfter: Temporal.Duration.from({ seconds: 5 }) }

class GrammyAdapter implements TelegramAdapter {
  readonly platform = platform
  readonly limits = { textLengthMax, choicesMax: 24, choiceLabelLengthMax: labelLengthMax }
  readonly routes: Hono
  readonly #parts: TelegramAdapterParts
  readonly #bounds: typeof defaultBounds
  readonly #api: TelegramApi
  readonly #poster: Poster
  readonly #busy = new Set<Promise<unknown>>()
  readonly #listening = new AbortController()
  readonly #posting = new AbortController()
  readonly #rights = new LRUCache<string, boolean>({ max: rememberedMax, ttl: rightsMs })
  /** How much of a delivery has arrived, so that another attempt sends only the rest. */
  readonly #delivered = new LRUCache<string, { count: number; messageId: string }>({
    max: rememberedMax,
  })
  #core: Core | null = null
  #polled: Promise<void> | null = null
  #stopped: Promise<void> | null = null

  constructor(parts: TelegramAdapterParts) {
    this.#parts = parts
    this.#bounds = { ...defaultBounds, ...parts.bounds }
    this.#api = createApi(parts.config, this.#bounds.callSecondsMax)
    this.#poster = new Poster(this.#api, this.#bounds.postPauseMsMax)
    this.routes = createWebhookRoutes(parts.config.webhook, (update) => this.#take(update))
  }

  async start(receive: Receive, suggest: Suggest): Promise<void> {
    const { config, log } = this.#parts
    const bot = await this.#connect(() => this.#api.getMe())
    this.#core = { receive, suggest, bot }
    if (config.webhook === null) this.#polled = this.#poll()
    else {
      const { url, secret } = config.webhook
      const options = { secret_token: secret, allowed_updates: updateKinds }
      await this.#connect(() => this.#api.setWebhook(url, options))
    }
    const hearsAll = bot.can_read_all_group_messages
    log.info({ platform, bot: bot.username, hearsAll }, 'Telegram is connected')
    this.#track(registerMenus(this.#api), 'Cannot write the menus')
  }

  /** Rejects with advice once it is clear that Telegram cannot be reached. */
  async #connect<T>(action: () => Promise<T>): Promise<T> {
    const pauseMs = (error: unknown, attempt: number) => {
      const { error_code: code = 500 } = toFailure(error)
      const isFinal = code < 500 && code !== 429
      return isFinal ? null : (readWaitMs(error) ?? this.#bounds.connectPauseMs * 2 ** attempt)
    }
    const options = { attemptsMax: connectAttemptsMax, pauseMs, signal: this.#listening.signal }
    return retry(action, options).catch((error: unknown) => {
      const reason = `Cannot connect to Telegram: ${describeError(error)}`
      if (isUnauthorized(error))
        throw new RefusedError(`${reason}, the token that @BotFather gives is needed`)
      const needed = 'an open way to Telegram, and variables as in .env.example, are needed'
      throw new Error(`${reason}, ${needed}`)
    })
  }

  async #poll() {
    const { config, log } = this.#parts
    const { pollSeconds, callSecondsMax } = this.#bounds
    const api = createApi(config, pollSeconds + callSecondsMax)
    for await (const updates of pollUpdates(api, this.#bounds, log, this.#listening.signal)) {
      for (const update of updates) {
        while (this.#busy.size >= updatesAtOnceMax) await Promise.race(this.#busy)
        this.#track(this.#handle(update), 'Cannot answer')
      }
    }
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#drain()
    return this.#stopped
  }

  async #drain() {
    this.#listening.abort()
    await this.#polled
    await waitAtMost(Promise.allSettled(this.#busy), this.#bounds.drainMsMax)
    this.#posting.abort()
  }

  /** False when there is no room, or no assistant. */
  #take(update: Update): boolean {
    const isReady = this.#core !== null && this.#stopped === null
    if (!isReady || this.#busy.size >= updatesAtOnceMax) return false
    this.#track(this.#handle(update), 'Cannot answer')
    return true
  }

  #track(promise: Promise<unknown>, failure: string) {
    const settled = promise
      .catch((error: unknown) => {
        this.#parts.log.warn({ platform, error: describeError(error) }, failure)
      })
      .finally(() => this.#busy.delete(settled))
    this.#busy.add(settled)
  }

  async #handle(update: Update) {
    if (this.#core === null) return
    const { bot, suggest, receive } = this.#core
    const { inline_query: query, callback_query: press } = update
    if (query !== undefined) {
      const results = renderResults(query, suggest, bot.username)
      await this.#api.answerInlineQuery(query.id, results, inlineOptions)
    }
    // Whatever comes of it, the button is not to spin.
    if (press !== undefined)
      this.#track(this.#api.answerCallbackQuery(press.id), 'Cannot confirm a press')
    const arrival = decodeDeafArrival(update, bot)
    if (arrival !== null) {
      const text = textsOf(arrival.language).hearing.replace('{username}', bot.username)
      await this.#post([{ chat: arrival.chat }], { blocks: [{ kind: 'text', text }] })
    }
    const decoded = decodeUpdate(update, bot, this.#parts.now())
    if (decoded !== null) await this.#answer(decoded, receive)
  }

  async #answer({ message, outlet }: Decoded, receive: Receive) {
    const { whisper, ...openly } = outlet
    const isAdministrator =
      whisper !== undefined && (await this.#isAdministrator(outlet.chat, whisper.user))
    const mayAdminister = message.mayAdminister || isAdministrator
    const reply = await receive({ ...message, mayAdminister })
    if (reply === null) return
    if (reply.audience === 'shared' || whisper === undefined) return this.#post([openly], reply)
    // For the author alone: unseen by others in the group, else in private, else where it was asked.
    await this.#post([outlet, { chat: whisper.user }, openly], reply)
  }

  #post(outlets: readonly [Outlet, ...Outlet[]], reply: Pick<Reply, 'blocks'>) {
    return this.#poster.postAll(outlets, renderReply(reply), this.#posting.signal)
  }

  /** Where Telegram does not say, nobody is. */
  async #isAdministrator(chat: number, user: number): Promise<boolean> {
    const key = `${chat}/${user}`
    const known = this.#rights.get(key)
    if (known !== undefined) return known
    const asking = this.#api.getChatMember(chat, user).catch(() => null)
    const answer = await waitAtMost(asking, this.#bounds.lookupMsMax)
    if (answer === null || answer === 'late') return false
    const isOne = answer.status === 'creator' || answer.status === 'administrator'
    this.#rights.set(key, isOne)
    return isOne
  }

  send(to: ConversationId, reply: Reply, options: SendOptions): Promise<Receipt> {
    if (this.#core === null || this.#stopped !== null) return Promise.resolve(deferred)
    const pushing = this.#push(parsePlace(to), reply, options)
    this.#track(pushing, 'Cannot send')
    return pushing
  }

  async #push(to: Outlet, reply: Reply, { signal, deliveryKey }: SendOptions): Promise<Receipt> {
    const delivered = this.#delivered.get(deliveryKey) ?? { count: 0, messageId: '' }
    this.#delivered.set(deliveryKey, delivered)
    for (const message of renderReply(reply).slice(delivered.count)) {
      if (signal.aborted) return deferred
      try {
        delivered.messageId = `${to.chat}/${await this.#poster.post(to, message, signal)}`
      } catch (error) {
        const receipt = toReceipt(error)
        // A group may forbid files, and the words have arrived.
        if (message.kind === 'text' || receipt.kind !== 'refused') return receipt
        this.#parts.log.warn({ platform, error: describeError(error) }, 'Cannot send a file')
      }
      delivered.count += 1
    }
    return { kind: 'sent', messageId: delivered.messageId }
  }
}

export const createTelegramAdapter = (parts: TelegramAdapterParts): TelegramAdapter =>
  new GrammyAdapter(parts)
