// Owns the command line of the reminders' bench: how many subscriptions, reminders, processes and rounds.

import { parseArgs } from 'node:util'
import { BenchError } from '../search/sets.ts'

export type Options = {
  subscriptions: number
  postgresSubscriptions: number
  deliveries: number
  replicas: number[]
  rounds: number
  /** Everything is measured at its full size, so that the results may replace the kept ones. */
  complete: boolean
}

const defaults = {
  subscriptions: '1000000',
  'postgres-subscriptions': '200000',
  deliveries: '10000',
  replicas: '1,2,4',
  rounds: '3',
}
const quick = {
  subscriptions: '20000',
  'postgres-subscriptions': '10000',
  deliveries: '2000',
  replicas: '1,2',
  rounds: '1',
}
const subscriptionsMax = 5_000_000
const deliveriesMax = 1_000_000
const replicasMax = 16
const roundsMax = 20

export const usage = `Usage: npm run bench:reminders -- [options]

--subscriptions N           planned on SQLite, ${defaults.subscriptions} unless given
--postgres-subscriptions N  planned on PostgreSQL, by the assistant and by pg-boss, ${defaults['postgres-subscriptions']} unless given
--deliveries N              due at the same minute, ${defaults.deliveries} unless given
--replicas A,B              processes that send them, ${defaults.replicas} unless given
--rounds N                  of which the median counts, ${defaults.rounds} unless given
--quick                     small sizes: a quarter of an hour becomes a minute, figures rough`

const text = { type: 'string' } as const

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        subscriptions: text,
        'postgres-subscriptions': text,
        deliveries: text,
        replicas: text,
        rounds: text,
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new BenchError(`Cannot read the arguments: ${reason}\n\n${usage}`)
  }
}

function readCount(name: string, value: string, max: number): number {
  const count = Number(value)
  if (Number.isInteger(count) && count >= 1 && count <= max) return count
  throw new BenchError(
    `Cannot read --${name}: "${value}" is given, a whole number from 1 to ${max} is needed`,
  )
}

/** Null asks for the usage only. */
export function readOptions(argv: string[]): Options | null {
  const values = parse(argv)
  if (values.help) return null
  const given = { ...(values.quick ? quick : defaults), ...values }
  return {
    subscriptions: readCount('subscriptions', given.subscriptions, subscriptionsMax),
    postgresSubscriptions: readCount(
      'postgres-subscriptions',
      given['postgres-subscriptions'],
      subscriptionsMax,
    ),
    deliveries: readCount('deliveries', given.deliveries, deliveriesMax),
    replicas: given.replicas.split(',').map((value) => readCount('replicas', value, replicasMax)),
    rounds: readCount('rounds', given.rounds, roundsMax),
    complete: Object.keys(values).every((name) => values[name as keyof typeof values] === false),
  }
}
