// Slack's own library, set up: the app, its connection (Socket Mode or HTTP), its clients, its log.
// The only value import of the SDK. It must not know messages or replies.

import { App, HTTPReceiver, LogLevel, SocketModeReceiver, webApi, type Logger } from '@slack/bolt'
import type { DeskLog } from '../../src/chat/desk.ts'
import { KeptConnection } from '../../src/chat/keep-connected.ts'
import type { SecretStore } from '../../src/chat/secret-store.ts'
import { waitAtMost } from '../../src/chat/wait.ts'
import type { SlackConfig } from './config.ts'
import { toInstallerOptions } from './installation.ts'
import { describeError, toReceipt } from './receipt.ts'

export const connectionBounds = {
  callMsMax: 10_000,
  connectAttemptsMax: 5,
  connectPauseMsMin: 500,
  connectPauseMsMax: 30_000,
  helloMsMax: 15_000,
  closeMsMax: 1_000,
  /** A frozen socket is noticed after about this and a third. */
  pongMsMax: 3_000,
}

export type ConnectionParts = {
  readonly config: SlackConfig
  readonly log: DeskLog
  readonly secrets: SecretStore
  readonly bounds: typeof connectionBounds
}

export type Connection = ReturnType<typeof createConnection>

/** The SDK repeats nothing: a call repeated after a lost answer would be a second message. */
const toOptions = (config: SlackConfig, timeout: number, log?: DeskLog) => ({
  slackApiUrl: config.apiUrl,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout,
  allowAbsoluteUrls: false,
  logger: createLogger(log),
})
type ClientOptions = ReturnType<typeof toOptions>

export const createClient = (token: string, config: SlackConfig) =>
  new webApi.WebClient(token, toOptions(config, connectionBounds.callMsMax))

/** Not open yet, so that listeners can be added to the app. */
export function createConnection(parts: ConnectionParts) {
  const { config, log, bounds } = parts
  const { access } = config
  const clientOptions = toOptions(config, bounds.callMsMax, log)
  const { receiver, ...ways } = createReceiver(parts, clientOptions)
  const token = access.kind === 'token' ? { token: access.botToken } : {}
  const shared = { receiver, clientOptions, logger: clientOptions.logger }
  const app = new App({ ...token, ...shared, convoStore: false, deferInitialization: true })
  app.error((error) => {
    log.error({ platform: 'slack', error: describeError(error) }, 'Cannot handle an event')
    return Promise.resolve()
  })
  const link = new KeptConnection({
    ...ways,
    platform: 'slack',
    name: 'Slack',
    log,
    bounds,
    prepare: () => app.init(),
    toReceipt,
    describeError,
  })
  if (receiver instanceof SocketModeReceiver) receiver.client.on('disconnected', link.reopen)
  return {
    app,
    link,
    /** Rejects as a call to Slack would where the workspace has not installed the app, or that cannot be known now. */
    async clientOf(team: string): Promise<webApi.WebClient> {
      if (access.kind === 'token') return app.client
      const source = { teamId: team, enterpriseId: undefined, isEnterpriseInstall: false }
      const found = await receiver.installer?.authorize(source).catch((error: unknown) => {
        throw (error as { original?: Error }).original ?? error
      })
      return new webApi.WebClient(found?.botToken, clientOptions)
    },
  }
}

/**
 * The SDK's own reconnecting waits for seconds while commands fail, and ends the process when Slack refuses it
 * (socket-mode 3.1: an unhandled rejection): so it is off, and a KeptConnection does it.
 */
function createReceiver(parts: ConnectionParts, clientOptions: ClientOptions) {
  const { connection } = parts.config
  const { closeMsMax, helloMsMax, pongMsMax } = parts.bounds
  const { logger } = clientOptions
  if (connection.kind === 'http') {
    const { signingSecret, host, port } = connection
    const installing = toInstallerOptions(parts.config, parts.secrets, clientOptions)
    const receiver = new HTTPReceiver({ signingSecret, logger, ...installing })
    const open = () => receiver.start({ host, port })
    return { receiver, open, close: () => waitAtMost(receiver.stop(), closeMsMax) }
  }
  const receiver = new SocketModeReceiver({
    appToken: connection.appToken,
    logger,
    autoReconnectEnabled: false,
    clientPingTimeout: pongMsMax,
    processEventErrorHandler: () => Promise.resolve(false),
    installerOptions: { clientOptions: { ...clientOptions } },
  })
  const { client } = receiver
  // Who is gone confirms nothing: a second call cuts, and leaves no timer behind.
  const close = async () => {
    const closed = await waitAtMost(client.disconnect(), closeMsMax)
    if (closed === 'late') await client.disconnect()
  }
  const open = async () => {
    if ((await waitAtMost(client.start(), helloMsMax)) !== 'late') return
    await close()
    throw new Error('no hello')
  }
  return { receiver, open, close }
}

/** The SDK's debug lines hold whole payloads, and its errors may hold tokens. */
function createLogger(log?: DeskLog): Logger {
  const write =
    (level: keyof DeskLog) =>
    (...parts: unknown[]) => {
      const line = parts.map(String).join(' ')
      log?.[level]({ platform: 'slack' }, line.replaceAll(/x(?:ox.|app)-[\w-]+/g, '***'))
    }
  const nothing = () => undefined
  const levels = { debug: nothing, info: write('debug'), warn: write('warn'), error: write('warn') }
  return { ...levels, getLevel: () => LogLevel.INFO, setLevel: nothing, setName: nothing }
}
