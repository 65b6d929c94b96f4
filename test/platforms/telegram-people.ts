// What people do in the local Telegram: they write, press, search, add and remove. Each resolves once the bot has it.

import type { TelegramServer } from './telegram-server.ts'
import { bot, type Json } from './telegram-world.ts'

export type Saying = {
  readonly chat?: number
  readonly user?: number
  /** The number of the update: a repeat has the same. */
  readonly update?: number
  readonly extra?: Json
}

const date = 1_767_225_600
export const person = (id: number): Json => ({
  id,
  is_bot: false,
  first_name: 'Ana',
  language_code: 'es',
})
export const anonymous: Json = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
}
export const ownMessage: Json = { message_id: 9_999, from: bot, date, text: 'mine' }

export class TelegramPeople {
  readonly #server: TelegramServer
  #lastUpdate = 1_000

  constructor(server: TelegramServer) {
    this.#server = server
  }

  nextUpdate = () => ++this.#lastUpdate

  toChat(id: number): Json {
    const { type, isForum } = this.#server.world.chat(id)
    return { id, type, ...(isForum && { is_forum: true }) }
  }

  /** A message as Telegram would bring it. */
  compose(text: string, { chat = 1001, user = 1001, extra = {} }: Saying): Json {
    const message_id = this.#server.world.nextId()
    this.#server.world.chat(chat).said.add(message_id)
    const [command] = /^\/\w+(?:@\w+)?/.exec(text) ?? []
    const entities =
      command === undefined
        ? {}
        : { entities: [{ type: 'bot_command', offset: 0, length: command.length }] }
    return {
      message_id,
      date,
      chat: this.toChat(chat),
      from: person(user),
      text,
      ...entities,
      ...extra,
    }
  }

  say(text: string, saying: Saying = {}): Promise<void> {
    return this.give({ message: this.compose(text, saying) }, saying.update)
  }

  give(content: Json, update = this.nextUpdate()): Promise<void> {
    return this.#server.give({ update_id: update, ...content })
  }

  /** Presses a button of the last message that has it. */
  press(
    label: string,
    { chat = 1001, user = 1001, extra = {}, update }: Saying = {},
  ): Promise<void> {
    const { messages } = this.#server.world.chat(chat)
    const posted = messages.findLast(({ buttons }) =>
      buttons.flat().some(({ text }) => text === label),
    )
    const button = posted?.buttons.flat().find(({ text }) => text === label)
    if (posted === undefined) throw new Error(`Cannot press "${label}": no message has it`)
    const id = `press-${this.#server.world.nextId()}`
    this.#server.world.openPresses.add(id)
    const topic =
      posted.topic === undefined ? {} : { message_thread_id: posted.topic, is_topic_message: true }
    const message = {
      message_id: posted.id,
      date,
      chat: this.toChat(chat),
      from: bot,
      ...topic,
      ...extra,
    }
    const data = button?.callback_data
    const query = { id, from: person(user), message, data, chat_instance: '1' }
    return this.give({ callback_query: query }, update)
  }

  search(query: string, user: Json = person(1001)): Promise<void> {
    const id = `query-${this.#server.world.nextId()}`
    this.#server.world.openQueries.add(id)
    return this.give({ inline_query: { id, from: user, query, offset: '' } })
  }

  /** The bot's own standing in a chat changes. */
  change(chat: number, before: string, now: string): Promise<void> {
    const [old_chat_member, new_chat_member] = [before, now].map((status) => ({
      status,
      user: bot,
    }))
    const change = {
      chat: this.toChat(chat),
      from: person(1001),
      date,
      old_chat_member,
      new_chat_member,
    }
    return this.give({ my_chat_member: change })
  }
}
