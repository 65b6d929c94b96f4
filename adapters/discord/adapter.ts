// The Discord adapter: what people say -> the core, its replies -> Discord, wired to the parts beside it.

import { InteractionResponseType, Routes, type Client, type REST } from 'discord.js'
import { LRUCache } from 'lru-cache'
import type { ChatAdapter, Receive, SendOptions, Suggest } from '../../src/chat/adapter.ts'
import { toAuthorId, toEventKey } from '../../src/chat/message.ts'
import type { ConversationId, InboundMessage } from '../../src/chat/message.ts'
import { defer, type Receipt } from '../../src/chat/receipt.ts'
import type { Reply } from '../../src/chat/reply.ts'
import { UnderWay, waitAtMost } from '../../src/chat/wait.ts'
import { describeMissing } from './command-texts.ts'
import { areRegistered, commands } from './commands.ts'
import type { DiscordConfig } from './config.ts'
import { connect, connectionBounds, disconnect, type DiscordLog } from './connection.ts'
import { decodeInteraction, decodeMessage, decodeTyping, mayDo } from './decode.ts'
import type { Incoming, Interaction, Letter, Message } from './decode.ts'
import { formatPlace, parsePlace } from './place.ts'
import { answerInteraction, Mail, postBounds } from './post.ts'
import { describeError, toReceipt } from './receipt.ts'
import { buttonLabelLengthMax, messageLengthMax, toSuggestion } from './render.ts'

export const defaultBounds = {
  ...connectionBounds,
  ...postBounds,
  /** What is good to know before an answer, and not worth more waiting. */
  lookupMsMax: 1_500,
  /** Containers are killed after ten seconds. */
  drainMsMax: 5_000,
}

export type DiscordAdapterParts = {
  readonly config: DiscordConfig
  readonly log: DiscordLog
  readonly now: () => Temporal.Instant
  readonly bounds?: Partial<typeof defaultBounds>
}

const suggestionsMax = 25
const rememberedMax = 10_000
const permissionMsMax = 60_000
const sendAgainSeconds = 5
const platform = 'discord'

class GatewayAdapter implements ChatAdapter {
  readonly platform = platform
  readonly limits = {
    textLengthMax: messageLengthMax,
    choicesMax: suggestionsMax,
    choiceLabelLengthMax: buttonLabelLengthMax,
  }
  readonly #parts: DiscordAdapterParts
  readonly #bounds: typeof defaultBounds
  readonly #underWay = new UnderWay()
  readonly #mail = new Mail()
  readonly #languages = new LRUCache<string, string>({ max: rememberedMax })
  readonly #managers = new LRUCache<string, boolean>({ max: rememberedMax, ttl: permissionMsMax })
  #core: { readonly receive: Receive; readonly suggest: Suggest } | null = null
  #client: Client | null = null
  #stopped: Promise<void> | null = null

  constructor(parts: DiscordAdapterParts) {
    this.#parts = parts
    this.#bounds = { ...defaultBounds, ...parts.bounds }
  }

  async start(receive: Receive, suggest: Suggest): Promise<void> {
    this.#core = { receive, suggest }
    const { config, log, now } = this.#parts
    const onEvent = (client: Client, name: string, data: unknown) => {
      if (this.#stopped === null) this.#track(this.#take(client, name, data), name)
    }
    this.#client = await connect(config, { log, now, bounds: this.#bounds, onEvent })
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#drain()
    return this.#stopped
  }

  async #drain() {
    await this.#underWay.drain(this.#bounds.drainMsMax)
    const client = this.#client
    this.#client = null
    if (client !== null) await disconnect(client, this.#bounds)
  }

  #track(promise: Promise<void>, event: string) {
    void this.#underWay.track(promise).catch((error: unknown) => {
      const details = { platform, event, error: describeError(error) }
      this.#parts.log.error(details, 'Cannot finish what Discord asked for')
    })
  }

  /** Events are handed over as Discord sent them: their fields are read with care. */
  async #take(client: Client, name: string, data: unknown): Promise<void> {
    switch (name) {
      case 'READY':
        return register(client.rest, data as Ready)
      case 'INTERACTION_CREATE':
        return this.#takeInteraction(client, data as Interaction)
      case 'MESSAGE_CREATE':
        return this.#takeMessage(client, data as Message)
      case 'GUILD_DELETE': {
        const { id, unavailable } = data as { id: string; unavailable?: boolean }
        // An outage takes a server away for a while.
        if (unavailable === true) return
        const channels = [...(client.guilds.cache.get(id)?.channels.cache.keys() ?? [])]
        return this.#leave(channels)
      }
      case 'CHANNEL_DELETE':
      case 'THREAD_DELETE':
        return this.#leave([(data as { id: string }).id])
    }
  }

  async #takeInteraction({ rest }: Client, event: Interaction) {
    const typing = decodeTyping(event)
    if (typing !== null) {
      const { prefix, language, kind } = typing
      const found = this.#core?.suggest(prefix, language, suggestionsMax, kind) ?? []
      const choices = found.map((choice) => toSuggestion(choice, kind))
      const type = InteractionResponseType.ApplicationCommandAutocompleteResult
      const body = { type, data: { choices } }
      await rest.post(Routes.interactionCallback(event.id, event.token), { auth: false, body })
      return
    }
    const incoming = decodeInteraction(event, this.#parts.config.administering)
    if (incoming?.outlet.kind !== 'interaction') return
    const { user, language } = incoming
    if (language !== undefined) this.#languages.set(user, language)
    const receiving = this.#receive(incoming, incoming.mayAdminister === true)
    await answerInteraction(rest, incoming, incoming.outlet, receiving, this.#bounds)
  }

  async #takeMessage(client: Client, event: Message) {
    const incoming = decodeMessage(event, client.user?.id ?? '')
    if (incoming?.outlet.kind !== 'message') return
    const mayAdminister = incoming.mayAdminister ?? (await this.#isManager(client, event))
    const language = this.#languages.get(incoming.user)
    const reply = await this.#receive({ ...incoming, ...(language && { language }) }, mayAdminister)
    if (reply !== null) await this.#answerLetter(client.rest, incoming, incoming.outlet, reply)
  }

  /** A message does not say what its author may do. */
  async #isManager(client: Client, { guild_id = '', channel_id, author }: Message) {
    const key = `${channel_id} ${author.id}`
    const known = this.#managers.get(key)
    if (known !== undefined) return known
    const look = async () => {
      const guild = await client.guilds.fetch(guild_id)
      const member = await guild.members.fetch({ user: author.id, force: true })
      const channel = await guild.channels.fetch(channel_id)
      return mayDo(channel?.permissionsFor(member).bitfield, this.#parts.config.administering)
    }
    const looking = look().catch(() => false)
    const found = await waitAtMost(looking, this.#bounds.lookupMsMax)
    if (found === 'late') return false
    this.#managers.set(key, found)
    return found
  }

  async #receive(incoming: Incoming, mayAdminister: boolean): Promise<Reply | null> {
    const { key, user, place, language, content, isAlone, outlet, ownPermissions } = incoming
    const isShared = !isAlone && outlet.kind === 'message'
    const message: InboundMessage = {
      ...content,
      platform,
      eventKey: toEventKey(`${platform}:${key}`),
      conversation: formatPlace(place),
      author: toAuthorId(user),
      audience: isShared ? 'shared' : 'private',
      shareable: !isAlone && !isShared,
      mayAdminister,
      direct: formatPlace({ kind: 'user', id: user }),
      ...(language !== undefined && { language }),
      sentAt: this.#parts.now(),
    }
    const reply = (await this.#core?.receive(message)) ?? null
    const isAbout = 'name' in content && content.name === 'remind'
    if (reply === null || !isAbout || ownPermissions === undefined) return reply
    return addMissing(reply, ownPermissions)
  }

  async #answerLetter(rest: REST, { user, key, isAlone }: Incoming, letter: Letter, reply: Reply) {
    const write = (channel: string, whole: Reply) =>
      this.#mail.answer(
        rest,
        channel,
        whole,
        { key, ...(channel === letter.channel && { answers: letter.id }) },
        this.#bounds,
      )
    const isAside = reply.audience === 'private' && !isAlone
    try {
      await write(isAside ? await this.#mail.findDirectChannel(rest, user) : letter.channel, reply)
    } catch (error) {
      const receipt = toReceipt(error)
      if (isAside || receipt.kind !== 'refused' || receipt.reason !== 'forbidden') throw error
      await write(await this.#mail.findDirectChannel(rest, user), addMissing(reply, 0n))
    }
  }

  async #leave(channels: readonly string[]) {
    const sentAt = this.#parts.now()
    for (const id of channels) {
      await this.#core?.receive({
        kind: 'removed',
        platform,
        eventKey: toEventKey(`${platform}:removed:${id}:${sentAt.epochMilliseconds}`),
        conversation: formatPlace({ kind: 'channel', id }),
        author: toAuthorId(id),
        audience: 'shared',
        mayAdminister: false,
        sentAt,
      })
    }
  }

  async send(to: ConversationId, reply: Reply, options: SendOptions): Promise<Receipt> {
    if (this.#client === null || options.signal.aborted) return defer(sendAgainSeconds)
    const { rest } = this.#client
    const { kind, id } = parsePlace(to)
    const { deliveryKey: key, signal } = options
    const push = async (): Promise<Receipt> => {
      const channel = kind === 'user' ? await this.#mail.findDirectChannel(rest, id) : id
      const messageId = await this.#mail.post(rest, channel, reply, { key, signal })
      return messageId === null ? defer(sendAgainSeconds) : { kind: 'sent', messageId }
    }
    return this.#underWay.track(push()).catch(toReceipt)
  }
}

type Ready = {
  readonly application?: { readonly id: string }
  readonly user: { readonly id: string }
}

/** All commands at once, and only when Discord knows others: it counts how often it is told. */
async function register(rest: REST, { application, user }: Ready) {
  const route = Routes.applicationCommands(application?.id ?? user.id)
  const query = new URLSearchParams({ with_localizations: 'true' })
  const registered = await rest.get(route, { query }).catch(() => null)
  if (!areRegistered(registered)) await rest.put(route, { body: commands })
}

/** Who sets up reminders learns what to grant. */
function addMissing(reply: Reply, permissions: bigint): Reply {
  const text = describeMissing(permissions, reply.language)
  if (text === null) return reply
  return { ...reply, blocks: [...reply.blocks, { kind: 'text', text }] }
}

export const createDiscordAdapter = (parts: DiscordAdapterParts): ChatAdapter =>
  new GatewayAdapter(parts)
