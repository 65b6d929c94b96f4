// The Slack adapter's own variables: how it connects, and with whose tokens.
// It must not read process.env: the composition root hands the variables over. A mistake never repeats a secret.

import { VariableReader, type Variables, type VariablesResult } from '../../src/chat/variables.ts'

export type SlackConfig = {
  /** Where the Web API is, with a slash at its end. */
  readonly apiUrl: string
  readonly connection:
    | Readonly<{ kind: 'socket'; appToken: string }>
    | Readonly<{ kind: 'http'; signingSecret: string; host: string; port: number }>
  readonly access:
    | Readonly<{ kind: 'token'; botToken: string }>
    /** Any number of workspaces, each of which installs the app. The key is 32 bytes in hexadecimal. */
    | Readonly<{ kind: 'oauth'; clientId: string; clientSecret: string; encryptionKey: string }>
}

const starters = ['BOT_TOKEN', 'APP_TOKEN', 'SIGNING_SECRET', 'CLIENT_ID', 'CLIENT_SECRET']

/** Reads the SLACK_ variables and HOST. Null when Slack is not set up at all. */
export function readSlackConfig(variables: Variables): VariablesResult<SlackConfig | null> {
  const reader = new VariableReader(variables)
  if (!starters.some((name) => reader.has(`SLACK_${name}`))) return reader.finish(null)
  const apiUrl = reader.readAddress('SLACK_API_URL', 'https://slack.com/api/')
  return reader.finish({
    apiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`,
    connection: readConnection(reader),
    access: readAccess(reader),
  })
}

/** Socket Mode where there is an app token: it needs no public address. */
function readConnection(reader: VariableReader): SlackConfig['connection'] {
  const appToken = reader.read('SLACK_APP_TOKEN')
  const signingSecret = reader.read('SLACK_SIGNING_SECRET')
  const port = reader.readPort('SLACK_PORT', 3_000)
  const isAny = appToken + signingSecret !== ''
  reader.need(isAny, 'SLACK_APP_TOKEN: it is absent, it or SLACK_SIGNING_SECRET')
  const isOther = appToken.startsWith('xox')
  reader.need(!isOther, 'SLACK_APP_TOKEN: it is another token, an app-level token ("xapp-...")')
  if (appToken !== '') return { kind: 'socket', appToken }
  return { kind: 'http', signingSecret, host: reader.read('HOST', '127.0.0.1'), port }
}

function readAccess(reader: VariableReader): SlackConfig['access'] {
  const botToken = reader.read('SLACK_BOT_TOKEN')
  const isOther = /^xapp-|^xoxp-/.test(botToken)
  reader.need(!isOther, 'SLACK_BOT_TOKEN: it is another token, a bot token ("xoxb-...")')
  if (botToken !== '') return { kind: 'token', botToken }
  const clientId = reader.read('SLACK_CLIENT_ID')
  const clientSecret = reader.read('SLACK_CLIENT_SECRET')
  const encryptionKey = reader.read('SLACK_ENCRYPTION_KEY')
  const isClient = clientId !== '' && clientSecret !== ''
  reader.need(isClient, 'SLACK_BOT_TOKEN: it is absent, it or SLACK_CLIENT_ID with its secret')
  const isKey = !isClient || /^[0-9a-f]{64}$/i.test(encryptionKey)
  reader.need(isKey, 'SLACK_ENCRYPTION_KEY: it is no key, one of "openssl rand -hex 32"')
  const isHttp = !isClient || !reader.has('SLACK_APP_TOKEN')
  reader.need(isHttp, 'SLACK_APP_TOKEN: workspaces install over HTTP, SLACK_SIGNING_SECRET alone')
  return { kind: 'oauth', clientId, clientSecret, encryptionKey }
}
