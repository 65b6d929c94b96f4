// What stands behind `npm start --`: the development clock, or the doctor. Reads the command line and nothing else.

import { parseArgs } from 'node:util'
import { createClockFrom, systemClock, type StartedClock } from './clock.ts'
import { OperatorError } from './operator-error.ts'

export type Arguments = {
  readonly clock: StartedClock
  /** Null: the assistant is to run. Else what the doctor is to examine, undefined for all. */
  readonly doctorOf: string | undefined | null
}

/**
 * `--clock 2028-12-01T08:59:55Z` lets the assistant live from that moment on, for development; `doctor` and a platform's
 * name examine the set-up instead.
 */
export function readArguments(): Arguments {
  const { values, positionals } = parseArgs({
    options: { clock: { type: 'string' } },
    allowPositionals: true,
  })
  const [command, subject] = positionals
  if (command !== undefined && command !== 'doctor') {
    throw new OperatorError(`Cannot run "${command}": "doctor" or nothing is needed`)
  }
  return { clock: readClock(values.clock), doctorOf: command === undefined ? null : subject }
}

function readClock(text: string | undefined): StartedClock {
  if (text === undefined) return { ...systemClock, begin: () => undefined }
  try {
    return createClockFrom(Temporal.Instant.from(text))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const needed = 'a moment such as "2028-12-01T08:59:55Z" is needed'
    throw new OperatorError(`Cannot read --clock: "${text}", ${needed}`)
  }
}
