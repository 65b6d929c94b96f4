// What the doctor finds about a bot, against a local Bot API.

import { afterEach, expect, test } from 'vitest'
import { checkTelegram } from '../../../adapters/telegram/doctor.ts'
import { TelegramServer } from '../../platforms/telegram-server.ts'
import { bot } from '../../platforms/telegram-world.ts'
import { configOf } from './stand.ts'

const servers: TelegramServer[] = []
afterEach(async () => {
  Object.assign(bot, { supports_inline_queries: true, can_join_groups: true })
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})
async function open() {
  const server = await new TelegramServer().start()
  servers.push(server)
  return server
}
const webhook = { url: 'https://bot.example/hook', secret: '0123456789-secret' }

test('a bot that is set up well has nothing to mend, and is not disturbed', async () => {
  const server = await open()
  const findings = await checkTelegram(configOf(server))
  expect(findings.map(({ ok, mend }) => [ok, mend])).toEqual(new Array(5).fill([true, '']))
  expect(findings[0]?.what).toContain(`@${bot.username}`)
  expect(findings[1]?.what).toContain('privacy mode is on')
  expect(server.callsOf('getUpdates')).toHaveLength(0)
})

test('what BotFather has to change is said', async () => {
  Object.assign(bot, { supports_inline_queries: false, can_join_groups: false })
  const findings = await checkTelegram(configOf(await open()))
  const mends = findings.filter(({ ok }) => !ok).map(({ mend }) => mend)
  expect(mends).toEqual([
    expect.stringContaining('/setjoingroups'),
    expect.stringContaining('/setinline'),
  ])
})

test('a wrong token and a server out of reach are told apart', async () => {
  const server = await open()
  const wrong = await checkTelegram({ ...configOf(server), token: '1:wrong' })
  expect(wrong).toMatchObject([
    { ok: false, mend: expect.stringContaining('TELEGRAM_TOKEN') as unknown },
  ])
  const config = configOf(server)
  await server.stop()
  const away = await checkTelegram(config)
  expect(away).toMatchObject([
    { ok: false, mend: expect.stringContaining('TELEGRAM_API_ROOT') as unknown },
  ])
  expect(JSON.stringify([wrong, away])).not.toContain('secret')
})

test('a webhook that is not as configured, or fails, is found', async () => {
  const server = await open()
  const config = { ...configOf(server), webhook }
  expect((await checkTelegram(config)).at(-1)).toMatchObject({ ok: false })
  server.webhook = { ...webhook, kinds: [] }
  expect((await checkTelegram(config)).at(-1)).toMatchObject({ ok: true })
  server.webhookError = 'Connection refused'
  expect((await checkTelegram(config)).at(-1)).toMatchObject({
    ok: false,
    what: expect.stringContaining('Connection refused') as unknown,
  })
})
