// Discord's gateway and REST API by discord.js: connecting, staying connected, saying what is wrong. It must not know the core.

import { setTimeout as pause } from 'node:timers/promises'
import { Client, Events, GatewayIntentBits, Options, REST, Routes } from 'discord.js'
import type { APIGatewayBotInfo } from 'discord.js'
import { retry } from '../../src/chat/retry.ts'
import { waitAtMost } from '../../src/chat/wait.ts'
import type { DiscordConfig } from './config.ts'
import { describeError, toReceipt } from './receipt.ts'

export type DiscordLog = Readonly<
  Record<'info' | 'warn' | 'error', (details: object, message: string) => void>
>
export type ConnectionParts = {
  readonly log: DiscordLog
  readonly now: () => Temporal.Instant
  readonly bounds: typeof connectionBounds
  /** Is given each event as Discord sent it. */
  readonly onEvent: (client: Client, name: string, data: unknown) => void
}

export const connectionBounds = {
  callMsMax: 10_000,
  connectAttemptsMax: 6,
  connectPauseMs: 1_000,
  loginMsMax: 60_000,
  closeMsMax: 2_000,
  /** Discord wants five seconds between two, and resets the token after a thousand in a day. */
  identifyPauseMs: 5_000,
  identifyPauseMsMax: 300_000,
}
const details = { platform: 'discord' }
/** The part of a day's connections that is kept for people who put things right. */
const keptShare = 0.02
const invalidRequestsInterval = 100
/** discord.js drops repeats of these, and direct messages that lack a field which Discord does not document. */
const ownEvents = ['MESSAGE_CREATE', 'INTERACTION_CREATE']
const advice = new Map([
  [4004, 'the token is refused, a new one in DISCORD_TOKEN is needed'],
  [4011, 'the assistant is in too many servers, an application with fewer is needed'],
  [4013, 'the intents are refused, a newer version of the assistant is needed'],
  [4014, 'the intents are refused, an application that may use them is needed'],
])

type Packet = { t: string | null; readonly d: unknown }

/** Trying again cannot help. */
class RefusedError extends Error {}

export const createRest = ({ apiUrl, token }: DiscordConfig, timeout: number) =>
  new REST(toRestOptions(apiUrl, timeout)).setToken(token)

/** Nothing is repeated in secret, and a limit is said at once: a reminder's sender has its own queue. */
const toRestOptions = (api: string, timeout: number) => ({
  api,
  timeout,
  retries: 0,
  rejectOnRateLimit: () => true,
  invalidRequestWarningInterval: invalidRequestsInterval,
})

/** Rejects with what the operator has to do. */
export async function connect(config: DiscordConfig, parts: ConnectionParts): Promise<Client> {
  const { log, bounds } = parts
  const throttler = createThrottler(parts)
  try {
    return await retry(() => logIn(config, parts, throttler), {
      attemptsMax: bounds.connectAttemptsMax,
      pauseMs: (error, attempt) => {
        if (error instanceof RefusedError || toReceipt(error).kind === 'refused') return null
        log.warn({ ...details, error: describeError(error) }, 'Cannot connect to Discord yet')
        return bounds.connectPauseMs * 2 ** (attempt - 1)
      },
    })
  } catch (error) {
    if (error instanceof RefusedError) throw error
    const isRefused = toReceipt(error).kind === 'refused'
    const what = isRefused ? advice.get(4004) : `${describeError(error)}, another try is needed`
    throw new Error(`Cannot connect to Discord: ${what ?? ''}`, { cause: describeError(error) })
  }
}

export async function disconnect(client: Client, { closeMsMax }: typeof connectionBounds) {
  // discord.js never settles this while it waits for READY.
  await waitAtMost(client.destroy(), closeMsMax)
}

async function logIn(
  { apiUrl, token }: DiscordConfig,
  parts: ConnectionParts,
  throttler: ReturnType<typeof createThrottler>,
): Promise<Client> {
  const { bounds } = parts
  const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits
  const client = new Client({
    intents: [Guilds, GuildMessages, DirectMessages],
    rest: toRestOptions(apiUrl, bounds.callMsMax),
    makeCache: Options.cacheWithLimits({ MessageManager: 0, GuildMemberManager: 0 }),
    ws: { buildIdentifyThrottler: () => throttler },
  })
  let closeCode = 0
  listen(client, parts, (code) => (closeCode = code))
  try {
    client.rest.setToken(token)
    const gateway = (await client.rest.get(Routes.gatewayBot())) as APIGatewayBotInfo
    const { remaining, total, reset_after } = gateway.session_start_limit
    if (remaining < total * keptShare) {
      const minutes = Math.ceil(reset_after / 60_000)
      const left = `${remaining} of today's connections are left`
      throw new RefusedError(
        `Cannot connect to Discord: ${left}, a wait of ${minutes} minutes is needed`,
      )
    }
    if ((await waitAtMost(client.login(token), bounds.loginMsMax)) !== 'late') return client
    throw new Error('READY did not come')
  } catch (error) {
    await disconnect(client, bounds)
    const what = advice.get(closeCode)
    throw what === undefined ? error : new RefusedError(`Cannot connect to Discord: ${what}`)
  }
}

function listen(
  client: Client,
  { log, onEvent }: ConnectionParts,
  onFinal: (code: number) => void,
) {
  // discord.js leaves this event out of its types.
  const raw = client as unknown as { on(name: 'raw', take: (packet: Packet) => void): void }
  raw.on('raw', (packet) => {
    if (packet.t === null) return
    onEvent(client, packet.t, packet.d)
    if (ownEvents.includes(packet.t)) packet.t = null
  })
  client.on(Events.ShardDisconnect, ({ code }) => {
    onFinal(code)
    log.error(
      { ...details, code },
      `Discord ended the connection: ${advice.get(code) ?? 'a restart is needed'}`,
    )
  })
  client.on(Events.ShardReconnecting, () => {
    log.info(details, 'Reconnecting to Discord')
  })
  client.on(Events.ShardResume, () => {
    log.info(details, 'Resumed the connection to Discord')
  })
  for (const name of [Events.ShardError, Events.Error] as const) {
    client.on(name, (error: Error) => {
      log.warn({ ...details, error: error.message }, 'Discord: the connection failed')
    })
  }
  client.rest.on('invalidRequestWarning', ({ count }) => {
    log.warn(
      { ...details, count },
      'Discord refuses many requests: it shuts out who sends 10,000 in ten minutes',
    )
  })
}

/** Pauses grow while connections do not last, so that no fault uses up a day's identifies. */
function createThrottler({ bounds, now }: ConnectionParts) {
  const { identifyPauseMs, identifyPauseMsMax } = bounds
  let last: Temporal.Instant | undefined
  let pauseMs = 0
  return {
    async waitForIdentify(_: number, signal: AbortSignal) {
      const lasted = last === undefined ? Infinity : now().since(last).total('milliseconds')
      const isSteady = lasted > 2 * identifyPauseMsMax
      pauseMs = isSteady ? 0 : Math.min(Math.max(2 * pauseMs, identifyPauseMs), identifyPauseMsMax)
      await pause(pauseMs, undefined, { signal })
      last = now()
    },
  }
}
