// The option that fixes "today" in every command, so that an answer about dates can be repeated.

import { InvalidArgumentError, Option } from 'commander'
import type { Today } from '../calendar/calendar.ts'
import { systemClock, todayOf } from '../clock.ts'

export const todayOption = (): Option =>
  new Option('--today <date>', 'answer as if it were this day, such as 2026-11-23').argParser(
    readDate,
  )

/** The day given, wherever one is; else the real one. */
export const toToday = (date: Temporal.PlainDate | undefined): Today =>
  date === undefined ? todayOf(systemClock) : () => date

function readDate(text: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new InvalidArgumentError(`"${text}" is no date, one such as 2026-11-23 is needed.`)
  }
}
