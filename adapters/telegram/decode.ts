// Updates of Telegram -> what was said, by whom, and where the answer goes; null for what is not for the assistant. Pure.

import type { CallbackQuery, ChatMemberUpdated, Message, Update, User } from 'grammy/types'
import { commandNames, toEventKey } from '../../src/chat/message.ts'
import type { CommandName, EventKey, InboundContent } from '../../src/chat/message.ts'
import { parseStartPayload } from './deep-link.ts'
import { formatPlace, isGroup, type Place } from './place.ts'

export type Bot = {
  readonly id: number
  readonly username: string
  readonly can_read_all_group_messages?: boolean
}

/** Where an answer is posted: the message that it answers in a group, and who alone may see it there. */
export type Outlet = Place & { readonly replyTo?: number; readonly whisper?: Whisper }
/** What makes Telegram allow it: a message or a press of the last 15 seconds. */
export type Whisper = {
  readonly user: number
  readonly replyTo?: number
  readonly callback?: string
}

export type Incoming = {
  readonly key: EventKey
  readonly content: InboundContent
  readonly outlet: Outlet
  readonly author: number
  /** The private chat with the author; absent when somebody speaks in a chat's name. */
  readonly direct?: number
  readonly language?: string
  /** Seen by its author alone, in a place that has others. */
  readonly isWhispered: boolean
  /** Whether the author administers the place; 'ask' where only Telegram knows. */
  readonly rights: 'all' | 'none' | 'ask'
  /** Seconds since 1970; absent where Telegram does not say. */
  readonly sentAt?: number
}

export const updateKinds = ['message', 'callback_query', 'inline_query', 'my_chat_member'] as const

export function decodeUpdate(update: Update, bot: Bot): Incoming | null {
  const { message, callback_query: query, my_chat_member: member } = update
  if (message !== undefined) return decodeMessage(update, message, bot)
  if (query !== undefined) return decodePress(update, query)
  return member === undefined ? null : decodeRemoval(update, member)
}

/** Numbers may begin anew after a quiet week, so that a number alone is no identity. */
const toKey = ({ update_id }: Update, salt: number | string): EventKey =>
  toEventKey(`telegram:${update_id}:${salt}`)

/** Chains of replies have a number too, and are no topics: tdlib/telegram-bot-api#447. */
const toPlace = ({
  chat,
  is_topic_message: isTopic,
  message_thread_id: topic,
}: Message): Place => ({
  chat: chat.id,
  ...(isTopic === true && topic !== undefined && { topic }),
})

/** An event that is no talk. */
const toNotice = (
  update: Update,
  content: InboundContent,
  chat: number,
  author: number,
  date: number,
): Incoming => ({
  key: toKey(update, date),
  content,
  outlet: { chat },
  author,
  isWhispered: false,
  rights: 'none',
  sentAt: date,
})

function decodeMessage(update: Update, message: Message, bot: Bot): Incoming | null {
  const { chat, from, sender_chat: sender, date, migrate_to_chat_id: movedTo } = message
  if (chat.type === 'channel' || from === undefined) return null
  if (movedTo !== undefined) {
    const content = { kind: 'moved', to: formatPlace({ chat: movedTo }) } as const
    return toNotice(update, content, chat.id, from.id, date)
  }
  if (message.is_automatic_forward === true || message.via_bot?.id === bot.id) return null
  // Who speaks in a chat's name has the flag of a bot.
  if (sender === undefined && from.is_bot) return null
  const content = decodeText(message, bot)
  if (content === null) return null
  const { message_id: id, ephemeral_message_id: whispered } = message
  const outlet: Outlet = {
    ...toPlace(message),
    ...(isGroup(chat.id) && whispered === undefined && { replyTo: id }),
    ...(isGroup(chat.id) &&
      sender === undefined && {
        whisper: { user: from.id, ...(whispered !== undefined && { replyTo: whispered }) },
      }),
  }
  const isWhispered = whispered !== undefined
  const author = decodeAuthor(chat.id, from, sender?.id)
  return { key: toKey(update, date), content, outlet, ...author, isWhispered, sentAt: date }
}

/** An anonymous administrator speaks in the group's own name; a channel in its own, without rights. */
function decodeAuthor(chat: number, { id, language_code: language }: User, sender?: number) {
  if (sender !== undefined)
    return { author: sender, rights: sender === chat ? 'all' : 'none' } as const
  const rights = isGroup(chat) ? 'ask' : 'all'
  return { author: id, direct: id, rights, ...(language !== undefined && { language }) } as const
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

function decodePress(update: Update, { id, from, message, data }: CallbackQuery): Incoming | null {
  if (message === undefined || data === undefined) return null
  const { chat, message_id: replyTo } = message
  // Of an old message, Telegram tells its chat alone, and the date 0.
  const isWhispered = message.date !== 0 && message.ephemeral_message_id !== undefined
  const outlet = {
    ...toPlace(message),
    ...(isGroup(chat.id) && { whisper: { user: from.id, callback: id } }),
    ...(isGroup(chat.id) && !isWhispered && { replyTo }),
  }
  const content = { kind: 'choice', id: data } as const
  return { key: toKey(update, id), content, outlet, ...decodeAuthor(chat.id, from), isWhispered }
}

const isGone = ({ status }: { readonly status: string }) => status === 'left' || status === 'kicked'

function decodeRemoval(update: Update, member: ChatMemberUpdated): Incoming | null {
  if (!isGone(member.new_chat_member)) return null
  return toNotice(update, { kind: 'removed' }, member.chat.id, member.from.id, member.date)
}

/** The bot came into a group where it is shown only what is addressed to it: where, and who brought it. */
export function decodeDeafArrival({ my_chat_member: member }: Update, bot: Bot) {
  if (member === undefined || bot.can_read_all_group_messages === true) return null
  const { chat, from, old_chat_member: before, new_chat_member: now } = member
  // An administrator is shown everything.
  const isArrival = isGone(before) && now.status === 'member' && chat.type !== 'channel'
  return isArrival && isGroup(chat.id) ? { chat: chat.id, language: from.language_code } : null
}
