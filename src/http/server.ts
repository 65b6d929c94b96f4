// The web server of the process: listening, limits, security headers, health, draining.
// It must not know adapters or chat: it is given routes. It never logs a query or a body.

import { createServer, type Server, type ServerResponse } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { close, listen } from './listen.ts'
import { defaultRateLimits, limitRate, type RateLimits } from './rate-limit.ts'
import { refuse } from './refusal.ts'
import { bracketHost, guardRequests } from './request-guard.ts'

/** What is used of a logger; a pino logger is one. */
export type HttpLog = Readonly<
  Record<'info' | 'warn' | 'error', (details: object, message: string) => void>
>

export type HttpServerOptions = {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Names besides localhost and `host` under which people reach this server. */
  readonly allowedHosts: readonly string[]
  readonly routes: readonly Hono[]
  /**
   * Where platforms bring their events: from few addresses, many and large ones, under any host name. They prove
   * themselves by a secret, which the routes check.
   */
  readonly hooks?: readonly Hono[]
  readonly log: HttpLog
  /** Figures to add to /health, such as the number of entries. */
  readonly readHealth?: () => Readonly<Record<string, unknown>>
  readonly rateLimits?: RateLimits
  /** Reverse proxies in front, each appending to X-Forwarded-For. None unless said. */
  readonly trustedProxies?: number
  readonly drainMsMax?: number
}

export type HttpServer = { readonly url: string; stop(): Promise<void> }

const bodyBytesMax = 16 * 1024
const hookBytesMax = 1024 * 1024
const headerBytesMax = 8 * 1024
const connectionsMax = 2_000
const headersMsMax = 10_000
const requestMsMax = 15_000
const checkMs = 5_000
const pathLengthLoggedMax = 100
/** Containers are killed after ten seconds, and adapters have drained before. */
const drainMsMaxDefault = 4_000

const setSecurityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["'none'"],
  },
  permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  xFrameOptions: 'DENY',
  // Left to the proxy that ends TLS: here it would bind every port of the host name.
  strictTransportSecurity: false,
})

const limitBody = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: (context) => {
      const message = `Cannot read the body: it is too large, at most ${maxSize} bytes are allowed`
      return refuse(context, 413, 'too-large', message)
    },
  })

const describeRequest = (context: Context) => ({
  method: context.req.method,
  path: context.req.path.slice(0, pathLengthLoggedMax),
})

/** What is open, and whether the server is on its way out. */
class Traffic {
  stopping = false
  readonly #eventStreams = new Set<ServerResponse>()

  readonly observe: MiddlewareHandler<{ Bindings: HttpBindings }> = async (context, next) => {
    await next()
    if (this.stopping) context.header('Connection', 'close')
    if (!context.res.headers.get('content-type')?.startsWith('text/event-stream')) return
    const response = context.env.outgoing
    this.#eventStreams.add(response)
    response.once('close', () => this.#eventStreams.delete(response))
  }

  /** Event streams never end by themselves; pages open them again elsewhere or later. */
  cutEventStreams() {
    for (const response of this.#eventStreams) response.destroy()
  }
}

function composeApp(options: HttpServerOptions, traffic: Traffic) {
  const { log } = options
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use(setSecurityHeaders, traffic.observe)
  for (const hook of options.hooks ?? []) {
    for (const { path } of hook.routes) app.use(path, limitBody(hookBytesMax))
    app.route('/', hook)
  }
  app.use(guardRequests(options.host, options.allowedHosts))
  app.use(limitRate(options.rateLimits ?? defaultRateLimits, options.trustedProxies ?? 0))
  app.use(limitBody(bodyBytesMax))
  app.get('/health', (context) => {
    const health = {
      ...options.readHealth?.(),
      status: traffic.stopping ? 'stopping' : 'ok',
      uptimeSeconds: Math.floor(process.uptime()),
    }
    return context.json(health, traffic.stopping ? 503 : 200, { 'Cache-Control': 'no-store' })
  })
  for (const routes of options.routes) app.route('/', routes)
  app.notFound((context) =>
    refuse(context, 404, 'not-found', 'Cannot find this page: it is unknown, "/" is needed'),
  )
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse()
    log.error({ ...describeRequest(context), error: error.name }, 'Request failed')
    const message = 'Cannot answer: the server made a mistake, another try is needed'
    return refuse(context, 500, 'internal', message)
  })
  return app
}

function createNodeServer(app: Hono<{ Bindings: HttpBindings }>): Server {
  const serve = getRequestListener((request, env) => app.fetch(request, env), {
    overrideGlobalObjects: false,
  })
  const limits = {
    maxHeaderSize: headerBytesMax,
    headersTimeout: headersMsMax,
    requestTimeout: requestMsMax,
    connectionsCheckingInterval: checkMs,
  }
  const server = createServer(limits, (incoming, outgoing) => void serve(incoming, outgoing))
  server.maxConnections = connectionsMax
  return server
}

/** Starts listening. Rejects with an operator's message when it cannot. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { host, log } = options
  const traffic = new Traffic()
  const server = createNodeServer(composeApp(options, traffic))
  const port = await listen(server, host, options.port)
  const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : bracketHost(host)
  const url = `http://${shownHost}:${port}`
  log.info({ url }, 'Web server listens')

  async function drain() {
    traffic.stopping = true
    const closed = close(server, options.drainMsMax ?? drainMsMaxDefault)
    traffic.cutEventStreams()
    await closed
    log.info({ url }, 'Web server stopped')
  }
  let stopped: Promise<void> | undefined
  return { url, stop: () => (stopped ??= drain()) }
}
