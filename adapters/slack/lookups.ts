// What is asked of Slack besides messages: people, channels, threads. Each answer is remembered briefly.
// Nothing here may stop an answer: where Slack does not say, the caller gets what is safe to assume.

import type { webApi } from '@slack/bolt'
import { LRUCache } from 'lru-cache'
import { Remembered } from '../../src/chat/remember.ts'
import type { MessageEvent } from './decode.ts'
import { readMentions } from './markup.ts'
import { isDirectChannel } from './place.ts'

export type Client = webApi.WebClient

const countMax = 10_000
const rememberMsMax = 60_000
/** What is good to know before an answer is not worth more waiting. */
const waitMsMax = 1_500
const threadMessagesMax = 100

export class Lookups {
  readonly #followed = new LRUCache<string, true>({ max: countMax })
  readonly #asked = new Remembered({ countMax, rememberMsMax, waitMsMax })

  async person(client: Client, user: string) {
    const ask = () => client.users.info({ user, include_locale: true })
    return (await this.#ask(client, `person ${user}`, ask))?.user
  }

  async channel(client: Client, channel: string) {
    const ask = () => client.conversations.info({ channel })
    return (await this.#ask(client, `channel ${channel}`, ask))?.channel
  }

  /** The channel of a direct conversation; Slack takes the person's own id as well. */
  async directChannel(client: Client, user: string): Promise<string> {
    const ask = () => client.conversations.open({ users: user })
    return (await this.#ask(client, `direct ${user}`, ask))?.channel?.id ?? user
  }

  /** Admins and the channel's creator; every member where Slack does not tell, as with Slack's own reminders. */
  async mayAdminister(client: Client, channel: string, user: string): Promise<boolean> {
    const asked = [this.person(client, user), this.channel(client, channel)] as const
    const [person, found] = await Promise.all(asked)
    if (person === undefined) return true
    return person.is_admin === true || person.is_owner === true || found?.creator === user
  }

  /** Whether a message is for the assistant: said to it alone, naming it, or following what named it. */
  async isAddressed(client: Client, event: MessageEvent, user: string, bot: string) {
    const { type, channel, ts, thread_ts, text = '' } = event
    const isMention = type === 'app_mention'
    // A mention in a direct conversation is heard as a message there.
    if (isDirectChannel(channel)) return !isMention
    if (isMention) this.#follow(channel, thread_ts ?? ts, user, ts)
    if (isMention || thread_ts === undefined) return isMention
    // Who names others talks to them.
    if (readMentions(text).length > 0) return false
    return this.#isFollowed(client, channel, thread_ts, user, bot)
  }

  /** A thread begun by naming the assistant is followed; elsewhere in a thread only who named it. */
  #follow(channel: string, thread: string, user: string, ts: string) {
    this.#followed.set(`${channel} ${thread} ${ts === thread ? '' : user}`, true)
  }

  /** Also after a restart: then Slack is asked what was said in the thread. */
  async #isFollowed(client: Client, channel: string, thread: string, user: string, bot: string) {
    const key = `${channel} ${thread} `
    const isKnown = () => this.#followed.has(key) || this.#followed.has(key + user)
    if (isKnown()) return true
    const args = { channel, ts: thread, limit: threadMessagesMax }
    const found = await this.#ask(client, key, () => client.conversations.replies(args))
    for (const { text = '', user: asker = '', ts = '' } of found?.messages ?? []) {
      if (readMentions(text).includes(bot)) this.#follow(channel, thread, asker, ts)
    }
    return isKnown()
  }

  /** One id may stand for different things in two workspaces, which the token tells apart. */
  #ask<Answer>(client: Client, key: string, ask: () => Promise<Answer>) {
    return this.#asked.ask(`${client.token ?? ''} ${key}`, ask)
  }
}
