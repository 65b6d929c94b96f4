// A local Discord on loopback: REST and gateway as Discord speaks them, with its own errors, and faults to switch on.
// The real discord.js talks to it. It must not know the adapter.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DiscordGateway } from './discord-gateway.ts'
import { DiscordApi, findRoute, guildId, refuse, self, type Answer } from './discord-api.ts'
import { asJson, type Json } from './discord-limits.ts'

export const botToken = 'secret.token.of-the-bot'

export type Fault =
  | { readonly kind: 'error'; readonly status: number; readonly code?: number }
  | {
      readonly kind: 'limit'
      readonly seconds: number
      readonly scope: 'user' | 'global' | 'shared'
    }
  /** The connection ends before the call has an effect, or after it. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
  | { readonly kind: 'slow'; readonly until: Promise<unknown> }

export type Call = { readonly route: string; readonly path: string; readonly body: Json }

export class DiscordServer extends DiscordApi {
  readonly calls: Call[] = []
  readonly files: { readonly name: string; readonly text: string }[] = []
  gateway: DiscordGateway
  readonly #server = createServer((request, response) => void this.#serve(request, response))
  readonly #faults: { readonly route: string; readonly fault: Fault }[] = []
  port = 0
  #under = 0

  constructor() {
    super()
    this.gateway = new DiscordGateway(this.#server, {
      token: botToken,
      url: () => this.gatewayUrl(),
      ready: () => ({
        data: {
          user: { id: self, username: 'ogp', discriminator: '0', bot: true, avatar: null },
          guilds: [{ id: guildId, unavailable: true }],
          application: { id: self, flags: 0 },
        },
        guilds: [this.guild()],
      }),
    })
  }

  /** @param at the port; 0 takes any */
  async start(at = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(at, '127.0.0.1', resolve))
    const { port } = this.#server.address() as AddressInfo
    this.port = port
    this.apiUrl = `http://127.0.0.1:${port}/api`
    return this
  }

  async stop(): Promise<void> {
    this.gateway.stop()
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) =>
      this.#server.close(() => {
        resolve()
      }),
    )
  }

  /** @param route such as "POST /channels/:id/messages" */
  failNext(route: string, fault: Fault) {
    this.#faults.push({ route, fault })
  }

  /** Resolves when no call is under way, and none came in a moment. */
  async settle(): Promise<void> {
    let seen = -1
    while (this.#under > 0 || seen !== this.calls.length) {
      seen = this.calls.length
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }

  called = (route: string) => this.calls.filter((call) => call.route === route)

  async #serve(request: IncomingMessage, response: ServerResponse) {
    this.#under++
    try {
      await this.#answer(request, response)
    } finally {
      this.#under--
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const path = (request.url ?? '').replace(/^\/api\/v10/, '').replace(/\?.*$/, '')
    const found = findRoute(`${request.method ?? ''} ${path}`)
    const route = found?.[0] ?? path
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const fault = this.#takeFault(route)
    if (fault?.kind === 'slow') await fault.until
    if (fault?.kind === 'cut' && fault.when === 'before') {
      request.socket.destroy()
      return
    }
    const { body, files } = this.#read(Buffer.concat(chunks), request.headers['content-type'])
    this.calls.push({ route, path, body })
    if (fault?.kind === 'error') {
      send(
        response,
        fault.code === undefined ? { status: fault.status } : refuse(fault.status, fault.code),
      )
      return
    }
    if (fault?.kind === 'limit') {
      const { seconds, scope } = fault
      response.setHeader('Retry-After', String(seconds))
      response.setHeader('X-RateLimit-Scope', scope)
      if (scope === 'global') response.setHeader('X-RateLimit-Global', 'true')
      const said = {
        message: 'You are being rate limited.',
        retry_after: seconds,
        global: scope === 'global',
      }
      send(response, { status: 429, body: said })
      return
    }
    const isOpen = route.includes(':token')
    const isKnown = request.headers.authorization === `Bot ${botToken}`
    const ids = found?.[1] ?? []
    const answer = !isOpen && !isKnown ? refuse(401, 0) : this.handle(route, { ids, body, files })
    if (fault?.kind === 'cut') request.socket.destroy()
    else send(response, answer)
  }

  #takeFault(route: string): Fault | undefined {
    const at = this.#faults.findIndex((one) => one.route === route)
    return at < 0 ? undefined : this.#faults.splice(at, 1)[0]?.fault
  }

  #read(bytes: Buffer, type = ''): { body: Json; files: string[] } {
    if (!type.startsWith('multipart/form-data')) {
      const parsed = bytes.length === 0 ? {} : (JSON.parse(bytes.toString()) as unknown)
      return { body: Array.isArray(parsed) ? { list: parsed } : asJson(parsed), files: [] }
    }
    const parts = readParts(bytes, /boundary=(\S+)/.exec(type)?.[1] ?? '')
    const files = parts.flatMap(({ file, text }) =>
      file === undefined ? [] : [{ name: file, text }],
    )
    this.files.push(...files)
    const payload = parts.find(({ name }) => name === 'payload_json')?.text ?? '{}'
    return { body: JSON.parse(payload) as Json, files: files.map(({ name }) => name) }
  }
}

/** The parts of a multipart body. */
function readParts(bytes: Buffer, boundary: string) {
  const parts = bytes.toString().split(`--${boundary}`).slice(1, -1)
  return parts.map((part) => {
    const end = part.indexOf('\r\n\r\n')
    const head = part.slice(0, end)
    const name = / name="([^"]*)"/.exec(head)?.[1]
    return { name, file: / filename="([^"]*)"/.exec(head)?.[1], text: part.slice(end + 4, -2) }
  })
}

function send(response: ServerResponse, { status, body }: Answer) {
  response.statusCode = status
  if (body === undefined) {
    response.end()
    return
  }
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify(body))
}
