// Owns one process that is measured, alone or as one of several replicas: opens its program, waits for the word to go,
// and reports what was done. Started by fleet.ts. Loads only the program that it measures.

import type { Job, Order, Word } from './protocol.ts'
import { Tally, type Program } from './tally.ts'

const progressMs = 50

const programs: Record<
  Job['program'],
  () => Promise<{ openProgram: (job: Job, tally: Tally) => Promise<Program> }>
> = {
  assistant: () => import('./programs/assistant.ts'),
  'pg-boss': () => import('./programs/pg-boss.ts'),
}

const tally = new Tally()
let program: Program | undefined

const say = (word: Word) =>
  new Promise<void>((resolve) => {
    process.send?.(word, () => {
      resolve()
    })
  })

async function run(opened: Program, dueAt: number): Promise<void> {
  const idleBytes = process.memoryUsage.rss()
  const before = process.cpuUsage()
  const telling = setInterval(() => {
    void say({ kind: 'progress', done: tally.done })
  }, progressMs)
  await opened.run(dueAt)
  clearInterval(telling)
  const { user, system } = process.cpuUsage(before)
  const { done, firstAt, lastAt, roundsMs } = tally
  await say({
    kind: 'report',
    ...{ done, firstAt, lastAt, roundsMs, idleBytes },
    peakBytes: process.resourceUsage().maxRSS * 1024,
    cpuMs: (user + system) / 1_000,
  })
  await opened.close()
  process.disconnect?.()
}

async function obey(order: Order): Promise<void> {
  switch (order.kind) {
    case 'prepare': {
      const { openProgram } = await programs[order.job.program]()
      program = await openProgram(order.job, tally)
      await say({ kind: 'ready' })
      return
    }
    case 'go':
      if (program !== undefined) await run(program, order.dueAt)
      return
    case 'stop':
      await program?.stop()
  }
}

process.on('message', (order: Order) => void obey(order))
