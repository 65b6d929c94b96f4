// What is asked of Slack besides messages: people, channels, threads. Each answer is remembered briefly.
// Nothing here may stop an answer: where Slack does not say, the caller gets what is safe to assume.

import type { webApi } from '@slack/bolt'
import { LRUCache } from 'lru-cache'
import { waitAtMost } from '../../src/chat/wait.ts'
import type { Incoming } from './decode.ts'
import { readMentions } from './markup.ts'

type Client = webApi.WebClient

const rememberedMax = 10_000
const rememberMs = 10 * 60_000
const threadMessagesMax = 100

export class Lookups {
  readonly #answers = new LRUCache<string, Promise<unknown>>({
    max: rememberedMax,
    ttl: rememberMs,
  })
  readonly #followed = new LRUCache<string, true>({ max: rememberedMax })
  readonly #waitMsMax: number

  constructor(waitMsMax: number) {
    this.#waitMsMax = waitMsMax
  }

  async person(client: Client, user: string) {
    const ask = () => client.users.info({ user, include_locale: true })
    return (await this.#ask(`${user} person`, ask))?.user
  }

  async channel(client: Client, channel: string) {
    const ask = () => client.conversations.info({ channel })
    return (await this.#ask(`${channel} channel`, ask))?.channel
  }

  /** The channel of a direct conversation; Slack takes the person's own id as well. */
  async directChannel(client: Client, user: string): Promise<string> {
    const ask = () => client.conversations.open({ users: user })
    return (await this.#ask(`${user} direct`, ask))?.channel?.id ?? user
  }

  /** Admins and the channel's creator; every member where Slack does not tell, as with Slack's own reminders. */
  async mayAdminister(client: Client, channel: string, user: string): Promise<boolean> {
    const [person, { creator } = {}] = await Promise.all([
      this.person(client, user),
      this.channel(client, channel),
    ])
    if (person === undefined) return true
    return person.is_admin === true || person.is_owner === true || creator === user
  }

  /** The assistant was named: a thread begun so is followed, elsewhere in a thread only who named it. */
  follow(channel: string, thread: string, user: string, isFirst: boolean): void {
    this.#followed.set(`${channel} ${thread} ${isFirst ? '' : user}`, true)
  }

  /** Also after a restart: then Slack is asked what was said in the thread. */
  async isFollowed(client: Client, { user, outlet }: Incoming, bot: string): Promise<boolean> {
    const { channel = '', thread = '' } = outlet
    const key = `${channel} ${thread} `
    const isKnown = () => this.#followed.has(key) || this.#followed.has(key + user)
    if (isKnown()) return true
    const limit = threadMessagesMax
    const ask = () => client.conversations.replies({ channel, ts: thread, limit })
    for (const said of (await this.#ask(key, ask))?.messages ?? []) {
      if (!readMentions(said.text ?? '').includes(bot)) continue
      this.follow(channel, thread, said.user ?? '', said.ts === thread)
    }
    return isKnown()
  }

  /** Null when Slack is slow or refuses. A refusal is remembered like an answer. */
  async #ask<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer | null> {
    const asked = (this.#answers.get(key) as Promise<Answer | null> | undefined) ?? ask()
    const answer = asked.catch(() => null)
    this.#answers.set(key, answer, { noUpdateTTL: true })
    const given = await waitAtMost(answer, this.#waitMsMax)
    return given === 'late' ? null : given
  }
}
