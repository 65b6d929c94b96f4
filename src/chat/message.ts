// What reaches the assistant from any platform: one inbound message per platform event.
// Adapters build these; only the adapter that made a ConversationId looks inside it.

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type Platform = 'terminal' | 'web'
export type EventKey = Branded<'EventKey'>
export type ConversationId = Branded<'ConversationId'>
export type AuthorId = Branded<'AuthorId'>

export const toEventKey = (text: string) => text as EventKey
export const toConversationId = (text: string) => text as ConversationId
export const toAuthorId = (text: string) => text as AuthorId

/** Who sees an exchange: its author alone, or everybody in the conversation. */
export type Audience = 'private' | 'shared'

export const commandNames = ['ask', 'topics', 'help', 'privacy'] as const
export type CommandName = (typeof commandNames)[number]

export type InboundMessage = {
  readonly platform: Platform
  /** Identical for every repeat of one platform event. */
  readonly eventKey: EventKey
  /** Where to answer, thread included. */
  readonly conversation: ConversationId
  readonly author: AuthorId
  /** BCP 47, as the platform states it. */
  readonly language?: string
  readonly audience: Audience
  readonly sentAt: Temporal.Instant
} & InboundContent

export type InboundContent =
  /** Free text: markup decoded, the assistant's own mention removed. */
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'command'; readonly name: CommandName; readonly argument: string }
  /** A pressed button or a chosen menu item: the id of a Choice that a reply offered. */
  | { readonly kind: 'choice'; readonly id: string }
