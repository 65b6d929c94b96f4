// The gateway of a local Discord: HELLO, IDENTIFY, READY, heartbeats, RESUME, RECONNECT, INVALID_SESSION, close codes.
// It must not know the adapter.

import type { Server } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import { asJson, asText, type Json } from './discord-limits.ts'

type Session = { readonly id: string; readonly events: Json[] }
const privilegedIntents = (1 << 1) | (1 << 8) | (1 << 15)
const opcodes = { heartbeat: 1, identify: 2, resume: 6 }

export type GatewayOptions = {
  readonly token: string
  readonly url: () => string
  /** What READY says beside its session, and the servers that follow it. */
  readonly ready: () => { readonly data: Json; readonly guilds: readonly Json[] }
}

export class DiscordGateway {
  readonly identifies: Json[] = []
  resumes = 0
  heartbeats = 0
  connections = 0
  /** Closes each new connection with a code after IDENTIFY. */
  closeAfterIdentify = 0
  /** Never says READY. */
  isSilent = false
  heartbeatMs = 41_250
  acknowledges = true
  readonly #options: GatewayOptions
  readonly #sockets: WebSocketServer
  readonly #sessions = new Map<string, Session>()
  #live: { readonly socket: WebSocket; readonly session: Session } | null = null
  readonly #waiting: (() => void)[] = []
  readonly #beats: (() => void)[] = []
  #taken = 0

  constructor(server: Server, options: GatewayOptions) {
    this.#options = options
    this.#sockets = new WebSocketServer({ server })
    this.#sockets.on('connection', (socket) => {
      this.connections++
      socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: this.heartbeatMs } }))
      socket.on('message', (data: Buffer) => {
        this.#take(socket, JSON.parse(data.toString()) as Json)
      })
      socket.on('close', () => {
        if (this.#live?.socket === socket) this.#live = null
        for (const resolve of this.#beats.splice(0)) resolve()
      })
    })
  }

  get isUp() {
    return this.#live !== null
  }

  /** Resolves when somebody is connected and READY. */
  async untilUp(): Promise<void> {
    while (this.#live === null) {
      await new Promise<void>((resolve) => void this.#waiting.push(resolve))
    }
  }

  /** An event: kept for whoever resumes, sent when somebody is connected. */
  dispatch(name: string, data: Json): void {
    for (const session of this.#sessions.values()) {
      const event = { op: 0, t: name, s: session.events.length + 2, d: data }
      session.events.push(event)
      if (this.#live?.session === session) this.#live.socket.send(JSON.stringify(event))
    }
  }

  /** Resolves when the client has taken every event: a heartbeat, asked for, names the last one. */
  async flush(): Promise<void> {
    const last = this.#live === null ? 0 : this.#live.session.events.length + 1
    while (this.#live !== null && this.#taken < last) {
      this.#live.socket.send(JSON.stringify({ op: 1, d: null }))
      await new Promise<void>((resolve) => void this.#beats.push(resolve))
    }
  }

  reconnect() {
    this.#live?.socket.send(JSON.stringify({ op: 7, d: null }))
  }
  invalidate() {
    this.#sessions.clear()
    this.#live?.socket.send(JSON.stringify({ op: 9, d: false }))
  }
  close(code: number) {
    this.#live?.socket.close(code)
  }
  drop() {
    this.#live?.socket.terminate()
  }

  stop() {
    for (const socket of this.#sockets.clients) socket.terminate()
    this.#sockets.close()
  }

  #take(socket: WebSocket, { op, d }: Json) {
    if (op === opcodes.heartbeat) {
      this.heartbeats++
      this.#taken = Number(d ?? 0)
      for (const resolve of this.#beats.splice(0)) resolve()
      if (this.acknowledges) socket.send(JSON.stringify({ op: 11 }))
    }
    if (op === opcodes.identify) this.#identify(socket, asJson(d))
    if (op === opcodes.resume) this.#resume(socket, asJson(d))
  }

  #identify(socket: WebSocket, d: Json) {
    this.identifies.push(d)
    if (d['token'] !== this.#options.token) {
      socket.close(4004)
      return
    }
    if ((Number(d['intents']) & privilegedIntents) !== 0) {
      socket.close(4014)
      return
    }
    if (this.closeAfterIdentify !== 0) {
      socket.close(this.closeAfterIdentify)
      return
    }
    if (this.isSilent) return
    const session: Session = { id: `session-${this.identifies.length}`, events: [] }
    this.#sessions.set(session.id, session)
    const { data, guilds } = this.#options.ready()
    const own = { v: 10, session_id: session.id, resume_gateway_url: this.#options.url() }
    socket.send(JSON.stringify({ op: 0, t: 'READY', s: 1, d: { ...data, ...own } }))
    this.#open(socket, session)
    for (const guild of guilds) this.dispatch('GUILD_CREATE', guild)
  }

  #resume(socket: WebSocket, d: Json) {
    this.resumes++
    const session = this.#sessions.get(asText(d['session_id']))
    if (session === undefined || d['token'] !== this.#options.token) {
      socket.send(JSON.stringify({ op: 9, d: false }))
      return
    }
    for (const event of session.events) {
      if (Number(event['s']) > Number(d['seq'])) socket.send(JSON.stringify(event))
    }
    socket.send(JSON.stringify({ op: 0, t: 'RESUMED', s: session.events.length + 1, d: {} }))
    this.#open(socket, session)
  }

  #open(socket: WebSocket, session: Session) {
    this.#live = { socket, session }
    this.#taken = 0
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}
