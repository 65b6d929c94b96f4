// Slack's own library, set up: the app, its connection (Socket Mode or HTTP), its clients, its log.
// With installation.ts the only value import of the SDK. It must not know messages or replies.

import { App, HTTPReceiver, LogLevel, SocketModeReceiver, webApi, type Logger } from '@slack/bolt'
import { retry } from '../../src/chat/retry.ts'
import type { SecretStore } from '../../src/chat/secret-store.ts'
import { waitAtMost } from '../../src/chat/wait.ts'
import type { HttpConfig, SlackConfig, SocketConfig } from './config.ts'
import { toInstallerOptions } from './installation.ts'
import { describeError, toReceipt } from './receipt.ts'

export type SlackLog = Readonly<
  Record<'debug' | 'info' | 'warn' | 'error', (details: object, message: string) => void>
>

export const connectionBounds = {
  /** One call to Slack. */
  callMsMax: 10_000,
  /** At the start; whoever was connected tries for ever. */
  connectAttemptsMax: 5,
  connectPauseMsMin: 1_000,
  connectPauseMsMax: 30_000,
  /** From an open socket to Slack's hello, and to the end of closing. */
  helloMsMax: 5_000,
  closeMsMax: 1_000,
  /** A frozen socket is noticed after about this and a third. */
  pongMsMax: 3_000,
}

export type ConnectionParts = {
  readonly log: SlackLog
  readonly secrets: SecretStore
  readonly bounds: typeof connectionBounds
  readonly listen: (app: App) => void
}

export type Connection = {
  /** Rejects with Slack's code "not_installed" where no workspace of this id has installed the app. */
  clientOf(team: string): Promise<webApi.WebClient>
  close(): Promise<void>
}

/** The SDK repeats nothing: a call repeated after a lost answer would be a second message. */
const toOptions = (config: SlackConfig, callMsMax: number, log?: SlackLog) => ({
  slackApiUrl: config.apiUrl,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: callMsMax,
  allowAbsoluteUrls: false,
  logger: createLogger(log),
})

export const createClient = (token: string, config: SlackConfig, callMsMax: number) =>
  new webApi.WebClient(token, toOptions(config, callMsMax))

/** Resolves when events arrive. Rejects with an operator's message when Slack refuses, or stays out of reach. */
export async function connect(config: SlackConfig, parts: ConnectionParts): Promise<Connection> {
  const { bounds, log, listen } = parts
  const ending = new AbortController()
  const persist: Persist = (action, attemptsMax) =>
    retry(action, {
      attemptsMax,
      signal: ending.signal,
      pauseMs(error, attempt) {
        log.warn({ platform: 'slack', error: describeError(error) }, 'Cannot connect to Slack yet')
        const isFinal = attemptsMax < Infinity && toReceipt(error).kind === 'refused'
        return isFinal
          ? null
          : Math.min(bounds.connectPauseMsMin * attempt, bounds.connectPauseMsMax)
      },
    })
  const { connection, access } = config
  const options = toOptions(config, bounds.callMsMax, log)
  const bot = access.kind === 'token' ? access.botToken : null
  try {
    const tested =
      bot &&
      (await persist(
        () => new webApi.WebClient(bot, options).auth.test(),
        bounds.connectAttemptsMax,
      ))
    const link =
      connection.kind === 'socket'
        ? createSocket(connection, options, parts, persist, ending.signal)
        : createHttp(connection, config, options, parts)
    const { receiver } = link
    const app = new App({
      ...(tested &&
        bot && { token: bot, botId: tested.bot_id ?? '', botUserId: tested.user_id ?? '' }),
      receiver,
      logger: options.logger,
      clientOptions: options,
      convoStore: false,
      tokenVerificationEnabled: false,
    })
    app.error((error) => {
      log.error({ platform: 'slack', error: describeError(error) }, 'Slack event not handled')
      return Promise.resolve()
    })
    listen(app)
    await link.open()
    log.info({ platform: 'slack', mode: connection.kind }, 'Connected to Slack')
    return {
      async clientOf(team) {
        if (bot !== null) return app.client
        const source = { teamId: team, enterpriseId: undefined, isEnterpriseInstall: false }
        const found = await receiver.installer?.authorize(source).catch(() => null)
        if (!found?.botToken)
          throw Object.assign(new Error('not installed'), { data: { error: 'not_installed' } })
        return new webApi.WebClient(found.botToken, options)
      },
      async close() {
        ending.abort()
        await link.close()
      },
    }
  } catch (error) {
    const needed = toReceipt(error).kind === 'refused' ? 'valid tokens are' : 'a way there is'
    throw new Error(`Cannot connect to Slack: ${describeError(error)}, ${needed} needed`)
  }
}

type Persist = <T>(action: () => Promise<T>, attemptsMax: number) => Promise<T>
type Link = {
  readonly receiver: SocketModeReceiver | HTTPReceiver
  open(): Promise<unknown>
  close(): Promise<unknown>
}

/**
 * The SDK's own reconnecting waits for seconds while commands fail, and ends the process when Slack refuses it
 * (socket-mode 3.1: an unhandled rejection). So it is done here, at once, and again until it works.
 */
function createSocket(
  { appToken }: SocketConfig,
  clientOptions: ReturnType<typeof toOptions>,
  { bounds }: ConnectionParts,
  persist: Persist,
  ending: AbortSignal,
): Link {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: clientOptions.logger,
    autoReconnectEnabled: false,
    clientPingTimeout: bounds.pongMsMax,
    processEventErrorHandler: () => Promise.resolve(false),
    installerOptions: { clientOptions: { ...clientOptions } },
  })
  const { client } = receiver
  // Who is gone confirms nothing: the second call cuts, and leaves no timer behind.
  const close = async () => {
    if ((await waitAtMost(client.disconnect(), bounds.closeMsMax)) === 'late')
      await client.disconnect()
  }
  const openOnce = async () => {
    const hello = await waitAtMost(client.start(), bounds.callMsMax + bounds.helloMsMax)
    if (hello !== 'late') return
    await close()
    throw new Error('no hello')
  }
  let isOpening = true
  const open = async (attemptsMax: number) => {
    isOpening = true
    await persist(openOnce, attemptsMax).finally(() => {
      isOpening = false
    })
  }
  client.on('disconnected', () => {
    if (!isOpening && !ending.aborted) open(Infinity).catch(() => undefined)
  })
  return { receiver, open: () => open(bounds.connectAttemptsMax), close }
}

function createHttp(
  { signingSecret, host, port }: HttpConfig,
  config: SlackConfig,
  clientOptions: ReturnType<typeof toOptions>,
  { secrets, bounds }: ConnectionParts,
): Link {
  const { logger } = clientOptions
  const installer = toInstallerOptions(config, secrets, clientOptions)
  const receiver = new HTTPReceiver({ signingSecret, logger, ...installer })
  return {
    receiver,
    open: () => receiver.start({ host, port }),
    close: () => waitAtMost(receiver.stop(), bounds.closeMsMax),
  }
}

/** The SDK's debug lines hold whole payloads, and its errors may hold tokens. */
function createLogger(log?: SlackLog): Logger {
  const write =
    (level: keyof SlackLog) =>
    (...parts: unknown[]) => {
      const line = parts
        .map(String)
        .join(' ')
        .replaceAll(/x(?:ox.|app)-[\w-]+/g, '***')
      log?.[level]({ platform: 'slack' }, line)
    }
  return {
    debug: () => undefined,
    info: write('debug'),
    warn: write('warn'),
    error: write('warn'),
    getLevel: () => LogLevel.INFO,
    setLevel: () => undefined,
    setName: () => undefined,
  }
}
