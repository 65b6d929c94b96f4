// The composition root: the only file that reads process.env or names adapters/. Starts, wires and stops the parts.

import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createReceive } from './assistant/assistant.ts'
import { createBrain } from './assistant/brain.ts'
import { createCompose, createComposeRetired } from './assistant/compose-reminder.ts'
import { readCalendarFeed } from './assistant/deadlines.ts'
import { toMilestoneSource } from './assistant/milestones-of.ts'
import type { ChatAdapter } from './chat/adapter.ts'
import type { VariablesResult } from './chat/variables.ts'
import { createClockFrom, systemClock, todayOf, type StartedClock } from './clock.ts'
import { readConfig } from './config.ts'
import type { HttpServer } from './http/server.ts'
import { fallbackLanguage } from './knowledge/knowledge-base.ts'
import { loadKnowledge } from './knowledge/load.ts'
import { formatMistake, KnowledgeError } from './knowledge/mistake.ts'
import { watchKnowledge } from './knowledge/watch.ts'
import { createReminderService, type ReminderService } from './reminders/reminder-service.ts'
import { createFileCache } from './search/cache.ts'
import { createLog } from './log.ts'
import { openStore } from './store/open-store.ts'
import { StoreOpenError } from './store/store.ts'
import { readTerminalConfig } from '../adapters/terminal/config.ts'
import { readWebConfig } from '../adapters/web/config.ts'

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
  const { core, web, terminal } = readVariables()
  const clock = readClock()
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

  const adapters: ChatAdapter[] = []
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

  if (web !== null) {
    const { createWebAdapter } = await import('../adapters/web/adapter.ts')
    const { startHttpServer } = await import('./http/server.ts')
    const { createCalendarFeed } = await import('./http/calendar-feed.ts')
    const adapter = createWebAdapter(web, { now: clock.now })
    const readHealth = () => ({ knowledge: brain.base.version, entries: brain.base.entries.length })
    const feed = createCalendarFeed((id, language) => readCalendarFeed(brain, id, language))
    const routes = [adapter.routes, feed]
    server = await startHttpServer({ ...web, routes, log, readHealth }).catch(
      async (error: unknown) => {
        await stop()
        throw new OperatorError(error instanceof Error ? error.message : String(error))
      },
    )
    adapters.push(adapter)
  }
  if (terminal !== null) {
    const { createTerminalAdapter } = await import('../adapters/terminal/adapter.ts')
    const adapter = createTerminalAdapter({
      input: process.stdin,
      output: process.stdout,
      interactive,
      colour: terminal.colour && process.stdout.isTTY,
      language: core.language,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      notice: server === undefined ? '' : `The web page is at ${server.url}`,
      now: clock.now,
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
  const suggest: Parameters<ChatAdapter['start']>[1] = (...asked) => brain.suggest(...asked)
  // What it takes to load must not be gone from the moment that was asked for.
  clock.begin()
  await Promise.all(adapters.map((adapter) => adapter.start(receive, suggest)))
  await service.start()
}

/** `--clock 2028-12-01T08:59:55Z` lets the assistant live from that moment on: for development alone. */
function readClock(): StartedClock {
  const { values } = parseArgs({ options: { clock: { type: 'string' } } })
  if (values.clock === undefined) return { ...systemClock, begin: () => undefined }
  try {
    return createClockFrom(Temporal.Instant.from(values.clock))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const needed = 'a moment such as "2028-12-01T08:59:55Z" is needed'
    throw new OperatorError(`Cannot read --clock: "${values.clock}", ${needed}`)
  }
}

/** All mistakes of all variables in one message. */
function readVariables() {
  const results = {
    core: readConfig(process.env, defaults),
    web: readWebConfig(process.env),
    terminal: readTerminalConfig(process.env),
  }
  const mistakes = Object.values(results).flatMap((result) =>
    result.kind === 'mistakes' ? result.mistakes : [],
  )
  if (mistakes.length > 0) throw new OperatorError(mistakes.join('\n'))
  return {
    core: configOf(results.core),
    web: configOf(results.web),
    terminal: configOf(results.terminal),
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
