// The variables of Slack -> a configuration, or every mistake at once and no secret in it. And what the doctor says.

import { afterEach, describe, expect, test } from 'vitest'
import { readSlackConfig } from '../../../adapters/slack/config.ts'
import { checkSlack } from '../../../adapters/slack/doctor.ts'
import { readScopes } from '../../../adapters/slack/installation.ts'
import { SlackServer } from '../../platforms/slack-server.ts'
import { socketConfig } from './stand.ts'

const socket = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }

describe('variables', () => {
  test('none, or empty ones, are no Slack', () => {
    expect(readSlackConfig({})).toEqual({ kind: 'config', config: null })
    expect(readSlackConfig({ SLACK_BOT_TOKEN: ' ', SLACK_API_URL: 'x' })).toEqual({
      kind: 'config',
      config: null,
    })
  })

  test('two tokens are Socket Mode', () => {
    expect(readSlackConfig(socket)).toEqual({
      kind: 'config',
      config: {
        apiUrl: 'https://slack.com/api/',
        connection: { kind: 'socket', appToken: 'xapp-1' },
        access: { kind: 'token', botToken: 'xoxb-1' },
      },
    })
  })

  test('a signing secret is HTTP, on the address and port given', () => {
    const http = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 's',
      SLACK_PORT: '4000',
      HOST: '0.0.0.0',
      SLACK_API_URL: 'http://a',
    }
    expect(readSlackConfig(http)).toMatchObject({
      config: {
        apiUrl: 'http://a/',
        connection: { kind: 'http', signingSecret: 's', host: '0.0.0.0', port: 4_000 },
      },
    })
  })

  test('a client is several workspaces', () => {
    const several = {
      SLACK_SIGNING_SECRET: 's',
      SLACK_CLIENT_ID: 'c',
      SLACK_CLIENT_SECRET: 'd',
      SLACK_ENCRYPTION_KEY: 'ab'.repeat(32),
    }
    expect(readSlackConfig(several)).toMatchObject({
      config: { access: { kind: 'oauth', clientId: 'c' } },
    })
  })

  test.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, ['SLACK_APP_TOKEN']],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, ['SLACK_BOT_TOKEN']],
    [
      { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' },
      ['SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN'],
    ],
    [{ ...socket, SLACK_API_URL: 'ftp://x', SLACK_PORT: '70000' }, ['SLACK_API_URL', 'SLACK_PORT']],
    [
      {
        SLACK_SIGNING_SECRET: 's',
        SLACK_CLIENT_ID: 'c',
        SLACK_CLIENT_SECRET: 'd',
        SLACK_ENCRYPTION_KEY: 'short',
      },
      ['SLACK_ENCRYPTION_KEY'],
    ],
    [
      {
        SLACK_APP_TOKEN: 'xapp-1',
        SLACK_CLIENT_ID: 'c',
        SLACK_CLIENT_SECRET: 'd',
        SLACK_ENCRYPTION_KEY: 'ab'.repeat(32),
      },
      ['SLACK_APP_TOKEN'],
    ],
  ])('%j: all mistakes at once', (variables, names) => {
    const result = readSlackConfig(variables)
    const mistakes = result.kind === 'mistakes' ? result.mistakes : []
    expect(
      mistakes.map((mistake) => /^Cannot read (\w+): .* is needed$/.exec(mistake)?.[1]),
    ).toEqual(names)
    expect(mistakes.join('\n')).not.toMatch(/xoxb-1|xapp-1|short/)
  })
})

describe('the doctor', () => {
  const servers: SlackServer[] = []
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()))
  })
  const examine = async (prepare: (slack: SlackServer) => void) => {
    const slack = await new SlackServer().start()
    servers.push(slack)
    slack.scopes = readScopes().join(',')
    prepare(slack)
    return checkSlack(socketConfig(slack))
  }

  test('finds nothing when all is well', async () => {
    const findings = await examine(() => undefined)
    expect(findings.map(({ ok }) => ok)).toEqual([true, true, true])
  })

  test('names the scopes that are missing', async () => {
    const findings = await examine((slack) => {
      slack.scopes = 'chat:write,commands'
    })
    const scopes = findings.find(({ ok }) => !ok)
    expect(scopes?.what).toContain('users:read')
    expect(scopes?.mend).toContain('reinstall')
  })

  test('says which token is refused', async () => {
    const findings = await examine((slack) => {
      slack.failNext('auth.test', { kind: 'error', code: 'invalid_auth' })
      slack.failNext('apps.connections.open', { kind: 'error', code: 'not_allowed_token_type' })
    })
    expect(findings.map(({ ok }) => ok)).toEqual([false, false])
    expect(findings.map(({ mend }) => mend).join()).toMatch(/SLACK_BOT_TOKEN.*SLACK_APP_TOKEN/)
  })
})
