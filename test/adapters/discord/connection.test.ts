// Coming up, staying up and going down: commands, refused tokens, dropped gateways, few connections left, the doctor.

import { afterEach, describe, expect, test } from 'vitest'
import { checkDiscord } from '../../../adapters/discord/doctor.ts'
import { RefusedError } from '../../../src/chat/refused-error.ts'
import { botToken, DiscordServer } from '../../platforms/discord-server.ts'
import { manageChannels, openStand, say } from './stand.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})
const open = async (...given: Parameters<typeof openStand>) => {
  const stand = await openStand(...given)
  closing.push(stand.close)
  return stand
}
const until = async (isDone: () => boolean) => {
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 10))
}
const put = 'PUT /applications/:id/commands'

describe('commands', () => {
  test('are registered at once, and not again by the next start', async () => {
    const { discord, start, adapter, parts } = await open()
    await start()
    await until(() => discord.commands.length > 0)
    expect(discord.commands.map(({ name }) => name).toSorted()).toEqual(
      'Ask OGP about this,ask,deadlines,help,privacy,remind,reminders,settings,topics'.split(','),
    )
    await adapter.stop()
    const { createDiscordAdapter } = await import('../../../adapters/discord/adapter.ts')
    const next = createDiscordAdapter(parts)
    closing.push(() => next.stop())
    await next.start(
      () => Promise.resolve(null),
      () => [],
    )
    await until(() => discord.called('GET /applications/:id/commands').length === 2)
    await discord.settle()
    expect(discord.called(put)).toHaveLength(1)
  })

  test('that Discord does not list are registered all the same', async () => {
    const { discord, start } = await open()
    discord.failNext('GET /applications/:id/commands', { kind: 'error', status: 404, code: 0 })
    await start()
    await until(() => discord.commands.length > 0)
  })

  test('that Discord refuses leave the rest at work', async () => {
    const { discord, start, people, received, logLines } = await open()
    discord.failNext(put, { kind: 'error', status: 400, code: 50035 })
    await start()
    await people.write('hi')
    await until(() => received.length === 1 && logLines.join().includes('50035'))
  })
})

describe('starting', () => {
  test('with a refused token says what is needed, at once', async () => {
    const discord = await new DiscordServer().start()
    closing.push(() => discord.stop())
    const config = { token: 'another', apiUrl: discord.apiUrl, administering: manageChannels }
    const { start, logLines } = await open({ parts: { config } })
    const started = start()
    await expect(started).rejects.toThrow('a new one in DISCORD_TOKEN is needed')
    await expect(started).rejects.toBeInstanceOf(RefusedError)
    expect(discord.called('GET /gateway/bot')).toHaveLength(1)
    expect(discord.gateway.identifies).toHaveLength(0)
    expect(logLines.join()).not.toContain('another')
  })

  test('waits for a Discord that is unwell', async () => {
    const { discord, start } = await open()
    for (const status of [500, 503]) discord.failNext('GET /gateway/bot', { kind: 'error', status })
    await start()
    expect(discord.gateway.identifies).toHaveLength(1)
  })

  test('gives up on a Discord that is not there, and may be tried again when it is', async () => {
    const { discord, start } = await open()
    const { port } = discord
    await discord.stop()
    const started = start()
    await expect(started).rejects.toThrow(
      'Cannot connect to Discord: it is out of reach (ECONNREFUSED)',
    )
    await expect(started).rejects.not.toBeInstanceOf(RefusedError)
    const again = await new DiscordServer().start(port)
    closing.push(() => again.stop())
    await start()
    expect(again.gateway.identifies).toHaveLength(1)
  })

  test('takes no answer that is not about the token for a refused token', async () => {
    const { discord, start } = await open()
    discord.failNext('GET /gateway/bot', { kind: 'error', status: 404 })
    await start()
    expect(discord.gateway.identifies).toHaveLength(1)
  })

  test('spares the last connections of a day', async () => {
    const { discord, start } = await open()
    discord.remaining = 19
    await expect(start()).rejects.toThrow(
      "19 of the day's connections are left, a wait of 60 minutes",
    )
    expect(discord.gateway.identifies).toHaveLength(0)
  })

  test.each([
    [4004, 'the token is refused'],
    [4014, 'the intents are refused'],
  ])('ends when the gateway closes with %i', async (code, words) => {
    const { discord, start } = await open()
    discord.gateway.closeAfterIdentify = code
    await expect(start()).rejects.toThrow(words)
    expect(discord.gateway.identifies).toHaveLength(1)
  })

  test('asks for no privileged intent', async () => {
    const { discord, start } = await open()
    await start()
    expect(discord.gateway.identifies[0]?.['intents']).toBe((1 << 0) | (1 << 9) | (1 << 12))
  })
})

describe('staying connected', () => {
  const openUp = async () => {
    const stand = await open({ receive: () => Promise.resolve(say('x')) })
    await stand.start()
    return stand
  }

  test.each(['drop', 'reconnect'] as const)('after a %s nothing is lost', async (name) => {
    const { discord, people, received } = await openUp()
    await people.write('before')
    discord.gateway[name]()
    await until(() => !discord.gateway.isUp)
    discord.gateway.dispatch('MESSAGE_CREATE', {
      id: discord.nextId(),
      channel_id: '7500',
      author: { id: '500' },
      content: 'meanwhile',
    })
    await discord.gateway.untilUp()
    await people.write('after')
    expect(received).toMatchObject([{ text: 'before' }, { text: 'meanwhile' }, { text: 'after' }])
    expect(discord.gateway.resumes).toBe(1)
    expect(discord.gateway.identifies).toHaveLength(1)
  })

  test('an ended session is begun anew', async () => {
    const { discord, people, received } = await openUp()
    discord.gateway.invalidate()
    await until(() => discord.gateway.identifies.length === 2)
    await people.write('hi')
    expect(received).toHaveLength(1)
  })

  test('connections that do not last come slower and slower', async () => {
    const stand = await open({ bounds: { identifyPauseMs: 40, identifyPauseMsMax: 10_000 } })
    await stand.start()
    const { gateway } = stand.discord
    let tookMs = 0
    for (let count = 2; count <= 4; count++) {
      gateway.invalidate()
      const began = performance.now()
      await until(() => gateway.identifies.length === count)
      await gateway.untilUp()
      tookMs = performance.now() - began
    }
    // discord.js waits for 500 ms, and we for 40, 80, then 160.
    expect(tookMs).toBeGreaterThan(650)
  })

  test('a token taken away while it runs ends in advice, not in a loop', async () => {
    const { discord, logLines } = await openUp()
    discord.gateway.close(4004)
    await until(() => logLines.join().includes('a new one in DISCORD_TOKEN is needed'))
    expect(discord.gateway.identifies).toHaveLength(1)
  })
})

describe('stopping', () => {
  test('does not wait for the READY that Discord owes', async () => {
    const { discord, start, adapter } = await open()
    discord.gateway.isSilent = true
    const starting = start()
    await until(() => discord.gateway.identifies.length > 0)
    await Promise.all([adapter.stop(), starting])
  })

  test('ends the attempts to come back to a Discord that is gone', async () => {
    const { discord, start, adapter, logLines } = await open()
    await start()
    await discord.stop()
    await until(() => logLines.join().includes('Reconnecting'))
    await adapter.stop()
    const again = await new DiscordServer().start(discord.port)
    closing.push(() => again.stop())
    await new Promise((resolve) => setTimeout(resolve, 800))
    expect(again.gateway.connections).toBe(0)
  })
})

describe('the doctor', () => {
  test('finds nothing wrong after a start', async () => {
    const { discord, start, parts } = await open()
    await start()
    await until(() => discord.commands.length > 0)
    const findings = await checkDiscord(parts.config)
    expect(findings.map(({ ok }) => ok)).toEqual([true, true, true, true])
  })

  test('says what to mend', async () => {
    const { discord, parts } = await open()
    discord.failNext('GET /users/@me/guilds', { kind: 'error', status: 500 })
    const found = await checkDiscord(parts.config)
    expect(found.filter(({ ok }) => !ok).map(({ mend }) => mend)).toEqual([
      expect.stringContaining('client_id=1000&scope=bot+applications.commands&permissions='),
      'Start the assistant once: npm start',
    ])
    const refused = await checkDiscord({ ...parts.config, token: 'another' })
    expect(refused).toMatchObject([
      { ok: false, mend: expect.stringContaining('DISCORD_TOKEN') as string },
    ])
    expect(JSON.stringify([found, refused])).not.toContain(botToken)
  })
})
