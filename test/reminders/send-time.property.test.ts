// Every hour of every civil day is one instant, in every zone, across every change of its clocks.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  endCatchUp,
  findSlot,
  instantAt,
  nextDecentInstant,
  nextSendInstant,
  sendDay,
  toEpochDay,
  type SendHabits,
} from '../../src/reminders/send-time.ts'
import { at, on } from './samples.ts'

const zones = Intl.supportedValuesOf('timeZone')
/** When a reminder so many days before a date is sent. */
const sendInstant = (dueDate: Temporal.PlainDate, leadDays: number, habits: SendHabits) =>
  findSlot(sendDay(toEpochDay(dueDate), leadDays, habits.weekends), habits).dueAt
const habitsOf = (zone: string, hour = 9) => ({ hour, zone, weekends: false })
const from = at('2026-11-24T00:00:00Z')
const through = at('2036-11-24T00:00:00Z')
/** Several a year at most, Morocco's included. */
const transitionsMax = 60

function listTransitions(zone: string): Temporal.ZonedDateTime[] {
  const transitions: Temporal.ZonedDateTime[] = []
  let next = from.toZonedDateTimeISO(zone).getTimeZoneTransition('next')
  while (next !== null && Temporal.Instant.compare(next.toInstant(), through) < 0) {
    transitions.push(next)
    if (transitions.length > transitionsMax) throw new Error(`${zone} changes too often`)
    next = next.getTimeZoneTransition('next')
  }
  return transitions
}

const changes = zones.flatMap((zone) => listTransitions(zone).map((change) => ({ zone, change })))

describe('an hour of a civil day', () => {
  test('the zones have gaps and overlaps to try', () => {
    expect(zones.length).toBeGreaterThan(400)
    expect(changes.length).toBeGreaterThan(2000)
  })

  test('around every change of the next ten years the civil day is kept, and the hour but in a gap', () => {
    let gaps = 0
    for (const { zone, change } of changes) {
      const day = change.toPlainDate()
      for (const offset of [-1, 0, 1]) {
        const asked = day.add({ days: offset })
        for (let hour = 0; hour < 24; hour++) {
          const at = `${zone} ${asked.toString()} ${hour}`
          const local = instantAt(asked, hour, zone).toZonedDateTimeISO(zone)
          if (!local.toPlainDate().equals(asked)) throw new Error(at)
          if (local.hour === hour && local.minute === 0) continue
          gaps++
          const moved = (local.hour - hour) * 60 + local.minute
          if (moved < -120 || moved > 120) throw new Error(`${at} ${moved}`)
        }
      }
    }
    expect(gaps).toBeGreaterThan(500)
    expect(gaps).toBeLessThan(changes.length * 2)
  })

  test('an overlap takes the first of its two instants', () => {
    // Berlin, 25 October 2026: 02:00 comes twice.
    expect(instantAt(on('2026-10-25'), 2, 'Europe/Berlin').toString()).toBe('2026-10-25T00:00:00Z')
  })

  test('a gap moves forward by what was skipped', () => {
    // New York, 14 March 2027: 02:00 is 03:00.
    expect(instantAt(on('2027-03-14'), 2, 'America/New_York').toString()).toBe(
      '2027-03-14T07:00:00Z',
    )
  })

  test.each([
    ['Pacific/Apia', '2011-12-30'],
    ['Pacific/Kwajalein', '1993-08-21'],
    ['Pacific/Kiritimati', '1994-12-31'],
  ])('a day that %s skipped is the day before', (zone, day) => {
    const local = instantAt(on(day), 9, zone).toZonedDateTimeISO(zone)
    expect(local.toPlainDate().toString()).toBe(on(day).subtract({ days: 1 }).toString())
    expect(local.hour).toBe(9)
  })

  test('a gap at the end of a day moves back, and stays in the day', () => {
    // Nuuk, 27 March 2027: 23:00 is the next day's midnight.
    const local = instantAt(on('2027-03-27'), 23, 'America/Nuuk').toZonedDateTimeISO('America/Nuuk')
    expect(local.toPlainDateTime().toString()).toBe('2027-03-27T22:00:00')
  })

  test('later days are never earlier instants', () => {
    const zone = fc.constantFrom(...zones)
    const day = fc.integer({ min: 0, max: 16_000 }).map((days) => on('1993-01-01').add({ days }))
    fc.assert(
      fc.property(zone, day, fc.integer({ min: 0, max: 23 }), (zone, day, hour) => {
        const one = instantAt(day, hour, zone)
        const next = instantAt(day.add({ days: 1 }), hour, zone)
        expect(Temporal.Instant.compare(one, next)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('a reminder', () => {
  const zone = fc.constantFrom(...zones)
  const dueDate = fc.integer({ min: 0, max: 3_650 }).map((days) => on('2026-11-24').add({ days }))
  const lead = fc.integer({ min: 0, max: 365 })
  const hour = fc.integer({ min: 0, max: 23 })

  test('is sent on the day asked for or the Friday before, and never on a quiet day', () => {
    fc.assert(
      fc.property(dueDate, lead, fc.boolean(), (dueDate, lead, weekends) => {
        const asked = dueDate.subtract({ days: lead })
        const epochDay = sendDay(toEpochDay(dueDate), lead, weekends)
        const day = on('1970-01-01').add({ days: epochDay })
        const shift = day.until(asked).days
        if (weekends || lead < 3) expect(shift).toBe(0)
        else {
          expect(day.dayOfWeek).toBeLessThanOrEqual(5)
          expect(shift).toBe(asked.dayOfWeek <= 5 ? 0 : asked.dayOfWeek - 5)
        }
      }),
    )
  })

  test('a longer lead time is never later, and a later date never earlier', () => {
    fc.assert(
      fc.property(zone, dueDate, lead, hour, (zone, dueDate, lead, hour) => {
        const habits = habitsOf(zone, hour)
        const one = sendInstant(dueDate, lead, habits)
        expect(
          Temporal.Instant.compare(sendInstant(dueDate, lead + 1, habits), one),
        ).toBeLessThanOrEqual(0)
        expect(
          Temporal.Instant.compare(sendInstant(dueDate.add({ days: 1 }), lead, habits), one),
        ).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('may be made up for on three days that are not quiet', () => {
    fc.assert(
      fc.property(zone, dueDate, hour, (zone, dueDate, hour) => {
        const dueAt = sendInstant(dueDate, 3, habitsOf(zone, hour))
        const end = endCatchUp(dueAt, habitsOf(zone))
        const days = [...Array(6).keys()].map((days) =>
          dueAt.toZonedDateTimeISO(zone).add({ days: days + 1 }),
        )
        const open = days.filter(
          (day) => day.dayOfWeek <= 5 && Temporal.Instant.compare(day.toInstant(), end) <= 0,
        )
        expect(open).toHaveLength(3)
      }),
    )
  })

  test('what comes next is in the future, at the hour, and soon', () => {
    const now = fc.integer({ min: 0, max: 87_600 * 60 }).map((minutes) => from.add({ minutes }))
    fc.assert(
      fc.property(zone, now, hour, fc.boolean(), (zone, now, hour, urgent) => {
        const habits = habitsOf(zone, hour)
        for (const next of [
          nextSendInstant(now, habits, urgent),
          nextDecentInstant(now, habits, urgent),
        ]) {
          expect(Temporal.Instant.compare(next, now)).toBeGreaterThanOrEqual(0)
          const local = next.toZonedDateTimeISO(zone)
          expect(now.until(next).total('hours')).toBeLessThanOrEqual(urgent ? 26 : 75)
          if (!urgent) expect(local.dayOfWeek).toBeLessThanOrEqual(5)
          expect(local.hour).toBeGreaterThanOrEqual(Math.min(8, hour))
          expect(local.hour).toBeLessThanOrEqual(Math.max(20, hour + 2))
        }
      }),
    )
  })
})

describe('what is late', () => {
  const berlin = habitsOf('Europe/Berlin')

  test('arrives at once in the daytime, and else in the morning', () => {
    const noon = at('2026-11-24T11:00:00Z')
    expect(nextDecentInstant(noon, berlin, false).equals(noon)).toBe(true)
    expect(nextDecentInstant(at('2026-11-24T22:30:00Z'), berlin, false).toString()).toBe(
      '2026-11-25T07:00:00Z',
    )
    expect(nextDecentInstant(at('2026-11-24T02:00:00Z'), berlin, false).toString()).toBe(
      '2026-11-24T07:00:00Z',
    )
  })

  test('waits for Monday unless it is urgent', () => {
    const saturday = at('2026-11-28T11:00:00Z')
    expect(nextDecentInstant(saturday, berlin, false).toString()).toBe('2026-11-30T07:00:00Z')
    expect(nextDecentInstant(saturday, berlin, true).equals(saturday)).toBe(true)
  })

  test('may come at the hour that somebody chose, however late that is', () => {
    const late = at('2026-11-24T22:10:00Z')
    expect(nextDecentInstant(late, { ...berlin, hour: 23 }, false).equals(late)).toBe(true)
  })
})
