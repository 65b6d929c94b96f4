import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAt } from './own-calendar.ts'

const days = fc
  .integer({ min: 0, max: 4000 })
  .map((count) => Temporal.PlainDate.from('2024-01-01').add({ days: count }))

const pieces = fc.oneof(
  fc.constantFrom(
    'before',
    'until',
    'after',
    'between',
    'and',
    'from',
    'to',
    'in',
    'the',
    'end of',
    'next',
    'this',
    'two',
    '90',
    'days',
    'months',
    'quarter',
    'year',
    'may',
    'March',
    'june',
    '2027',
    '31/12/2025',
    '30 June',
    '29 February',
    'our plan',
    'ended on',
    'due',
    'when',
    'kenya',
    'guinea',
    'cote d’ivoir',
    'antes de',
    'mars',
    'março',
    ',',
    '-',
    '.',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
)
const texts = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(' '))

test('any text can be read, twice alike, and a period ends after it begins', () => {
  fc.assert(
    fc.property(texts, days, (text, today) => {
      const question = readAt(text, today)
      expect(JSON.stringify(readAt(text, today))).toBe(JSON.stringify(question))
      const { period } = question
      if (period === null) return
      expect(Temporal.PlainDate.compare(period.from, period.through)).toBeLessThanOrEqual(0)
    }),
  )
})

test('a month without a year is the first such month that is not over', () => {
  const months = fc.integer({ min: 1, max: 12 })
  fc.assert(
    fc.property(days, months, (today, month) => {
      let first = today.with({ day: 1 })
      while (first.month !== month) first = first.add({ months: 1 })
      const name = first.toLocaleString('en', { month: 'long' })
      const { period } = readAt(`deadlines in ${name}`, today)
      expect(period?.from.toString()).toBe(first.toString())
      expect(period?.through.toString()).toBe(
        first.add({ months: 1 }).subtract({ days: 1 }).toString(),
      )
    }),
  )
})

test('a day without a year is the next such day, counted day by day', () => {
  fc.assert(
    fc.property(days, days, (today, someday) => {
      let next = today
      while (next.month !== someday.month || next.day !== someday.day) next = next.add({ days: 1 })
      const written = someday.toLocaleString('en', { month: 'long', day: 'numeric' })
      expect(readAt(`our plan ends on ${written}`, today).dates.map(String)).toEqual([
        next.toString(),
      ])
    }),
    { numRuns: 50 },
  )
})
