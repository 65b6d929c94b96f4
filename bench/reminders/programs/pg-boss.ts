// Owns pg-boss doing the same: a job a reminder, due at its instant; workers that take batches and settle each job by its
// own receipt, as the assistant does.

import { PgBoss } from 'pg-boss'
import { toConversationId } from '../../../src/chat/message.ts'
import { createReply } from '../../../src/chat/reply.ts'
import { conversationOf, dueDate, jurisdictionOf, leadDays } from '../community.ts'
import type { Answers, Job } from '../protocol.ts'
import { createLoopback, type Program, type Tally } from '../tally.ts'

const queue = 'reminder'
/** As many a statement as the assistant's planner has. */
const insertPage = 1_000
/** About the best of 1, 2 and 4 workers with batches of 100 to 1,000. */
const workOptions = {
  batchSize: 250,
  localConcurrency: 1,
  burstWhenBatchFull: true,
  /** The least that it allows. */
  pollingIntervalSeconds: 0.5,
  perJobResults: true,
} as const

type Reminder = { conversation: string; milestone: string; occasion: string; dueDate: string }

export async function openProgram(job: Job, tally: Tally): Promise<Program> {
  const boss = new PgBoss({
    connectionString: job.address.databaseUrl ?? '',
    schedule: false,
  })
  boss.on('error', (error) => process.stderr.write(`${error.message}\n`))
  await boss.start()
  await boss.createQueue(queue)
  const stopping = Promise.withResolvers<undefined>()
  let isStopped = false
  return {
    async run(dueAt) {
      if (job.work === 'plan') await insertJobs(boss, job.count, dueAt, tally, () => isStopped)
      else {
        await startWorkers(boss, tally, job.answers)
        await stopping.promise
      }
    },
    async stop() {
      isStopped = true
      await boss.stop({ graceful: true, timeout: 5_000 })
      stopping.resolve(undefined)
    },
    close: () => boss.stop({ graceful: false }),
  }
}

async function insertJobs(
  boss: PgBoss,
  count: number,
  dueAt: number,
  tally: Tally,
  isStopped: () => boolean,
): Promise<void> {
  const begun = performance.now()
  const startAfter = Temporal.Instant.fromEpochMilliseconds(dueAt).toString()
  for (let start = 0; start < count; start += insertPage) {
    if (isStopped()) return
    const jobs = Array.from({ length: Math.min(insertPage, count - start) }, (_, place) => ({
      startAfter,
      data: makeReminder(start + place),
    }))
    await boss.insert(queue, jobs)
    tally.done += jobs.length
  }
  tally.roundsMs.push(performance.now() - begun)
}

const makeReminder = (index: number): Reminder => ({
  conversation: conversationOf(index),
  milestone: `${jurisdictionOf(index)}/own/milestone-0`,
  occasion: `lead:${leadDays}`,
  dueDate: dueDate.toString(),
})

async function startWorkers(boss: PgBoss, tally: Tally, answers: Answers): Promise<void> {
  const adapter = createLoopback(tally, answers)
  const reply = createReply('shared', 'en', [{ kind: 'text', text: 'Due in 30 days.' }])
  const { signal } = new AbortController()
  await boss.work(queue, workOptions, (jobs) =>
    Promise.all(
      jobs.map(async ({ id, data }) => {
        const to = toConversationId((data as Reminder).conversation)
        const receipt = await adapter.send(to, reply, { signal, deliveryKey: id })
        if (receipt.kind !== 'sent') return { id, status: 'failed' }
        return { id, status: 'completed', output: { messageId: receipt.messageId } }
      }),
    ),
  )
}
