// The long run: `npm run test:faults -- --kills 300 [--postgres] [--side-by-side 2]`. Every world has one process after the
// other killed at a step or at any moment, and a last one that sends what is left. Ends with 1 when anything was lost, or
// doubled where it could have been prevented.

import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startPostgresServer, type PostgresServer } from '../store/postgres-server.ts'
import { platforms, type Fault } from './order.ts'
import { isInWindow, planningFaults, sendingFaults } from './points.ts'
import { World } from './world.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    postgres: { type: 'boolean', default: false },
    'side-by-side': { type: 'string', default: '2' },
  },
})
const killsWanted = Number(values.kills)
/** Further kills of one world, at any moment. */
const momentsMax = 2
const conversations = 8
const anyMoment = 'any moment'

const killed = new Map<string, number>()
const total = {
  worlds: 0,
  expected: 0,
  lost: 0,
  doubled: 0,
  unmarked: 0,
  uncertain: 0,
  surprising: 0,
}
const kills = () => [...killed.values()].reduce((sum, count) => sum + count, 0)
const note = (point: string) => killed.set(point, (killed.get(point) ?? 0) + 1)

const nameOf = ({ point, platform }: Fault) => `${point} ${platform}`.trim()
const faults = [...sendingFaults, ...planningFaults]
let next = 0

async function runWorld(server: PostgresServer | null): Promise<void> {
  const fault = faults[next++ % faults.length]
  if (fault === undefined) throw new Error('There are faults')
  const isPlanning = fault.platform === ''
  const count = isPlanning ? 1 : 1 + Math.floor(Math.random() * 4)
  const databaseUrl = await server?.createDatabase()
  using world = await World.open({ ...(databaseUrl && { databaseUrl }), conversations, sendMs: 10 })
  let windows = isInWindow(fault) ? 1 : 0
  if (await world.kill({ ...fault, count }, isPlanning ? -1 : 0)) note(nameOf(fault))
  let later = isPlanning ? 0 : 1
  for (let moment = 0; moment < momentsMax; moment++, later++) {
    if (!(await killAtAnyMoment(world, later))) continue
    note(anyMoment)
    windows++
  }
  await world.finish(later)
  const { expected, lost, doubled, marked, uncertain } = await world.count()
  total.worlds++
  total.expected += expected
  total.lost += lost
  total.doubled += doubled
  total.unmarked += doubled - marked
  total.uncertain += uncertain
  // Two reminders travel in a message, and one message to Telegram is in flight.
  if (doubled > 2 * windows) total.surprising++
  if (lost > 0 || doubled > marked) {
    process.stdout.write(
      `${nameOf(fault)} ${count}: lost ${lost}, doubled ${doubled} (${marked} marked)\n`,
    )
  }
}

/** After one of the messages that are left; false when it was done before. */
async function killAtAnyMoment(world: World, later: number): Promise<boolean> {
  const received = world.countReceived()
  const left = conversations * platforms.length - received
  if (left <= 0) return false
  const until = received + Math.floor(Math.random() * left)
  const worker = world.startWorker({ later })
  let isOver = false
  void worker.ended.then(() => {
    isOver = true
  })
  while (!hasEnded() && world.countReceived() <= until) await pause(Math.random() * 20)
  worker.process.kill('SIGKILL')
  return (await worker.ended).signal === 'SIGKILL'

  function hasEnded() {
    return isOver
  }
}

const server = values.postgres ? await startPostgresServer({ durable: true }) : null
const startedAt = performance.now()
await Promise.all(
  [...Array(Number(values['side-by-side'])).keys()].map(async () => {
    while (kills() < killsWanted) await runWorld(server)
  }),
)
await server?.remove()

for (const [point, count] of [...killed].sort()) process.stdout.write(`${count}\t${point}\n`)
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1)
process.stdout.write(
  [
    `${kills()} kills in ${total.worlds} worlds on ${values.postgres ? 'PostgreSQL' : 'SQLite'}, ${minutes} minutes`,
    `${total.expected} reminders: ${total.lost} lost, ${total.doubled} doubled (Telegram), of these ${total.unmarked} not marked; ${total.uncertain} recorded as uncertain`,
    '',
  ].join('\n'),
)
process.exitCode = total.lost + total.unmarked + total.surprising > 0 ? 1 : 0
