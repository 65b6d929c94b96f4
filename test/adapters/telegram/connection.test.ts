// How the adapter reaches Telegram and comes back: polls, conflicts, limits, webhooks, and servers that can do little.

import { afterEach, expect, test, vi } from 'vitest'
import { createTelegramAdapter } from '../../../adapters/telegram/adapter.ts'
import type { TelegramConfig } from '../../../adapters/telegram/config.ts'
import { RefusedError } from '../../../src/chat/refused-error.ts'
import { startHttpServer, type HttpServer } from '../../../src/http/server.ts'
import { reasons } from '../../platforms/telegram-world.ts'
import { token, type Fault } from '../../platforms/telegram-server.ts'
import {
  configOf,
  createLog,
  now,
  offer,
  openStand,
  quickBounds,
  say,
  sendOptions,
  type Stand,
  type StandOptions,
} from './stand.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
async function open(options: StandOptions = {}): Promise<Stand> {
  const stand = await openStand({ receive: () => Promise.resolve(say('answered')), ...options })
  closing.push(() => stand.close())
  return stand
}
const error = (code: number, description: string, parameters = {}): Fault => ({
  kind: 'error',
  code,
  description,
  parameters,
})
const answered = ({ postedIn }: Stand) =>
  postedIn(1001).filter(({ text }) => text === 'answered').length
const logOf = ({ logLines }: Stand) => logLines.join('\n')

test('a server that knows only what every bot needs is enough', async () => {
  const stand = await open({ receive: () => Promise.resolve(offer('private', 'Who')) })
  stand.server.isWhole = false
  await stand.start()
  await stand.people.say('hello')
  await stand.server.settle()
  await stand.people.press('Who')
  await stand.people.say('/help', { chat: -100200 })
  await stand.server.settle()
  expect(stand.received.map(({ kind }) => kind)).toEqual(['question', 'choice', 'command'])
  expect(
    await stand.adapter.send(
      stand.received[0]?.conversation ?? ('' as never),
      say('due'),
      sendOptions(),
    ),
  ).toMatchObject({ kind: 'sent' })
})

test.each<[string, Fault, string]>([
  [
    'another poll',
    error(409, 'Conflict: terminated by other getUpdates request'),
    'Another process gets the updates',
  ],
  [
    'a limit',
    error(429, 'Too Many Requests: retry after 1', { retry_after: 0.02 }),
    'Too Many Requests',
  ],
  ['a fault of the server', error(500, 'Internal Server Error'), '500 Internal Server Error'],
  ['a gateway', { kind: 'gateway', status: 502 }, 'invalid-json'],
  ['a cut connection', { kind: 'cut', when: 'before' }, 'ECONNRESET'],
])('polls go on after %s, and it is said once', async (_, fault, said) => {
  const stand = await open()
  stand.server.failNext('getUpdates', fault, fault, fault)
  await stand.start()
  await stand.people.say('hello')
  await stand.server.settle()
  expect(answered(stand)).toBe(1)
  expect(logOf(stand).split(said)).toHaveLength(2)
  expect(logOf(stand)).toContain('gives updates again')
})

test('a real rival takes over the poll, and the assistant comes back', async () => {
  const stand = await open()
  await stand.start()
  await vi.waitFor(() => {
    expect(stand.server.isPolled).toBe(true)
  })
  const rival = await fetch(`${stand.server.root}/bot${token}/getUpdates`, { method: 'POST' })
  await rival.json()
  await vi.waitFor(() => {
    expect(logOf(stand)).toContain('409 Conflict: terminated by other getUpdates request')
  })
  await stand.people.say('hello')
  await stand.server.settle()
  expect(answered(stand)).toBe(1)
})

test('a server that does not hold polls open is not flooded', async () => {
  const stand = await open()
  stand.server.holdsPolls = false
  await stand.start()
  await stand.people.say('hello', { extra: { date: undefined } })
  await new Promise((resolve) => setTimeout(resolve, 10 * quickBounds.emptyPauseMs))
  expect(answered(stand)).toBe(1)
  expect(stand.received[0]?.sentAt).toEqual(now())
  expect(stand.server.callsOf('getUpdates').length).toBeLessThan(20)
})

test('a webhook that was left is taken away, also one that is set later', async () => {
  const stand = await open()
  stand.server.webhook = { url: 'http://127.0.0.1:1/x', secret: '', kinds: [] }
  await stand.start()
  await vi.waitFor(() => {
    expect(stand.server.webhook).toBeNull()
  })
  const said = stand.people.say('hello')
  stand.server.webhook = { url: 'http://127.0.0.1:1/x', secret: '', kinds: [] }
  await said
  expect(logOf(stand)).toContain('A webhook is set')
  expect(stand.server.webhook).toBeNull()
})

test('a token that is revoked ends the polls with advice', async () => {
  const stand = await open()
  await stand.start()
  stand.server.failNext('getUpdates', error(401, 'Unauthorized'))
  void stand.people.say('hello')
  await vi.waitFor(() => {
    expect(logOf(stand)).toContain('the one that @BotFather gives')
  })
  await stand.server.settle()
  const polls = stand.server.callsOf('getUpdates').length
  await new Promise((resolve) => setTimeout(resolve, 3 * quickBounds.pollPauseMsMax))
  expect(stand.server.callsOf('getUpdates')).toHaveLength(polls)
})

test.each<[string, Fault]>([
  ['a limit', error(429, 'Too Many Requests', { retry_after: 0.02 })],
  ['a fault', error(500, 'Internal Server Error')],
  ['a cut', { kind: 'cut', when: 'before' }],
])('the start survives %s', async (_, fault) => {
  const stand = await open()
  stand.server.failNext('getMe', fault, fault)
  await stand.start()
  await stand.people.say('hello')
  await stand.server.settle()
  expect(answered(stand)).toBe(1)
})

test.each([
  ['7000:wrong', '401 Unauthorized, the token that @BotFather gives'],
  ['nonsense', '404 Not Found, the token that @BotFather gives'],
])(
  'with the token "%s" the start is refused with advice, and without the token',
  async (wrong, said) => {
    const stand = await open()
    const config = { ...configOf(stand.server), token: wrong }
    const adapter = createTelegramAdapter({ config, log: createLog([]), now, bounds: quickBounds })
    const started = adapter.start(
      () => Promise.resolve(null),
      () => [],
    )
    await expect(started).rejects.toThrow(said)
    await expect(started).rejects.toBeInstanceOf(RefusedError)
    await expect(started).rejects.not.toThrow(wrong)
  },
)

test('without a way to Telegram the start fails in the end, and may be tried again when there is one', async () => {
  const stand = await open()
  const { port } = stand.server
  await stand.server.stop()
  const started = stand.start()
  await expect(started).rejects.toThrow('Cannot connect to Telegram: ECONNREFUSED')
  await expect(started).rejects.not.toBeInstanceOf(RefusedError)
  await stand.server.start(port)
  await stand.start()
  await stand.people.say('hello')
  await stand.server.settle()
  expect(answered(stand)).toBe(1)
})

test('a long poll that is left open does not hold up the end, and what was taken does not come again', async () => {
  const stand = await open()
  await stand.start()
  await stand.people.say('hello')
  await stand.server.settle()
  await stand.adapter.stop()
  const last = stand.server.callsOf('getUpdates').at(-1)
  expect(last?.args).toMatchObject({ offset: 1_002, timeout: 0 })
})

test('menus are written per scope and language, and only where they differ', async () => {
  const stand = await open()
  stand.server.world.descriptions.set('default/fr', 'Written at @BotFather')
  await stand.start()
  await stand.server.settle()
  const scopes = ['all_private_chats', 'all_group_chats']
  expect([...stand.server.world.menus.keys()]).toEqual(
    ['', 'es', 'fr', 'pt'].flatMap((language) => scopes.map((scope) => `${scope}/${language}`)),
  )
  expect(stand.server.world.menus.get('all_group_chats/pt')).toContainEqual({
    command: 'privacy',
    description: 'Ver ou apagar o que se guarda sobre si',
    is_ephemeral: true,
  })
  expect(stand.server.world.descriptions.get('default/fr')).toBe('Written at @BotFather')
  expect(stand.server.world.descriptions.get('default/es')).toContain('Respondo')
  const adapter = createTelegramAdapter({
    config: configOf(stand.server),
    log: createLog([]),
    now,
    bounds: quickBounds,
  })
  const before = stand.server.callsOf('setMyCommands').length
  await stand.adapter.stop()
  await adapter.start(
    () => Promise.resolve(null),
    () => [],
  )
  await stand.server.settle()
  await adapter.stop()
  expect(stand.server.callsOf('setMyCommands')).toHaveLength(before)
})

test('a chat closed meanwhile stops no other', async () => {
  const stand = await open()
  await stand.start()
  stand.server.world.chat(1002).closed = reasons.blocked
  await stand.people.say('hello', { chat: 1002, user: 1002 })
  await stand.people.say('hello')
  await stand.server.settle()
  expect(answered(stand)).toBe(1)
  expect(logOf(stand)).toContain('403 Forbidden: bot was blocked by the user')
})

async function openWebhook() {
  let routes: HttpServer | undefined
  const stand = await openStand({ receive: () => Promise.resolve(say('answered')) })
  const secret = 'a-secret-of-the-webhook'
  const path = '/telegram/updates'
  const http = { host: '127.0.0.1', port: 0, allowedHosts: [] }
  // The address is known once the HTTP server listens, which takes the routes of an adapter: its port is found first.
  routes = await startHttpServer({ ...http, routes: [], log: createLog([]) })
  const port = Number(new URL(routes.url).port)
  await routes.stop()
  const config: TelegramConfig = {
    ...configOf(stand.server),
    webhook: { url: `http://127.0.0.1:${port}${path}`, secret },
  }
  const adapter = createTelegramAdapter({
    config,
    log: createLog(stand.logLines),
    now,
    bounds: quickBounds,
  })
  routes = await startHttpServer({ ...http, port, routes: [adapter.routes], log: createLog([]) })
  closing.push(
    () => stand.close(),
    () => adapter.stop(),
    () => routes.stop(),
  )
  return { ...stand, adapter, config, url: config.webhook?.url ?? '', secret }
}

const post = (url: string, secret: string, body: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': secret },
    body,
  }).then(({ status }) => status)

test('a webhook is set with its secret, and takes updates at once', async () => {
  const gate = Promise.withResolvers<null>()
  const stand = await openWebhook()
  await stand.adapter.start(
    (message) => {
      stand.received.push(message)
      return gate.promise
    },
    () => [],
  )
  expect(stand.server.webhook).toMatchObject({
    url: stand.url,
    secret: stand.secret,
    kinds: ['message', 'callback_query', 'inline_query', 'my_chat_member'],
  })
  await stand.people.say('hello')
  expect(stand.received).toMatchObject([{ kind: 'question', text: 'hello' }])
  expect(stand.server.callsOf('getUpdates')).toHaveLength(0)
  gate.resolve(null)
})

test('a webhook refuses who has not the secret, swallows what is no update, and asks for another try when it is down', async () => {
  const stand = await openWebhook()
  const update = JSON.stringify({ update_id: 1, message: stand.people.compose('hello', {}) })
  expect(await post(stand.url, stand.secret, update)).toBe(503)
  await stand.adapter.start(
    (message) => {
      stand.received.push(message)
      return Promise.resolve(null)
    },
    () => [],
  )
  expect(await post(stand.url, 'another-secret', update)).toBe(401)
  expect(await post(stand.url, '', update)).toBe(401)
  expect(await post(stand.url, 'another-secret', 'no json')).toBe(401)
  expect(await post(stand.url, stand.secret, 'no json')).toBe(200)
  expect(await post(stand.url, stand.secret, '[1]')).toBe(200)
  expect(stand.received).toHaveLength(0)
  expect(await post(stand.url, stand.secret, update)).toBe(200)
  expect(await post(stand.url, stand.secret, update)).toBe(200)
  await stand.server.settle()
  expect(new Set(stand.received.map(({ eventKey }) => eventKey)).size).toBe(1)
  await stand.adapter.stop()
  expect(await post(stand.url, stand.secret, update)).toBe(503)
})

test('an update that comes before the start is brought again', async () => {
  const stand = await openWebhook()
  stand.server.webhook = { url: stand.url, secret: stand.secret, kinds: [] }
  const said = stand.people.say('hello')
  await vi.waitFor(() => {
    expect(stand.server.webhookStatuses).toContain(503)
  })
  await stand.adapter.start(
    () => Promise.resolve(say('answered')),
    () => [],
  )
  await said
  await stand.server.settle()
  expect(stand.postedIn(1001)).toHaveLength(1)
})
