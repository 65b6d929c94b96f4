// Milestones against a walk through every day, and what holds of any list of them.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Jurisdiction, KnownDate, Plan, Rule } from '../../src/calendar/calendar.ts'
import { addSpan, placeIn } from '../../src/calendar/civil-date.ts'
import { computeMilestones, lastDayOf } from '../../src/calendar/milestones.ts'
import { numberOf, step, walkDays } from './day-by-day.ts'
import {
  after,
  allRules,
  day,
  describe as describeMilestone,
  makeJurisdiction,
  makePlan,
  makeRule,
  yearly,
} from './rule-sheet.ts'

const epoch = day('2015-01-01')
/** Ends of months twice as often as chance would have them: there is what goes wrong. */
const dates = fc.tuple(fc.nat({ max: 365 * 8 }), fc.boolean()).map(([days, isLast]) => {
  const date = epoch.add({ days })
  return isLast ? date.with({ day: 31 }) : date
})

const periods = fc
  .tuple(dates, fc.nat({ max: 250 }))
  .map(([from, days]) => ({ from, through: from.add({ days }) }))

const dayKnown = dates.map((date): KnownDate => ({ when: { kind: 'day', date }, basis: 'stated' }))
const yearKnown = fc
  .integer({ min: 2015, max: 2030 })
  .map((year): KnownDate => ({ when: { kind: 'year', year }, basis: 'years' }))

const plansWith = (known: fc.Arbitrary<KnownDate>): fc.Arbitrary<Plan[]> =>
  fc
    .array(
      fc.record({
        dates: fc.record({ submitted: known, start: known, end: known }, { requiredKeys: [] }),
        lengthYears: fc.constantFrom(undefined, 2, 4),
      }),
      { maxLength: 3 },
    )
    .map((plans) =>
      plans.map(({ dates, lengthYears }, index) => {
        const rest = { dates: { ...dates } }
        return makePlan(`${index + 1}`, lengthYears === undefined ? rest : { ...rest, lengthYears })
      }),
    )

const provenance = fc.constantFrom('reviewed', 'community', 'conversation')
const jurisdictionsWith = (known: fc.Arbitrary<KnownDate>): fc.Arbitrary<Jurisdiction> =>
  fc
    .record({
      level: fc.constantFrom('national', 'national', 'local', 'global'),
      plans: plansWith(known),
      recorded: fc.array(
        fc.record({
          anchor: fc.constantFrom('forum-met', 'co-creation-start', 'website-updated', 'odd'),
          date: dates,
          provenance,
        }),
        { maxLength: 5 },
      ),
      own: fc.uniqueArray(
        fc.record({
          id: fc.constantFrom('a', 'b', 'c'),
          title: fc.constant({ en: 'Own' }),
          date: dates,
          provenance,
        }),
        { maxLength: 3, selector: ({ id }) => id },
      ),
    })
    .map((rest) => makeJurisdiction(rest))

const signed = (max: number) => fc.integer({ min: -max, max })
/** Any rule of the three kinds, besides the sheet's. */
const oddRules: fc.Arbitrary<Rule> = fc
  .record({
    months: fc.nat({ max: 30 }),
    days: fc.nat({ max: 40 }),
    isBefore: fc.boolean(),
    repeat: fc.constantFrom(undefined, 'P1M', 'P5M', 'P1M10D', 'P45D', 'P12M'),
    anchor: fc.constantFrom('start', 'end', 'submitted', 'odd'),
    lengthsYears: fc.constantFrom([], [2], [2, 4]),
  })
  .map(({ months, days, isBefore, repeat, anchor, lengthsYears }) =>
    makeRule('odd', after(anchor, `${isBefore ? '-' : ''}P${months}M${days}D`, repeat), {
      levels: ['national', 'local', 'global'],
      lengthsYears,
    }),
  )
const leapDays = makeRule('leap', yearly('02-29', '01-01'), { levels: ['national', 'global'] })

describe('a span', () => {
  test('is months stepped one by one and clamped, then days stepped one by one', () => {
    fc.assert(
      fc.property(dates, signed(80), signed(100), (date, months, days) => {
        const expected = step(date, months, days)
        expect(numberOf(addSpan(date, { months, days }))).toBe(numberOf(expected))
      }),
    )
  })
})

describe('milestones of known days', () => {
  test('are those that a walk through every day finds, in its order', () => {
    const input = [jurisdictionsWith(dayKnown), oddRules, periods] as const
    fc.assert(
      fc.property(...input, (jurisdiction, odd, horizon) => {
        const rules = [...allRules, odd, leapDays]
        const milestones = computeMilestones(rules, jurisdiction, horizon)
        expect(milestones.map(describeMilestone)).toEqual(walkDays(rules, jurisdiction, horizon))
      }),
    )
  })
})

describe('any milestones', () => {
  const anyJurisdiction = jurisdictionsWith(fc.oneof(dayKnown, yearKnown))
  const everything = { from: day('2000-01-01'), through: day('2060-12-31') }

  test('stand by their last day, days before years, under keys of their own', () => {
    fc.assert(
      fc.property(anyJurisdiction, oddRules, (jurisdiction, odd) => {
        const milestones = computeMilestones([...allRules, odd], jurisdiction, everything)
        const places = milestones.map(
          ({ when }) => `${lastDayOf(when).toString()} ${when.kind === 'day' ? 0 : 1}`,
        )
        expect(places).toEqual(places.toSorted())
        expect(new Set(milestones.map(({ key }) => key)).size).toBe(milestones.length)
      }),
    )
  })

  test('of a shorter horizon are those of a longer one that lie in it', () => {
    fc.assert(
      fc.property(anyJurisdiction, oddRules, periods, (jurisdiction, odd, horizon) => {
        const rules = [...allRules, odd]
        const all = computeMilestones(rules, jurisdiction, everything)
        expect(computeMilestones(rules, jurisdiction, horizon)).toEqual(
          all.filter(({ when }) => placeIn(horizon, when) === 'inside'),
        )
      }),
    )
  })

  test('keep their keys when a plan’s dates and own dates move', () => {
    const shift = (known: KnownDate, days: number): KnownDate =>
      known.when.kind === 'day'
        ? { ...known, when: { kind: 'day', date: known.when.date.add({ days }) } }
        : known
    fc.assert(
      fc.property(jurisdictionsWith(dayKnown), signed(40), (jurisdiction, days) => {
        // What is yearly comes and goes with the plan; what repeats is cut off by the horizon.
        const rules = allRules.filter(({ timing }) => timing.kind !== 'yearly')
        const still = { ...jurisdiction, recorded: [] }
        const moved: Jurisdiction = {
          ...still,
          plans: still.plans.map((plan) => ({
            ...plan,
            dates: Object.fromEntries(
              Object.entries(plan.dates).map(([anchor, known]) => [anchor, shift(known, days)]),
            ),
          })),
          own: still.own.map((one) => ({ ...one, date: one.date.add({ days }) })),
        }
        const keys = (of: Jurisdiction) =>
          computeMilestones(rules, of, everything)
            .map(({ key }) => key)
            .sort()
        expect(keys(moved)).toEqual(keys(still))
      }),
    )
  })

  test('rest on more than a year wherever they name a day', () => {
    fc.assert(
      fc.property(anyJurisdiction, oddRules, (jurisdiction, odd) => {
        const milestones = computeMilestones([...allRules, odd], jurisdiction, everything)
        for (const { when, basis } of milestones) {
          expect(when.kind === 'year').toBe(basis === 'years')
        }
      }),
    )
  })

  test('remind only of certain days of duties that are open', () => {
    fc.assert(
      fc.property(anyJurisdiction, (jurisdiction) => {
        for (const milestone of computeMilestones(allRules, jurisdiction, everything)) {
          if (!milestone.mayRemind) continue
          expect(milestone.when.kind).toBe('day')
          expect(['stated', 'tag', 'confirmed']).toContain(milestone.basis)
          expect(milestone.isMet).toBe(false)
          expect(milestone.force).not.toBe('estimate')
        }
      }),
    )
  })
})
