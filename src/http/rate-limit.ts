// How often one client may ask: a budget a minute for messages and a wider one for all requests.
// It must not know what is asked. Addresses stay in memory, for one minute.

import { isIPv6 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { refuse } from './refusal.ts'

export type RateLimits = {
  readonly postsPerMinuteMax: number
  readonly requestsPerMinuteMax: number
  /** Over all clients: also the bound on how many addresses are remembered. */
  readonly requestsPerMinuteInAllMax: number
}

/** Room for a training hall behind one address: 40 people, each typing with suggestions. */
export const defaultRateLimits: RateLimits = {
  postsPerMinuteMax: 240,
  requestsPerMinuteMax: 2_400,
  requestsPerMinuteInAllMax: 60_000,
}

/** The client's network: an IPv4 address, or the /64 that one IPv6 subscriber is given. */
export function toClientKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.replace(/%.*$/, '').split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = new Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0')
  const groups = [...front, ...(tail === undefined ? [] : zeros), ...back]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

/**
 * The client's address. Each trusted proxy appends to X-Forwarded-For the address it saw, so that the
 * entry `trustedProxies` from the right is the last that the client cannot have written itself.
 */
function readClientAddress(context: Context, trustedProxies: number): string {
  const forwarded = context.req.header('x-forwarded-for')?.split(',') ?? []
  const claimed = trustedProxies > 0 ? forwarded.at(-trustedProxies)?.trim() : undefined
  return claimed ?? getConnInfo(context).remote.address ?? 'unknown'
}

/** Null when the request is within the budget, otherwise the seconds to wait. */
async function consume(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key)
    return null
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    return Math.max(1, Math.ceil(error.msBeforeNext / 1_000))
  }
}

/** Answers 429 with Retry-After once a client's minute is used up. `trustedProxies` counts the proxies in front. */
export function limitRate(limits: RateLimits, trustedProxies: number): MiddlewareHandler {
  const perMinute = (points: number) => new RateLimiterMemory({ points, duration: 60 })
  const inAll = perMinute(limits.requestsPerMinuteInAllMax)
  const requests = perMinute(limits.requestsPerMinuteMax)
  const posts = perMinute(limits.postsPerMinuteMax)
  return async (context, next) => {
    const client = toClientKey(readClientAddress(context, trustedProxies))
    const wait =
      (await consume(inAll, 'all')) ??
      (await consume(requests, client)) ??
      (context.req.method === 'POST' ? await consume(posts, client) : null)
    if (wait !== null) {
      context.header('Retry-After', String(wait))
      const message = `Cannot serve so many requests: this minute's number is used up, a wait of ${wait} s is needed`
      return refuse(context, 429, 'too-many-requests', message)
    }
    await next()
  }
}
