// What every adapter does between its platform and the core: hands on what is said, remembers whom it met and what is
// under way, and says so when that fails. It must not know a platform.

import { LRUCache } from 'lru-cache'
import type { Receive, Suggest } from './adapter.ts'
import {
  toAuthorId,
  toEventKey,
  type ConversationId,
  type InboundContent,
  type InboundMessage,
  type Platform,
} from './message.ts'
import type { Reply } from './reply.ts'
import { UnderWay } from './wait.ts'

export type DeskLog = Readonly<
  Record<'debug' | 'info' | 'warn' | 'error', (details: object, message: string) => void>
>

/** One thing said; what is undefined counts as absent. */
export type Said = Pick<InboundMessage, 'conversation' | 'audience' | 'mayAdminister'> & {
  /** Identical for every repeat of one event, within the platform. */
  readonly key: string
  readonly author: string
  readonly content: InboundContent
  readonly direct?: ConversationId | undefined
  readonly shareable?: boolean | undefined
  readonly language?: string | undefined
  readonly zone?: string | undefined
  readonly sentAt?: Temporal.Instant | undefined
}

export type DeskOptions = {
  readonly platform: Platform
  readonly now: () => Temporal.Instant
  readonly log: DeskLog
  /** What is known of an error without a secret in it. */
  readonly describeError: (error: unknown) => string
}

const conversationsMax = 10_000

export class Desk extends UnderWay {
  readonly #options: DeskOptions
  readonly #met = new LRUCache<ConversationId, true>({ max: conversationsMax })
  #core: { readonly receive: Receive; readonly suggest: Suggest } | null = null

  constructor(options: DeskOptions) {
    super()
    this.#options = options
  }

  open(receive: Receive, suggest: Suggest): void {
    this.#core = { receive, suggest }
  }

  readonly suggest: Suggest = (...asked) => this.#core?.suggest(...asked) ?? []

  /** The core's reply; null also before `open`. */
  async ask({ key, author, content, ...said }: Said): Promise<Reply | null> {
    const { platform, now } = this.#options
    this.meet(said.conversation)
    const given = Object.entries(said).filter(([, value]) => value !== undefined)
    const message = {
      sentAt: now(),
      ...Object.fromEntries(given),
      ...content,
      platform,
      eventKey: toEventKey(`${platform}:${key}`),
      author: toAuthorId(author),
    }
    // Only the undefined have been left out.
    return (await this.#core?.receive(message as InboundMessage)) ?? null
  }

  /** A conversation was written to, or from. */
  meet(conversation: ConversationId): void {
    this.#met.set(conversation, true)
  }

  /** Those met of late. */
  get met(): readonly ConversationId[] {
    return [...this.#met.keys()]
  }

  /** The assistant was removed from these, by one event. */
  async leave(conversations: Iterable<ConversationId>, key: string): Promise<void> {
    for (const conversation of new Set(conversations)) {
      await this.tell(conversation, `${key}:${conversation}`, { kind: 'removed' })
    }
  }

  /** The platform itself says something of a conversation: that the assistant was removed, or that it moved. */
  async tell(conversation: ConversationId, key: string, content: InboundContent): Promise<void> {
    const facts = { audience: 'shared', mayAdminister: false } as const
    await this.ask({ ...facts, conversation, key, author: conversation, content })
    this.#met.delete(conversation)
  }

  /** Work that nobody waits for: never rejects. */
  async run(work: Promise<void>, failure: string): Promise<void> {
    const { platform, log, describeError } = this.#options
    await this.track(work).catch((error: unknown) => {
      log.error({ platform, error: describeError(error) }, failure)
    })
  }
}
