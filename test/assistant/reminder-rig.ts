// Conversations about reminders over the product's own calendar and a store in memory, with a clock that is set by hand.

import { createReceive } from '../../src/assistant/assistant.ts'
import { createBrain, type Brain } from '../../src/assistant/brain.ts'
import type { Choice, FormBlock, Reply } from '../../src/chat/reply.ts'
import {
  toAuthorId,
  toConversationId,
  toEventKey,
  type InboundContent,
  type InboundMessage,
} from '../../src/chat/message.ts'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { todayOf } from '../../src/clock.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { silentLog } from '../../src/log.ts'
import type { Subscription } from '../../src/reminders/subscription.ts'
import { openMemoryStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { ownKnowledge } from '../knowledge/knowledge-folder.ts'

type Envelope = Partial<Omit<InboundMessage, 'kind'>>

export const startOfTests = '2026-11-23T09:00:00Z'

export class ReminderRig {
  readonly store: Store
  readonly brain: Brain
  readonly replanned: string[] = []
  #now: Temporal.Instant
  #events = 0
  #conversations = 0

  static async open(start = startOfTests): Promise<ReminderRig> {
    const holder: { now: () => Temporal.Instant } = { now: () => Temporal.Instant.from(start) }
    const clock = { now: () => holder.now() }
    const brain = createBrain(loadKnowledge(ownKnowledge), { today: todayOf(clock) })
    const rig = new ReminderRig(start, await openMemoryStore(clock), brain)
    holder.now = rig.now
    return rig
  }

  private constructor(start: string, store: Store, brain: Brain) {
    this.#now = Temporal.Instant.from(start)
    this.store = store
    this.brain = brain
  }

  readonly now = () => this.#now

  setNow(instant: string): void {
    this.#now = Temporal.Instant.from(instant)
  }

  /** A conversation that nobody else is in. */
  talk(envelope: Envelope = {}): Conversation {
    this.#conversations++
    const conversation = toConversationId(`place-${this.#conversations}`)
    return new Conversation(this, { conversation, ...envelope })
  }

  async send(envelope: Envelope, content: InboundContent): Promise<Reply | null> {
    this.#events++
    // No two messages come at the same moment.
    this.#now = this.#now.add({ seconds: 1 })
    const receive = createReceive({
      brain: () => this.brain,
      store: this.store,
      log: silentLog,
      language: 'en',
      clock: { now: this.now },
      replan: (ids) => void this.replanned.push(...ids),
    })
    return receive({
      platform: 'terminal',
      eventKey: toEventKey(`event-${this.#events}`),
      conversation: toConversationId('somewhere'),
      author: toAuthorId('somebody'),
      audience: 'shared',
      mayAdminister: true,
      sentAt: this.now(),
      ...envelope,
      ...content,
    })
  }
}

export class Conversation {
  readonly id
  readonly #rig: ReminderRig
  readonly #envelope: Envelope
  last: Reply | null = null

  constructor(rig: ReminderRig, envelope: Envelope) {
    this.#rig = rig
    this.#envelope = envelope
    this.id = envelope.conversation ?? toConversationId('somewhere')
  }

  /** The same place as somebody else sees it. */
  as(envelope: Envelope): Conversation {
    return new Conversation(this.#rig, { ...this.#envelope, ...envelope })
  }

  async send(content: InboundContent): Promise<string> {
    this.last = await this.#rig.send(this.#envelope, content)
    return this.last === null ? '' : toPlainText(this.last)
  }

  say = (text: string) => this.send({ kind: 'question', text })
  press = (id: string) => this.send({ kind: 'choice', id })
  fill = (name: 'remind' | 'settings', fields: Readonly<Record<string, string>>) =>
    this.send({ kind: 'form', name, fields })

  command(text: string): Promise<string> {
    const [, name = '', argument = ''] = /^\/(\w+)\s*(.*)$/su.exec(text) ?? []
    return this.send({ kind: 'command', name: name as 'remind', argument })
  }

  /** The id of a button of the last reply. */
  button(label: string | RegExp): string {
    const all = this.choices()
    const found = all.find((one) =>
      typeof label === 'string' ? one.label === label : label.test(one.label),
    )
    if (found !== undefined) return found.id
    throw new Error(`No button "${label.toString()}" among: ${all.map((one) => one.label).join()}`)
  }

  choices(): readonly Choice[] {
    return (this.last?.blocks ?? []).flatMap((block) =>
      block.kind === 'choices' ? block.choices : [],
    )
  }

  labels = () => this.choices().map(({ label }) => label)

  form(): FormBlock {
    const form = this.last?.blocks.find((block) => block.kind === 'form')
    if (form === undefined) throw new Error('The last reply has no form')
    return form
  }

  held = () => this.#rig.store.listSubscriptions(this.id)

  /** The one subscription that is held here. */
  async only(): Promise<Subscription> {
    const [first, ...others] = await this.held()
    if (first !== undefined && others.length === 0) return first
    throw new Error(`One subscription was expected, not ${others.length + (first ? 1 : 0)}`)
  }
}

/** What a form holds when it is sent as it stands. */
export const valuesOf = ({ fields }: FormBlock): Record<string, string> =>
  Object.fromEntries(fields.map(({ id, value }) => [id, value]))
