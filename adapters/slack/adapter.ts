// The Slack adapter: what people say -> the core, its replies -> Slack, wired to the parts beside it.

import type { ChatAdapter, Receive, SendOptions, Suggest } from '../../src/chat/adapter.ts'
import { toCommand } from '../../src/chat/command-text.ts'
import { PartDelivery } from '../../src/chat/deliver-parts.ts'
import { Desk } from '../../src/chat/desk.ts'
import type { ConversationId } from '../../src/chat/message.ts'
import { defer, type Receipt } from '../../src/chat/receipt.ts'
import { addText, type Block, type Reply } from '../../src/chat/reply.ts'
import { connectionBounds, createConnection } from './connection.ts'
import type { Connection, ConnectionParts } from './connection.ts'
import type { Incoming } from './decode.ts'
import { toSecretName } from './installation.ts'
import { listen, type Handlers, type Source } from './listeners.ts'
import { Lookups } from './lookups.ts'
import { formatPlace, isDirectChannel, isPerson, parsePlace, type Place } from './place.ts'
import { plainly, postBounds, postReply, uploadFiles, type Spot } from './post.ts'
import { describeError, readSlackCode, toReceipt } from './receipt.ts'
import { labelLengthMax, messageLengthMax, renderMessages, type SlackMessage } from './render.ts'
import { renderHome } from './render-view.ts'
import { inviteIn } from './texts.ts'

export const defaultBounds = {
  ...connectionBounds,
  ...postBounds,
  /** Containers are killed after ten seconds. */
  drainMsMax: 5_000,
}

export type SlackAdapterParts = Omit<ConnectionParts, 'bounds'> & {
  readonly now: () => Temporal.Instant
  readonly bounds?: Partial<typeof defaultBounds>
}

const historyMax = 100
const promptsMax = 4
const retrySeconds = 5
const deliveryEvent = 'ogp_delivery'
const homeCommands = ['reminders', 'deadlines', 'remind', 'settings'] as const

class BoltAdapter implements ChatAdapter, Handlers {
  readonly platform = 'slack'
  /** Lengths count the escaped text: "&" is five. */
  readonly limits = {
    textLengthMax: messageLengthMax,
    choicesMax: 25,
    choiceLabelLengthMax: labelLengthMax,
  }
  readonly #parts: SlackAdapterParts & { readonly bounds: typeof defaultBounds }
  readonly #lookups = new Lookups()
  readonly #desk: Desk
  readonly #delivery = new PartDelivery()
  #connection: Connection | null = null

  constructor(parts: SlackAdapterParts) {
    this.#parts = { ...parts, bounds: { ...defaultBounds, ...parts.bounds } }
    this.#desk = new Desk({ ...parts, platform: this.platform, describeError })
  }

  async start(receive: Receive, suggest: Suggest): Promise<void> {
    this.#desk.open(receive, suggest)
    const connection = createConnection(this.#parts)
    connection.app.use(({ next }) => this.#desk.track(next()))
    listen(connection.app, this.#lookups, this)
    this.#connection = connection
    await connection.link.open()
  }

  async stop(): Promise<void> {
    const connection = this.#connection
    this.#connection = null
    await connection?.link.close()
    await this.#desk.drain(this.#parts.bounds.drainMsMax)
  }

  async answer(source: Source, incoming: Incoming): Promise<void> {
    const { user, outlet, key } = incoming
    const reply = await this.#ask(source, incoming)
    const posting = { client: source.client, incoming, lookups: this.#lookups }
    if (reply !== null) await postReply({ ...posting, reply }, this.#parts.bounds)
    if (outlet.channel === undefined) await this.showHome(source, user, key)
  }

  async #ask({ client, team }: Source, { key, user, place, outlet, content, sentAt }: Incoming) {
    const { channel, isEphemeral = false } = outlet
    const isShared = channel !== undefined && !isDirectChannel(channel)
    const [person, mayAdminister] = await Promise.all([
      this.#lookups.person(client, user),
      !isShared || this.#lookups.mayAdminister(client, place.id, user),
    ])
    const reply = await this.#desk.ask({
      key: `${team}:${key}`,
      content,
      conversation: formatPlace({ ...place, team }),
      author: `${team}/${user}`,
      audience: isShared && !isEphemeral ? 'shared' : 'private',
      shareable: isShared && isEphemeral,
      mayAdminister,
      direct: formatPlace({ team, id: user }),
      language: person?.locale,
      zone: person?.tz,
      sentAt,
    })
    // Reminders for a channel need the assistant in it.
    const isReminder = 'name' in content && content.name === 'remind'
    if (reply === null || !isShared || !isReminder) return reply
    const isOutside = (await this.#lookups.channel(client, place.id))?.is_member === false
    return isOutside ? addText(reply, inviteIn(reply.language)) : reply
  }

  async showHome(source: Source, user: string, key: string): Promise<void> {
    const blocks: Block[] = []
    for (const name of homeCommands) {
      const asked = { user, content: toCommand(name), place: { id: user }, outlet: {} }
      const reply = await this.#ask(source, { ...asked, key: `${key}:${name}` })
      blocks.push(...(reply?.blocks ?? []))
    }
    await source.client.views.publish({ user_id: user, view: renderHome(blocks) })
  }

  async showPrompts({ client }: Source, user: string, channel_id: string): Promise<void> {
    const language = (await this.#lookups.person(client, user))?.locale ?? 'en'
    const choices = this.#desk.suggest('', language, promptsMax)
    const [first, ...others] = choices.map(({ label }) => ({ title: label, message: label }))
    if (first === undefined) return
    await client.assistant.threads.setSuggestedPrompts({ channel_id, prompts: [first, ...others] })
  }

  async leave(team: string, key: string, channel?: string): Promise<void> {
    const isGone = (place: Place) => place.team === team && (channel ?? place.id) === place.id
    const gone = this.#desk.met.filter((conversation) => isGone(parsePlace(conversation)))
    if (channel === undefined) await this.#parts.secrets.remove(toSecretName(team))
    else gone.push(formatPlace({ team, id: channel }))
    await this.#desk.leave(gone, key)
  }

  move(team: string, key: string, from: string, to: string): Promise<void> {
    const content = { kind: 'moved', to: formatPlace({ team, id: to }) } as const
    return this.#desk.tell(formatPlace({ team, id: from }), `${team}:${key}`, content)
  }

  async send(to: ConversationId, reply: Reply, options: SendOptions): Promise<Receipt> {
    if (this.#connection === null || options.signal.aborted) return defer(retrySeconds)
    this.#desk.meet(to)
    const pushed = this.#push(this.#connection, parsePlace(to), reply, options)
    return this.#desk.track(pushed).catch(toReceipt)
  }

  /** Each message carries the delivery's key, so that a repeat sends only what has not arrived. */
  async #push(connection: Connection, place: Place, reply: Reply, options: SendOptions) {
    const { team, id, thread } = place
    const client = await connection.clientOf(team)
    const channel = isPerson(place) ? await this.#lookups.directChannel(client, id) : id
    const spot = { channel, thread }
    const within = thread === undefined ? {} : { thread_ts: thread, reply_broadcast: true as const }
    const delivery = {
      parts: renderMessages(reply.blocks),
      findArrived: (key: string) => findArrived(client, spot, key),
      post: async (message: SlackMessage, part: number, key: string) => {
        const metadata = { event_type: deliveryEvent, event_payload: { key, part } }
        const sent = { ...message, ...plainly, channel, ...within, metadata }
        return (await client.chat.postMessage(sent)).ts ?? ''
      },
    }
    const receipt = await this.#delivery.send(delivery, options)
    const upload = () => uploadFiles(client, reply.blocks, spot)
    if (receipt.kind === 'sent') await this.#desk.run(upload(), 'Cannot upload a file to Slack')
    return receipt
  }
}

/** The `ts` of a delivery's messages; none where Slack shows no history, null when it is out of reach. */
async function findArrived(client: Source['client'], { channel, thread }: Spot, key: string) {
  const where = { channel, limit: historyMax, include_all_metadata: true }
  const { history, replies } = client.conversations
  const found = new Map<number, string>()
  try {
    const asked = thread === undefined ? history(where) : replies({ ...where, ts: thread })
    for (const { ts = '', metadata } of (await asked).messages ?? []) {
      const payload = metadata?.event_payload as { key?: string; part?: number } | undefined
      if (payload?.key === key && payload.part !== undefined) found.set(payload.part, ts)
    }
  } catch (error) {
    if (readSlackCode(error) === undefined) return null
  }
  return found
}

export const createSlackAdapter = (parts: SlackAdapterParts): ChatAdapter => new BoltAdapter(parts)
