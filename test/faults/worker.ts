// A process that sends reminders, and dies where it is told to: the real store, the real service, and a platform that keeps
// what it received in a folder. The production code knows nothing of this: store and adapter are wrapped here.

import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ChatAdapter } from '../../src/chat/adapter.ts'
import type { Platform } from '../../src/chat/message.ts'
import { createReply } from '../../src/chat/reply.ts'
import { createLog, type Log } from '../../src/log.ts'
import { createReminderService } from '../../src/reminders/reminder-service.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { dueAt, listMilestones, platforms, readOrder, type Order } from './order.ts'

const order = readOrder(process.env)
/** Stands still until all is planned, or a slow machine would plan after nine what is to be sent at nine. */
let runsSince = order.times === null ? null : performance.now()
const clock = {
  now: () => {
    const elapsed = runsSince === null ? 0 : performance.now() - runsSince
    return Temporal.Instant.fromEpochMilliseconds(Math.round(order.startMs + elapsed))
  },
}
const written = createLog('warn', clock)
const watch: Log['info'] = (_details, message) => {
  if (message === 'Planned all subscriptions') runsSince ??= performance.now()
}

/** As a power cut: nothing that comes after is done. */
function die(): never {
  process.kill(process.pid, 'SIGKILL')
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

const passed = new Map<string, number>()
/** `what`: names of platforms or conversations that the step is about. */
function pass(point: string, what: string): void {
  if (order.fault === null || point !== order.fault.point) return
  if (!what.includes(order.fault.platform)) return
  const count = (passed.get(point) ?? 0) + 1
  passed.set(point, count)
  if (count === order.fault.count) die()
}

/** Dies before or after a call, counting those that do something. */
function wrapStore(store: Store): Store {
  return new Proxy(store, {
    get(target, name, receiver) {
      const method = Reflect.get(target, name, receiver) as unknown
      if (typeof method !== 'function' || typeof name !== 'string') return method
      return async (...given: unknown[]) => {
        const what = JSON.stringify([given, [...keysOf(given)]])
        const isIdle = name === 'claimDue' && Temporal.Instant.compare(clock.now(), dueAt) < 0
        if (!isIdle) pass(`${name}.before`, what)
        const result: unknown = await (method.apply(target, given) as Promise<unknown>)
        if (name === 'claimDue') note(result)
        if (!isIdle) pass(`${name}.after`, what)
        return result
      }
    },
  })
}

const conversations = new Map<string, string>()
function note(claims: unknown): void {
  for (const claim of claims as Awaited<ReturnType<Store['claimDue']>>) {
    conversations.set(claim.messageKey, claim.conversation)
  }
}
/** startSending names messages by their keys only. */
function* keysOf(given: readonly unknown[]): Generator<string> {
  for (const key of given.flat(2)) {
    if (typeof key === 'string') yield conversations.get(key) ?? ''
  }
}

function createPlatform(platform: Platform, { folder, sendMs }: Order): ChatAdapter {
  const received = join(folder, 'received')
  mkdirSync(received, { recursive: true })
  return {
    platform,
    limits: { textLengthMax: 4_000, choicesMax: 10, choiceLabelLengthMax: 80 },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    async send(to, reply, { deliveryKey }) {
      pass('send.before', platform)
      if (sendMs > 0) await pause(sendMs)
      // Slack and Discord drop what has a known key. On Telegram everything arrives.
      const name = platform === 'telegram' ? `${deliveryKey}-${randomUUID()}` : deliveryKey
      const text = reply.blocks.map((block) => ('text' in block ? block.text : '')).join('\n')
      keep(join(received, `${platform}-${name}.json`), { platform, to, key: deliveryKey, text })
      pass('send.received', platform)
      return { kind: 'sent', messageId: deliveryKey }
    },
  }
}

/** Whole or not at all, and once a name. */
function keep(path: string, message: object): void {
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, JSON.stringify(message))
  try {
    linkSync(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(draft)
  }
}

const store = await openStore({ databaseUrl: order.databaseUrl, folder: order.folder, clock })
const service = createReminderService({
  store: wrapStore(store),
  adapters: platforms.map((platform) => createPlatform(platform, order)),
  calendar: () => ({ version: '1', jurisdictions: ['kenya'], listMilestones }),
  compose: ({ deliveries }, _now, { mayRepeat }) => {
    const lines = deliveries.map(({ milestone, occasion }) => `${milestone} ${occasion}`)
    const text = [...lines, ...(mayRepeat ? ['You may have seen this.'] : [])].join('\n')
    const reply = createReply('shared', 'en', [{ kind: 'text', text }])
    return Promise.resolve({ reply, stale: [] })
  },
  composeRetired: () => Promise.resolve(null),
  clock,
  log: {
    debug: watch,
    info: watch,
    warn: written.warn.bind(written),
    error: written.error.bind(written),
  },
  owner: randomUUID(),
  ...(order.times && { times: order.times }),
})
const running = service.start()
const ending = new AbortController()
process.once('SIGTERM', () => {
  ending.abort()
})
while (!ending.signal.aborted && !(await isAllSettled())) await pause(50)
await service.stop()
await running
await store.close()

async function isAllSettled(): Promise<boolean> {
  try {
    const counts = await store.countDeliveries()
    const open = counts['pending'] ?? 0
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
    return open === 0 && all >= order.expected
  } catch {
    // The database is down: that is what some of the orders are about.
    return false
  }
}
