// Which requests are let in: hosts, origins, methods, body types. Over the wire.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readHostName } from '../../src/http/request-guard.ts'
import { startHttpServer, type HttpServer } from '../../src/http/server.ts'
import { sendRaw } from './raw-request.ts'
import { createRoutes } from './routes.ts'

let server: HttpServer
let own: string
const json = { 'Content-Type': 'application/json' }
const silent = () => undefined

beforeAll(async () => {
  const routes = createRoutes((app) => {
    app.get('/', (context) => context.text('page'))
    app.post('/do', (context) => context.text('done'))
  })
  server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    allowedHosts: ['Assistant.Example.org'],
    routes: [routes],
    log: { info: silent, warn: silent, error: silent },
  })
  own = new URL(server.url).host
})
afterAll(() => server.stop())

const readCode = (text: string) => (JSON.parse(text) as { error: { code: string } }).error.code
const post = (headers: Record<string, string>) =>
  sendRaw(server.url, {
    method: 'POST',
    path: '/do',
    headers: { ...json, ...headers },
    body: '{}',
  })

describe('host names', () => {
  test.each(['localhost', 'LOCALHOST:99', '127.0.0.1', '[::1]:8080', 'assistant.example.org'])(
    '%s is served',
    async (host) => {
      expect((await sendRaw(server.url, { headers: { Host: host } })).status).toBe(200)
    },
  )

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:8080',
    '192.0.2.1',
    'user@localhost',
    'localhost/x',
  ])('%s is refused: a page of that name may have been pointed at us', async (host) => {
    const { status } = await sendRaw(server.url, { headers: { Host: host } })
    expect([400, 421]).toContain(status)
  })

  test('a bare name is read from a header, and nothing else', () => {
    expect(readHostName('A.example:80')).toBe('a.example')
    expect(readHostName('[::1]')).toBe('[::1]')
    for (const header of [undefined, '', 'a b', 'a/b', 'a?b', 'a#b', 'u@a']) {
      expect(readHostName(header)).toBeNull()
    }
  })
})

describe('other sites', () => {
  test.each(['https://evil.example', 'null', 'http://localhost:1', 'file://', 'nonsense'])(
    'a post from %s is refused',
    async (origin) => {
      const { status, text } = await post({ Origin: origin })
      expect(status).toBe(403)
      expect(readCode(text)).toBe('cross-site')
    },
  )

  test.each(['cross-site', 'same-site'])('Sec-Fetch-Site: %s is refused', async (site) => {
    expect((await post({ 'Sec-Fetch-Site': site })).status).toBe(403)
    const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'no-cors' }
    expect((await sendRaw(server.url, { headers })).status).toBe(403)
  })

  test('a link from another site opens the page, but not in a frame', async () => {
    const navigate = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }
    const open = (destination: string) =>
      sendRaw(server.url, { headers: { ...navigate, 'Sec-Fetch-Dest': destination } })
    expect((await open('document')).status).toBe(200)
    expect((await open('iframe')).status).toBe(403)
    expect((await post({ ...navigate, 'Sec-Fetch-Dest': 'document' })).status).toBe(403)
  })

  test('our own page may post, also behind a proxy under a configured name', async () => {
    expect((await post({ Origin: `http://${own}`, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(
      200,
    )
    expect((await post({ Origin: 'https://assistant.example.org' })).status).toBe(200)
    expect((await post({})).status).toBe(200)
  })
})

describe('methods and bodies', () => {
  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is refused', async (method) => {
    const { status, headers } = await sendRaw(server.url, { method, path: '/do' })
    expect(status).toBe(405)
    expect(headers.allow).toBe('GET, HEAD, POST')
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'a body of type %s, which a form of another site could send, is refused',
    async (type) => {
      const { status, text } = await post({ 'Content-Type': type })
      expect(status).toBe(415)
      expect(readCode(text)).toBe('not-json')
    },
  )

  test('a type with a character set is JSON still', async () => {
    expect((await post({ 'Content-Type': 'Application/JSON; charset=utf-8' })).status).toBe(200)
  })
})
