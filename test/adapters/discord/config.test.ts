// Which variables make a Discord, and what is said of those that do not.

import { describe, expect, test } from 'vitest'
import { readDiscordConfig } from '../../../adapters/discord/config.ts'

describe('the variables of Discord', () => {
  test.each([{}, { DISCORD_TOKEN: ' ' }, { DISCORD_API_URL: 'nonsense' }])(
    'without a token make none',
    (variables) => {
      expect(readDiscordConfig(variables)).toEqual({ kind: 'config', config: null })
    },
  )

  test('may be a token alone', () => {
    expect(readDiscordConfig({ DISCORD_TOKEN: 'Bot a.b.c' })).toEqual({
      kind: 'config',
      config: { token: 'a.b.c', apiUrl: 'https://discord.com/api', administering: 16n },
    })
  })

  test.each(['http://127.0.0.1:9/api', 'http://127.0.0.1:9/api/', 'http://127.0.0.1:9/api/v10'])(
    'take the address %s, with or without its version',
    (address) => {
      const result = readDiscordConfig({ DISCORD_TOKEN: 'a', DISCORD_API_URL: address })
      expect(result).toMatchObject({ config: { apiUrl: 'http://127.0.0.1:9/api' } })
    },
  )

  test('say every mistake at once, and no secret', () => {
    const given = { DISCORD_TOKEN: 'hush hush', DISCORD_API_URL: 'x', DISCORD_MANAGED_BY: 'me' }
    const result = readDiscordConfig(given)
    expect(result.kind === 'mistakes' ? result.mistakes : []).toEqual([
      'Cannot read DISCORD_TOKEN: it has a space in it, a bot token is needed',
      'Cannot read DISCORD_API_URL: "x", an address is needed',
      expect.stringContaining('Cannot read DISCORD_MANAGED_BY: "me", one of manage-channels,'),
    ])
  })
})
