// The web adapter: a page, and the few addresses it talks to, wired to the pure parts beside it.
// It must not listen by itself: the HTTP server takes its `routes`, with limits and security headers.

import { Hono, type Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { ChatAdapter, Receive, SendOptions, Suggest } from '../../src/chat/adapter.ts'
import type { ConversationId, InboundMessage } from '../../src/chat/message.ts'
import type { Receipt } from '../../src/chat/receipt.ts'
import type { Reply } from '../../src/chat/reply.ts'
import { waitAtMost } from '../../src/chat/wait.ts'
import type { WebConfig } from './config.ts'
import { createSecret, isSecret, toConversation, toMessageId } from './conversation.ts'
import { decodeMessage, decodeReceiptId, pickLanguage, prefixLengthMax } from './decode.ts'
import { EventStreams, type StreamBounds } from './event-streams.ts'
import { HeldReplies } from './held-replies.ts'
import { readPageFiles } from './page-files.ts'
import { servePageFile } from './page-routes.ts'
import { Pushes } from './pushes.ts'
import { toReceipt } from './receipt.ts'
import { renderReply } from './render.ts'
import type { ErrorAnswer, MessageAnswer, SuggestionsAnswer } from './wire.ts'

export type WebBounds = StreamBounds & {
  /** How long a message may wait for its reply. */
  readonly replyMsMax: number
  /** How long a pushed reply may wait for a page to say that it shows it. */
  readonly confirmMsMax: number
  /** How long `stop` waits for what is under way. Containers are killed after ten seconds. */
  readonly drainMsMax: number
  readonly messagesAtOncePerConversationMax: number
  readonly messagesAtOnceMax: number
}

export const defaultBounds: WebBounds = {
  replyMsMax: 25_000,
  confirmMsMax: 5_000,
  drainMsMax: 5_000,
  messagesAtOncePerConversationMax: 4,
  messagesAtOnceMax: 500,
  streamsPerConversationMax: 4,
  streamsMax: 1_000,
  beatMs: 15_000,
}

export type WebAdapterOptions = {
  readonly now: () => Temporal.Instant
  readonly bounds?: Partial<WebBounds>
}

export type WebAdapter = ChatAdapter & { readonly routes: Hono }

const cookieName = 'conversation'
/** As long as browsers keep any, from the last visit: reminders are for months ahead. */
const cookieSecondsMax = 400 * 86_400
const suggestionsMax = 6
const retryAfterSeconds = 2

const refuse = (context: Context, status: 400 | 429 | 503 | 504, code: string, message: string) => {
  if (status === 429 || status === 503) context.header('Retry-After', String(retryAfterSeconds))
  return context.json<ErrorAnswer>({ error: { code, message } }, status)
}

class RoutedAdapter implements WebAdapter {
  readonly platform = 'web'
  /** A page has no limit of its own: every reply is posted whole. */
  readonly limits = {
    textLengthMax: Number.MAX_SAFE_INTEGER,
    choicesMax: 24,
    choiceLabelLengthMax: 120,
  }
  readonly routes = new Hono()
  readonly #config: WebConfig
  readonly #now: () => Temporal.Instant
  readonly #bounds: WebBounds
  readonly #streams: EventStreams
  readonly #pushes: Pushes
  readonly #held = new HeldReplies()
  readonly #underWay = new Map<Promise<unknown>, ConversationId>()
  #assistant: { readonly receive: Receive; readonly suggest: Suggest } | null = null
  #stopped: Promise<void> | null = null

  constructor(config: WebConfig, options: WebAdapterOptions) {
    this.#config = config
    this.#now = options.now
    this.#bounds = { ...defaultBounds, ...options.bounds }
    this.#streams = new EventStreams(this.#bounds)
    this.#pushes = new Pushes(this.#streams, this.#bounds.confirmMsMax)
    this.#addPage()
    this.#addApi()
  }

  start(receive: Receive, suggest: Suggest): Promise<void> {
    this.#assistant = { receive, suggest }
    return Promise.resolve()
  }

  async send(to: ConversationId, reply: Reply, options: SendOptions): Promise<Receipt> {
    if (this.#stopped !== null) return toReceipt({ kind: 'not-started' })
    const pushed = { id: toMessageId(options.deliveryKey), reply: renderReply(reply) }
    const outcome = this.#pushes.push(to, pushed, options.signal)
    return toReceipt(await this.#track(outcome, to))
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#drain()
    return this.#stopped
  }

  async #drain() {
    this.#assistant = null
    await waitAtMost(Promise.allSettled(this.#underWay.keys()), this.#bounds.drainMsMax)
    this.#streams.closeAll()
  }

  async #track<T>(promise: Promise<T>, conversation: ConversationId): Promise<T> {
    this.#underWay.set(promise, conversation)
    try {
      return await promise
    } finally {
      this.#underWay.delete(promise)
    }
  }

  #addPage() {
    for (const file of readPageFiles()) {
      this.routes.get(file.path, (context) => {
        // A link from another site brings no SameSite=Strict cookie, even where there is one: a new one
        // would replace it. The page's first own request brings it, or gets one.
        const isFromElsewhere = context.req.header('sec-fetch-site') === 'cross-site'
        if (file.path === '/' && !isFromElsewhere) this.#welcome(context)
        return servePageFile(context, file)
      })
    }
  }

  #addApi() {
    this.routes.use('/api/*', async (context, next) => {
      context.header('Cache-Control', 'no-store')
      await next()
    })
    this.routes.post('/api/messages', (context) => this.#answerMessage(context))
    this.routes.get('/api/suggestions', (context) => this.#answerSuggestions(context))
    this.routes.get('/api/events', (context) => this.#openEvents(context))
    this.routes.post('/api/receipts', (context) => this.#takeReceipt(context))
  }

  /** The browser's conversation; a browser without one gets one. */
  #identify(context: Context): ConversationId {
    const held = getCookie(context, cookieName)
    return toConversation(isSecret(held) ? held : this.#remember(context, createSecret()))
  }

  /** From a visit on, the browser keeps its conversation for as long as it may. */
  #welcome(context: Context): void {
    const held = getCookie(context, cookieName)
    this.#remember(context, isSecret(held) ? held : createSecret())
  }

  #remember(context: Context, secret: string): string {
    const secure =
      this.#config.trustedProxies > 0 && context.req.header('x-forwarded-proto') === 'https'
    setCookie(context, cookieName, secret, {
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
      secure,
      maxAge: cookieSecondsMax,
    })
    return secret
  }

  #notServing(context: Context) {
    const state = this.#stopped === null ? 'starting' : 'stopping'
    const message = `Cannot answer: the assistant is ${state}, another try in a moment is needed`
    return refuse(context, 503, state, message)
  }

  async #answerMessage(context: Context): Promise<Response> {
    const conversation = this.#identify(context)
    const decoded = decodeMessage(await context.req.arrayBuffer(), {
      conversation,
      acceptLanguage: context.req.header('accept-language'),
      receivedAt: this.#now(),
    })
    if (decoded.kind === 'error') return refuse(context, 400, decoded.code, decoded.message)
    if (this.#assistant === null) return this.#notServing(context)
    if (this.#isBusy(conversation)) {
      const message =
        'Cannot take more messages: too many wait for an answer, a wait for those is needed'
      return refuse(context, 429, 'too-many-at-once', message)
    }
    return this.#answerWithin(context, this.#assistant.receive, decoded.message)
  }

  #isBusy(conversation: ConversationId) {
    const own = [...this.#underWay.values()].filter((other) => other === conversation)
    return (
      this.#underWay.size >= this.#bounds.messagesAtOnceMax ||
      own.length >= this.#bounds.messagesAtOncePerConversationMax
    )
  }

  async #answerWithin(context: Context, receive: Receive, message: InboundMessage) {
    const settling = this.#held.settle(message.eventKey, receive(message))
    const receiving = this.#track(settling, message.conversation)
    const reply = await waitAtMost(receiving, this.#bounds.replyMsMax)
    if (reply === 'late') {
      // Only a bug makes it reject from here on, and the page has its answer already.
      receiving.catch(() => undefined)
      const text =
        'Cannot answer in time: the assistant is still at it, another try in a moment is needed'
      return refuse(context, 504, 'late', text)
    }
    return context.json<MessageAnswer>({ reply: reply === null ? null : renderReply(reply) })
  }

  #answerSuggestions(context: Context): Response {
    if (this.#assistant === null) return this.#notServing(context)
    const prefix = (context.req.query('q') ?? '').slice(0, prefixLengthMax).toWellFormed()
    const language =
      pickLanguage(context.req.query('lang'), context.req.header('accept-language')) ?? 'en'
    const choices = this.#assistant.suggest(prefix, language, suggestionsMax)
    return context.json<SuggestionsAnswer>({ choices })
  }

  #openEvents(context: Context): Response {
    const conversation = this.#identify(context)
    if (this.#assistant === null) return this.#notServing(context)
    const stream = this.#streams.open(conversation)
    if (stream === null) {
      const message = 'Cannot open the page: too many pages are open, a wait is needed'
      return refuse(context, 503, 'too-many-pages', message)
    }
    context.header('Content-Type', 'text/event-stream; charset=utf-8')
    // nginx holds a stream back unless told not to.
    context.header('X-Accel-Buffering', 'no')
    return context.body(stream)
  }

  async #takeReceipt(context: Context): Promise<Response> {
    const conversation = this.#identify(context)
    const id = decodeReceiptId(await context.req.arrayBuffer())
    if (id === null)
      return refuse(context, 400, 'malformed', 'Cannot read the receipt: an id is needed')
    this.#pushes.confirm(conversation, id)
    return context.body(null, 204)
  }
}

/** The adapter, and the routes by which pages reach it. Requests are refused with 503 before `start` and after `stop`. */
export const createWebAdapter = (config: WebConfig, options: WebAdapterOptions): WebAdapter =>
  new RoutedAdapter(config, options)
