// The platforms there are: the only file that names adapters. Each is loaded when its variables are present.
// It must not read process.env: the composition root hands the variables over.

import type { Hono } from 'hono'
import type { ChatAdapter } from './chat/adapter.ts'
import type { DoctorFinding } from './chat/doctor.ts'
import type { SecretStore } from './chat/secret-store.ts'
import type { Variables } from './chat/variables.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import { readDiscordConfig, type DiscordConfig } from '../adapters/discord/config.ts'
import { readSlackConfig, type SlackConfig } from '../adapters/slack/config.ts'
import { readTelegramConfig, type TelegramConfig } from '../adapters/telegram/config.ts'
import { readTerminalConfig, type TerminalConfig } from '../adapters/terminal/config.ts'
import { readWebConfig, type WebConfig } from '../adapters/web/config.ts'

/** Each platform's configuration, null where it is not set up; or every mistake of every platform. */
export const readPlatforms = (variables: Variables) => ({
  web: readWebConfig(variables),
  terminal: readTerminalConfig(variables),
  slack: readSlackConfig(variables),
  discord: readDiscordConfig(variables),
  telegram: readTelegramConfig(variables),
})

export type PlatformConfigs = {
  readonly web: WebConfig | null
  readonly terminal: TerminalConfig | null
  readonly slack: SlackConfig | null
  readonly discord: DiscordConfig | null
  readonly telegram: TelegramConfig | null
}

export type AdapterParts = {
  readonly log: Log
  readonly clock: Clock
  readonly secrets: SecretStore
}

export type Adapters = {
  readonly adapters: readonly ChatAdapter[]
  /** The page's own routes, for people's browsers. */
  readonly routes: readonly Hono[]
  /** Where platforms bring their events, each with a secret. */
  readonly hooks: readonly Hono[]
}

/** Those of all platforms that need no terminal, configured and not started. */
export async function createAdapters(
  { web, slack, discord, telegram }: PlatformConfigs,
  { log, clock, secrets }: AdapterParts,
): Promise<Adapters> {
  const { now } = clock
  const adapters: ChatAdapter[] = []
  const routes: Hono[] = []
  const hooks: Hono[] = []
  if (web !== null) {
    const { createWebAdapter } = await import('../adapters/web/adapter.ts')
    const adapter = createWebAdapter(web, { now })
    adapters.push(adapter)
    routes.push(adapter.routes)
  }
  if (slack !== null) {
    const { createSlackAdapter } = await import('../adapters/slack/adapter.ts')
    adapters.push(createSlackAdapter({ config: slack, log, secrets, now }))
  }
  if (discord !== null) {
    const { createDiscordAdapter } = await import('../adapters/discord/adapter.ts')
    adapters.push(createDiscordAdapter({ config: discord, log, now }))
  }
  if (telegram !== null) {
    const { createTelegramAdapter } = await import('../adapters/telegram/adapter.ts')
    const adapter = createTelegramAdapter({ config: telegram, log, now })
    adapters.push(adapter)
    if (telegram.webhook !== null) hooks.push(adapter.routes)
  }
  return { adapters, routes, hooks }
}

export type TerminalParts = {
  readonly clock: Clock
  /** BCP 47. */
  readonly language: string
  /** A sentence before the first prompt; may be empty. */
  readonly notice: string
  readonly interactive: boolean
  readonly onEnd: (linesRead: number) => void
}

/** The prompt, on the process's own standard input and output. */
export async function createTerminal(
  { colour }: TerminalConfig,
  { clock, ...parts }: TerminalParts,
): Promise<ChatAdapter> {
  const { createTerminalAdapter } = await import('../adapters/terminal/adapter.ts')
  return createTerminalAdapter({
    ...parts,
    input: process.stdin,
    output: process.stdout,
    colour: colour && process.stdout.isTTY,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    now: clock.now,
  })
}

/** The platforms whose set-up can be examined. */
export const examinedPlatforms = ['slack', 'discord', 'telegram'] as const
export type ExaminedPlatform = (typeof examinedPlatforms)[number]

/** What a platform's own check finds; null where the platform is not set up. */
export async function examinePlatform(
  platform: ExaminedPlatform,
  { slack, discord, telegram }: PlatformConfigs,
): Promise<readonly DoctorFinding[] | null> {
  switch (platform) {
    case 'slack': {
      const { checkSlack } = await import('../adapters/slack/doctor.ts')
      return slack && (await checkSlack(slack))
    }
    case 'discord': {
      const { checkDiscord } = await import('../adapters/discord/doctor.ts')
      return discord && (await checkDiscord(discord))
    }
    case 'telegram': {
      const { checkTelegram } = await import('../adapters/telegram/doctor.ts')
      return telegram && (await checkTelegram(telegram))
    }
  }
}
