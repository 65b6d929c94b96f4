// The HTTP server over the wire: listening, limits, headers, health, draining.

import { connect } from 'node:net'
import { once } from 'node:events'
import { Hono } from 'hono'
import { afterEach, describe, expect, test } from 'vitest'
import { startHttpServer, type HttpServer, type HttpServerOptions } from '../../src/http/server.ts'
import { sendRaw } from './raw-request.ts'
import { createRoutes } from './routes.ts'

const servers: HttpServer[] = []
const logLines: string[] = []
const write = (details: object, message: string) =>
  void logLines.push(`${message} ${JSON.stringify(details)}`)

async function start(routes = new Hono(), options: Partial<HttpServerOptions> = {}) {
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    allowedHosts: [],
    routes: [routes],
    log: { info: write, warn: write, error: write },
    ...options,
  })
  servers.push(server)
  return server
}

const echo = () =>
  createRoutes((app) => {
    app.post('/echo', async (context) => context.text(await context.req.text()))
  })
const json = { 'Content-Type': 'application/json' }

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
  logLines.length = 0
})

describe('listening', () => {
  test('a taken port rejects with what is needed', async () => {
    const { url } = await start()
    const port = Number(new URL(url).port)
    await expect(start(new Hono(), { port })).rejects.toThrow(
      `Cannot listen on 127.0.0.1:${port}: the port is in use, another PORT is needed`,
    )
  })

  test('a foreign address rejects with what is needed', async () => {
    await expect(start(new Hono(), { host: '192.0.2.1', port: 8080 })).rejects.toThrow(
      'Cannot listen on 192.0.2.1:8080: the address is not of this machine, another HOST is needed',
    )
  })

  test('stop may be called twice, and frees the port', async () => {
    const server = await start()
    const port = Number(new URL(server.url).port)
    await Promise.all([server.stop(), server.stop()])
    const { url } = await start(new Hono(), { port })
    expect((await sendRaw(url, { path: '/health' })).status).toBe(200)
  })
})

describe('health', () => {
  test('says that it is well, with the figures it is given', async () => {
    const { url } = await start(new Hono(), { readHealth: () => ({ entries: 33 }) })
    const { status, text } = await sendRaw(url, { path: '/health' })
    expect(status).toBe(200)
    expect(JSON.parse(text)).toMatchObject({ status: 'ok', entries: 33 })
  })
})

describe('headers', () => {
  test.each(['/health', '/unknown', '/broken'])('%s carries the security headers', async (path) => {
    const routes = createRoutes((app) => {
      app.get('/broken', () => {
        throw new Error('broken')
      })
    })
    const { url } = await start(routes)
    const { headers } = await sendRaw(url, { path })
    const policy = headers['content-security-policy']
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      expect(policy).toContain(directive)
    }
    expect(policy).not.toContain('unsafe')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    })
    expect(headers).not.toHaveProperty('strict-transport-security')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })
})

describe('limits', () => {
  test('a body of 16 KiB passes, a larger one is refused with 413', async () => {
    const { url } = await start(echo())
    const post = (bytes: number) =>
      sendRaw(url, { method: 'POST', path: '/echo', headers: json, body: 'x'.repeat(bytes) })
    expect((await post(16 * 1024)).status).toBe(200)
    const { status, text } = await post(16 * 1024 + 1)
    expect(status).toBe(413)
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'too-large' } })
    expect((await post(1_000_000)).status).toBe(413)
  })

  test('a chunked body is counted as it comes', async () => {
    const { url } = await start(echo())
    const headers = { ...json, 'Transfer-Encoding': 'chunked' }
    const body = 'x'.repeat(17_000)
    const { status } = await sendRaw(url, { method: 'POST', path: '/echo', headers, body })
    expect(status).toBe(413)
  })

  test('large headers are refused', async () => {
    const { url } = await start()
    const { status } = await sendRaw(url, { headers: { 'X-Large': 'x'.repeat(9_000) } })
    expect(status).toBe(431)
  })

  test('what is not HTTP is refused and does no harm', async () => {
    const { url } = await start()
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write('\u0000\u0001 what?\r\n\r\n')
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toContain('400')
    socket.destroy()
    expect((await sendRaw(url, { path: '/health' })).status).toBe(200)
  })

  test('a mistake of ours is a JSON error, and its log line has neither query nor body', async () => {
    const routes = createRoutes((app) => {
      app.get('/broken', () => {
        throw new Error('about secret-body')
      })
    })
    const { url } = await start(routes)
    const { status, text } = await sendRaw(url, { path: '/broken?q=secret-query' })
    expect(status).toBe(500)
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'internal' } })
    expect(text + logLines.join('\n')).not.toContain('secret')
    expect(logLines.join('\n')).toContain('Request failed')
  })
})

describe('draining', () => {
  test('a request under way is answered, a new connection is not taken', async () => {
    const gate = Promise.withResolvers<string>()
    const arrived = Promise.withResolvers<undefined>()
    const routes = createRoutes((app) => {
      app.get('/slow', async (context) => {
        arrived.resolve(undefined)
        return context.text(await gate.promise)
      })
    })
    const server = await start(routes)
    const answer = sendRaw(server.url, { path: '/slow' })
    await arrived.promise
    const stopped = server.stop()
    await expect(sendRaw(server.url)).rejects.toThrow('ECONNREFUSED')
    gate.resolve('done')
    expect(await answer).toMatchObject({ status: 200, text: 'done' })
    await stopped
  })

  test('event streams are cut, and a request that never ends is cut in the end', async () => {
    const arrived = Promise.withResolvers<undefined>()
    const routes = createRoutes((app) => {
      app.get('/events', (context) => {
        context.header('Content-Type', 'text/event-stream')
        return context.body(new ReadableStream())
      })
      app.get('/never', () => {
        arrived.resolve(undefined)
        return new Promise<Response>(() => undefined)
      })
    })
    const server = await start(routes, { drainMsMax: 50 })
    const events = await fetch(new URL('/events', server.url))
    const never = sendRaw(server.url, { path: '/never' })
    const outcome = expect(never).rejects.toThrow()
    await arrived.promise
    await server.stop()
    await expect(events.text()).rejects.toThrow()
    await outcome
  })
})
