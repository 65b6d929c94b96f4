// People, groups and messages of the local Telegram, and what its methods do with them: limits and refusals in
// Telegram's own words. It must not know HTTP or the adapter.

import { parseHtml, type Entity } from './telegram-html.ts'

export type Json = Readonly<Record<string, unknown>>

export class ApiError extends Error {
  readonly code: number
  readonly parameters: Json | undefined
  constructor(code: number, description: string, parameters?: Json) {
    super(description)
    this.code = code
    this.parameters = parameters
  }
}
const bad = (what: string, parameters?: Json) =>
  new ApiError(400, `Bad Request: ${what}`, parameters)
const forbidden = (what: string) => new ApiError(403, `Forbidden: ${what}`)

export type Posted = {
  readonly id: number
  readonly text: string
  readonly entities: readonly Entity[]
  readonly buttons: readonly (readonly {
    readonly text: string
    readonly callback_data?: string
  }[])[]
  readonly topic?: number
  readonly replyTo?: number
  /** Who alone sees it. */
  readonly receiver?: number
  readonly file?: { readonly name: string; readonly content: string }
  readonly args: Json
}

export type Chat = {
  readonly id: number
  readonly type: 'private' | 'group' | 'supergroup'
  readonly isForum: boolean
  readonly messages: Posted[]
  /** Ids of people's messages, which can be answered. */
  readonly said: Set<number>
  readonly topics: Map<number, 'open' | 'closed'>
  readonly members: Map<number, string>
  /** Why nothing can be sent here. */
  closed: (() => ApiError) | null
}

export const bot = {
  id: 7000,
  is_bot: true,
  first_name: 'OGP',
  username: 'ogp_local_bot',
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: true,
}

export const reasons = {
  blocked: () => forbidden('bot was blocked by the user'),
  notStarted: () => forbidden("bot can't initiate conversation with a user"),
  deactivated: () => forbidden('user is deactivated'),
  kicked: () => forbidden('bot was kicked from the supergroup chat'),
  notMember: () => forbidden('bot is not a member of the supergroup chat'),
  noRights: () => bad('not enough rights to send text messages to the chat'),
  notFound: () => bad('chat not found'),
  migrated: (to: number) => () =>
    bad('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: to }),
}

const textLengthMax = 4_096
const captionLengthMax = 1_024
const dataBytesMax = 64
const buttonsMax = 100
const markupBytesMax = 10_240
/** What is no text counts as none. */
export const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null
const listOf = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [])

export class TelegramWorld {
  readonly chats = new Map<number, Chat>()
  readonly menus = new Map<string, unknown[]>()
  readonly descriptions = new Map<string, string>()
  readonly openPresses = new Set<string>()
  readonly answeredPresses: string[] = []
  readonly openQueries = new Set<string>()
  readonly inlineAnswers: Json[] = []
  #lastId = 100

  constructor() {
    this.addChat(1001, 'private')
    this.addChat(1002, 'private')
    const group = this.addChat(-100200, 'supergroup')
    group.members.set(1001, 'member').set(1002, 'administrator')
    const forum = this.addChat(-100300, 'supergroup', true)
    forum.members.set(1001, 'member').set(1002, 'creator')
    forum.topics.set(5, 'open').set(6, 'closed')
    this.addChat(-400, 'group').members.set(1001, 'member')
  }

  addChat(id: number, type: Chat['type'], isForum = false): Chat {
    const chat: Chat = {
      id,
      type,
      isForum,
      messages: [],
      said: new Set(),
      topics: new Map(),
      members: new Map(),
      closed: null,
    }
    this.chats.set(id, chat)
    return chat
  }

  nextId = () => ++this.#lastId

  chat(id: unknown): Chat {
    const chat = this.chats.get(Number(id))
    if (chat === undefined) throw reasons.notFound()
    return chat
  }

  /** Null for a method that does not exist here. */
  call(method: string, args: Json): unknown {
    switch (method) {
      case 'getMe':
        return bot
      case 'sendMessage':
        return this.#sendMessage(args)
      case 'sendDocument':
        return this.#sendDocument(args)
      case 'getChatMember':
        return this.#getChatMember(args)
      case 'answerCallbackQuery':
        return this.#answerPress(args)
      case 'answerInlineQuery':
        return this.#answerInline(args)
      case 'getMyCommands':
        return this.menus.get(scopeOf(args)) ?? []
      case 'setMyCommands':
        return this.#setMenu(args)
      case 'getMyDescription':
        return { description: this.descriptions.get(scopeOf(args)) ?? '' }
      case 'setMyDescription':
        if (String(args['description']).length > 512) throw bad('description is too long')
        this.descriptions.set(scopeOf(args), String(args['description']))
        return true
      default:
        return null
    }
  }

  #sendMessage(args: Json) {
    const raw = textOf(args['text'])
    const { text, entities } = read(raw, args)
    if (text.trim() === '') throw bad('message text is empty')
    if (text.length > textLengthMax) throw bad('message is too long')
    return this.#post(args, text, entities)
  }

  async #sendDocument(args: Json) {
    const file = args['document']
    if (!(file instanceof File)) throw bad('there is no document in the request')
    const { text, entities } = read(textOf(args['caption']), args)
    if (text.length > captionLengthMax) throw bad('message caption is too long')
    return this.#post(args, text, entities, { name: file.name, content: await file.text() })
  }

  #post(args: Json, text: string, entities: readonly Entity[], file?: Posted['file']) {
    const chat = this.chat(args['chat_id'])
    const { messages } = chat
    if (chat.closed !== null) throw chat.closed()
    const topic = args['message_thread_id'] as number | undefined
    if (topic !== undefined) {
      const state = chat.topics.get(topic)
      if (state === undefined) throw bad('message thread not found')
      if (state === 'closed') throw bad('TOPIC_CLOSED')
    }
    const answered = isObject(args['reply_parameters']) ? args['reply_parameters'] : {}
    const replyTo = answered['message_id'] as number | undefined
    const stands = [...chat.said, ...messages.map(({ id }) => id)].includes(replyTo ?? -1)
    if (replyTo !== undefined && !stands && answered['allow_sending_without_reply'] !== true)
      throw bad('message to be replied not found')
    const posted: Posted = {
      id: this.nextId(),
      text,
      entities,
      buttons: checkMarkup(args['reply_markup']),
      args,
      ...(topic !== undefined && { topic }),
      ...(replyTo !== undefined && stands && { replyTo }),
      ...(file !== undefined && { file }),
      ...checkEphemeral(args, chat),
    }
    messages.push(posted)
    const from = { id: bot.id, is_bot: true, first_name: bot.first_name }
    return { message_id: posted.id, date: 1_767_225_600, chat: { id: chat.id }, from, text }
  }

  #getChatMember(args: Json) {
    const status = this.chat(args['chat_id']).members.get(Number(args['user_id']))
    if (status === undefined) throw bad('user not found')
    return { status, user: { id: args['user_id'], is_bot: false, first_name: 'x' } }
  }

  #answerPress(args: Json) {
    const id = String(args['callback_query_id'])
    if (!this.openPresses.delete(id))
      throw bad('query is too old and response timeout expired or query ID is invalid')
    if (textOf(args['text']).length > 200) throw bad('MESSAGE_TOO_LONG')
    this.answeredPresses.push(id)
    return true
  }

  #answerInline(args: Json) {
    if (!this.openQueries.delete(String(args['inline_query_id']))) throw bad('QUERY_ID_INVALID')
    const results = listOf(args['results']).filter(isObject)
    if (results.length > 50) throw bad('RESULTS_TOO_MUCH')
    const ids = results.map((result) => String(result['id']))
    if (ids.some((id) => id === '' || Buffer.byteLength(id) > 64)) throw bad('RESULT_ID_INVALID')
    if (new Set(ids).size < ids.length) throw bad('RESULT_ID_DUPLICATE')
    for (const { title, input_message_content: content, reply_markup: markup } of results) {
      if (textOf(title) === '') throw bad('ARTICLE_TITLE_EMPTY')
      const text = isObject(content) ? textOf(content['message_text']) : ''
      if (text === '' || text.length > textLengthMax) throw bad('MESSAGE_EMPTY')
      checkMarkup(markup)
    }
    this.inlineAnswers.push(args)
    return true
  }

  #setMenu(args: Json) {
    const commands = listOf(args['commands']).filter(isObject)
    if (commands.length > 100) throw bad('BOT_COMMANDS_TOO_MUCH')
    for (const { command, description } of commands) {
      if (!/^[a-z0-9_]{1,32}$/.test(String(command))) throw bad('BOT_COMMAND_INVALID')
      const { length } = textOf(description)
      if (length < 1 || length > 256) throw bad('BOT_COMMAND_DESCRIPTION_INVALID')
    }
    this.menus.set(scopeOf(args), commands)
    return true
  }
}

/** The key of a menu or description: "all_group_chats/es". */
function scopeOf(args: Json): string {
  const scope = isObject(args['scope']) ? String(args['scope']['type']) : 'default'
  return `${scope}/${textOf(args['language_code'])}`
}

function read(
  raw: string,
  args: Json,
): { readonly text: string; readonly entities: readonly Entity[] } {
  if (!raw.isWellFormed()) throw bad('strings must be encoded in UTF-8')
  if (args['parse_mode'] !== 'HTML') return { text: raw, entities: [] }
  try {
    return parseHtml(raw)
  } catch (error) {
    throw new ApiError(400, (error as Error).message)
  }
}

function checkMarkup(markup: unknown): Posted['buttons'] {
  if (!isObject(markup)) return []
  const rows = listOf(markup['inline_keyboard']).map((row) => listOf(row).filter(isObject))
  const buttons = rows.flat()
  if (buttons.length > buttonsMax) throw bad('reply markup is too long')
  if (Buffer.byteLength(JSON.stringify(markup)) > markupBytesMax) throw bad('REPLY_MARKUP_TOO_LONG')
  for (const { text, callback_data: data, url } of buttons) {
    if (textOf(text).trim() === '') throw bad('text buttons are unallowed in the inline keyboard')
    if (data === undefined && url === undefined) throw bad('BUTTON_TYPE_INVALID')
    const bytes = Buffer.byteLength(data === undefined ? '-' : textOf(data))
    if (bytes < 1 || bytes > dataBytesMax) throw bad('BUTTON_DATA_INVALID')
    if (url !== undefined && !/^(?:https?|tg):\/\//.test(textOf(url)))
      throw bad('BUTTON_URL_INVALID')
  }
  return rows as unknown as Posted['buttons']
}

function checkEphemeral(args: Json, chat: Chat): { readonly receiver?: number } {
  const parameters = args['ephemeral_message_parameters']
  if (!isObject(parameters)) return {}
  const receiver = Number(parameters['receiver_user_id'])
  if (chat.type === 'private') throw bad('ephemeral messages are unallowed in private chats')
  if (!chat.members.has(receiver)) throw bad('USER_NOT_PARTICIPANT')
  return { receiver }
}
