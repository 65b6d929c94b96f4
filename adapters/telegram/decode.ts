// Updates of Telegram -> what was said, by whom, and where the answer goes; null for what is not for the assistant. Pure.

import type { CallbackQuery, Message, Update, User } from 'grammy/types'
import { commandNames, toAuthorId, toEventKey } from '../../src/chat/message.ts'
import type { CommandName, InboundContent, InboundMessage } from '../../src/chat/message.ts'
import { parseStartPayload } from './deep-link.ts'
import { formatPlace, isGroup, type Place } from './place.ts'

export type Bot = {
  readonly id: number
  readonly username: string
  readonly can_read_all_group_messages?: boolean
}

/** Where an answer is posted: the message that it answers in a group, and who alone may see it there. */
export type Outlet = Place & { readonly replyTo?: number | undefined; readonly whisper?: Whisper }
/** What makes Telegram allow it: a message or a press of the last 15 seconds. */
type Whisper = { readonly user: number; readonly replyTo?: number; readonly press?: string }

/** Whether a person in a group administers it, only Telegram knows: such an outlet has a whisper. */
export type Decoded = { readonly message: InboundMessage; readonly outlet: Outlet }

type Event = {
  readonly place: Place
  readonly from: User
  /** The chat in whose name somebody speaks. */
  readonly sender?: number | undefined
  /** Numbers of updates begin anew after a quiet week: this tells them apart. */
  readonly salt: number | string
  readonly sentAt: Temporal.Instant
  readonly answers?: number
  /** The number of a message that its author alone sees, in a place that has others. */
  readonly whispered?: number | undefined
  readonly press?: string
}

export const updateKinds = ['message', 'callback_query', 'inline_query', 'my_chat_member'] as const

export function decodeUpdate(update: Update, bot: Bot, now: Temporal.Instant): Decoded | null {
  const { update_id: id, message, callback_query: query, my_chat_member: member } = update
  if (message !== undefined) return decodeMessage(id, message, bot, now)
  if (query !== undefined) return decodePress(id, query, now)
  if (member === undefined || !isGone(member.new_chat_member)) return null
  const { chat, from, date } = member
  const event = { place: { chat: chat.id }, from, salt: date, sentAt: toInstant(date, now) }
  return compose(id, event, { kind: 'removed' })
}

/** A server that leaves out when something was said has just brought it. */
const toInstant = (seconds: number, now: Temporal.Instant) =>
  Number.isSafeInteger(seconds) ? Temporal.Instant.fromEpochMilliseconds(seconds * 1_000) : now

function compose(id: number, event: Event, content: InboundContent): Decoded {
  const { place, from, sender, salt, sentAt, answers, whispered, press } = event
  const { language_code: language } = from
  const isWhispered = whispered !== undefined
  const isShared = isGroup(place.chat)
  const isPerson = sender === undefined
  const message: InboundMessage = {
    ...content,
    platform: 'telegram',
    eventKey: toEventKey(`telegram:${id}:${salt}`),
    conversation: formatPlace(place),
    author: toAuthorId(`telegram:${sender ?? from.id}`),
    audience: isShared && !isWhispered ? 'shared' : 'private',
    shareable: isWhispered,
    // An anonymous administrator speaks in the group's own name; a channel in its own, without rights.
    mayAdminister: !isShared || sender === place.chat,
    ...(isPerson && { direct: formatPlace({ chat: from.id }) }),
    ...(isPerson && language !== undefined && { language }),
    sentAt,
  }
  const trigger = press === undefined ? isWhispered && { replyTo: whispered } : { press }
  const outlet = {
    ...place,
    ...(isShared && !isWhispered && { replyTo: answers }),
    ...(isShared && isPerson && { whisper: { user: from.id, ...trigger } }),
  }
  return { message, outlet }
}

/** Chains of replies have a number too, and are no topics: tdlib/telegram-bot-api#447. */
function toPlace({ chat, is_topic_message: isTopic, message_thread_id: topic }: Message): Place {
  return { chat: chat.id, ...(isTopic === true && topic !== undefined && { topic }) }
}

function decodeMessage(
  update: number,
  message: Message,
  bot: Bot,
  now: Temporal.Instant,
): Decoded | null {
  const { chat, from, sender_chat: sender, date, migrate_to_chat_id: movedTo } = message
  if (chat.type === 'channel' || from === undefined) return null
  const event: Event = {
    place: toPlace(message),
    from,
    sender: sender?.id,
    salt: date,
    sentAt: toInstant(date, now),
    answers: message.message_id,
    whispered: message.ephemeral_message_id,
  }
  if (movedTo !== undefined)
    return compose(update, event, { kind: 'moved', to: formatPlace({ chat: movedTo }) })
  if (message.is_automatic_forward === true || message.via_bot?.id === bot.id) return null
  // Who speaks in a chat's name has the flag of a bot.
  if (sender === undefined && from.is_bot) return null
  const content = decodeText(message, bot)
  return content === null ? null : compose(update, event, content)
}

const commandPattern = /^\/(\w{1,32})(?:@(\w+))?(?:\s+([\s\S]*))?$/
const isCommandName = (name: string): name is CommandName =>
  commandNames.some((known) => known === name)

/** Read from the text and not from its entities, which a server may leave out. */
function decodeText(message: Message, bot: Bot): InboundContent | null {
  const said = (message.text ?? message.caption ?? '').trim()
  if (said === '') return null
  const isAlone = !isGroup(message.chat.id)
  const [, name, target, argument = ''] = commandPattern.exec(said) ?? []
  if (name !== undefined) {
    const isOurs = target?.toLowerCase() === bot.username.toLowerCase()
    if (target !== undefined && !isOurs) return null
    const content = decodeCommand(name.toLowerCase(), argument.trim())
    return content ?? (isAlone || isOurs ? { kind: 'question', text: said } : null)
  }
  const text = said.replaceAll(new RegExp(`(?<![\\w/@])@${bot.username}\\b`, 'gi'), '').trim()
  const isAddressed = isAlone || text !== said || isReplyTo(message, bot) || isNamed(message, bot)
  return isAddressed ? { kind: 'question', text } : null
}

function decodeCommand(name: string, argument: string): InboundContent | null {
  if (isCommandName(name)) return { kind: 'command', name, argument }
  if (name !== 'start') return null
  const id = parseStartPayload(argument)
  return id === null ? { kind: 'command', name: 'help', argument: '' } : { kind: 'choice', id }
}

/** What is said in a topic answers the message that opened it. */
const isReplyTo = ({ reply_to_message: answered }: Message, bot: Bot) =>
  answered?.from?.id === bot.id && answered.forum_topic_created === undefined

/** A mention that carries no username. */
const isNamed = ({ entities = [] }: Message, bot: Bot) =>
  entities.some((entity) => entity.type === 'text_mention' && entity.user.id === bot.id)

function decodePress(update: number, query: CallbackQuery, now: Temporal.Instant): Decoded | null {
  const { id, from, message, data } = query
  if (message === undefined || data === undefined) return null
  const event = {
    place: toPlace(message),
    from,
    salt: id,
    sentAt: now,
    answers: message.message_id,
    // Of an old message, Telegram tells its chat alone, and the date 0.
    whispered: message.date === 0 ? undefined : message.ephemeral_message_id,
    press: id,
  }
  return compose(update, event, { kind: 'choice', id: data })
}

const isGone = ({ status }: { readonly status: string }) => status === 'left' || status === 'kicked'

/** The bot came into a group where it is shown only what is addressed to it: where, and who brought it. */
export function decodeDeafArrival({ my_chat_member: member }: Update, bot: Bot) {
  if (member === undefined || bot.can_read_all_group_messages === true) return null
  const { chat, from, old_chat_member: before, new_chat_member: now } = member
  // An administrator is shown everything.
  const isArrival = isGone(before) && now.status === 'member' && chat.type !== 'channel'
  return isArrival && isGroup(chat.id) ? { chat: chat.id, language: from.language_code } : null
}
