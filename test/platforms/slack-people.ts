// What people do in Slack, as the payloads that Slack makes of it. It must not know the adapter.

import type { Json } from './slack-limits.ts'
import { botToken, type SlackServer } from './slack-server.ts'

/** Sends a payload and resolves with the acknowledgement. */
export type Send = (type: string, payload: Json, options?: Json) => Promise<Json>

const escapeTyped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export class SlackPeople {
  readonly #server: SlackServer
  readonly #send: Send
  #count = 0

  constructor(server: SlackServer, send: Send = (...sent) => server.sendEnvelope(...sent)) {
    this.#server = server
    this.#send = send
  }

  event(event: Json, id = `Ev${++this.#count}`, options: Json = {}, team = 'T1'): Promise<Json> {
    const authorizations = [{ team_id: team, user_id: this.#bot(team), is_bot: true }]
    const payload = {
      type: 'event_callback',
      team_id: team,
      api_app_id: 'A1',
      event,
      event_id: id,
      event_time: 1,
      authorizations,
    }
    return this.#send('events_api', payload, options)
  }

  #bot = (team: string) => `U${team}BOT`

  /** Typed into the direct conversation with the assistant. */
  say(
    text: string,
    {
      id,
      user = 'U1',
      ...more
    }: Readonly<Record<string, string>> & { readonly id?: string; readonly user?: string } = {},
  ) {
    const message = this.#store(`D${user}`, { user, text: escapeTyped(text), ...more })
    return this.event({ type: 'message', channel: `D${user}`, channel_type: 'im', ...message }, id)
  }

  /** Typed into a channel. Slack sends a message, and a mention too when there is one. */
  async sayIn(
    channel: string,
    text: string,
    {
      id = `Ev${++this.#count}`,
      user = 'U1',
      ...more
    }: Readonly<Record<string, string>> & { readonly id?: string; readonly user?: string } = {},
  ) {
    const message = this.#store(channel, { user, text, ...more })
    const isMention = text.includes(`<@${this.#bot('T1')}>`)
    const sent = this.event(
      { type: 'message', channel, channel_type: 'channel', ...message },
      isMention ? `${id}-message` : id,
    )
    if (isMention) await this.event({ type: 'app_mention', channel, ...message }, id)
    await sent
    return message
  }

  mention(channel: string, text: string, more: Readonly<Record<string, string>> = {}) {
    return this.sayIn(channel, `<@${this.#bot('T1')}> ${escapeTyped(text)}`, more)
  }

  command(text: string, channel = 'C1', more: Json = {}) {
    const payload = {
      command: '/ogp',
      text,
      channel_id: channel,
      channel_name: 'general',
      user_id: 'U1',
      team_id: 'T1',
      trigger_id: this.trigger(),
      response_url: `${this.#server.url}/respond/1`,
      ...more,
    }
    return this.#send('slash_commands', payload)
  }

  /** @param where what Slack tells of the message or view that the button stands in */
  press(button: Json, where: Json) {
    const payload = {
      type: 'block_actions',
      team: { id: 'T1' },
      user: { id: 'U1' },
      trigger_id: this.trigger(),
      actions: [{ type: 'button', block_id: 'b', action_ts: `${++this.#count}.1`, ...button }],
      container: {},
      ...where,
    }
    return this.#send('interactive', payload)
  }

  shortcut(message: Json, channel = 'C1') {
    const payload = {
      type: 'message_action',
      callback_id: 'ask',
      team: { id: 'T1' },
      user: { id: 'U1' },
      channel: { id: channel },
      message,
      action_ts: `${++this.#count}.1`,
      trigger_id: this.trigger(),
      response_url: `${this.#server.url}/respond/1`,
    }
    return this.#send('interactive', payload)
  }

  submit(view: Json, values: Json) {
    const payload = {
      type: 'view_submission',
      team: { id: 'T1' },
      user: { id: 'U1' },
      trigger_id: this.trigger(),
      view: { ...view, state: { values } },
    }
    return this.#send('interactive', payload)
  }

  openTab(tab: 'home' | 'messages') {
    return this.event({ type: 'app_home_opened', user: 'U1', channel: 'DU1', tab })
  }

  /** Good for one dialog. */
  trigger() {
    const trigger = `trigger-${++this.#count}`
    this.#server.workspace.triggers.add(trigger)
    return trigger
  }

  #store(channel: string, message: Json) {
    const { workspaces } = this.#server
    const workspace = workspaces.get(botToken)
    const stored = { ...message, ts: workspace?.nextTs() ?? '' }
    workspace?.channels.get(channel)?.messages.push(stored)
    return stored
  }
}

/** All buttons of a message or view, in order. */
export function findButtons(
  value: unknown,
): (Json & { action_id: string; value?: string; label: string })[] {
  if (Array.isArray(value)) return value.flatMap(findButtons)
  if (typeof value !== 'object' || value === null) return []
  const object = value as Json
  if (object['type'] === 'button') {
    const { text } = object['text'] as { text: string }
    return [{ ...object, label: text, action_id: String(object['action_id']) }]
  }
  return Object.values(object).flatMap(findButtons)
}
