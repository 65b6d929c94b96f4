// Telegram's variables: what is taken, what is refused, and that no secret is repeated.

import { expect, test } from 'vitest'
import { readTelegramConfig } from '../../../adapters/telegram/config.ts'

const TELEGRAM_TOKEN = '123456:AAE-secret_secret'
const TELEGRAM_WEBHOOK_SECRET = '0123456789-secret'

test('without a token Telegram is off', () => {
  expect(readTelegramConfig({})).toEqual({ kind: 'config', config: null })
  expect(readTelegramConfig({ TELEGRAM_TOKEN: ' ' })).toEqual({ kind: 'config', config: null })
})

test('a token alone polls the real Telegram', () => {
  expect(readTelegramConfig({ TELEGRAM_TOKEN })).toEqual({
    kind: 'config',
    config: { token: TELEGRAM_TOKEN, apiRoot: 'https://api.telegram.org', webhook: null },
  })
})

test('another server may have tokens of another form, a slash at its end, and a webhook at any address', () => {
  const variables = {
    TELEGRAM_TOKEN: 'test-token',
    TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/',
    TELEGRAM_WEBHOOK_URL: 'http://bot:9000/hook',
    TELEGRAM_WEBHOOK_SECRET,
  }
  expect(readTelegramConfig(variables)).toEqual({
    kind: 'config',
    config: {
      token: 'test-token',
      apiRoot: 'http://127.0.0.1:8081',
      webhook: { url: 'http://bot:9000/hook', secret: TELEGRAM_WEBHOOK_SECRET },
    },
  })
})

const url = 'https://bot.example/hook'
test.each([
  ['TELEGRAM_TOKEN', { TELEGRAM_TOKEN: 'secret' }],
  ['TELEGRAM_TOKEN', { TELEGRAM_TOKEN: '1:secret/../x', TELEGRAM_API_ROOT: 'http://x' }],
  ['TELEGRAM_API_ROOT', { TELEGRAM_API_ROOT: 'nowhere' }],
  ['TELEGRAM_API_ROOT', { TELEGRAM_API_ROOT: 'ftp://x' }],
  [
    'TELEGRAM_WEBHOOK_URL',
    { TELEGRAM_WEBHOOK_URL: 'http://bot.example/hook', TELEGRAM_WEBHOOK_SECRET },
  ],
  [
    'TELEGRAM_WEBHOOK_URL',
    { TELEGRAM_WEBHOOK_URL: 'https://bot.example:9000/hook', TELEGRAM_WEBHOOK_SECRET },
  ],
  [
    'TELEGRAM_WEBHOOK_URL',
    { TELEGRAM_WEBHOOK_URL: 'https://bot.example', TELEGRAM_WEBHOOK_SECRET },
  ],
  ['TELEGRAM_WEBHOOK_SECRET', { TELEGRAM_WEBHOOK_URL: url }],
  [
    'TELEGRAM_WEBHOOK_SECRET',
    { TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: 'short-secret' },
  ],
  [
    'TELEGRAM_WEBHOOK_SECRET',
    { TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: 'secret with spaces!' },
  ],
])('%s is refused in %j', (name, variables) => {
  const result = readTelegramConfig({ TELEGRAM_TOKEN, ...variables })
  const mistakes = result.kind === 'mistakes' ? result.mistakes : []
  expect(mistakes).toHaveLength(1)
  expect(mistakes[0]).toMatch(new RegExp(`^Cannot read ${name}: .* needed$`))
  expect(mistakes.join()).not.toContain('secret')
})
