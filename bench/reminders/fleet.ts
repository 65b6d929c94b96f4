// Owns the processes of one measurement: starts them, has them go at the same moment, stops them when all is done or
// their time is up, and adds up what they report. Whatever they do, it ends.

import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../src/clock.ts'
import type { Job, Order, Report, Word } from './protocol.ts'

export type FleetOptions = {
  job: Job
  processes: number
  /** When all reminders are due, or how long after the word to go. */
  due: { at: number } | { inMs: number }
  limitMs: number
}

export type FleetResult =
  | {
      kind: 'measured'
      /** It was stopped because its time was up. */
      isCut: boolean
      done: number
      /** From the moment of being due to the first send and the last; null when nothing was sent. */
      firstMs: number | null
      lastMs: number | null
      /** How early all processes were ready for it; negative when too late. */
      readyMs: number
      roundsMs: number[]
      /** Of all processes together. */
      cpuMs: number
      /** Of the largest process. */
      idleBytes: number
      peakBytes: number
    }
  | { kind: 'failed'; reason: string }

const processPath = fileURLToPath(new URL('measured-process.ts', import.meta.url))
const prepareMsMax = 60_000
/** To finish what is under way, and to report. */
const stopMsMax = 30_000
const errorTextMax = 2_000

type Member = {
  child: ChildProcess
  ready: Promise<undefined>
  report: Promise<Report>
  done: number
}

export async function runFleet(options: FleetOptions): Promise<FleetResult> {
  let checkDone = (): void => undefined
  const members = Array.from({ length: options.processes }, () =>
    startMember(options.job, () => {
      checkDone()
    }),
  )
  try {
    await within(prepareMsMax, Promise.all(members.map(({ ready }) => ready)), 'it did not start')
    const now = systemClock.now().epochMilliseconds
    const dueAt = 'at' in options.due ? options.due.at : now + options.due.inMs
    order(members, { kind: 'go', dueAt })
    const reports = Promise.all(members.map(({ report }) => report))
    const isSent = new Promise<void>((resolve) => {
      checkDone = () => {
        const done = members.reduce((sum, member) => sum + member.done, 0)
        if (options.job.work === 'send' && done >= options.job.count) resolve()
      }
    })
    const limit = Promise.withResolvers<'cut'>()
    const timer = setTimeout(
      () => {
        limit.resolve('cut')
      },
      Math.max(0, dueAt - now) + options.limitMs,
    )
    const ended = await Promise.race([isSent, reports, limit.promise])
    clearTimeout(timer)
    order(members, { kind: 'stop' })
    const all = await within(stopMsMax, reports, 'it did not stop')
    return sumUp(all, dueAt, dueAt - now, ended === 'cut')
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
  } finally {
    for (const { child } of members) child.kill('SIGKILL')
  }
}

function startMember(job: Job, onProgress: () => void): Member {
  const child = fork(processPath, [], {
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const ready = Promise.withResolvers<undefined>()
  const report = Promise.withResolvers<Report>()
  // Whichever of them is waited for tells it.
  ready.promise.catch(() => undefined)
  report.promise.catch(() => undefined)
  const member: Member = { child, ready: ready.promise, report: report.promise, done: 0 }
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-errorTextMax)
  })
  child.on('message', (word: Word) => {
    if (word.kind === 'ready') ready.resolve(undefined)
    else member.done = word.done
    if (word.kind === 'report') report.resolve(word)
    onProgress()
  })
  child.on('close', () => {
    const error = new Error(errors === '' ? 'it ended without a report' : errors)
    ready.reject(error)
    report.reject(error)
  })
  child.send({ kind: 'prepare', job } satisfies Order)
  return member
}

function order(members: readonly Member[], message: Order): void {
  // One that has ended hears nothing; its report, or the lack of it, is what counts.
  for (const { child } of members) if (child.connected) child.send(message, () => undefined)
}

async function within<Result>(ms: number, work: Promise<Result>, failure: string): Promise<Result> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    late.reject(new Error(failure))
  }, ms)
  return await Promise.race([work, late.promise]).finally(() => {
    clearTimeout(timer)
  })
}

function sumUp(
  reports: readonly Report[],
  dueAt: number,
  readyMs: number,
  isCut: boolean,
): FleetResult {
  const sum = (read: (report: Report) => number) =>
    reports.reduce((total, report) => total + read(report), 0)
  const sent = reports.flatMap(({ firstAt, lastAt }) =>
    firstAt === null || lastAt === null ? [] : [{ firstAt, lastAt }],
  )
  return {
    kind: 'measured',
    isCut,
    done: sum(({ done }) => done),
    firstMs: sent.length === 0 ? null : Math.min(...sent.map(({ firstAt }) => firstAt)) - dueAt,
    lastMs: sent.length === 0 ? null : Math.max(...sent.map(({ lastAt }) => lastAt)) - dueAt,
    readyMs,
    roundsMs: reports.flatMap(({ roundsMs }) => roundsMs),
    cpuMs: sum(({ cpuMs }) => cpuMs),
    idleBytes: Math.max(...reports.map(({ idleBytes }) => idleBytes)),
    peakBytes: Math.max(...reports.map(({ peakBytes }) => peakBytes)),
  }
}
