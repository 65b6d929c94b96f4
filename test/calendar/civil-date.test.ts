// What a date is to those who count down to it, when its day is known and when only its year is.

import { describe, expect, test } from 'vitest'
import { daysLeft, firstDayOf, lastDayOf } from '../../src/calendar/civil-date.ts'
import { day } from './rule-sheet.ts'

describe('a date and its year', () => {
  test('begin, end and are counted down to in civil days', () => {
    const leapDay = { kind: 'day', date: day('2028-02-29') } as const
    expect(firstDayOf(leapDay)).toBe(leapDay.date)
    expect(lastDayOf(leapDay)).toBe(leapDay.date)
    expect(daysLeft(leapDay, day('2028-03-02'))).toBe(-2)
    expect(daysLeft(leapDay, day('2027-02-28'))).toBe(366)
    expect(daysLeft(leapDay, day('2028-02-29'))).toBe(0)
    const year = { kind: 'year', year: 2028 } as const
    expect(firstDayOf(year).toString()).toBe('2028-01-01')
    expect(lastDayOf(year).toString()).toBe('2028-12-31')
    expect(daysLeft(year, day('2028-02-29'))).toBeNull()
  })
})
