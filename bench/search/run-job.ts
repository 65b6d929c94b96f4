// Owns the process of one measurement: starts it, waits for what it reports, ends it when its time is
// up. Every way it can end is a value.

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Job, Measurement, Message } from './measure.ts'

export type JobResult =
  | { kind: 'measured'; measurement: Measurement }
  | { kind: 'stopped'; limitSeconds: number; while: 'building' | 'answering' }
  | { kind: 'failed'; reason: string }

const measurePath = fileURLToPath(new URL('measure.ts', import.meta.url))
const errorTextMax = 2_000

/** The line of an error trace that says most, for a process that died without a word. */
function explainExit(code: number | null, signal: string | null, errors: string): string {
  const line = errors.split('\n').find((text) => /error/i.test(text))
  const exit = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`
  return line === undefined ? exit : `${exit}, ${line.trim()}`
}

export function runJob(job: Job, limitSeconds: number): Promise<JobResult> {
  const { promise, resolve } = Promise.withResolvers<JobResult>()
  const child = fork(measurePath, [], {
    execArgv: ['--expose-gc', '--no-warnings'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let errors = ''
  let phase: 'building' | 'answering' = 'building'
  let result: JobResult | null = null
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(0, errorTextMax)
  })
  const timer = setTimeout(() => {
    result ??= { kind: 'stopped', limitSeconds, while: phase }
    child.kill('SIGKILL')
  }, limitSeconds * 1_000)
  child.on('message', (message: Message) => {
    if (message.kind === 'built') phase = 'answering'
    else result = message
  })
  child.on('error', (error) => {
    result ??= { kind: 'failed', reason: error.message }
  })
  child.on('close', (code, signal) => {
    clearTimeout(timer)
    resolve(result ?? { kind: 'failed', reason: explainExit(code, signal, errors) })
  })
  child.send(job)
  return promise
}
