// How sure milestones are, which of them may be reminded of, and when they are met.

import { describe, expect, test } from 'vitest'
import type { Jurisdiction, KnownDate, Rule } from '../../src/calendar/calendar.ts'
import { computeMilestones } from '../../src/calendar/milestones.ts'
import {
  allRules,
  day,
  decade,
  findMilestone,
  known,
  knownYear,
  makeJurisdiction,
  makePlan,
  sheet,
} from './rule-sheet.ts'

const compute = (jurisdiction: Jurisdiction, rules: readonly Rule[] = allRules) =>
  computeMilestones(rules, jurisdiction, decade)

describe('certainty', () => {
  const ended = (end: KnownDate) =>
    makeJurisdiction({ plans: [makePlan('5', { dates: { end }, lengthYears: 2 })] })

  test.each([
    ['stated', false, 'stated', true],
    ['tag', false, 'tag', true],
    ['confirmed', false, 'confirmed', true],
    ['estimate', false, 'estimate', false],
    ['stated', true, 'estimate', false],
    ['years', true, 'years', false],
  ] as const)(
    'of an anchor that is %s, the day estimated: %s, is %s; may remind: %s',
    (anchor, isDayEstimated, basis, mayRemind) => {
      const rule = { ...sheet.D1, isDayEstimated }
      const [milestone] = compute(ended(known('2025-12-31', anchor)), [rule])
      expect(milestone).toMatchObject({ basis, mayRemind })
    },
  )

  test.each([
    [{ start: known('2024-01-01'), end: known('2025-12-31', 'tag') }, ['tag', 'tag']],
    [{ start: known('2024-01-01', 'estimate'), end: known('2025-12-31') }, ['estimate', 'stated']],
    [{ start: knownYear(2024), end: known('2025-12-31') }, ['estimate', 'stated']],
    [{ start: known('2024-01-01'), end: knownYear(2025) }, ['estimate', 'estimate']],
  ] as const)('of a yearly day is that of the plan’s running in that year: %#', (dates, bases) => {
    const rule = { ...sheet.D7, isDayEstimated: false }
    const milestones = compute(makeJurisdiction({ plans: [makePlan('5', { dates })] }), [rule])
    const expected = bases.flatMap((basis) => [basis, basis])
    expect(milestones.map(({ basis }) => basis)).toEqual(expected)
    expect(milestones.map(({ mayRemind }) => mayRemind)).toEqual(
      expected.map((basis) => basis !== 'estimate'),
    )
  })

  test('of a year is never enough to remind, nor is a rule that itself is a guess', () => {
    const year = { ...knownYear(2025), basis: 'stated' } as const
    const guess: Rule = { ...sheet.D1, force: 'estimate' }
    const milestones = [
      ...compute(ended(year), [sheet.D1]),
      ...compute(ended(known('2025-12-31')), [guess]),
    ]
    expect(milestones.map(({ basis, mayRemind }) => ({ basis, mayRemind }))).toEqual([
      { basis: 'stated', mayRemind: false },
      { basis: 'stated', mayRemind: false },
    ])
  })

  test.each(['suspended', 'withdrawn'] as const)(
    'a member that is %s is not reminded',
    (status) => {
      const milestones = compute({
        ...ended(known('2025-12-31')),
        status,
        own: [{ id: 'a', title: { en: 'A' }, date: day('2026-01-01'), provenance: 'community' }],
      })
      expect(milestones).toHaveLength(4)
      expect(milestones.some(({ mayRemind }) => mayRemind)).toBe(false)
    },
  )
})

describe('a later plan', () => {
  const followedBy = (next: Parameters<typeof makePlan>[1]) =>
    makeJurisdiction({
      plans: [
        makePlan('5', { dates: { end: known('2025-12-31') }, lengthYears: 2 }),
        makePlan('6', next),
      ],
    })

  test.each([
    ['submitted', { dates: { submitted: known('2026-03-01') } }],
    ['begun', { dates: { start: known('2026-03-01') } }],
    ['known by its years', { years: { first: 2026, last: 2028 } }],
  ])('that is %s meets the duties of the one before, and its information stays', (_, next) => {
    const milestones = compute(followedBy(next))
    expect(findMilestone(milestones, 'here/5/next-plan')).toMatchObject({
      isMet: true,
      mayRemind: false,
    })
    expect(findMilestone(milestones, 'here/5/results')).toMatchObject({
      isMet: false,
      mayRemind: true,
    })
  })

  test('of which nothing is known yet meets nothing', () => {
    expect(findMilestone(compute(followedBy({})), 'here/5/next-plan')).toMatchObject({
      isMet: false,
      mayRemind: true,
    })
  })

  test('owes its own next plan', () => {
    const next = { dates: { submitted: known('2026-03-01') }, lengthYears: 2 }
    expect(findMilestone(compute(followedBy(next)), 'here/6/next-plan').isMet).toBe(false)
  })
})
