// The Slack adapter's own variables: how it connects, and with whose tokens.
// It must not read process.env: the composition root hands the variables over. A mistake never repeats a secret.

import type { Variables, VariablesResult } from '../../src/chat/variables.ts'

export type SlackConfig = {
  /** Where the Web API is, with a slash at its end. */
  readonly apiUrl: string
  readonly connection: SocketConfig | HttpConfig
  readonly access: TokenAccess | OAuthAccess
}
export type SocketConfig = { readonly kind: 'socket'; readonly appToken: string }
export type HttpConfig = {
  readonly kind: 'http'
  readonly signingSecret: string
  readonly host: string
  readonly port: number
}
type TokenAccess = { readonly kind: 'token'; readonly botToken: string }
/** Any number of workspaces, each of which installs the app by itself. The key is 32 bytes in hexadecimal. */
export type OAuthAccess = {
  readonly kind: 'oauth'
  readonly clientId: string
  readonly clientSecret: string
  readonly encryptionKey: string
}

const portMax = 65_535
const named = /^SLACK_(?:BOT_TOKEN|APP_TOKEN|SIGNING_SECRET|CLIENT_ID|CLIENT_SECRET)$/

/** Reads the SLACK_ variables and HOST. Null when Slack is not set up at all; an empty variable counts as absent. */
export function readSlackConfig(variables: Variables): VariablesResult<SlackConfig | null> {
  const mistakes: string[] = []
  const read = (name: string) => variables[name]?.trim() ?? ''
  const need = (isRight: boolean, mistake: string) => {
    if (!isRight) mistakes.push(`Cannot read ${mistake} is needed`)
  }
  if (!Object.keys(variables).some((name) => named.test(name) && read(name) !== '')) {
    return { kind: 'config', config: null }
  }
  const [appToken, botToken] = [read('SLACK_APP_TOKEN'), read('SLACK_BOT_TOKEN')]
  const [signingSecret, clientId] = [read('SLACK_SIGNING_SECRET'), read('SLACK_CLIENT_ID')]
  const [clientSecret, encryptionKey] = [read('SLACK_CLIENT_SECRET'), read('SLACK_ENCRYPTION_KEY')]
  const apiUrl = read('SLACK_API_URL') || 'https://slack.com/api/'
  const port = read('SLACK_PORT') || '3000'
  const isOAuth = botToken === ''
  need(
    /^https?:\/\/./.test(apiUrl) && URL.canParse(apiUrl),
    `SLACK_API_URL: "${apiUrl}", an address`,
  )
  const isPort = /^\d{1,5}$/.test(port) && Number(port) <= portMax
  need(isPort, `SLACK_PORT: "${port}", a whole number from 0 to ${portMax}`)
  need(!appToken.startsWith('xox'), 'SLACK_APP_TOKEN: it is a bot token, an app token ("xapp-...")')
  need(
    !/^xapp|^xoxp/.test(botToken),
    'SLACK_BOT_TOKEN: it is another token, a bot token ("xoxb-...")',
  )
  need(appToken + signingSecret !== '', 'SLACK_APP_TOKEN: it is absent, it or SLACK_SIGNING_SECRET')
  if (isOAuth) {
    const isWhole = clientId !== '' && clientSecret !== ''
    need(isWhole, 'SLACK_BOT_TOKEN: it is absent, it or SLACK_CLIENT_ID with SLACK_CLIENT_SECRET')
    const isKey = !isWhole || /^[0-9a-f]{64}$/i.test(encryptionKey)
    need(isKey, 'SLACK_ENCRYPTION_KEY: it is no key, "openssl rand -hex 32"')
    need(appToken === '' || !isWhole, 'SLACK_APP_TOKEN: workspaces install over HTTP, its absence')
  }
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes }
  const config: SlackConfig = {
    apiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`,
    // Socket Mode where it can be: it needs no public address.
    connection:
      appToken === ''
        ? { kind: 'http', signingSecret, host: read('HOST') || '127.0.0.1', port: Number(port) }
        : { kind: 'socket', appToken },
    access: isOAuth
      ? { kind: 'oauth', clientId, clientSecret, encryptionKey }
      : { kind: 'token', botToken },
  }
  return { kind: 'config', config }
}
