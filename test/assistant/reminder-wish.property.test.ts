// Lead times and hours are read back from every way to write them, in every language; forms hold what was sent.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readWish, readWishFields } from '../../src/assistant/reminder-wish.ts'
import { brain } from './fixture.ts'

const ways = {
  en: {
    wish: "remind us about Kenya's plan",
    and: 'and',
    units: { day: 'days before', week: 'weeks before' },
    sameDay: 'on the day',
    hours: (hour: number) => [
      `at ${hour}`,
      `${hour}:00`,
      `at ${hour.toString().padStart(2, '0')}:00`,
      `${hour % 12 === 0 ? 12 : hour % 12} ${hour < 12 ? 'am' : 'pm'}`,
    ],
  },
  es: {
    wish: 'recuérdanos el plan de Kenia',
    and: 'y',
    units: { day: 'días antes', week: 'semanas antes' },
    sameDay: 'el mismo día',
    hours: (hour: number) => [`a las ${hour}`, `a las ${hour}:00`, `${hour}:00`],
  },
  fr: {
    wish: 'rappelez-nous le plan du Kenya',
    and: 'et',
    units: { day: 'jours avant', week: 'semaines avant' },
    sameDay: 'le jour même',
    hours: (hour: number) => [`à ${hour} h`, `à ${hour}h00`, `à ${hour} heures`, `à ${hour}:00`],
  },
  pt: {
    wish: 'lembre-nos do plano do Quénia',
    and: 'e',
    units: { day: 'dias antes', week: 'semanas antes' },
    sameDay: 'no próprio dia',
    hours: (hour: number) => [`às ${hour}`, `às ${hour}h`, `às ${hour} horas`, `${hour}:00`],
  },
} as const
const language = fc.constantFrom('en', 'es', 'fr', 'pt')
const leadDays = fc.uniqueArray(fc.integer({ min: 1, max: 365 }), { minLength: 1, maxLength: 8 })
const hour = fc.integer({ min: 0, max: 23 })

const join = (numbers: readonly number[], and: string) =>
  [numbers.slice(0, -1).join(', '), numbers.at(-1)?.toString() ?? '']
    .filter((part) => part !== '')
    .join(` ${and} `)

test('any lead times, with any hour before or after them', () => {
  fc.assert(
    fc.property(
      language,
      leadDays,
      fc.boolean(),
      fc.option(fc.tuple(hour, fc.nat(3), fc.boolean())),
      (tag, days, isOnTheDay, time) => {
        const { wish, and, units, sameDay, hours } = ways[tag]
        const sorted = days.toSorted((a, b) => b - a)
        const lead = `${join(sorted, and)} ${units.day}${isOnTheDay ? ` ${and} ${sameDay}` : ''}`
        const [wanted, way, isFirst] = time ?? [null, 0, false]
        const forms = wanted === null ? [] : hours(wanted)
        const said = forms[way % forms.length] ?? ''
        // "At 14, 7 and 1 days": a number after "at" starts a row of days when the next one is less.
        const isRow = /^\p{L}[\p{L} ]* \d+$/u.test(said) && (sorted[0] ?? 0) < (wanted ?? 0)
        const text =
          isFirst && !isRow && said !== '' ? `${wish} ${said}, ${lead}` : `${wish} ${lead} ${said}`
        const read = readWish(text, brain.desk.read)
        expect(read.wish, text).toEqual({
          leadDays: isOnTheDay ? [...sorted, 0] : sorted,
          ...(wanted === null ? {} : { hour: wanted }),
        })
        expect(read.question.otherWords, text).toEqual([])
      },
    ),
    { numRuns: 400 },
  )
})

test('any number of weeks', () => {
  fc.assert(
    fc.property(language, fc.integer({ min: 2, max: 52 }), (tag, weeks) => {
      const { wish, units } = ways[tag]
      const text = `${wish} ${weeks} ${units.week}`
      expect(readWish(text, brain.desk.read).wish, text).toEqual({ leadDays: [weeks * 7] })
    }),
  )
})

test('any text gives a wish that can be kept', () => {
  const words = fc.constantFrom(
    'at',
    '8',
    '30',
    'days',
    'before',
    ':00',
    'am',
    'on the day',
    ',',
    'h',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words).map((all) => all.join(' ')),
  )
  fc.assert(
    fc.property(text, (some) => {
      const { hour: at = 0, leadDays: days = [1] } = readWish(
        `remind ${some}`,
        brain.desk.read,
      ).wish
      expect(at).toBeGreaterThanOrEqual(0)
      expect(at).toBeLessThanOrEqual(23)
      expect(days.length).toBeLessThanOrEqual(12)
      expect(days).toEqual([...new Set(days)].sort((a, b) => b - a))
      for (const day of days) expect(day).toBeLessThanOrEqual(365)
    }),
  )
})

test('a form gives back what it was filled with', () => {
  const forces = fc.subarray(['hard', 'duty', 'information'] as const)
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
  fc.assert(
    fc.property(leadDays, hour, zones, forces, fc.boolean(), (days, at, zone, chosen, weekends) => {
      const fields = {
        lead: days.join(','),
        hour: at.toString(),
        zone,
        forces: chosen.join(','),
        weekends: weekends ? 'yes' : 'no',
      }
      expect(readWishFields(fields, [])).toEqual({
        leadDays: days.toSorted((a, b) => b - a),
        hour: at,
        zone,
        forces: chosen,
        weekends,
      })
    }),
  )
})
