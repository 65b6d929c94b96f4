// What Discord sends -> what reached the assistant, or null for what is not for it. Pure.
// It reads only the fields that it names, so that a server that leaves out others will do.

import { ApplicationCommandType, InteractionContextType, InteractionType } from 'discord.js'
import { MessageType } from 'discord.js'
import type { APIBaseInteraction, GatewayMessageCreateDispatchData } from 'discord.js'
import { toCommand, toQuestion } from '../../src/chat/command-text.ts'
import type { Said } from '../../src/chat/desk.ts'
import { commandNames, formNames, type InboundContent } from '../../src/chat/message.ts'
import { decodeText } from './markup.ts'
import { toPlace } from './place.ts'
import { choicePattern } from './render.ts'
import { formPrefix } from './render-form.ts'

type Sent = GatewayMessageCreateDispatchData
export type Message = Pick<Sent, 'id' | 'channel_id' | 'author'> & Partial<Sent>
type Input = { readonly custom_id?: string; readonly value?: string; readonly values?: string[] }
type Data = Input & {
  readonly type?: ApplicationCommandType
  readonly name?: string
  readonly target_id?: string
  readonly options?: readonly (Input & { readonly name: string; readonly focused?: boolean })[]
  readonly components?: readonly { readonly component?: Input; readonly components?: Input[] }[]
  readonly resolved?: { readonly messages?: Readonly<Record<string, Partial<Sent>>> }
}
type Base = Omit<APIBaseInteraction<InteractionType, Data>, 'channel_id'>
export type Interaction = Pick<Base, 'id' | 'token' | 'type' | 'application_id'> &
  Partial<Base> & { readonly channel_id?: string }

const administrator = 1n << 3n
/** @param needed see DiscordConfig */
export const mayDo = (permissions: string | bigint | undefined, needed: bigint) =>
  needed === 0n || (BigInt(permissions ?? 0) & (needed | administrator)) !== 0n

/** The message does not say what its author may do: in a server, that is to be found out. @param self the assistant */
export function decodeMessage(message: Message, self: string): Said | null {
  const { id, author, guild_id: guild, channel_id: channel, mentions = [] } = message
  const { type = MessageType.Default, content = '' } = message
  if (author.bot === true || author.id === self || message.webhook_id !== undefined) return null
  if (type !== MessageType.Default && type !== MessageType.Reply) return null
  const isAlone = guild === undefined
  // In a server, Discord shows us the content of nothing else.
  if (!isAlone && !mentions.some((mentioned) => mentioned.id === self)) return null
  const direct = toPlace('user', author.id)
  return {
    key: `message:${id}`,
    author: author.id,
    content: toQuestion(decodeText(content, self, mentions)),
    conversation: isAlone ? direct : toPlace('channel', channel),
    direct,
    audience: isAlone ? 'private' : 'shared',
    mayAdminister: isAlone,
  }
}

/** What is shareable is said where others look on. @param administering see DiscordConfig */
export function decodeInteraction(event: Interaction, administering: bigint): Said | null {
  const { id, locale, member, guild_id: guild, channel_id: channel } = event
  const user = (member?.user ?? event.user)?.id
  const content = decodeContent(event)
  if (user === undefined || content === null) return null
  const isAlone = guild === undefined && event.context !== InteractionContextType.PrivateChannel
  // People bring the assistant along to places that it is not in: then what it sends later goes to them.
  const { 0: byServer, 1: byPerson } = event.authorizing_integration_owners ?? {}
  const isIn = guild !== undefined && (byServer !== undefined || byPerson === undefined)
  const direct = toPlace('user', user)
  return {
    key: `interaction:${id}`,
    author: user,
    content,
    conversation: isIn && channel !== undefined ? toPlace('channel', channel) : direct,
    direct,
    audience: 'private',
    shareable: !isAlone,
    mayAdminister: !isIn || mayDo(member?.permissions, administering),
    language: locale,
  }
}

function decodeContent({ type, application_id, data = {} }: Interaction): InboundContent | null {
  switch (type) {
    case InteractionType.ApplicationCommand: {
      if (data.type !== ApplicationCommandType.Message) return decodeCommand(data)
      const target = data.resolved?.messages?.[data.target_id ?? '']
      return toQuestion(decodeText(target?.content ?? '', application_id, target?.mentions))
    }
    case InteractionType.MessageComponent:
      return decodeChoice(data.values?.[0] ?? data.custom_id ?? '')
    case InteractionType.ModalSubmit:
      return decodeForm(data)
    case InteractionType.ApplicationCommandAutocomplete:
    case InteractionType.Ping:
      return null
  }
}

const decodeChoice = (id: string): InboundContent | null =>
  choicePattern.test(id) ? { kind: 'choice', id: id.replace(choicePattern, '') } : null

/** What was picked from the suggestions comes back as their value. */
function decodeCommand(data: Data): InboundContent | null {
  const argument = data.options?.[0]?.value?.trim() ?? ''
  const name = commandNames.find((known) => known === data.name)
  if (name === undefined) return null
  const content = name === 'ask' ? toQuestion(argument) : toCommand(name, argument)
  return decodeChoice(argument) ?? content
}

function decodeForm({ custom_id, components = [] }: Data): InboundContent | null {
  const name = formNames.find((known) => custom_id === `${formPrefix}${known}`)
  if (name === undefined) return null
  // Labels hold one, the rows of older versions of the API several.
  const inputs = components.flatMap((layout) => layout.components ?? layout.component ?? [])
  const toField = ({ custom_id: id = '', value = '', values = [value] }: Input) =>
    [id, values.join(',')] as const
  return { kind: 'form', name, fields: Object.fromEntries(inputs.map(toField)) }
}

/** What is being typed into a command's option; null for anything else. */
export function decodeTyping({ type, locale, data = {} }: Partial<Interaction>) {
  if (type !== InteractionType.ApplicationCommandAutocomplete) return null
  const option = data.options?.find(({ focused }) => focused === true) ?? data.options?.[0]
  const kind = option?.name === 'jurisdiction' ? 'jurisdiction' : 'question'
  return { prefix: option?.value ?? '', language: locale ?? 'en', kind } as const
}
