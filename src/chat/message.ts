// What reaches the assistant from any platform: one inbound message per platform event.
// Adapters build these; only the adapter that made a ConversationId looks inside it.

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type Platform = 'terminal' | 'web' | 'slack' | 'discord' | 'telegram'
export type EventKey = Branded<'EventKey'>
export type ConversationId = Branded<'ConversationId'>
export type AuthorId = Branded<'AuthorId'>

export const toEventKey = (text: string) => text as EventKey
export const toConversationId = (text: string) => text as ConversationId
export const toAuthorId = (text: string) => text as AuthorId

/** Who sees an exchange: its author alone, or everybody in the conversation. */
export type Audience = 'private' | 'shared'

export const commandNames = [
  'ask',
  'topics',
  'deadlines',
  'deadline',
  'remind',
  'reminders',
  'settings',
  'privacy',
  'help',
] as const
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
  /** The exchange is private in a place where the reply could be shown to everybody: a choice to do so is offered. */
  readonly shareable?: boolean
  /** Whether the author may change what the whole conversation gets. Always true where they are alone with it. */
  readonly mayAdminister: boolean
  /** Where the author can be reached alone; absent where the platform has no such place. */
  readonly direct?: ConversationId
  /** IANA zone of the author, where the platform knows it. */
  readonly zone?: string
  readonly sentAt: Temporal.Instant
} & InboundContent

/** Forms that a reply may open; `fields` come back by the ids of the form's fields. */
export const formNames = ['remind', 'settings'] as const
export type FormName = (typeof formNames)[number]

export type InboundContent =
  /** Free text: markup decoded, the assistant's own mention removed. */
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'command'; readonly name: CommandName; readonly argument: string }
  /** A pressed button or a chosen menu item: the id of a Choice that a reply offered. */
  | { readonly kind: 'choice'; readonly id: string }
  /** A submitted form. Several values of one field are separated by commas. */
  | {
      readonly kind: 'form'
      readonly name: FormName
      readonly fields: Readonly<Record<string, string>>
    }
  /** The assistant was removed from the conversation, or blocked by the person: nothing more is to be sent there. */
  | { readonly kind: 'removed' }
  /** The platform gave the conversation another identity. */
  | { readonly kind: 'moved'; readonly to: ConversationId }
