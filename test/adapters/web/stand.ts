// The web adapter behind the real HTTP server on a free port, with an assistant given by the test.

import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import {
  createWebAdapter,
  type WebAdapter,
  type WebAdapterOptions,
} from '../../../adapters/web/adapter.ts'
import type { Receive, Suggest } from '../../../src/chat/adapter.ts'
import type { InboundMessage } from '../../../src/chat/message.ts'
import type { Block, Reply } from '../../../src/chat/reply.ts'
import { startHttpServer, type HttpServer } from '../../../src/http/server.ts'

export type Stand = {
  readonly url: string
  readonly port: number
  readonly adapter: WebAdapter
  readonly server: HttpServer
  readonly received: InboundMessage[]
  readonly logLines: string[]
  readonly stop: () => Promise<void>
}

export type StandOptions = {
  readonly receive?: Receive
  readonly suggest?: Suggest
  readonly bounds?: WebAdapterOptions['bounds']
  readonly port?: number
  readonly drainMsMax?: number
}

export const createReply = (...blocks: [Block, ...Block[]]): Reply => ({
  audience: 'private',
  language: 'en',
  blocks,
})

export const createTextReply = (text: string) => createReply({ kind: 'text', text })

const webConfig = { host: '127.0.0.1', port: 0, allowedHosts: [], trustedProxies: 0 }

export const createLog = (lines: string[]) => {
  const write = (details: object, message: string) =>
    void lines.push(`${message} ${JSON.stringify(details)}`)
  return { info: write, warn: write, error: write }
}

export async function startStand(options: StandOptions = {}): Promise<Stand> {
  const received: InboundMessage[] = []
  const logLines: string[] = []
  const now = () => Temporal.Instant.from('2026-01-02T03:04:05Z')
  const adapter = createWebAdapter(webConfig, {
    now,
    bounds: { drainMsMax: 500, ...options.bounds },
  })
  const receive: Receive = async (message) => {
    received.push(message)
    return (await options.receive?.(message)) ?? null
  }
  await adapter.start(receive, options.suggest ?? (() => []))
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: options.port ?? 0,
    allowedHosts: [],
    routes: [adapter.routes],
    log: createLog(logLines),
    drainMsMax: options.drainMsMax ?? 2_000,
  })
  const stop = async () => {
    await adapter.stop()
    await server.stop()
  }
  const port = Number(new URL(server.url).port)
  return { url: server.url, port, adapter, server, received, logLines, stop }
}

/** A port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
