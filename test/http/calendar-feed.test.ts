// Calendars to subscribe to, as calendar servers ask for them: over the wire, without a browser's headers.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCalendarFeed } from '../../src/http/calendar-feed.ts'
import { startHttpServer, type HttpServer } from '../../src/http/server.ts'
import { sendRaw } from './raw-request.ts'

let server: HttpServer
let content = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'
const asked: string[] = []
const silent = () => undefined

beforeAll(async () => {
  const feed = createCalendarFeed((jurisdictionId, language) => {
    asked.push(`${jurisdictionId} ${language}`)
    return jurisdictionId === 'kenya' ? { content: `${language} ${content}` } : null
  })
  server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    allowedHosts: ['assistant.example.org'],
    routes: [feed],
    log: { info: silent, warn: silent, error: silent },
  })
})
afterAll(() => server.stop())

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  sendRaw(server.url, { path, method, headers: { Host: 'assistant.example.org', ...headers } })
const readTag = async (path: string) => (await get(path)).headers['etag'] as string

test('a calendar is served to whoever knows its address', async () => {
  const { status, headers, text } = await get('/calendar/kenya.ics')
  expect(status).toBe(200)
  expect(text).toBe(`en ${content}`)
  expect(headers).toMatchObject({
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'inline; filename="kenya.ics"',
    'cache-control': 'public, max-age=3600',
    etag: expect.stringMatching(/^"\w+"$/) as string,
  })
})

test.each([
  ['?lang=es', 'es'],
  ['?lang=PT-br', 'pt-BR'],
  ['?lang=not a language!', 'en'],
  [`?lang=${'x'.repeat(500)}`, 'en'],
  ['?lang=', 'en'],
])('%s is read as %s', async (query, language) => {
  expect((await get(`/calendar/kenya.ics${encodeURI(query)}`)).status).toBe(200)
  expect(asked.at(-1)).toBe(`kenya ${language}`)
})

test('who holds the calendar already is told so, until it changes', async () => {
  const tag = await readTag('/calendar/kenya.ics')
  for (const held of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
    const { status, headers, text } = await get('/calendar/kenya.ics', { 'If-None-Match': held })
    expect([status, text]).toEqual([304, ''])
    expect(headers).toMatchObject({ etag: tag, 'cache-control': 'public, max-age=3600' })
  }
  expect(await readTag('/calendar/kenya.ics?lang=es')).not.toBe(tag)
  content = 'BEGIN:VCALENDAR\r\nNAME:moved\r\nEND:VCALENDAR\r\n'
  const moved = await get('/calendar/kenya.ics', { 'If-None-Match': tag })
  expect([moved.status, moved.text]).toEqual([200, `en ${content}`])
})

test('HEAD gives the headers alone', async () => {
  const { status, headers, text } = await get('/calendar/kenya.ics', {}, 'HEAD')
  expect([status, text]).toEqual([200, ''])
  expect(headers['etag']).toBe(await readTag('/calendar/kenya.ics'))
})

test('an unknown jurisdiction is refused in JSON, and is not kept', async () => {
  const { status, headers, text } = await get('/calendar/atlantis.ics')
  expect(status).toBe(404)
  expect(JSON.parse(text)).toMatchObject({ error: { code: 'unknown-calendar' } })
  expect(headers['cache-control']).toBe('no-store')
})

test.each(['/calendar/kenya', '/calendar/..%2Fkenya.ics', '/calendar/Kenya.ics', '/calendar/.ics'])(
  '%s is no calendar, and nobody is asked for it',
  async (path) => {
    const before = asked.length
    expect((await get(path)).status).toBe(404)
    expect(asked).toHaveLength(before)
  },
)
