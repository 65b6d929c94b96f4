// The Discord adapter: what people say -> the core, its replies -> Discord, wired to the parts beside it.

import { InteractionResponseType, Routes, type Client, type REST } from 'discord.js'
import { LRUCache } from 'lru-cache'
import type { ChatAdapter, Receive, SendOptions, Suggest } from '../../src/chat/adapter.ts'
import { Desk, type DeskLog, type Said } from '../../src/chat/desk.ts'
import type { ConversationId } from '../../src/chat/message.ts'
import { defer, type Receipt } from '../../src/chat/receipt.ts'
import { Remembered } from '../../src/chat/remember.ts'
import { addText, type Reply } from '../../src/chat/reply.ts'
import { retryHarmless } from '../../src/chat/retry-harmless.ts'
import { describeMissing } from './command-texts.ts'
import { areRegistered, commands, inAllLanguages } from './commands.ts'
import type { DiscordConfig } from './config.ts'
import { connect, connectionBounds, type Connection } from './connection.ts'
import { decodeInteraction, decodeMessage, decodeTyping, mayDo } from './decode.ts'
import type { Interaction, Message } from './decode.ts'
import { toPlace } from './place.ts'
import { answerInteraction, Mail, postBounds, retrySeconds } from './post.ts'
import { describeError, toReceipt } from './receipt.ts'
import { labelLengthMax, optionsMax, textLengthMax, toSuggestion } from './render.ts'

export const defaultBounds = {
  ...connectionBounds,
  ...postBounds,
  /** For what is good to know before an answer, and not worth more waiting. */
  lookupMsMax: 1_500,
  /** Containers are killed after ten seconds. */
  drainMsMax: 5_000,
}

export type DiscordAdapterParts = {
  readonly config: DiscordConfig
  readonly log: DeskLog
  readonly now: () => Temporal.Instant
  readonly bounds?: Partial<typeof defaultBounds>
}

const rememberedMax = 10_000
/** Of who may set up a channel's reminders. */
const managersMax = { countMax: rememberedMax, rememberMsMax: 60_000 }
type Told = { readonly id: string; readonly unavailable?: boolean }
type Ready = { readonly application: Told }

class GatewayAdapter implements ChatAdapter {
  readonly platform = 'discord'
  readonly limits = { textLengthMax, choicesMax: optionsMax, choiceLabelLengthMax: labelLengthMax }
  readonly #parts: DiscordAdapterParts & { readonly bounds: typeof defaultBounds }
  readonly #desk: Desk
  readonly #mail = new Mail()
  readonly #managers: Remembered
  readonly #languages = new LRUCache<string, string>({ max: rememberedMax })
  readonly #connecting = new AbortController()
  #connection: Connection | null = null
  #stopped: Promise<void> | null = null

  constructor(parts: DiscordAdapterParts) {
    this.#parts = { ...parts, bounds: { ...defaultBounds, ...parts.bounds } }
    this.#desk = new Desk({ ...parts, platform: this.platform, describeError })
    this.#managers = new Remembered({ ...managersMax, waitMsMax: this.#parts.bounds.lookupMsMax })
  }

  async start(receive: Receive, suggest: Suggest): Promise<void> {
    this.#desk.open(receive, suggest)
    const onEvent = (client: Client, name: string, data: unknown) => {
      if (this.#stopped !== null) return
      void this.#desk.run(this.#take(client, name, data), `Cannot finish ${name} of Discord`)
    }
    try {
      this.#connection = await connect({ ...this.#parts, signal: this.#connecting.signal, onEvent })
      if (this.#stopped !== null) await this.#connection.close()
    } catch (error) {
      if (this.#stopped === null) throw error
    }
  }

  stop(): Promise<void> {
    this.#stopped ??= (async () => {
      this.#connecting.abort()
      await this.#desk.drain(this.#parts.bounds.drainMsMax)
      await this.#connection?.close()
    })()
    return this.#stopped
  }

  /** @param data as Discord sent it */
  async #take(client: Client, name: string, data: unknown): Promise<void> {
    switch (name) {
      case 'READY':
        return register(client.rest, (data as Ready).application.id)
      case 'INTERACTION_CREATE':
        return this.#takeInteraction(client, data as Interaction)
      case 'MESSAGE_CREATE':
        return this.#takeMessage(client, data as Message)
      case 'CHANNEL_DELETE':
      case 'THREAD_DELETE':
        return this.#leave([(data as Told).id])
      case 'GUILD_DELETE': {
        const { id, unavailable } = data as Told
        // An outage takes a server away for a while.
        if (unavailable === true) return
        return this.#leave([...(client.guilds.cache.get(id)?.channels.cache.keys() ?? [])])
      }
    }
  }

  async #takeInteraction({ rest }: Client, event: Interaction) {
    const typing = decodeTyping(event)
    if (typing !== null) {
      const { prefix, language, kind } = typing
      const found = this.#desk.suggest(prefix, language, optionsMax, kind)
      const data = { choices: found.map((choice) => toSuggestion(choice, kind)) }
      const body = { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data }
      await rest.post(Routes.interactionCallback(event.id, event.token), { auth: false, body })
    }
    const said = decodeInteraction(event, this.#parts.config.administering)
    if (said === null) return
    const { author, language, content, conversation, direct, shareable = false } = said
    if (language !== undefined) this.#languages.set(author, language)
    const isReminder = 'name' in content && content.name === 'remind'
    // To a person alone it may always post.
    const own = isReminder && conversation !== direct ? event.app_permissions : undefined
    const receiving = this.#desk.ask(said).then((reply) => reply && addMissing(reply, own))
    await answerInteraction(rest, event, shareable, receiving, this.#parts.bounds)
  }

  async #takeMessage(client: Client, event: Message) {
    const said = decodeMessage(event, client.user?.id ?? '')
    if (said === null) return
    const key = `${event.channel_id} ${said.author}`
    const isManager = () => this.#isManager(client, event)
    const mayAdminister = said.mayAdminister || (await this.#managers.ask(key, isManager)) === true
    const language = this.#languages.get(said.author)
    const reply = await this.#desk.ask({ ...said, mayAdminister, language })
    if (reply !== null) await this.#answerMessage(client.rest, event, said, reply)
  }

  async #isManager(client: Client, { guild_id = '', channel_id, author }: Message) {
    const guild = await client.guilds.fetch(guild_id)
    const member = await guild.members.fetch({ user: author.id, force: true })
    const channel = await guild.channels.fetch(channel_id)
    return mayDo(channel?.permissionsFor(member).bitfield, this.#parts.config.administering)
  }

  async #answerMessage(rest: REST, { id, channel_id }: Message, said: Said, reply: Reply) {
    const { key, author, audience } = said
    const { bounds } = this.#parts
    const write = (to: ConversationId, whole: Reply, answers?: string) =>
      retryHarmless(() => this.#mail.post(rest, to, whole, { key, answers }), toReceipt, bounds)
    const writeAside = (whole: Reply) => write(toPlace('user', author), whole)
    if (reply.audience === 'private' && audience === 'shared') return writeAside(reply)
    return write(toPlace('channel', channel_id), reply, id).catch((error: unknown) => {
      const receipt = toReceipt(error)
      if (receipt.kind !== 'refused' || receipt.reason !== 'forbidden') throw error
      return writeAside(addMissing(reply, '0'))
    })
  }

  async #leave(channels: readonly string[]) {
    const key = `removed:${this.#parts.now().epochMilliseconds}`
    for (const id of channels) {
      await this.#desk.tell(toPlace('channel', id), `${key}:${id}`, { kind: 'removed' })
    }
  }

  async send(to: ConversationId, reply: Reply, options: SendOptions): Promise<Receipt> {
    if (this.#connection === null || this.#stopped !== null) return defer(retrySeconds)
    const { deliveryKey: key, signal } = options
    const posting = this.#mail.post(this.#connection.client.rest, to, reply, { key, signal })
    return this.#desk.track(posting).catch(toReceipt)
  }
}

/** All commands at once, and only when Discord knows others: it counts how often it is told. */
async function register(rest: REST, application: string) {
  const route = Routes.applicationCommands(application)
  const registered = await rest.get(route, inAllLanguages).catch(() => null)
  if (!areRegistered(registered)) await rest.put(route, { body: commands })
}

/** Who is answered learns what to grant. */
function addMissing(reply: Reply, own: string | undefined): Reply {
  const text = own === undefined ? null : describeMissing(BigInt(own), reply.language)
  return text === null ? reply : addText(reply, text)
}

export const createDiscordAdapter = (parts: DiscordAdapterParts): ChatAdapter =>
  new GatewayAdapter(parts)
