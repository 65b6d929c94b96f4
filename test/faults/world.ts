// Runs workers in a world of their own, kills them, and counts what the platforms received.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { toConversationId } from '../../src/chat/message.ts'
import { systemSleep } from '../../src/reminders/bell.ts'
import { planAll } from '../../src/reminders/planning.ts'
import { databaseFileName, openStore } from '../../src/store/open-store.ts'
import { longAgo, makeSubscription, on } from '../reminders/samples.ts'
import {
  dateBefore,
  dueAt,
  listMilestones,
  platforms,
  writeOrder,
  type Fault,
  type Order,
} from './order.ts'

const start = dueAt.subtract({ milliseconds: 500 })
/** Every lease of a process that died is over. */
const afterLeasesMs = 180_000
const occasions = ['kenya/own/due lead:14', 'kenya/own/moved moved:2']
const planning = {
  clock: { now: () => start },
  calendar: () => ({ version: '1', jurisdictions: ['kenya'], listMilestones }),
  sleep: systemSleep,
}
const workerMsMax = 90_000

export type Counts = {
  readonly expected: number
  readonly lost: number
  /** Received more than once. */
  readonly doubled: number
  /** Of these, the ones whose repeat says that it may have been seen. */
  readonly marked: number
  /** Not received, and recorded as uncertain. */
  readonly uncertain: number
}

export type Worker = {
  readonly process: ChildProcess
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; log: string }>
}

type WorkerOptions = {
  readonly fault?: Fault | null
  readonly later?: number | 'at once'
  /** Its disk is full when a file has so many blocks of 512 bytes. */
  readonly fileBlocksMax?: number
}

type Options = {
  readonly databaseUrl?: string
  readonly conversations?: number
  readonly sendMs?: number
  readonly times?: Order['times']
}

export class World {
  readonly folder = mkdtempSync(join(tmpdir(), 'faults-'))
  readonly #options: Options
  #openedAt = 0

  static async open(options: Options = {}): Promise<World> {
    const world = new World(options)
    await world.#populate()
    world.#openedAt = performance.now()
    return world
  }

  private constructor(options: Options) {
    this.#options = options
  }

  get #conversations(): string[] {
    const count = this.#options.conversations ?? 4
    return platforms.flatMap((platform) =>
      [...Array(count).keys()].map((index) => `${platform}-${index.toString().padStart(4, '0')}`),
    )
  }

  get expected(): number {
    return this.#conversations.length * occasions.length
  }

  async #populate(): Promise<void> {
    const store = await this.#openStore()
    for (const name of this.#conversations) {
      const platform = platforms.find((platform) => name.startsWith(platform)) ?? 'slack'
      const conversation = toConversationId(name)
      await store.writeSubscription(
        makeSubscription({ id: name, platform, conversation, leadDays: [14] }),
      )
    }
    const known = [
      { key: 'kenya/own/due', date: on('2026-12-08'), expectedVersion: 0 },
      { key: 'kenya/own/moved', date: on(dateBefore), expectedVersion: 0 },
    ]
    await store.writeKnownMilestones(known, longAgo)
    // Workers that share one clock may start after nine: then it has been planned for them.
    if (this.#options.times) await planAll({ ...planning, store }, () => Promise.resolve(true))
    await store.close()
  }

  #openStore() {
    const databaseUrl = this.#options.databaseUrl ?? null
    return openStore({ databaseUrl, folder: this.folder, clock: planning.clock })
  }

  /** `later`: its clock says that all leases of those before are over. Else it goes on from when the world was opened. */
  startWorker({ fault = null, later = 0, fileBlocksMax }: WorkerOptions = {}): Worker {
    const { databaseUrl = null, sendMs = 2, times = null } = this.#options
    const isOwnClock = times === null && later !== 'at once'
    const elapsed = isOwnClock ? later * afterLeasesMs : performance.now() - this.#openedAt
    const order: Order = {
      folder: this.folder,
      databaseUrl,
      fault,
      startMs: start.epochMilliseconds + elapsed,
      expected: this.expected,
      sendMs,
      times,
    }
    const script = join(import.meta.dirname, 'worker.ts')
    const env = { PATH: process.env['PATH'], ...writeOrder(order) }
    const limited: readonly string[] =
      fileBlocksMax === undefined ? [] : ['sh', '-c', `ulimit -f ${fileBlocksMax}; exec "$@"`, 'sh']
    const [command, ...words] = [...limited, process.execPath, script]
    const child = spawn(command, words, { env, stdio: ['ignore', 'ignore', 'pipe'] })
    let log = ''
    child.stderr.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4_000)))
    const timer = setTimeout(() => {
      log += `It hung for ${workerMsMax} ms`
      child.kill('SIGKILL')
    }, workerMsMax)
    const ended = once(child, 'close').then(([code, signal]) => {
      clearTimeout(timer)
      return { code: code as number | null, signal: signal as NodeJS.Signals | null, log }
    })
    return { process: child, ended }
  }

  /** A worker that dies where it should; false if it never came there. */
  async kill(fault: Fault, later: number): Promise<boolean> {
    const { signal, code, log } = await this.startWorker({ fault, later }).ended
    if (signal === 'SIGKILL') return true
    if (code !== 0) throw new Error(`A worker failed by itself: ${log}`)
    return false
  }

  /** A worker that sends all that is left. Its clock never says less than those before it did. */
  async finish(later: number | 'at once'): Promise<void> {
    const { code, signal, log } = await this.startWorker({ later }).ended
    if (code !== 0) throw new Error(`A worker ended with ${code ?? signal ?? ''}: ${log}`)
  }

  /** Messages, so far. */
  countReceived(): number {
    return this.#readReceived().length
  }

  async count(): Promise<Counts> {
    const received = this.#readReceived()
    const unsure = await this.#readUncertain()
    let [lost, doubled, marked, uncertain] = [0, 0, 0, 0]
    for (const conversation of this.#conversations) {
      const here = received.filter(({ to }) => to === conversation)
      for (const occasion of occasions) {
        const messages = here.filter(({ text }) => text.split('\n').includes(occasion))
        if (messages.length === 0 && unsure.has(conversation)) uncertain++
        else if (messages.length === 0) lost++
        if (messages.length <= 1) continue
        doubled++
        const repeats = messages.filter(({ text }) => text.includes('may have seen'))
        if (repeats.length === messages.length - 1) marked++
      }
    }
    return { expected: this.expected, lost, doubled, marked, uncertain }
  }

  /** Conversations of what may have been sent too often to try again. */
  async #readUncertain(): Promise<ReadonlySet<string>> {
    const query = `select conversation from delivery where state = 'uncertain'`
    const { databaseUrl } = this.#options
    if (databaseUrl === undefined) {
      using file = new DatabaseSync(join(this.folder, databaseFileName), { readOnly: true })
      return new Set(
        file
          .prepare(query)
          .all()
          .map(({ conversation }) => String(conversation)),
      )
    }
    const client = new pg.Client(databaseUrl)
    await client.connect()
    const { rows } = await client.query<{ conversation: string }>(query)
    await client.end()
    return new Set(rows.map(({ conversation }) => conversation))
  }

  #readReceived(): { readonly to: string; readonly text: string }[] {
    const folder = join(this.folder, 'received')
    if (!existsSync(folder)) return []
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as never)
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
