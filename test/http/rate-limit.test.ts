// The budgets of one minute, over the wire, and who counts as one client.

import { afterEach, describe, expect, test } from 'vitest'
import { defaultRateLimits, toClientKey, type RateLimits } from '../../src/http/rate-limit.ts'
import { startHttpServer, type HttpServer } from '../../src/http/server.ts'
import { sendRaw } from './raw-request.ts'
import { createRoutes } from './routes.ts'

const servers: HttpServer[] = []
const silent = () => undefined

async function start(rateLimits: Partial<RateLimits>, trustedProxies = 0) {
  const routes = createRoutes((app) => {
    app.get('/', (context) => context.text('page'))
    app.post('/do', (context) => context.text('done'))
  })
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    allowedHosts: [],
    routes: [routes],
    log: { info: silent, warn: silent, error: silent },
    rateLimits: { ...defaultRateLimits, ...rateLimits },
    trustedProxies,
  })
  servers.push(server)
  const get = (headers: Record<string, string> = {}) => sendRaw(server.url, { headers })
  const post = () => {
    const headers = { 'Content-Type': 'application/json' }
    return sendRaw(server.url, { method: 'POST', path: '/do', headers, body: '{}' })
  }
  return { get, post }
}

afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())))

describe('budgets', () => {
  test('beyond the number of requests: 429 with the seconds to wait', async () => {
    const { get } = await start({ requestsPerMinuteMax: 2 })
    expect((await get()).status).toBe(200)
    expect((await get()).status).toBe(200)
    const { status, headers, text } = await get()
    expect(status).toBe(429)
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60)
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'too-many-requests' } })
  })

  test('messages have a narrower budget than pages', async () => {
    const { get, post } = await start({ postsPerMinuteMax: 1 })
    expect((await post()).status).toBe(200)
    expect((await post()).status).toBe(429)
    expect((await get()).status).toBe(200)
  })

  test('the budget over all clients bounds what is remembered', async () => {
    const { get } = await start({ requestsPerMinuteInAllMax: 2 }, 1)
    await get({ 'X-Forwarded-For': '192.0.2.1' })
    await get({ 'X-Forwarded-For': '192.0.2.2' })
    expect((await get({ 'X-Forwarded-For': '192.0.2.3' })).status).toBe(429)
  })
})

describe('clients', () => {
  test('behind a trusted proxy each forwarded address has its own budget', async () => {
    const { get } = await start({ requestsPerMinuteMax: 1 }, 1)
    expect((await get({ 'X-Forwarded-For': '192.0.2.1' })).status).toBe(200)
    expect((await get({ 'X-Forwarded-For': '192.0.2.2' })).status).toBe(200)
    // What the client wrote itself stands further left and changes nothing.
    expect((await get({ 'X-Forwarded-For': '198.51.100.7, 192.0.2.1' })).status).toBe(429)
  })

  test('without one the header is not believed', async () => {
    const { get } = await start({ requestsPerMinuteMax: 1 })
    expect((await get({ 'X-Forwarded-For': '192.0.2.1' })).status).toBe(200)
    expect((await get({ 'X-Forwarded-For': '192.0.2.2' })).status).toBe(429)
  })

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s counts as %s', (address, key) => {
    expect(toClientKey(address)).toBe(key)
  })
})
