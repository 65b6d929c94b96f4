// What people do in a local Discord: write, mention, type a command, press, pick, fill in. It must not know the adapter.

import { guildId, self, type Asked } from './discord-api.ts'
import type { DiscordServer } from './discord-server.ts'
import type { Json } from './discord-limits.ts'

export type Where = {
  readonly channel?: string
  readonly user?: string
  /** Absent: a server that the assistant is in. */
  readonly context?: 'server' | 'direct' | 'group' | 'foreign-server'
  readonly permissions?: bigint
  readonly ownPermissions?: bigint
  readonly locale?: string
  readonly id?: string
}

const types = { command: 2, component: 3, autocomplete: 4, form: 5 }
const everyPermission = (1n << 50n) - 1n

export class DiscordPeople {
  readonly #server: DiscordServer

  constructor(server: DiscordServer) {
    this.#server = server
  }

  /** @param extra fields that the event has besides */
  async write(text: string, { channel = '7500', user = '500', id }: Where = {}, extra: Json = {}) {
    if (!this.#server.channels.has(channel)) this.#server.channels.set(channel, [])
    const inServer = !channel.startsWith('7')
    const message = {
      id: id ?? this.#server.nextId(),
      channel_id: channel,
      type: 0,
      author: { id: user, username: `person${user}`, discriminator: '0', avatar: null },
      content: text,
      timestamp: '2026-01-02T03:04:05Z',
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: [],
      embeds: [],
      pinned: false,
      ...(inServer && { guild_id: guildId, member: { roles: [] } }),
      ...extra,
    }
    await this.#server.gateway.untilUp()
    this.#server.gateway.dispatch('MESSAGE_CREATE', message)
    await this.#server.gateway.flush()
    return message
  }

  mention(text: string, where: Where = {}, extra: Json = {}) {
    const mentions = [{ id: self, username: 'ogp', bot: true }]
    return this.write(`<@${self}> ${text}`, { channel: '3001', ...where }, { mentions, ...extra })
  }

  command(name: string, options: Json = {}, where: Where = {}) {
    const list = Object.entries(options).map(([key, value]) => ({ name: key, type: 3, value }))
    return this.#ask(types.command, { type: 1, name, id: '1', options: list }, where)
  }

  type(name: string, option: string, value: string, where: Where = {}) {
    const options = [{ name: option, type: 3, value, focused: true }]
    return this.#ask(types.autocomplete, { type: 1, name, id: '1', options }, where)
  }

  askAbout(content: string, where: Where = {}) {
    const messages = { '42': { id: '42', content, author: { id: '501' } } }
    const data = {
      type: 3,
      name: 'Ask OGP about this',
      id: '2',
      target_id: '42',
      resolved: { messages },
    }
    return this.#ask(types.command, data, where)
  }

  press(custom_id: string, where: Where = {}) {
    return this.#ask(types.component, { component_type: 2, custom_id }, where)
  }

  pick(custom_id: string, value: string, where: Where = {}) {
    return this.#ask(types.component, { component_type: 3, custom_id, values: [value] }, where)
  }

  submit(
    custom_id: string,
    fields: Readonly<Record<string, string | string[]>>,
    where: Where = {},
  ) {
    const components = Object.entries(fields).map(([id, value]) => ({
      type: 18,
      component: Array.isArray(value)
        ? { type: 3, custom_id: id, values: value }
        : { type: 4, custom_id: id, value },
    }))
    return this.#ask(types.form, { custom_id, components }, where)
  }

  async #ask(type: number, data: Json, where: Where): Promise<Asked> {
    const { context = 'server', user = '500', locale = 'en-US' } = where
    const inServer = context === 'server' || context === 'foreign-server'
    const channel = where.channel ?? (inServer ? '3001' : `7${user}`)
    const id = where.id ?? this.#server.nextId()
    const token = `secret-ticket-${id}`
    const known = this.#server.asked.get(token)
    const fresh = {
      state: 'new',
      isHidden: false,
      isExpired: false,
      modal: null,
      suggestions: null,
    }
    const asked = known ?? ({ id, token, type, channel, ...fresh, messages: [] } as Asked)
    this.#server.asked.set(token, asked)
    const person = { id: user, username: `person${user}`, discriminator: '0', avatar: null }
    const permissions = String(where.permissions ?? 0n)
    await this.#server.gateway.untilUp()
    this.#server.gateway.dispatch('INTERACTION_CREATE', {
      id,
      token,
      type,
      version: 1,
      application_id: self,
      locale,
      data,
      channel_id: channel,
      channel: { id: channel, type: inServer ? 0 : 1 },
      app_permissions: String(where.ownPermissions ?? everyPermission),
      entitlements: [],
      attachment_size_limit: 10_485_760,
      context: { server: 0, 'foreign-server': 0, direct: 1, group: 2 }[context],
      authorizing_integration_owners: context === 'server' ? { '0': guildId } : { '1': user },
      ...(inServer
        ? {
            guild_id: guildId,
            guild_locale: 'en-US',
            member: { user: person, permissions, roles: [] },
          }
        : { user: person }),
    })
    await this.#server.gateway.flush()
    return asked
  }
}
