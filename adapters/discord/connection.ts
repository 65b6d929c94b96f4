// Discord's gateway and REST API by discord.js: connecting, staying connected, saying what is wrong. It must not know the core.

import { once } from 'node:events'
import { Client, Events, Options, REST, Routes, SimpleShardingStrategy } from 'discord.js'
import type { APIGatewayBotInfo } from 'discord.js'
import type { DeskLog } from '../../src/chat/desk.ts'
import { GrowingPause } from '../../src/chat/growing-pause.ts'
import { RefusedError } from '../../src/chat/refused-error.ts'
import { retry } from '../../src/chat/retry.ts'
import { waitAtMost } from '../../src/chat/wait.ts'
import type { DiscordConfig } from './config.ts'
import { describeError, toReceipt } from './receipt.ts'

type ConnectionParts = {
  readonly config: DiscordConfig
  readonly log: DeskLog
  readonly now: () => Temporal.Instant
  readonly bounds: typeof connectionBounds
  /** Ends the connecting. */
  readonly signal: AbortSignal
  /** Is given each event as Discord sent it. */
  readonly onEvent: (client: Client, name: string, data: unknown) => void
}
export type Connection = { readonly client: Client; close(): Promise<void> }

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
/** discord.js drops repeats of these, and direct messages that lack a field which Discord does not document. */
const ownEvents = ['MESSAGE_CREATE', 'INTERACTION_CREATE']
const tokenAdvice = 'the token is refused, a new one in DISCORD_TOKEN is needed'
const advice = new Map([
  [4004, tokenAdvice],
  [4011, 'the assistant is in too many servers, an application with fewer is needed'],
  [4013, 'the intents are refused, a newer version of the assistant is needed'],
  [4014, 'the intents are refused, an application that may use them is needed'],
])

/** What trying again at once cannot help; what lasts, only the operator can put right. */
class Fault extends Error {
  readonly lasts: boolean
  constructor(message: string, { lasts }: { lasts: boolean }) {
    super(message)
    this.lasts = lasts
  }
}

/** Nothing is repeated in secret, and a limit is said at once: who sends has a queue and patience of its own. */
const toRestOptions = (api: string, timeout: number) =>
  ({ api, timeout, retries: 0, rejectOnRateLimit: () => true }) as const

export const createRest = ({ apiUrl, token }: DiscordConfig, timeout: number): REST =>
  new REST(toRestOptions(apiUrl, timeout)).setToken(token)

/** Rejects with what the operator has to do. */
export async function connect(parts: ConnectionParts): Promise<Connection> {
  const { log, now, bounds, signal } = parts
  const { identifyPauseMs: pauseMsMin, identifyPauseMsMax: pauseMsMax } = bounds
  // So that no fault uses up a day's identifies.
  const identifying = new GrowingPause({ pauseMsMin, pauseMsMax, now })
  return retry(() => logIn(parts, identifying), {
    signal,
    attemptsMax: bounds.connectAttemptsMax,
    pauseMs(error, failed) {
      if (error instanceof Fault) return null
      log.warn({ ...details, error: describeError(error) }, 'Cannot connect to Discord yet')
      return bounds.connectPauseMs * 2 ** (failed - 1)
    },
  }).catch((error: unknown) => {
    const outage = `it is out of reach (${describeError(error)}), a look at the network is needed`
    const what = error instanceof Fault ? error.message : outage
    const message = `Cannot connect to Discord: ${what}`
    throw error instanceof Fault && error.lasts ? new RefusedError(message) : new Error(message)
  })
}

async function logIn(parts: ConnectionParts, identifying: GrowingPause): Promise<Connection> {
  const { config, bounds, signal } = parts
  let keepOff = () => {}
  const client = new Client({
    intents: ['Guilds', 'GuildMessages', 'DirectMessages'],
    rest: toRestOptions(config.apiUrl, bounds.callMsMax),
    makeCache: Options.cacheWithLimits({ MessageManager: 0, GuildMemberManager: 0 }),
    ws: {
      buildIdentifyThrottler: () => ({ waitForIdentify: (_, ending) => identifying.wait(ending) }),
      buildStrategy(manager) {
        // discord.js would go on reconnecting after its end, and keep the process alive.
        keepOff = () => (manager.options.retrieveSessionInfo = () => new Promise(() => {}))
        return new SimpleShardingStrategy(manager)
      },
    },
  })
  const close = async () => {
    keepOff()
    // It never settles while discord.js waits for READY.
    await waitAtMost(client.destroy(), bounds.closeMsMax)
  }
  let closeCode = 0
  client.on(Events.ShardDisconnect, ({ code }) => (closeCode = code))
  listen(client, parts)
  try {
    client.rest.setToken(config.token)
    const gateway = (await client.rest.get(Routes.gatewayBot())) as APIGatewayBotInfo
    const { remaining, total, reset_after } = gateway.session_start_limit
    if (remaining < total * keptShare) {
      const wait = `a wait of ${Math.ceil(reset_after / 60_000)} minutes is needed`
      throw new Fault(`${remaining} of the day's connections are left, ${wait}`, { lasts: false })
    }
    const ended = AbortSignal.any([signal, AbortSignal.timeout(bounds.loginMsMax)])
    const end = once(ended, 'abort').then(() => Promise.reject(new Error('no READY came')))
    await Promise.race([client.login(config.token), end])
    return { client, close }
  } catch (error) {
    await close()
    const receipt = toReceipt(error)
    const isRefused = receipt.kind === 'refused' && receipt.reason === 'unauthorized'
    const what = isRefused ? tokenAdvice : advice.get(closeCode)
    throw what === undefined ? error : new Fault(what, { lasts: true })
  }
}

function listen(client: Client, { log, onEvent }: ConnectionParts) {
  let isUp = false
  const take = (packet: { t: string | null; readonly d: unknown }) => {
    if (packet.t === null) return
    isUp = true
    onEvent(client, packet.t, packet.d)
    if (ownEvents.includes(packet.t)) packet.t = null
  }
  // discord.js leaves this event out of its types.
  client.on(Events.Raw as string, take as () => void)
  client.on(Events.ShardDisconnect, ({ code }) => {
    const what = advice.get(code) ?? 'a restart is needed'
    log.error({ ...details, code }, `Discord ended the connection: ${what}`)
  })
  client.on(Events.ShardReconnecting, () => {
    if (isUp) log.info(details, 'Reconnecting to Discord')
    isUp = false
  })
  client.on(Events.ShardError, ({ message }) => {
    log.warn({ ...details, error: message }, 'The connection to Discord failed')
  })
}
