// A local Bot API on loopback: long polling, webhooks, and faults to switch on. The real grammY talks to it.
// It must not know the adapter.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { ApiError, TelegramWorld, textOf, type Json } from './telegram-world.ts'

export const token = '7000:secret-token-of-the-bot'

export type Fault =
  | {
      readonly kind: 'error'
      readonly code: number
      readonly description: string
      readonly parameters?: Json
    }
  /** A gateway's page instead of Telegram's answer. */
  | { readonly kind: 'gateway'; readonly status: number }
  /** The connection ends before or after the call took effect. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
  | { readonly kind: 'slow'; readonly until: Promise<unknown> }

export type Call = { readonly method: string; readonly args: Json }
type Pending = { readonly update: Json; wasGiven: boolean; readonly done: () => void }
type Poll = { readonly end: (answer: 'go' | 'conflict') => void }
type Webhook = { readonly url: string; readonly secret: string; readonly kinds: readonly string[] }

const conflict = (what: string) => new ApiError(409, `Conflict: ${what}`)

export class TelegramServer {
  readonly world = new TelegramWorld()
  readonly calls: Call[] = []
  readonly webhookStatuses: number[] = []
  webhook: Webhook | null = null
  webhookError: string | undefined
  /** How soon what was not taken comes again. */
  redeliverMs = 20
  /** False: polls are answered at once. */
  holdsPolls = true
  /** False: only what every bot needs. Another server may have no more. */
  isWhole = true
  #faults = new Map<string, Fault[]>()
  #pending: Pending[] = []
  #poll: Poll | null = null
  #busy = 0
  #server = createServer((request, response) => {
    void this.#serve(request, response)
  })

  get port() {
    return (this.#server.address() as AddressInfo).port
  }
  get root() {
    return `http://127.0.0.1:${this.port}`
  }

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
    return this
  }

  async stop() {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** The next calls of a method meet these, one each. */
  failNext(method: string, ...faults: Fault[]) {
    this.#faults.set(method, [...(this.#faults.get(method) ?? []), ...faults])
  }

  callsOf = (method: string) => this.calls.filter((call) => call.method === method)

  get isPolled() {
    return this.#poll !== null
  }

  /** Resolves when no call has begun or been under way for a moment; an open poll does not count. */
  async settle() {
    for (let quiet = 0, before = -1; quiet < 5; before = this.calls.length) {
      await pause(5)
      quiet = this.#busy === 0 && this.calls.length === before ? quiet + 1 : 0
    }
  }

  /** Resolves when the bot has confirmed it. */
  async give(update: Json): Promise<void> {
    if (this.webhook !== null) return this.#bring(this.webhook, update)
    const { promise, resolve } = Promise.withResolvers<undefined>()
    this.#pending.push({
      update,
      wasGiven: false,
      done: () => {
        resolve(undefined)
      },
    })
    this.#poll?.end('go')
    await promise
  }

  async #bring({ url, secret }: Webhook, update: Json) {
    for (;;) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': secret },
        body: JSON.stringify(update),
      })
      await response.arrayBuffer()
      this.webhookStatuses.push(response.status)
      if (response.ok) return
      this.webhookError = `Wrong response from the webhook: ${response.status}`
      await pause(this.redeliverMs)
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return
    }
    const [, given = '', method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? []
    const isPoll = method === 'getUpdates'
    if (!isPoll) this.#busy += 1
    try {
      const args = await readArgs(request.headers['content-type'] ?? '', Buffer.concat(chunks))
      this.calls.push({ method, args })
      const fault = this.#faults.get(method)?.shift()
      if (fault?.kind === 'slow') await fault.until
      if (fault?.kind === 'cut' && fault.when === 'before') return void request.socket.destroy()
      if (fault?.kind === 'gateway')
        return void response.writeHead(fault.status).end('<html>gateway</html>')
      const answer = await this.#answer(given, method, args, fault, response)
      if (fault?.kind === 'cut') return void request.socket.destroy()
      const status = 'error_code' in answer ? answer.error_code : 200
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
    } finally {
      if (!isPoll) this.#busy -= 1
    }
  }

  async #answer(
    given: string,
    method: string,
    args: Json,
    fault: Fault | undefined,
    response: ServerResponse,
  ) {
    try {
      if (!/^\d+:[\w-]+$/.test(given)) throw new ApiError(404, 'Not Found')
      if (given !== token) throw new ApiError(401, 'Unauthorized')
      if (fault?.kind === 'error')
        throw new ApiError(fault.code, fault.description, fault.parameters)
      return { ok: true, result: await this.#call(method, args, response) }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const { code, message, parameters } = error
      return {
        ok: false,
        error_code: code,
        description: message,
        ...(parameters && { parameters }),
      }
    }
  }

  async #call(method: string, args: Json, response: ServerResponse): Promise<unknown> {
    const needed = /^(?:getMe|getUpdates|send\w+|answer\w+)$/
    if (!this.isWhole && !needed.test(method))
      throw new ApiError(404, 'Not Found: method not found')
    if (method === 'getUpdates') return this.#getUpdates(args, response)
    if (method === 'setWebhook') return this.#setWebhook(args)
    if (method === 'deleteWebhook') {
      this.webhook = null
      return true
    }
    if (method === 'getWebhookInfo') {
      const pending_update_count = this.#pending.length
      const error = this.webhookError === undefined ? {} : { last_error_message: this.webhookError }
      return { url: this.webhook?.url ?? '', pending_update_count, ...error }
    }
    const result = await this.world.call(method, args)
    if (result === null) throw new ApiError(404, 'Not Found: method not found')
    return result
  }

  #setWebhook(args: Json) {
    const secret = textOf(args['secret_token'])
    if (!/^[\w-]{0,256}$/.test(secret))
      throw new ApiError(400, 'Bad Request: secret token contains unallowed characters')
    this.webhook = {
      url: String(args['url']),
      secret,
      kinds: args['allowed_updates'] as readonly string[],
    }
    return true
  }

  async #getUpdates(args: Json, response: ServerResponse): Promise<unknown> {
    if (this.webhook !== null) {
      const advice = 'use deleteWebhook to delete the webhook first'
      throw conflict(`can't use getUpdates method while webhook is active; ${advice}`)
    }
    const offset = Number(args['offset'] ?? 0)
    const limit = Number(args['limit'] ?? 100)
    if (limit < 1 || limit > 100) throw new ApiError(400, 'Bad Request: wrong limit')
    this.#poll?.end('conflict')
    const confirmed = this.#pending.filter(
      (one) => one.wasGiven && Number(one.update['update_id']) < offset,
    )
    this.#pending = this.#pending.filter((one) => !confirmed.includes(one))
    for (const { done } of confirmed) done()
    if (this.#pending.length === 0 && this.holdsPolls)
      await this.#wait(Number(args['timeout'] ?? 0), response)
    const given = this.#pending.slice(0, limit)
    if (response.destroyed) return []
    for (const one of given) one.wasGiven = true
    return given.map(({ update }) => update)
  }

  /** Until an update comes, the time is over, the bot goes away, or another poll takes over. */
  async #wait(seconds: number, response: ServerResponse) {
    const { promise, resolve } = Promise.withResolvers<'go' | 'conflict'>()
    const poll = { end: resolve }
    this.#poll = poll
    const timer = setTimeout(() => {
      resolve('go')
    }, seconds * 1_000)
    response.once('close', () => {
      resolve('go')
    })
    const answer = await promise
    clearTimeout(timer)
    if (this.#poll === poll) this.#poll = null
    if (answer === 'conflict')
      throw conflict(
        'terminated by other getUpdates request; make sure that only one bot instance is running',
      )
  }
}

/** JSON, or a form whose values are JSON where they are no text. */
async function readArgs(type: string, body: Buffer): Promise<Json> {
  if (body.length === 0) return {}
  if (type.startsWith('application/json')) return JSON.parse(body.toString()) as Json
  const response = new Response(new Uint8Array(body), { headers: { 'Content-Type': type } })
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- only our own client sends here
  const form = await response.formData()
  return Object.fromEntries([...form].map(([name, value]) => [name, readField(value, form)]))
}

/** A file travels apart, under the name that "attach://" gives. */
function readField(value: File | string, form: FormData): unknown {
  if (typeof value !== 'string') return value
  if (value.startsWith('attach://')) return form.get(value.slice('attach://'.length))
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}
