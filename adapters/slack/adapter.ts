// The Slack adapter: what people say -> the core, its replies -> Slack, wired to the parts beside it.

import { createHash } from 'node:crypto'
import type { webApi } from '@slack/bolt'
import { LRUCache } from 'lru-cache'
import type { ChatAdapter, Receive, SendOptions, Suggest } from '../../src/chat/adapter.ts'
import { toAuthorId, toEventKey } from '../../src/chat/message.ts'
import type { ConversationId, InboundContent, InboundMessage } from '../../src/chat/message.ts'
import type { Receipt } from '../../src/chat/receipt.ts'
import type { Block, Reply } from '../../src/chat/reply.ts'
import type { SecretStore } from '../../src/chat/secret-store.ts'
import { UnderWay } from '../../src/chat/wait.ts'
import type { SlackConfig } from './config.ts'
import { connect, connectionBounds, type Connection, type SlackLog } from './connection.ts'
import { commandPrefix, type Incoming } from './decode.ts'
import { toSecretName } from './installation.ts'
import { listen, type Handlers, type Source } from './listeners.ts'
import { Lookups } from './lookups.ts'
import { formatPlace, isDirectChannel, isPerson, parsePlace, type Place } from './place.ts'
import { plainly, postBounds, postReply, uploadFiles } from './post.ts'
import { describeError, isSaidBySlack, toReceipt } from './receipt.ts'
import { labelLengthMax, messageLengthMax, renderMessages } from './render.ts'
import { renderHome } from './render-view.ts'
import { textsOf } from './texts.ts'

export const defaultBounds = {
  ...connectionBounds,
  ...postBounds,
  /** What is good to know before an answer, and not worth more waiting. */
  lookupMsMax: 1_500,
  /** Containers are killed after ten seconds. */
  drainMsMax: 5_000,
}

export type SlackAdapterParts = {
  readonly config: SlackConfig
  readonly log: SlackLog
  readonly secrets: SecretStore
  readonly now: () => Temporal.Instant
  readonly bounds?: Partial<typeof defaultBounds>
}

const rememberedMax = 10_000
const historyMax = 100
const promptsMax = 4
const deliveryEvent = 'ogp_delivery'
const homeCommands = ['reminders', 'deadlines', 'settings'] as const
const platform = 'slack'

class BoltAdapter implements ChatAdapter, Handlers {
  readonly platform = platform
  /** The text is counted escaped: "&" is five. */
  readonly limits = {
    textLengthMax: messageLengthMax,
    choicesMax: 25,
    choiceLabelLengthMax: labelLengthMax,
  }
  readonly #parts: SlackAdapterParts
  readonly #bounds: typeof defaultBounds
  readonly #lookups: Lookups
  readonly #underWay = new UnderWay()
  readonly #known = new LRUCache<ConversationId, true>({ max: rememberedMax })
  readonly #attempted = new LRUCache<string, true>({ max: rememberedMax })
  #core: { readonly receive: Receive; readonly suggest: Suggest } | null = null
  #connection: Connection | null = null
  #stopped: Promise<void> | null = null

  constructor(parts: SlackAdapterParts) {
    this.#parts = parts
    this.#bounds = { ...defaultBounds, ...parts.bounds }
    this.#lookups = new Lookups(this.#bounds.lookupMsMax)
  }

  async start(receive: Receive, suggest: Suggest): Promise<void> {
    this.#core = { receive, suggest }
    const { config, log, secrets } = this.#parts
    this.#connection = await connect(config, {
      log,
      secrets,
      bounds: this.#bounds,
      listen: (app) => {
        listen(app, this.#lookups, this)
      },
    })
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#drain()
    return this.#stopped
  }

  async #drain() {
    await this.#connection?.close()
    await this.#underWay.drain(this.#bounds.drainMsMax)
    this.#connection = null
  }

  take(source: Source, incoming: Incoming): Promise<void> {
    return this.#track(this.#answer(source, incoming))
  }

  openTab(source: Source, user: string, channel: string, key: string): Promise<void> {
    return this.#track(
      channel === '' ? this.#showHome(source, user, key) : this.#showPrompts(source, user, channel),
    )
  }

  async #track(promise: Promise<void>) {
    await this.#underWay.track(promise).catch((error: unknown) => {
      this.#parts.log.error({ platform, error: describeError(error) }, 'Cannot post a reply')
    })
  }

  async #answer(source: Source, incoming: Incoming) {
    const { client } = source
    const { user, outlet, key } = incoming
    const message = await this.#toMessage(source, incoming)
    const reply = await this.#core?.receive(message)
    if (reply) {
      const advice = await this.#adviseOn(source, incoming, reply)
      const whole: Reply = { ...reply, blocks: [...reply.blocks, ...advice] }
      await postReply(client, incoming, whole, this.#bounds, () =>
        this.#lookups.directChannel(client, user),
      )
    }
    if (outlet.channel === undefined) await this.#showHome(source, user, key)
  }

  async #toMessage({ client, team }: Source, incoming: Incoming): Promise<InboundMessage> {
    const { user, outlet, place, content, key, ts } = incoming
    const isShared = outlet.channel !== undefined && !isDirectChannel(outlet.channel)
    const [person, mayAdminister] = await Promise.all([
      this.#lookups.person(client, user),
      isShared ? this.#lookups.mayAdminister(client, place.id, user) : true,
    ])
    const said =
      ts === undefined
        ? this.#parts.now()
        : Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(ts) * 1_000))
    const conversation = this.#remember({ ...place, team })
    return {
      ...content,
      platform,
      eventKey: toEventKey(`${platform}:${team}:${key}`),
      conversation,
      author: toAuthorId(`${team}/${user}`),
      audience: isShared && outlet.isEphemeral !== true ? 'shared' : 'private',
      shareable: isShared && outlet.isEphemeral === true,
      mayAdminister,
      direct: formatPlace({ team, id: user }),
      ...(person?.locale && { language: person.locale }),
      ...(person?.tz && { zone: person.tz }),
      sentAt: said,
    }
  }

  #remember(place: Place): ConversationId {
    const conversation = formatPlace(place)
    this.#known.set(conversation, true)
    return conversation
  }

  /** Reminders for a channel need the assistant in it. */
  async #adviseOn(
    { client }: Source,
    { content, outlet }: Incoming,
    reply: Reply,
  ): Promise<Block[]> {
    const isAbout =
      (content.kind === 'form' || content.kind === 'command') && content.name === 'remind'
    if (!isAbout || outlet.channel === undefined || isDirectChannel(outlet.channel)) return []
    const channel = await this.#lookups.channel(client, outlet.channel)
    if (channel?.is_member !== false) return []
    return [{ kind: 'text', text: textsOf(reply.language).invite }]
  }

  async #showHome(source: Source, user: string, key: string) {
    const outlet = { channel: undefined, thread: undefined }
    const blocks: Block[] = []
    let language: string | undefined
    for (const name of homeCommands) {
      const content: InboundContent = { kind: 'command', name, argument: '' }
      const message = await this.#toMessage(source, {
        key: `${key}:${name}`,
        user,
        content,
        place: { id: user },
        outlet,
      })
      const reply = await this.#core?.receive(message)
      if (reply) blocks.push(...reply.blocks)
      language ??= reply?.language
    }
    const texts = textsOf(language)
    const view = renderHome(blocks, [
      { id: `${commandPrefix}remind`, label: texts.remind },
      { id: `${commandPrefix}settings`, label: texts.settings },
    ])
    await source.client.views.publish({ user_id: user, view })
  }

  async #showPrompts({ client }: Source, user: string, channel: string) {
    const language = (await this.#lookups.person(client, user))?.locale ?? 'en'
    const choices = this.#core?.suggest('', language, promptsMax) ?? []
    const [first, ...others] = choices.map(({ label }) => ({ title: label, message: label }))
    if (first === undefined) return
    await client.assistant.threads.setSuggestedPrompts({
      channel_id: channel,
      prompts: [first, ...others],
    })
  }

  async leave(team: string, key: string, channel?: string): Promise<void> {
    if (channel !== undefined) return this.#tell({ team, id: channel }, key, { kind: 'removed' })
    await this.#parts.secrets.remove(toSecretName(team))
    const places = [...this.#known.keys()].map(parsePlace).filter((place) => place.team === team)
    for (const place of places)
      await this.#tell(place, `${key}:${formatPlace(place)}`, { kind: 'removed' })
  }

  move(team: string, key: string, from: string, to: string): Promise<void> {
    return this.#tell({ team, id: from }, key, { kind: 'moved', to: formatPlace({ team, id: to }) })
  }

  async #tell(place: Place, key: string, content: InboundContent) {
    const conversation = formatPlace(place)
    this.#known.delete(conversation)
    await this.#core?.receive({
      ...content,
      platform,
      eventKey: toEventKey(`${platform}:${place.team}:${key}`),
      conversation,
      author: toAuthorId(place.team),
      audience: 'shared',
      mayAdminister: false,
      sentAt: this.#parts.now(),
    })
  }

  async send(to: ConversationId, reply: Reply, options: SendOptions): Promise<Receipt> {
    if (this.#connection === null || options.signal.aborted) return deferred
    const place = parsePlace(to)
    this.#known.set(to, true)
    return this.#underWay
      .track(this.#push(this.#connection, place, reply, options))
      .catch(toReceipt)
  }

  /** Each part carries the delivery's key, so that a repeat sends only what has not arrived. */
  async #push(
    connection: Connection,
    place: Place,
    reply: Reply,
    options: SendOptions,
  ): Promise<Receipt> {
    const client = await connection.clientOf(place.team)
    const channel = isPerson(place) ? await this.#lookups.directChannel(client, place.id) : place.id
    const thread =
      place.thread === undefined ? {} : { thread_ts: place.thread, reply_broadcast: true }
    const key = createHash('sha256').update(options.deliveryKey).digest('base64url')
    const arrived = new Map<unknown, string>()
    if (options.mayBeRepeat === true || this.#attempted.has(key)) {
      const found = await findDelivered(client, channel, place.thread, key)
      if (found === null) return deferred
      for (const [part, ts] of found) arrived.set(part, ts)
    }
    this.#attempted.set(key, true)
    let messageId = ''
    for (const [part, message] of renderMessages(reply.blocks).entries()) {
      if (options.signal.aborted) return deferred
      const metadata = { event_type: deliveryEvent, event_payload: { key, part } }
      const ts =
        arrived.get(part) ??
        (await client.chat.postMessage({ ...message, ...plainly, ...thread, channel, metadata })).ts
      messageId = `${channel}/${ts ?? ''}`
    }
    await uploadFiles(client, reply.blocks, channel, place.thread).catch((error: unknown) => {
      this.#parts.log.warn({ platform, error: describeError(error) }, 'Cannot upload a file')
    })
    return { kind: 'sent', messageId }
  }
}

const deferred: Receipt = { kind: 'deferred', retryAfter: Temporal.Duration.from({ seconds: 5 }) }

/** The parts of a delivery that stand in a channel; none where Slack shows no history, null when it cannot be reached. */
async function findDelivered(
  client: webApi.WebClient,
  channel: string,
  thread: string | undefined,
  key: string,
) {
  const where = { channel, limit: historyMax, include_all_metadata: true }
  const ask =
    thread === undefined
      ? client.conversations.history(where)
      : client.conversations.replies({ ...where, ts: thread })
  try {
    const { messages = [] } = await ask
    const own = messages.filter(({ metadata }) => metadata?.event_type === deliveryEvent)
    const mine = own.map(({ ts = '', metadata }) => ({
      ts,
      payload: metadata?.event_payload as { key?: unknown; part?: unknown },
    }))
    return mine
      .filter(({ payload }) => payload.key === key)
      .map(({ ts, payload }) => [payload.part, ts] as const)
  } catch (error) {
    return isSaidBySlack(error) ? [] : null
  }
}

export const createSlackAdapter = (parts: SlackAdapterParts): ChatAdapter => new BoltAdapter(parts)
