// Which requests are let in: known host names, no cross-site requests, known methods, JSON bodies.
// It must not know any path or what a body means.

import type { Context, MiddlewareHandler } from 'hono'
import { refuse } from './refusal.ts'

const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]']
const methods: readonly string[] = ['GET', 'HEAD', 'POST']

/** The host name of a `Host` header, lower case, without its port; null when it is not one. */
export function readHostName(header: string | undefined): string | null {
  if (header === undefined || !URL.canParse(`http://${header}`)) return null
  const url = new URL(`http://${header}`)
  const isBare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  return isBare ? url.hostname : null
}

/** `::1` as a URL and a Host header write it: `[::1]`. */
export const bracketHost = (host: string) => (host.includes(':') ? `[${host}]` : host)

/** Whether the page that made the request is ours. `null` origins (sandboxes, files) are not. */
function isOwnOrigin(origin: string, host: string | undefined, allowedHosts: readonly string[]) {
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  // Behind a proxy the Host header may be the inner one, so a configured name is ours as well. The
  // loopback names are not enough: another program on this machine may serve pages under them.
  return url.host === host || allowedHosts.includes(url.hostname)
}

/** A person following a link from elsewhere: lets the page be opened, and nothing else. */
const isOpeningPage = (context: Context) =>
  context.req.method === 'GET' &&
  context.req.header('sec-fetch-mode') === 'navigate' &&
  context.req.header('sec-fetch-dest') === 'document'

function isCrossSite(context: Context, allowedHosts: readonly string[]) {
  const site = context.req.header('sec-fetch-site')
  const origin = context.req.header('origin')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return !isOpeningPage(context)
  }
  return origin !== undefined && !isOwnOrigin(origin, context.req.header('host'), allowedHosts)
}

/** Refuses what no page of ours sends. Against DNS rebinding, the host must be loopback, `host` or configured. */
export function guardRequests(host: string, allowedHosts: readonly string[]): MiddlewareHandler {
  const named = allowedHosts.map((name) => name.toLowerCase())
  const known = new Set([...loopbackHosts, bracketHost(host).toLowerCase(), ...named])
  return async (context, next) => {
    const name = readHostName(context.req.header('host'))
    if (name === null || !known.has(name)) {
      const message =
        'Cannot serve this host name: it is unknown, one of the allowed hosts is needed'
      return refuse(context, 421, 'unknown-host', message)
    }
    if (!methods.includes(context.req.method)) {
      context.header('Allow', methods.join(', '))
      const message = 'Cannot serve this method: it is unknown here, GET or POST is needed'
      return refuse(context, 405, 'method-not-allowed', message)
    }
    if (isCrossSite(context, named)) {
      const message =
        'Cannot serve this request: it comes from another site, our own page is needed'
      return refuse(context, 403, 'cross-site', message)
    }
    const type = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (context.req.method === 'POST' && type !== 'application/json') {
      const message = 'Cannot read the body: its type is another, "application/json" is needed'
      return refuse(context, 415, 'not-json', message)
    }
    await next()
  }
}
