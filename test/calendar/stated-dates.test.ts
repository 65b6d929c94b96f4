import { describe, expect, test } from 'vitest'
import { findStatedDates, resolveDay } from '../../src/calendar/stated-dates.ts'
import { readWords } from '../../src/calendar/words.ts'

const today = Temporal.PlainDate.from('2026-11-24')
const datesIn = (text: string, hasHappened = false) =>
  findStatedDates(text, readWords(text))
    .flatMap(({ first, last }) => (last === null ? [first] : [first, last]))
    .map((day) => String(resolveDay(day, today, hasHappened)))
    .join(' ')

describe('a stated day is read', () => {
  test.each([
    ['our plan ended on 31 December 2025, when', '2025-12-31'],
    ['ended December 31st, 2025.', '2025-12-31'],
    ['the 31st of August 2025', '2025-08-31'],
    ['Dec 31, 2025', '2025-12-31'],
    ['2025-12-31', '2025-12-31'],
    ['2025/12/31', '2025-12-31'],
    ['31.12.2025', '2025-12-31'],
    ['31-12-2025', '2025-12-31'],
    ['el 31 de diciembre de 2025', '2025-12-31'],
    ['le 31 décembre 2025', '2025-12-31'],
    ['1er mars 2027', '2027-03-01'],
    ['em 31 de dezembro de 2025', '2025-12-31'],
    ['am 31. Dezember 2025', '2025-12-31'],
    ['31 december 2025 at 5pm', '2025-12-31'],
    ['1 May 2027 and 2 June 2027', '2027-05-01 2027-06-02'],
    ['1 March 2027 to 30 June 2027', '2027-03-01 2027-06-30'],
  ])('%s', (text, expected) => {
    expect(datesIn(text)).toBe(expected)
  })
})

test('in figures the day comes first, but for months that do not exist', () => {
  expect(datesIn('5/6/2027')).toBe('2027-06-05')
  expect(datesIn('12/31/2025')).toBe('2025-12-31')
})

test('without a year it is the next such day, or the last one of what happened', () => {
  expect(datesIn('June 30')).toBe('2027-06-30')
  expect(datesIn('30 June', true)).toBe('2026-06-30')
  expect(datesIn('24 November')).toBe('2026-11-24')
  expect(datesIn('24 November', true)).toBe('2026-11-24')
  expect(datesIn('31 December', true)).toBe('2025-12-31')
  expect(datesIn('29 February')).toBe('2028-02-29')
  expect(datesIn('29 February', true)).toBe('2024-02-29')
})

describe('no day is read from', () => {
  test.each([
    'our two year plan',
    '31 June 2025',
    '2025-02-30',
    'requirement 3.1 and section 1.2',
    '2023-2027',
    'in the next 90 days',
    'tomorrow, on Monday, at 5pm of May',
    'is 11 out of 16 enough',
    'the end of May, 3 months later',
    'we sat down in 2 groups',
  ])('%s', (text) => {
    expect(datesIn(text)).toBe('')
  })
})
