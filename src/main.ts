// The composition root: the only file that reads process.env. Starts, wires and stops the parts.

import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readArguments } from './arguments.ts'
import { createReceive } from './assistant/assistant.ts'
import { createBrain, type Brain } from './assistant/brain.ts'
import { createCompose, createComposeRetired } from './assistant/compose-reminder.ts'
import { readCalendarFeed } from './assistant/deadlines.ts'
import { toMilestoneSource } from './assistant/milestones-of.ts'
import type { SecretStore } from './chat/secret-store.ts'
import type { VariablesResult } from './chat/variables.ts'
import { todayOf, type Clock, type StartedClock } from './clock.ts'
import { readConfig, type Config } from './config.ts'
import { runDoctor } from './doctor.ts'
import type { HttpServer } from './http/server.ts'
import { fallbackLanguage } from './knowledge/knowledge-base.ts'
import { loadKnowledge } from './knowledge/load.ts'
import { formatMistake, KnowledgeError } from './knowledge/mistake.ts'
import { watchKnowledge } from './knowledge/watch.ts'
import {
  createReminderService,
  type ReminderService,
  type ReminderServiceOptions,
} from './reminders/reminder-service.ts'
import { createFileCache } from './search/cache.ts'
import { createLog, type Log } from './log.ts'
import { OperatorError } from './operator-error.ts'
import { createPlatformStarter } from './platform-starter.ts'
import {
  createAdapters,
  createTerminal,
  readPlatforms,
  type Adapters,
  type PlatformConfigs,
} from './platforms.ts'
import { openStore } from './store/open-store.ts'
import { StoreOpenError, type Store } from './store/store.ts'

const knowledgeFolder = fileURLToPath(new URL('../knowledge', import.meta.url))
const stopMsMax = 10_000
/** What has expired is removed so often. */
const sweepMs = 60 * 60_000
/** Somebody sits at the prompt: the log says only what they must know. */
const interactive = process.stdin.isTTY && process.stdout.isTTY
const defaults = {
  knowledgeFolder,
  dataFolder: fileURLToPath(new URL('../data', import.meta.url)),
  databaseUrl: null,
  logLevel: interactive ? 'warn' : 'info',
  language: fallbackLanguage,
  publicUrl: '',
} as const

async function start(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { core, platforms } = readVariables()
  const { clock, doctorOf } = readArguments()
  if (doctorOf === null) {
    await runAssistant(core, platforms, clock)
    return
  }
  const write = (line: string) => process.stdout.write(`${line}\n`)
  const parts = { core, platforms, clock, write, knowledgeDefaults: knowledgeFolder }
  const isWell = await runDoctor({ ...parts, subject: doctorOf })
  process.exitCode = isWell ? 0 : 1
}

async function runAssistant(
  core: Config,
  platforms: PlatformConfigs,
  clock: StartedClock,
): Promise<void> {
  const log = createLog(core.logLevel, clock)
  // From the last to be opened to the first, whatever of it was opened by then.
  const closers: (() => Promise<void>)[] = []
  const stop = once(async () => {
    // Whatever hangs, the process ends: a supervisor that has to kill it learns nothing.
    setTimeout(() => process.exit(1), stopMsMax).unref()
    for (const closer of closers.toReversed()) await closer()
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())

  try {
    await run({ core, platforms, clock, log, closers, stop })
  } catch (error) {
    await stop()
    throw error
  }
}

type Running = {
  readonly core: Config
  readonly platforms: PlatformConfigs
  readonly clock: StartedClock
  readonly log: Log
  readonly closers: (() => Promise<void>)[]
  readonly stop: () => Promise<void>
}

/** Resolves when it has been stopped. */
async function run({ core, platforms, clock, log, closers, stop }: Running): Promise<void> {
  const live = await openBrain(core, clock, log)
  const { brain } = live
  closers.push(() => live.close())
  const store = await openStore({ ...core, folder: core.dataFolder, clock })
  closers.push(() => store.close())
  closers.push(keepSwept(store, clock, log))
  const secrets: SecretStore = {
    read: (name) => store.readSecret(name),
    write: (name, value) => store.writeSecret(name, value),
    remove: (name) => store.removeSecret(name),
  }
  const { adapters: created, ...served } = await createAdapters(platforms, { log, clock, secrets })
  const adapters = [...created]
  const server = await serve(platforms.web, served, brain, log)
  if (server !== null) closers.push(() => server.stop())
  if (platforms.terminal !== null) {
    const adapter = await createTerminal(platforms.terminal, {
      clock,
      interactive,
      language: core.language,
      notice: server === null ? '' : `The web page is at ${server.url}`,
      // A service manager gives no input at all, and the assistant serves on; a pipe that ends has had its answers.
      onEnd: (linesRead) => void (interactive || linesRead > 0 ? stop() : undefined),
    })
    adapters.push(adapter)
  }
  const starter = createPlatformStarter({ adapters, log })
  closers.push(starter.stop)
  const reminders = createReminders({ brain, store, adapters, clock, log })
  live.whenReloaded(() => {
    reminders.planNow()
  })
  closers.push(reminders.stop)
  // What it takes to load must not be gone from the moment that was asked for.
  clock.begin()
  const { language, publicUrl } = core
  const replan = reminders.planNow
  const receive = createReceive({ brain, store, log, language, publicUrl, clock, replan })
  await starter.start(receive, (...asked) => brain().suggest(...asked))
  await reminders.start()
}

/** The knowledge base of the moment: an edit takes effect, a broken edit changes nothing. */
async function openBrain(core: Config, clock: Clock, log: Log) {
  const options = { cache: createFileCache(core.dataFolder), today: todayOf(clock) }
  let brain = createBrain(loadKnowledge(core.knowledgeFolder, knowledgeFolder), options)
  let reloaded: () => void = () => undefined
  const logBase = (message: string) => {
    log.info({ entries: brain.base.entries.length, version: brain.base.version }, message)
  }
  logBase('Knowledge base loaded')
  const watched = await watchKnowledge(core.knowledgeFolder, knowledgeFolder, brain.base, {
    onLoad(base) {
      brain = createBrain(base, options)
      logBase('Knowledge base reloaded')
      reloaded()
    },
    onMistakes(error) {
      const mistakes = error.mistakes.map(formatMistake)
      log.error({ mistakes }, 'Knowledge base not reloaded: the last good version stays')
    },
  })
  return {
    brain: () => brain,
    whenReloaded(listener: () => void) {
      reloaded = listener
    },
    close: () => watched.stop(),
  }
}

/** Removes what has expired, every hour; gives what ends that. */
function keepSwept(store: Store, clock: Clock, log: Log): () => Promise<void> {
  const sweeping = setInterval(() => {
    store.sweep(clock.now()).catch((error: unknown) => {
      log.error({ error }, 'Cannot sweep the database: it is tried again in an hour')
    })
  }, sweepMs)
  return () => {
    clearInterval(sweeping)
    return Promise.resolve()
  }
}

/** The web server, with the page, the calendars and the platforms' hooks; null when it is off. */
async function serve(
  web: PlatformConfigs['web'],
  { routes, hooks }: Omit<Adapters, 'adapters'>,
  brain: () => Brain,
  log: Log,
): Promise<HttpServer | null> {
  if (web === null && hooks.length === 0) return null
  if (web === null) {
    throw new OperatorError('Cannot take webhooks: WEB is off, WEB=on is needed')
  }
  const { startHttpServer } = await import('./http/server.ts')
  const { createCalendarFeed } = await import('./http/calendar-feed.ts')
  const feed = createCalendarFeed((id, language) => readCalendarFeed(brain(), id, language))
  const readHealth = () => {
    const { version, entries } = brain().base
    return { knowledge: version, entries: entries.length }
  }
  try {
    return await startHttpServer({ ...web, routes: [...routes, feed], hooks, log, readHealth })
  } catch (error) {
    throw new OperatorError(error instanceof Error ? error.message : String(error))
  }
}

type ReminderParts = Pick<ReminderServiceOptions, 'store' | 'adapters' | 'clock' | 'log'> & {
  readonly brain: () => Brain
}

const createReminders = ({ brain, ...parts }: ReminderParts): ReminderService =>
  createReminderService({
    ...parts,
    calendar: () => toMilestoneSource(brain()),
    compose: createCompose({ brain, store: parts.store }),
    composeRetired: createComposeRetired({ brain }),
    owner: randomUUID(),
  })

/** All mistakes of all variables in one message. */
function readVariables(): { core: Config; platforms: PlatformConfigs } {
  const core = readConfig(process.env, defaults)
  const read = readPlatforms(process.env)
  const mistakes = [core, ...Object.values(read)].flatMap((result) =>
    result.kind === 'mistakes' ? result.mistakes : [],
  )
  if (mistakes.length > 0) throw new OperatorError(mistakes.join('\n'))
  return {
    core: configOf(core),
    platforms: {
      web: configOf(read.web),
      terminal: configOf(read.terminal),
      slack: configOf(read.slack),
      discord: configOf(read.discord),
      telegram: configOf(read.telegram),
    },
  }
}

function configOf<Config>(result: VariablesResult<Config>): Config {
  if (result.kind === 'mistakes') throw new OperatorError(result.mistakes.join('\n'))
  return result.config
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => (running ??= action())
}

try {
  await start()
} catch (error) {
  const isOperators = [OperatorError, KnowledgeError, StoreOpenError].some(
    (kind) => error instanceof kind,
  )
  if (!(error instanceof Error && isOperators)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
