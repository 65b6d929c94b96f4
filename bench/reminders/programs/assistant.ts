// Owns the assistant's own engine as it is measured: its service over its store, without a platform's pace and with one
// message for everybody. What people would read is composed elsewhere and is not measured.

import { randomUUID } from 'node:crypto'
import { createReply } from '../../../src/chat/reply.ts'
import { systemClock, type Clock } from '../../../src/clock.ts'
import { createLog } from '../../../src/log.ts'
import type { PlatformPolicy } from '../../../src/reminders/platform-policy.ts'
import { createReminderService } from '../../../src/reminders/reminder-service.ts'
import { openStore } from '../../../src/store/open-store.ts'
import { createCalendar, dueAt as calendarDueAt, plannedAt } from '../community.ts'
import type { Job } from '../protocol.ts'
import { createLoopback, type Program, type Tally } from '../tally.ts'

const unpaced: PlatformPolicy = {
  perSecond: Infinity,
  conversationGapMs: 0,
  inFlightMax: 1_000,
  possibleSendsMax: 5,
  repeatsVisibly: false,
}

export async function openProgram(job: Job, tally: Tally): Promise<Program> {
  let shiftMs = 0
  const clock: Clock =
    job.work === 'plan'
      ? { now: () => plannedAt }
      : {
          now: () =>
            Temporal.Instant.fromEpochMilliseconds(systemClock.now().epochMilliseconds + shiftMs),
        }
  const store = await openStore({ ...job.address, clock })
  const calendar = createCalendar()
  const reply = createReply('shared', 'en', [{ kind: 'text', text: 'Due in 30 days.' }])
  const service = createReminderService({
    store,
    adapters: job.work === 'send' ? [createLoopback(tally, job.answers)] : [],
    calendar: () => calendar,
    compose: () => Promise.resolve({ reply, stale: [] }),
    composeRetired: () => Promise.resolve(null),
    clock,
    log: createLog('warn', clock),
    owner: randomUUID(),
    policies: { web: unpaced },
  })
  let isStopped = false
  const plan = async () => {
    for (let round = 0; round < job.rounds && !isStopped; round++) {
      const start = performance.now()
      service.planNow()
      await service.tick()
      // `stop` sets it meanwhile.
      if (!(isStopped as boolean)) tally.roundsMs.push(performance.now() - start)
    }
    const counts = await store.countDeliveries()
    tally.done = Object.values(counts).reduce((sum, count) => sum + count, 0)
  }
  return {
    async run(dueAt) {
      shiftMs = calendarDueAt.epochMilliseconds - dueAt
      await (job.work === 'plan' ? plan() : service.start())
    },
    async stop() {
      isStopped = true
      await service.stop()
    },
    close: () => store.close(),
  }
}
