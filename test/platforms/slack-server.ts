// A local Slack on loopback: the Web API, Socket Mode, events over HTTP, response_url, uploads and OAuth, as Slack speaks
// them, with faults to switch on. The real Bolt talks to it. It must not know the adapter.

import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { checkMessage, type Json } from './slack-limits.ts'
import { callMethod, type Channel, type Workspace } from './slack-methods.ts'

export const botToken = 'xoxb-1-secret-of-the-bot'
export const appToken = 'xapp-1-secret-of-the-app'
export const signingSecret = 'signing-secret-0123456789'

export type Fault =
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  /** The connection ends before the body is read, or after the call took effect. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
  | { readonly kind: 'slow'; readonly until: Promise<unknown> }

export type Call = { readonly method: string; readonly args: Json; readonly token: string }
type Waiting = { readonly resolve: (payload: Json) => void }

const addChannel = (
  workspace: Workspace,
  channel: Partial<Channel> & Pick<Channel, 'id' | 'kind'>,
) => {
  const whole = { isMember: true, isArchived: false, messages: [], ephemeral: [], ...channel }
  workspace.channels.set(channel.id, whole)
  return whole
}

export function createWorkspace(team: string): Workspace {
  let count = 0
  const workspace: Workspace = {
    team,
    bot: `U${team}BOT`,
    channels: new Map(),
    users: new Map(),
    views: [],
    homes: new Map(),
    prompts: [],
    files: [],
    triggers: new Set(),
    used: new Set(),
    granted: null,
    nextTs: () => `${1_767_225_600 + ++count}.000100`,
  }
  for (const [user, is_admin] of [
    ['U1', false],
    ['U2', true],
  ] as const) {
    workspace.users.set(user, { id: user, locale: 'es-ES', tz: 'America/Bogota', is_admin })
    addChannel(workspace, { id: `D${user}`, kind: 'im', user })
  }
  addChannel(workspace, { id: 'C1', kind: 'public', creator: 'U9' })
  addChannel(workspace, { id: 'C2', kind: 'public', creator: 'U1', isMember: false })
  addChannel(workspace, { id: 'G1', kind: 'private' })
  return workspace
}

export class SlackServer {
  readonly workspace = createWorkspace('T1')
  /** By token. */
  readonly workspaces = new Map([[botToken, this.workspace]])
  readonly calls: Call[] = []
  readonly responses: Json[] = []
  readonly sockets = new Set<WebSocket>()
  scopes = ''
  #faults = new Map<string, Fault[]>()
  #waiting = new Map<string, Waiting>()
  #server = createServer((request, response) => void this.#handle(request, response))
  #wss = new WebSocketServer({ server: this.#server })
  #busy = 0
  #count = 0
  /** False: a socket opens and Slack says nothing. */
  saysHello = true

  get port() {
    return (this.#server.address() as AddressInfo).port
  }
  get url() {
    return `http://127.0.0.1:${this.port}`
  }
  get apiUrl() {
    return `${this.url}/api/`
  }

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
    this.#wss.on('connection', (socket) => {
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
      socket.on('message', (data) => {
        const { envelope_id, payload } = JSON.parse((data as Buffer).toString()) as {
          envelope_id: string
          payload: Json
        }
        this.#waiting.get(envelope_id)?.resolve(payload)
        this.#waiting.delete(envelope_id)
      })
      if (this.saysHello) socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }))
    })
    return this
  }

  async stop() {
    for (const socket of this.sockets) socket.terminate()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** The next calls of a method meet these, one each. */
  failNext(method: string, ...faults: Fault[]) {
    this.#faults.set(method, [...(this.#faults.get(method) ?? []), ...faults])
  }

  callsOf = (method: string) => this.calls.filter((call) => call.method === method)

  /** Resolves when no call has been under way for a moment. */
  async settle() {
    for (let quiet = 0; quiet < 4;) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      quiet = this.#busy === 0 ? quiet + 1 : 0
    }
  }

  /** Resolves with the acknowledgement's payload. A socket that ends before gives none. */
  sendEnvelope(type: string, payload: Json, options: Json = {}): Promise<Json> {
    const envelope_id = `envelope-${++this.#count}`
    const acknowledged = new Promise<Json>((resolve) => {
      this.#waiting.set(envelope_id, { resolve })
    })
    const [socket] = this.sockets
    const accepts_response_payload = type !== 'events_api'
    socket?.send(
      JSON.stringify({ envelope_id, type, payload, accepts_response_payload, ...options }),
    )
    return acknowledged
  }

  /** A signed request to an app in HTTP mode. */
  async postEvent(address: string, payload: Json, secret = signingSecret): Promise<Response> {
    const isEvent = payload['type'] === 'event_callback' || payload['type'] === 'url_verification'
    const isCommand = payload['command'] !== undefined
    const body = isEvent
      ? JSON.stringify(payload)
      : new URLSearchParams(
          isCommand ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) },
        ).toString()
    const time = Math.floor(Temporal.Now.instant().epochMilliseconds / 1_000)
    const signature = createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')
    return fetch(address, {
      method: 'POST',
      body,
      headers: {
        'Content-Type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
        'X-Slack-Request-Timestamp': String(time),
        'X-Slack-Signature': `v0=${signature}`,
      },
    })
  }

  async #handle(request: IncomingMessage, response: ServerResponse) {
    this.#busy++
    response.on('close', () => this.#busy--)
    const { pathname } = new URL(request.url ?? '', this.url)
    const method = pathname.split('/').at(-1) ?? ''
    const name = pathname.startsWith('/respond') ? 'response_url' : method
    const fault = this.#faults.get(name)?.shift()
    if (fault?.kind === 'cut' && fault.when === 'before') return void request.socket.destroy()
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>))
    const token = request.headers.authorization?.replace('Bearer ', '') ?? ''
    const isMethod = pathname.startsWith('/api/')
    const args = isMethod ? parseArgs(body.toString()) : {}
    if (isMethod) this.calls.push({ method: name, args, token })
    if (fault?.kind === 'slow') await fault.until
    if (fault?.kind === 'status') {
      const retry = fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter }
      return void response.writeHead(fault.status, retry).end('{"ok":false}')
    }
    const answer =
      fault?.kind === 'error'
        ? { ok: false, error: fault.code }
        : this.#answer(pathname, name, body, args, token)
    if (fault?.kind === 'cut') return void request.socket.destroy()
    response.setHeader('Content-Type', 'application/json')
    if (this.scopes !== '') response.setHeader('X-OAuth-Scopes', this.scopes)
    response.end(JSON.stringify(answer))
  }

  #answer(pathname: string, name: string, body: Buffer, args: Json, token: string): Json {
    if (name === 'response_url') return this.#respond(JSON.parse(body.toString()) as Json)
    if (pathname.startsWith('/upload/')) {
      const file = this.workspace.files.find(({ id }) => id === name)
      if (file !== undefined) Object.assign(file, { body: body.toString() })
      return {}
    }
    if (name === 'apps.connections.open') {
      const url = this.url.replace('http', 'ws')
      return token === appToken
        ? { ok: true, url: `${url}/link?ticket=secret-ticket` }
        : { ok: false, error: 'invalid_auth' }
    }
    if (name === 'oauth.v2.access') return this.#install(String(args['code']))
    const workspace = this.workspaces.get(token)
    if (workspace === undefined) return { ok: false, error: 'invalid_auth' }
    if (name === 'files.getUploadURLExternal') {
      const file = { id: `F${workspace.files.length + 1}`, name: args['filename'] }
      this.workspace.files.push(file)
      return { ok: true, upload_url: `${this.url}/upload/${file.id}`, file_id: file.id }
    }
    return callMethod(workspace, name, args)
  }

  /** A code names the workspace that installs. */
  #install(team: string): Json {
    const access_token = `xoxb-secret-of-${team}`
    const workspace = createWorkspace(team)
    this.workspaces.set(access_token, workspace)
    const { bot } = workspace
    const scope = 'chat:write'
    return {
      ok: true,
      app_id: 'A1',
      access_token,
      token_type: 'bot',
      bot_user_id: bot,
      scope,
      team: { id: team },
      authed_user: { id: 'U1' },
    }
  }

  #respond(message: Json): Json {
    this.responses.push(message)
    const refusal = checkMessage(message)
    return refusal === null ? { ok: true } : { ok: false, ...refusal }
  }
}

function parseArgs(body: string): Json {
  const entries = [...new URLSearchParams(body)].map(([key, value]) => {
    const isJson = /^[[{]/.test(value) && key !== 'text'
    return [key, isJson ? (JSON.parse(value) as unknown) : value]
  })
  return Object.fromEntries(entries) as Json
}
