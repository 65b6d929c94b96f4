// What a local Discord holds and does: channels, interactions, commands, and its answer to each call, with its own errors.
// It must not know HTTP or the adapter.

import {
  asJson,
  asList,
  asText,
  checkCommands,
  checkMessage,
  checkModal,
} from './discord-limits.ts'
import { checkSuggestions, toInvalidBody, type Errors, type Json } from './discord-limits.ts'

export const self = '1000'
export const guildId = '2000'

export type Asked = {
  readonly id: string
  readonly token: string
  readonly type: number
  readonly channel: string
  isExpired: boolean
  state: 'new' | 'deferred' | 'answered'
  isHidden: boolean
  modal: Json | null
  suggestions: Json[] | null
  /** Everything shown for it, oldest first. */
  readonly messages: Json[]
}
export type Answer = { readonly status: number; readonly body?: unknown }
export type Request = {
  readonly ids: readonly string[]
  readonly body: Json
  readonly files: readonly string[]
}

export const refuse = (status: number, code: number): Answer => ({
  status,
  body: { code, message: `Error ${code}` },
})
const refuseForm = (problems: Errors): Answer => ({ status: 400, body: toInvalidBody(problems) })
const hiddenFlag = 1 << 6

export class DiscordApi {
  readonly channels = new Map<string, Json[]>()
  readonly asked = new Map<string, Asked>()
  commands: Json[] = []
  remaining = 1_000
  memberRoles: string[] = []
  apiUrl = ''
  #count = 0

  constructor() {
    for (const id of ['3001', '3002', '4001']) this.channels.set(id, [])
  }

  nextId = () => String((BigInt(60_000_000_000 + ++this.#count) << 22n) + BigInt(this.#count))
  gatewayUrl = () => this.apiUrl.replace('http', 'ws').replace('/api', '')

  guild(): Json {
    const role = (id: string, permissions: bigint) => ({
      id,
      name: id,
      permissions: String(permissions),
      position: 0,
      color: 0,
      hoist: false,
      managed: false,
      mentionable: false,
    })
    const channel = (id: string) => ({
      id,
      type: 0,
      name: id,
      position: 0,
      permission_overwrites: [],
    })
    return {
      id: guildId,
      name: 'OGP',
      owner_id: '9',
      roles: [role(guildId, 1n << 10n), role('2001', 1n << 4n)],
      channels: [channel('3001'), channel('3002')],
      members: [],
      threads: [],
      emojis: [],
      stickers: [],
      presences: [],
      voice_states: [],
      stage_instances: [],
      guild_scheduled_events: [],
      features: [],
      member_count: 2,
      joined_at: '2026-01-01T00:00:00Z',
      large: false,
      unavailable: false,
    }
  }

  handle(route: string, request: Request): Answer {
    const { ids, body, files } = request
    const [first = '', token = ''] = ids
    switch (route) {
      case 'GET /gateway/bot': {
        const session_start_limit = {
          total: 1_000,
          remaining: this.remaining,
          reset_after: 3_600_000,
          max_concurrency: 1,
        }
        return { status: 200, body: { url: this.gatewayUrl(), shards: 1, session_start_limit } }
      }
      case 'GET /users/@me':
      case 'GET /applications/@me':
        return { status: 200, body: { id: self, username: 'ogp', name: 'OGP' } }
      case 'GET /users/@me/guilds':
        return { status: 200, body: [{ id: guildId, name: 'OGP' }] }
      case 'GET /applications/:id/commands':
        return { status: 200, body: this.commands }
      case 'PUT /applications/:id/commands': {
        const list = asList(body['list'])
        const problems = checkCommands(list)
        if (problems.length > 0) return refuseForm(problems)
        // Discord adds ids and versions, and leaves out what is false.
        this.commands = list.toReversed().map((one) => ({
          ...one,
          id: this.nextId(),
          version: '1',
          nsfw: false,
          dm_permission: null,
          default_member_permissions: null,
        }))
        return { status: 200, body: this.commands }
      }
      case 'POST /users/@me/channels': {
        const id = `7${asText(body['recipient_id'])}`
        if (!this.channels.has(id)) this.channels.set(id, [])
        return { status: 200, body: { id, type: 1 } }
      }
      case 'GET /guilds/:id/members/:user': {
        const user = { id: token, username: 'person', discriminator: '0', avatar: null }
        return {
          status: 200,
          body: { user, roles: this.memberRoles, joined_at: '2026-01-01T00:00:00Z', flags: 0 },
        }
      }
      case 'POST /channels/:id/messages':
        return this.#postMessage(first, body, files)
      case 'POST /interactions/:id/:token/callback':
        return this.#answerInteraction(token, body, files)
      case 'POST /webhooks/:id/:token':
        return this.#followUp(token, body, files)
      case 'PATCH /webhooks/:id/:token/messages/@original':
      case 'DELETE /webhooks/:id/:token/messages/@original':
        return this.#changeOriginal(token, body, files, route.startsWith('DELETE'))
      default:
        return refuse(404, 0)
    }
  }

  #postMessage(channel: string, body: Json, files: readonly string[]): Answer {
    const messages = this.channels.get(channel)
    if (messages === undefined) return refuse(404, 10003)
    const problems = checkMessage(body, files)
    if (problems.length > 0) return refuseForm(problems)
    const same = messages.find(({ nonce }) => nonce !== undefined && nonce === body['nonce'])
    if (same !== undefined && body['enforce_nonce'] === true) return { status: 200, body: same }
    const message = { ...body, id: this.nextId(), channel_id: channel, author: { id: self } }
    messages.push(message)
    return { status: 200, body: message }
  }

  #find(token: string): Asked | null {
    const asked = this.asked.get(token)
    return asked === undefined || asked.isExpired ? null : asked
  }

  #answerInteraction(token: string, body: Json, files: readonly string[]): Answer {
    const asked = this.#find(token)
    if (asked === null) return refuse(404, 10062)
    if (asked.state !== 'new') return refuse(400, 40060)
    const data = asJson(body['data'])
    const type = Number(body['type'])
    const isTyping = asked.type === 4
    if (isTyping !== (type === 8)) return refuseForm([{ path: 'type', code: 'INVALID_TYPE' }])
    if (type === 9 && asked.type === 5) return refuseForm([{ path: 'type', code: 'INVALID_TYPE' }])
    const problems =
      type === 4
        ? checkMessage(data, files)
        : type === 8
          ? checkSuggestions(data)
          : type === 9
            ? checkModal(data)
            : []
    if (problems.length > 0) return refuseForm(problems)
    asked.state = type === 5 ? 'deferred' : 'answered'
    asked.isHidden = (Number(data['flags'] ?? 0) & hiddenFlag) !== 0
    if (type === 4) this.#show(asked, data)
    if (type === 8) asked.suggestions = asList(data['choices'])
    if (type === 9) asked.modal = data
    return { status: 204 }
  }

  /** The first that follows a deferred answer takes its place, as hidden as it is. */
  #followUp(token: string, body: Json, files: readonly string[]): Answer {
    const asked = this.#find(token)
    if (asked === null || asked.state === 'new') return refuse(404, 10015)
    const problems = checkMessage(body, files)
    if (problems.length > 0) return refuseForm(problems)
    const isHidden =
      asked.state === 'deferred' ? asked.isHidden : Boolean(Number(body['flags'] ?? 0) & hiddenFlag)
    asked.state = 'answered'
    const flags = (Number(body['flags']) & ~hiddenFlag) | (isHidden ? hiddenFlag : 0)
    return { status: 200, body: this.#show(asked, { ...body, flags }) }
  }

  #changeOriginal(token: string, body: Json, files: readonly string[], isDelete: boolean): Answer {
    const asked = this.#find(token)
    if (asked === null || asked.state === 'new') return refuse(404, 10015)
    const wasDeferred = asked.state === 'deferred'
    if (!wasDeferred && asked.messages.length === 0) return refuse(404, 10008)
    asked.state = 'answered'
    if (isDelete) {
      if (!wasDeferred) asked.messages.shift()
      return { status: 204 }
    }
    const problems = checkMessage(body, files)
    if (problems.length > 0) return refuseForm(problems)
    if (!wasDeferred) asked.messages.shift()
    const flags = (Number(body['flags']) & ~hiddenFlag) | (asked.isHidden ? hiddenFlag : 0)
    return { status: 200, body: this.#show(asked, { ...body, flags }) }
  }

  #show(asked: Asked, data: Json): Json {
    const message = { ...data, id: this.nextId(), channel_id: asked.channel, author: { id: self } }
    asked.messages.push(message)
    if ((Number(data['flags'] ?? 0) & hiddenFlag) === 0)
      this.channels.get(asked.channel)?.push(message)
    return message
  }
}

const routes = [
  'GET /gateway/bot',
  'GET /users/@me',
  'GET /applications/@me',
  'GET /users/@me/guilds',
  'POST /users/@me/channels',
  'GET /applications/:id/commands',
  'PUT /applications/:id/commands',
  'GET /guilds/:id/members/:user',
  'POST /channels/:id/messages',
  'POST /interactions/:id/:token/callback',
  'POST /webhooks/:id/:token',
  'PATCH /webhooks/:id/:token/messages/@original',
  'DELETE /webhooks/:id/:token/messages/@original',
] as const
const patterns = routes.map(
  (route) => [route, new RegExp(`^${route.replaceAll(/:\w+/g, '([^/]+)')}$`)] as const,
)

export function findRoute(asked: string): readonly [string, readonly string[]] | null {
  for (const [route, pattern] of patterns) {
    const match = pattern.exec(asked)
    if (match !== null) return [route, match.slice(1)]
  }
  return null
}
