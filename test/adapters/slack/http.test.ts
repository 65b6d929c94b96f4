// HTTP in place of Socket Mode: signed requests, several workspaces that install the app and leave again.

import { afterEach, describe, expect, test } from 'vitest'
import type { SlackConfig } from '../../../adapters/slack/config.ts'
import { toConversationId } from '../../../src/chat/message.ts'
import type { Json } from '../../platforms/slack-limits.ts'
import { SlackPeople } from '../../platforms/slack-people.ts'
import { showMessage } from '../../platforms/slack-screen.ts'
import { botToken, signingSecret, SlackServer } from '../../platforms/slack-server.ts'
import { findFreePort } from '../web/stand.ts'
import { createSlackAdapter } from '../../../adapters/slack/adapter.ts'
import { eventually, createLog, createSecrets, now, quickBounds, say } from './stand.ts'
import type { InboundMessage } from '../../../src/chat/message.ts'

const closes: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close()
})

const oauth = {
  kind: 'oauth',
  clientId: 'client',
  clientSecret: 'client-secret',
  encryptionKey: 'ab'.repeat(32),
} as const

async function startHttp(access?: SlackConfig['access'], kept = new Map<string, Uint8Array>()) {
  const slack = await new SlackServer().start()
  const port = await findFreePort()
  const received: InboundMessage[] = []
  const logLines: string[] = []
  const connection = { kind: 'http', signingSecret, host: '127.0.0.1', port } as const
  const config = {
    apiUrl: slack.apiUrl,
    connection,
    access: access ?? ({ kind: 'token', botToken } as const),
  }
  const parts = {
    config,
    log: createLog(logLines),
    secrets: createSecrets(kept),
    now,
    bounds: quickBounds,
  }
  const adapter = createSlackAdapter(parts)
  closes.push(
    () => slack.stop(),
    () => adapter.stop(),
  )
  await adapter.start(
    (message) => {
      received.push(message)
      return Promise.resolve(say('the answer', message.audience))
    },
    () => [],
  )
  const address = `http://127.0.0.1:${port}`
  const statuses: number[] = []
  const people = new SlackPeople(slack, async (_, payload) => {
    const { status } = await slack.postEvent(`${address}/slack/events`, payload)
    statuses.push(status)
    return {}
  })
  return { slack, adapter, received, logLines, address, statuses, people, kept, parts }
}

/** Slack's page in between gives a code, which here is the workspace's name. */
async function install(address: string, team: string) {
  const begun = await fetch(`${address}/slack/install`, { redirect: 'manual' })
  const page = new URL(begun.headers.get('location') ?? '')
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? ''
  const state = page.searchParams.get('state') ?? ''
  const back = `${address}/slack/oauth_redirect?code=${team}&state=${encodeURIComponent(state)}`
  return { page, done: await fetch(back, { headers: { cookie } }) }
}

const message = (team: string, text = 'hello'): Json => ({
  type: 'event_callback',
  team_id: team,
  event_id: `Ev-${team}-${text}`,
  authorizations: [{ team_id: team, enterprise_id: null, is_enterprise_install: false }],
  event: { type: 'message', channel: 'DU1', channel_type: 'im', user: 'U1', text, ts: '1.1' },
})

describe('HTTP', () => {
  test('events, commands and buttons that Slack signed are heard and answered', async () => {
    const { people, slack, received, statuses } = await startHttp()
    await people.say('hello')
    await people.command('help')
    await people.press({ action_id: 'choice:0:0', value: 'x' }, { channel: { id: 'C1' } })
    await eventually(() => {
      expect(received.map(({ kind }) => kind).sort()).toEqual(['choice', 'command', 'question'])
    })
    expect(statuses).toEqual([200, 200, 200])
    await eventually(() => {
      expect(slack.workspace.channels.get('DU1')?.messages).toHaveLength(2)
    })
  })

  test('what another signed is refused', async () => {
    const { slack, address, received } = await startHttp()
    const answer = await slack.postEvent(`${address}/slack/events`, message('T1'), 'another secret')
    expect(answer.status).toBe(401)
    await slack.settle()
    expect(received).toEqual([])
  })

  test("Slack's check of the address is answered", async () => {
    const { slack, address } = await startHttp()
    const answer = await slack.postEvent(`${address}/slack/events`, {
      type: 'url_verification',
      challenge: 'c1',
    })
    expect(await answer.text()).toContain('c1')
  })
})

describe('several workspaces', () => {
  test('install the app, are answered with their own token, and what is kept is sealed', async () => {
    const { slack, adapter, address, kept, received } = await startHttp(oauth)
    const { page, done } = await install(address, 'T7')
    expect(page.searchParams.get('scope')).toContain('chat:write')
    expect(done.status).toBe(200)
    expect([...kept.keys()]).toEqual(['slack/T7'])
    expect(Buffer.from(kept.get('slack/T7') ?? []).toString('latin1')).not.toContain('xoxb')
    await slack.postEvent(`${address}/slack/events`, message('T7'))
    await eventually(() => {
      expect(slack.callsOf('chat.postMessage')).toMatchObject([{ token: 'xoxb-secret-of-T7' }])
    })
    expect(received[0]).toMatchObject({ conversation: 'T7/U1' })
    const options = { deliveryKey: 'd', signal: new AbortController().signal }
    expect(await adapter.send(toConversationId('T7/C1'), say('due'), options)).toMatchObject({
      kind: 'sent',
    })
    expect(await adapter.send(toConversationId('T8/C1'), say('due'), options)).toEqual({
      kind: 'refused',
      reason: 'gone',
    })
    const own = slack.workspaces.get('xoxb-secret-of-T7')?.channels.get('C1')?.messages ?? []
    expect(own.map(showMessage)).toEqual(['due'])
  })

  test('what was granted cannot be read at the moment: nothing was sent, and it is tried again', async () => {
    const { adapter, address, parts, slack } = await startHttp(oauth)
    await install(address, 'T7')
    parts.secrets.read = () => Promise.reject(new Error('Cannot use the database'))
    const options = { deliveryKey: 'd', signal: new AbortController().signal }
    const receipt = await adapter.send(toConversationId('T7/C1'), say('due'), options)
    expect(receipt.kind).toBe('deferred')
    expect(slack.callsOf('chat.postMessage')).toEqual([])
  })

  test('a return without the state that was given out installs nothing', async () => {
    const { address, kept } = await startHttp(oauth)
    const answer = await fetch(`${address}/slack/oauth_redirect?code=T7&state=forged`)
    expect(answer.ok).toBe(false)
    expect(kept.size).toBe(0)
  })

  test('a workspace that has not installed the app is not answered', async () => {
    const { slack, address, received } = await startHttp(oauth)
    await slack.postEvent(`${address}/slack/events`, message('T9'))
    await slack.settle()
    expect(received).toEqual([])
  })

  test('another key reads nothing', async () => {
    const kept = new Map<string, Uint8Array>()
    const first = await startHttp(oauth, kept)
    await install(first.address, 'T7')
    const second = await startHttp({ ...oauth, encryptionKey: 'cd'.repeat(32) }, kept)
    await second.slack.postEvent(`${second.address}/slack/events`, message('T7'))
    await second.slack.settle()
    expect(second.received).toEqual([])
  })

  test.each([
    ['app_uninstalled', { type: 'app_uninstalled' }],
    ['tokens_revoked', { type: 'tokens_revoked', tokens: { bot: ['UT7BOT'] } }],
  ])('%s removes what was kept and tells the core of each conversation', async (name, event) => {
    const { slack, address, kept, received } = await startHttp(oauth)
    await install(address, 'T7')
    await slack.postEvent(`${address}/slack/events`, message('T7'))
    await eventually(() => {
      expect(received).toHaveLength(1)
    })
    await slack.postEvent(`${address}/slack/events`, { ...message('T7', name), event })
    await eventually(() => {
      expect(received[1]).toMatchObject({ kind: 'removed', conversation: 'T7/U1' })
    })
    expect(kept.size).toBe(0)
  })
})
