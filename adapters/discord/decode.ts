// What Discord sends -> what reached the assistant, or null for what is not for it. Pure.
// It reads only the fields that it names, so that a server that leaves out others will do.

import {
  ApplicationCommandType,
  InteractionContextType,
  InteractionType,
  MessageType,
} from 'discord.js'
import type { APIBaseInteraction, GatewayMessageCreateDispatchData } from 'discord.js'
import { commandNames, formNames, type InboundContent } from '../../src/chat/message.ts'
import { decodeText } from './markup.ts'
import type { Place } from './place.ts'
import { choicePattern } from './render.ts'
import { formPrefix } from './render-form.ts'

type Data = GatewayMessageCreateDispatchData
export type Message = Pick<Data, 'id' | 'channel_id' | 'author'> & Partial<Data>
type Option = { readonly name: string; readonly value?: string; readonly focused?: boolean }
type Input = {
  readonly custom_id?: string
  readonly value?: string
  readonly values?: readonly string[]
}
type Layout = { readonly component?: Input; readonly components?: readonly Input[] }
type Pressed = Input & {
  readonly type?: ApplicationCommandType
  readonly name?: string
  readonly target_id?: string
  readonly options?: readonly Option[]
  readonly components?: readonly Layout[]
  readonly resolved?: { readonly messages?: Readonly<Record<string, Partial<Data>>> }
}
type Base = Omit<APIBaseInteraction<InteractionType, Pressed>, 'channel_id'>
export type Interaction = Pick<Base, 'id' | 'token' | 'type' | 'application_id'> &
  Partial<Base> & { readonly channel_id?: string }

/** Where an answer goes: a token is good for fifteen minutes and more than one message. */
export type Ticket = {
  readonly kind: 'interaction'
  readonly id: string
  readonly token: string
  readonly application: string
  readonly mayOpenForm: boolean
}
export type Letter = { readonly kind: 'message'; readonly id: string; readonly channel: string }

export type Incoming = {
  readonly key: string
  readonly user: string
  readonly place: Place
  readonly language?: string
  readonly content: InboundContent
  /** Nobody else is in the place: then nothing needs hiding. */
  readonly isAlone: boolean
  /** Undefined where the event does not say. */
  readonly mayAdminister?: boolean
  /** What the assistant itself may do there, where the event says so. */
  readonly ownPermissions?: bigint
  readonly outlet: Ticket | Letter
}

const spokenTypes = [MessageType.Default, MessageType.Reply]
const administrator = 1n << 3n
/** @param needed see DiscordConfig */
export const mayDo = (permissions: string | bigint | undefined, needed: bigint) =>
  needed === 0n || (BigInt(permissions ?? 0) & (needed | administrator)) !== 0n

/** A bare mention asks for help. */
const toQuestion = (text: string): InboundContent =>
  text === '' ? { kind: 'command', name: 'help', argument: '' } : { kind: 'question', text }

/** @param self the assistant's own user */
export function decodeMessage(message: Message, self: string): Incoming | null {
  const { id, author, guild_id: guild, channel_id: channel, mentions = [] } = message
  if (author.bot === true || author.id === self || message.webhook_id !== undefined) return null
  if (!spokenTypes.includes(message.type ?? MessageType.Default)) return null
  // In a server, Discord shows us the content of nothing else.
  if (guild !== undefined && !mentions.some((mentioned) => mentioned.id === self)) return null
  const isAlone = guild === undefined
  return {
    key: `message:${id}`,
    user: author.id,
    place: isAlone ? { kind: 'user', id: author.id } : { kind: 'channel', id: channel },
    content: toQuestion(decodeText(message.content ?? '', self, mentions)),
    isAlone,
    ...(isAlone && { mayAdminister: true }),
    outlet: { kind: 'message', id, channel },
  }
}

/** @param administering see DiscordConfig */
export function decodeInteraction(event: Interaction, administering: bigint): Incoming | null {
  const { id, token, type, locale, member, guild_id: guild, app_permissions: own } = event
  const user = member?.user ?? event.user
  const content = decodeContent(event)
  if (user === undefined || content === null) return null
  const isAlone = guild === undefined && event.context !== InteractionContextType.PrivateChannel
  const isMember = isMemberOf(event)
  const channel = event.channel_id
  const place: Place =
    isMember && channel !== undefined
      ? { kind: 'channel', id: channel }
      : { kind: 'user', id: user.id }
  const mayAdminister = !isMember || mayDo(member?.permissions, administering)
  return {
    key: `interaction:${id}`,
    user: user.id,
    place,
    ...(locale !== undefined && { language: locale }),
    content,
    isAlone,
    mayAdminister,
    ...(isMember && own !== undefined && { ownPermissions: BigInt(own) }),
    outlet: {
      kind: 'interaction',
      id,
      token,
      application: event.application_id,
      mayOpenForm: type !== InteractionType.ModalSubmit,
    },
  }
}

/** People bring the assistant along to servers and groups that it is not in: then what it sends later goes to them. */
function isMemberOf({ guild_id: guild, authorizing_integration_owners: owners }: Interaction) {
  const { 0: byServer, 1: byPerson } = owners ?? {}
  return guild !== undefined && (byServer !== undefined || byPerson === undefined)
}

function decodeContent({ type, application_id, data = {} }: Interaction): InboundContent | null {
  switch (type) {
    case InteractionType.ApplicationCommand: {
      if (data.type === ApplicationCommandType.Message) {
        const target = data.resolved?.messages?.[data.target_id ?? '']
        return toQuestion(decodeText(target?.content ?? '', application_id, target?.mentions))
      }
      return decodeCommand(data.name, data.options?.[0]?.value?.trim() ?? '')
    }
    case InteractionType.MessageComponent: {
      const id = data.values?.[0] ?? data.custom_id ?? ''
      return choicePattern.test(id) ? { kind: 'choice', id: id.replace(choicePattern, '') } : null
    }
    case InteractionType.ModalSubmit:
      return decodeForm(data.custom_id ?? '', data.components ?? [])
    default:
      return null
  }
}

/** What was picked from the suggestions comes back as their value. */
function decodeCommand(given: string | undefined, argument: string): InboundContent | null {
  const name = commandNames.find((known) => known === given)
  if (name === undefined) return null
  if (choicePattern.test(argument)) {
    return { kind: 'choice', id: argument.replace(choicePattern, '') }
  }
  return name === 'ask' ? toQuestion(argument) : { kind: 'command', name, argument }
}

function decodeForm(customId: string, layouts: readonly Layout[]): InboundContent | null {
  const name = formNames.find((known) => customId === `${formPrefix}${known}`)
  if (name === undefined) return null
  const inputs = layouts.flatMap(({ component, components }) => components ?? component ?? [])
  const fields = inputs.map(({ custom_id = '', value, values }) => [
    custom_id,
    values?.join(',') ?? value ?? '',
  ])
  return { kind: 'form', name, fields: Object.fromEntries(fields) as Record<string, string> }
}

export type Typing = {
  readonly prefix: string
  readonly language: string
  readonly kind: 'question' | 'jurisdiction'
}

/** Null for anything but a text being typed into a command's option. */
export function decodeTyping({ type, locale, data = {} }: Interaction): Typing | null {
  if (type !== InteractionType.ApplicationCommandAutocomplete) return null
  const option = data.options?.find(({ focused }) => focused === true) ?? data.options?.[0]
  const kind = option?.name === 'jurisdiction' ? 'jurisdiction' : 'question'
  return { prefix: option?.value ?? '', language: locale ?? 'en', kind }
}
