// The composition root: the only file that reads process.env. Starts, wires and stops the parts.

import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createReceive } from './assistant/assistant.ts'
import { createBrain } from './assistant/brain.ts'
import { createCompose, createComposeRetired } from './assistant/compose-reminder.ts'
import { readCalendarFeed } from './assistant/deadlines.ts'
import { toMilestoneSource } from './assistant/milestones-of.ts'
import type { ChatAdapter, Receive, Suggest } from './chat/adapter.ts'
import type { VariablesResult } from './chat/variables.ts'
import { createClockFrom, systemClock, todayOf, type StartedClock } from './clock.ts'
import { readConfig, type Config } from './config.ts'
import { runDoctor } from './doctor.ts'
import type { HttpServer } from './http/server.ts'
import { fallbackLanguage } from './knowledge/knowledge-base.ts'
import { loadKnowledge } from './knowledge/load.ts'
import { formatMistake, KnowledgeError } from './knowledge/mistake.ts'
import { watchKnowledge } from './knowledge/watch.ts'
import { createReminderService, type ReminderService } from './reminders/reminder-service.ts'
import { createFileCache } from './search/cache.ts'
import { createLog, type Log } from './log.ts'
import { createAdapters, createTerminal, readPlatforms, type PlatformConfigs } from './platforms.ts'
import { openStore } from './store/open-store.ts'
import { StoreOpenError } from './store/store.ts'

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

/** Something that the operator has to put right: said in one message, without a stack. */
class OperatorError extends Error {
  override readonly name = 'OperatorError'
}

async function start(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { core, platforms } = readVariables()
  const { clock, doctorOf } = readArguments()
  if (doctorOf !== null) {
    const write = (line: string) => process.stdout.write(`${line}\n`)
    const parts = { core, platforms, clock, write, knowledgeDefaults: knowledgeFolder }
    const isWell = await runDoctor({ ...parts, subject: doctorOf })
    process.exitCode = isWell ? 0 : 1
    return
  }
  const log = createLog(core.logLevel, clock)
  const options = { cache: createFileCache(core.dataFolder), today: todayOf(clock) }
  let brain = createBrain(loadKnowledge(core.knowledgeFolder, knowledgeFolder), options)
  const logBase = (message: string) => {
    log.info({ entries: brain.base.entries.length, version: brain.base.version }, message)
  }
  logBase('Knowledge base loaded')
  const store = await openStore({ ...core, folder: core.dataFolder, clock })
  const sweeping = setInterval(() => {
    store.sweep(clock.now()).catch((error: unknown) => {
      log.error({ error }, 'Cannot sweep the database: it is tried again in an hour')
    })
  }, sweepMs)
  const knowledge = await watchKnowledge(core.knowledgeFolder, knowledgeFolder, brain.base, {
    onLoad(base) {
      brain = createBrain(base, options)
      logBase('Knowledge base reloaded')
      reminders?.planNow()
    },
    onMistakes(error) {
      const mistakes = error.mistakes.map(formatMistake)
      log.error({ mistakes }, 'Knowledge base not reloaded: the last good version stays')
    },
  })

  const secrets = {
    read: store.readSecret,
    write: store.writeSecret,
    remove: store.removeSecret,
  }
  const created = await createAdapters(platforms, { log, clock, secrets })
  const adapters = [...created.adapters]
  let reminders: ReminderService | undefined
  let server: HttpServer | undefined
  const stop = once(async () => {
    // Whatever hangs, the process ends: a supervisor that has to kill it learns nothing.
    setTimeout(() => process.exit(1), stopMsMax).unref()
    clearInterval(sweeping)
    await reminders?.stop()
    await Promise.all(adapters.map((adapter) => adapter.stop()))
    await server?.stop()
    await knowledge.stop()
    await store.close()
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())

  if (created.hooks.length > 0 && platforms.web === null) {
    throw new OperatorError('Cannot take webhooks: WEB is off, WEB=on is needed')
  }
  if (platforms.web !== null) {
    const { startHttpServer } = await import('./http/server.ts')
    const { createCalendarFeed } = await import('./http/calendar-feed.ts')
    const readHealth = () => ({ knowledge: brain.base.version, entries: brain.base.entries.length })
    const feed = createCalendarFeed((id, language) => readCalendarFeed(brain, id, language))
    const { hooks } = created
    const routes = [...created.routes, feed]
    const options = { ...platforms.web, routes, hooks, log, readHealth }
    server = await startHttpServer(options).catch(async (error: unknown) => {
      await stop()
      throw new OperatorError(error instanceof Error ? error.message : String(error))
    })
  }
  if (platforms.terminal !== null) {
    const adapter = await createTerminal(platforms.terminal, {
      clock,
      interactive,
      language: core.language,
      notice: server === undefined ? '' : `The web page is at ${server.url}`,
      // A service manager gives no input at all, and the assistant serves on; a pipe that ends has had its answers.
      onEnd: (linesRead) => void (interactive || linesRead > 0 ? stop() : undefined),
    })
    adapters.push(adapter)
  }
  const service = createReminderService({
    store,
    adapters,
    calendar: () => toMilestoneSource(brain),
    compose: createCompose({ brain: () => brain, store }),
    composeRetired: createComposeRetired({ brain: () => brain }),
    clock,
    log,
    owner: randomUUID(),
  })
  reminders = service
  const receive = createReceive({
    brain: () => brain,
    store,
    log,
    language: core.language,
    publicUrl: core.publicUrl,
    clock,
    replan: service.planNow,
  })
  const suggest: Suggest = (...asked) => brain.suggest(...asked)
  // What it takes to load must not be gone from the moment that was asked for.
  clock.begin()
  const started = await Promise.all(
    adapters.map((adapter) => startAdapter(adapter, receive, suggest, log)),
  )
  if (!started.includes(true)) {
    await stop()
    throw new OperatorError('Cannot start: no platform could be reached, the log says why')
  }
  await service.start()
}

/** A platform that cannot be reached, or refuses the token, takes no other down. */
async function startAdapter(
  adapter: ChatAdapter,
  receive: Receive,
  suggest: Suggest,
  log: Log,
): Promise<boolean> {
  try {
    await adapter.start(receive, suggest)
    return true
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    log.error({ platform: adapter.platform, reason }, 'Cannot start a platform')
    return false
  }
}

/**
 * `--clock 2028-12-01T08:59:55Z` lets the assistant live from that moment on, for development; `doctor` and a platform's
 * name examine the set-up instead.
 */
function readArguments(): { clock: StartedClock; doctorOf: string | undefined | null } {
  const { values, positionals } = parseArgs({
    options: { clock: { type: 'string' } },
    allowPositionals: true,
  })
  const [command, subject] = positionals
  if (command !== undefined && command !== 'doctor') {
    throw new OperatorError(`Cannot run "${command}": "doctor" or nothing is needed`)
  }
  return { clock: readClock(values.clock), doctorOf: command === undefined ? null : subject }
}

function readClock(text: string | undefined): StartedClock {
  if (text === undefined) return { ...systemClock, begin: () => undefined }
  try {
    return createClockFrom(Temporal.Instant.from(text))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const needed = 'a moment such as "2028-12-01T08:59:55Z" is needed'
    throw new OperatorError(`Cannot read --clock: "${text}", ${needed}`)
  }
}

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
