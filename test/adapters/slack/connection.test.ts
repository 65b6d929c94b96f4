// The way in through Socket Mode: start, loss, refresh, frozen links, repeats, refusals. Over the wire, with faults.

import { afterEach, describe, expect, test } from 'vitest'
import { RefusedError } from '../../../src/chat/refused-error.ts'
import { appToken, botToken } from '../../platforms/slack-server.ts'
import { eventually, openStand, say, type Stand } from './stand.ts'

const stands: Stand[] = []
afterEach(async () => {
  await Promise.all(stands.splice(0).map((stand) => stand.close()))
})
const open = async (...options: Parameters<typeof openStand>) => {
  const stand = await openStand(...options)
  stands.push(stand)
  return stand
}
const answered = async (stand: Stand, text: string) => {
  await stand.people.say(text)
  await eventually(() => {
    expect(stand.received.at(-1)).toMatchObject({ text })
  })
}

describe('start', () => {
  test('tries again while Slack is not ready', async () => {
    const stand = await open()
    stand.slack.failNext(
      'auth.test',
      { kind: 'status', status: 503 },
      { kind: 'cut', when: 'before' },
    )
    stand.slack.failNext('apps.connections.open', { kind: 'error', code: 'internal_error' })
    await stand.start()
    await answered(stand, 'hello')
  })

  test.each([
    ['auth.test', 'invalid_auth'],
    ['apps.connections.open', 'not_allowed_token_type'],
  ])('says so at once when %s answers %s', async (method, code) => {
    const stand = await open()
    stand.slack.failNext(method, { kind: 'error', code })
    await expect(stand.start()).rejects.toThrow(
      new RefusedError(`Cannot connect to Slack: ${code}, a valid token is needed`),
    )
    expect(stand.slack.callsOf(method)).toHaveLength(1)
  })

  test('gives up when Slack stays out of reach, and may be tried again when it is back', async () => {
    const stand = await open()
    const { port } = stand.slack
    await stand.slack.stop()
    const started = stand.start()
    await expect(started).rejects.toThrow(
      'Cannot connect to Slack: ECONNREFUSED, a way to connect is needed',
    )
    await expect(started).rejects.not.toBeInstanceOf(RefusedError)
    await stand.slack.start(port)
    await stand.start()
    await answered(stand, 'hello')
    expect(stand.received).toHaveLength(1)
  })

  test('gives up when no hello comes', async () => {
    const stand = await open({})
    stand.slack.saysHello = false
    await expect(stand.start()).rejects.toThrow('a way to connect is needed')
    expect(stand.slack.callsOf('apps.connections.open')).toHaveLength(5)
  })
})

describe('a socket that ends', () => {
  test.each([
    [
      'Slack refreshes it',
      (stand: Stand) => {
        for (const socket of stand.slack.sockets)
          socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))
      },
    ],
    [
      'the network drops it',
      (stand: Stand) => {
        for (const socket of stand.slack.sockets) socket.terminate()
      },
    ],
    [
      'it freezes',
      (stand: Stand) => {
        for (const socket of stand.slack.sockets) socket.pause()
      },
    ],
  ])('is opened again when %s', async (_, end) => {
    const stand = await open()
    await stand.start()
    const [first] = stand.slack.sockets
    end(stand)
    await eventually(() => {
      expect([...stand.slack.sockets].some((socket) => socket !== first)).toBe(true)
    })
    first?.terminate()
    await eventually(() => {
      expect(stand.slack.sockets.size).toBe(1)
    })
    await stand.slack.settle()
    await answered(stand, 'after')
  })

  test('is opened again although Slack refuses for a while, and nothing else ends', async () => {
    const unhandled: unknown[] = []
    const note = (error: unknown) => unhandled.push(error)
    process.on('unhandledRejection', note)
    const stand = await open()
    await stand.start()
    stand.slack.failNext(
      'apps.connections.open',
      { kind: 'error', code: 'invalid_auth' },
      { kind: 'status', status: 503 },
      { kind: 'cut', when: 'before' },
      { kind: 'status', status: 429, retryAfter: '1' },
    )
    for (const socket of stand.slack.sockets) socket.terminate()
    await eventually(() => {
      expect(stand.slack.callsOf('apps.connections.open').length).toBeGreaterThanOrEqual(5)
      expect(stand.slack.sockets.size).toBe(1)
    })
    await stand.slack.settle()
    await answered(stand, 'after')
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })
})

describe('events', () => {
  test('that Slack repeats keep their key, also with a retry number', async () => {
    const stand = await open()
    await stand.start()
    await stand.people.say('x', { id: 'Ev-7' })
    const message = {
      type: 'message',
      channel: 'DU1',
      channel_type: 'im',
      user: 'U1',
      text: 'x',
      ts: '1.1',
    }
    await stand.people.event(message, 'Ev-7', { retry_attempt: 1, retry_reason: 'timeout' })
    await eventually(() => {
      expect(stand.received.map(({ eventKey }) => eventKey)).toEqual([
        'slack:T1:Ev-7',
        'slack:T1:Ev-7',
      ])
    })
  })

  test('commands, buttons, forms and shortcuts are acknowledged while the core hangs', async () => {
    const gate = Promise.withResolvers<null>()
    const stand = await open({ receive: () => gate.promise })
    await stand.start()
    const view = {
      id: 'V1',
      callback_id: 'form:remind',
      private_metadata: '{"place":{"id":"U1"},"outlet":{"channel":"DU1"}}',
    }
    await stand.people.command('help')
    await stand.people.press({ action_id: 'choice:0:0', value: 'x' }, { channel: { id: 'C1' } })
    await stand.people.submit(view, {})
    await stand.people.shortcut({ ts: '1.1', text: 'x' })
    await stand.slack.settle()
    expect(stand.received).toHaveLength(4)
    gate.resolve(null)
  })
})

test('stop ends although Slack has gone', async () => {
  const stand = await open()
  await stand.start()
  for (const socket of stand.slack.sockets) socket.pause()
  await expect(stand.adapter.stop()).resolves.toBeUndefined()
})

test('a reply that cannot be posted is logged without its text or a token', async () => {
  const stand = await open({ receive: () => Promise.resolve(say('the secret answer')) })
  await stand.start()
  stand.slack.failNext('chat.postMessage', { kind: 'error', code: 'is_archived' })
  await stand.people.say('the secret question')
  await eventually(() => {
    expect(stand.logLines.join('\n')).toContain('is_archived')
  })
  for (const secret of ['secret', botToken, appToken])
    expect(stand.logLines.join('\n')).not.toContain(secret)
})
