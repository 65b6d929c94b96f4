// The worked checks of the facts sheet, and what is asked of milestones beside their days.

import { describe, expect, test } from 'vitest'
import type { Jurisdiction, Rule } from '../../src/calendar/calendar.ts'
import { applyRule, computeMilestones } from '../../src/calendar/milestones.ts'
import {
  after,
  allRules,
  day,
  decade,
  describe as describeMilestone,
  findMilestone,
  known,
  knownYear,
  makeJurisdiction,
  makePlan,
  makeRule,
  sheet,
  yearly,
} from './rule-sheet.ts'

const compute = (jurisdiction: Jurisdiction, rules: readonly Rule[] = allRules) =>
  computeMilestones(rules, jurisdiction, decade)

const list = (jurisdiction: Jurisdiction, rules?: readonly Rule[]) =>
  compute(jurisdiction, rules).map(describeMilestone)

const withPlan = (dates: Parameters<typeof makePlan>[1], rest: Partial<Jurisdiction> = {}) =>
  makeJurisdiction({ plans: [makePlan('5', dates)], ...rest })

describe('a rule counted from a stated date', () => {
  test.each([
    ['D1', '2025-12-31', 2, '2026-12-31'],
    ['D12', '2025-12-31', 2, '2026-04-30'],
    ['D1', '2026-06-30', 2, '2027-06-30'],
    ['D12', '2026-06-30', 2, '2026-10-30'],
    ['D10', '2026-03-10', 2, '2026-07-10'],
    ['D3', '2026-03-10', 2, '2028-06-30'],
    ['D3', '2026-03-10', 4, '2030-06-30'],
    ['D3', '2023-12-27', 4, '2027-12-31'],
    ['D10', '2023-12-27', 4, '2024-04-27'],
    ['D4', '2024-02-29', 4, '2026-02-28'],
    ['D5', '2025-08-31', undefined, '2026-02-28'],
    ['D16', '2025-12-31', undefined, '2026-02-28'],
    ['D10', '2025-10-31', undefined, '2026-02-28'],
  ] as const)('%s from %s, length %s, is %s', (code, anchor, lengthYears, expected) => {
    expect(applyRule(sheet[code], day(anchor), lengthYears)?.toString()).toBe(expected)
  })

  test('has no day when the rule is off, for another length, yearly, or needs the length', () => {
    expect(applyRule(sheet.D8, day('2025-12-31'))).toBeNull()
    expect(applyRule(sheet.D4, day('2025-12-31'), 2)).toBeNull()
    expect(applyRule(sheet.D7, day('2025-12-31'))).toBeNull()
    expect(applyRule(sheet.D3, day('2025-12-31'))).toBeNull()
  })
})

describe('the milestones of a plan', () => {
  test('are the worked checks, through the whole computation', () => {
    const ended = { dates: { end: known('2025-12-31') }, lengthYears: 2 }
    expect(list(withPlan(ended))).toEqual([
      '2025-12-31 here/5/plan-end',
      '2026-04-30 here/5/results',
      '2026-12-31 here/5/next-plan',
    ])
    const submitted = { dates: { submitted: known('2023-12-27') }, lengthYears: 4 }
    expect(list(withPlan(submitted), [sheet.D1, sheet.D2, sheet.D3, sheet.D4, sheet.D10])).toEqual([
      '2024-04-27 here/5/review',
      '2025-12-27 here/5/refresh',
      '2027-12-31 here/5/plan-end-guess',
      '2028-12-31 here/5/next-plan',
    ])
    const local = withPlan({ dates: { submitted: known('2025-12-31') } }, { level: 'local' })
    expect(list(local)).toEqual(['2026-02-28 here/5/inception'])
  })

  test('leave out rules that are off, of another level or for another length', () => {
    const two = { dates: { start: known('2024-02-29') }, lengthYears: 2 }
    expect(list(withPlan(two), [sheet.D4])).toEqual([])
    expect(list(withPlan({ ...two, lengthYears: 4 }), [sheet.D4])).toHaveLength(1)
    expect(list(withPlan({ ...two, lengthYears: 4 }, { level: 'local' }), [sheet.D4])).toEqual([])
    expect(list(withPlan(two), [{ ...sheet.D4, lengthsYears: [], isOn: false }])).toEqual([])
  })

  test('of unknown length follow its years when they are two or four, else the rules for any', () => {
    const rules = [sheet.D1, sheet.D2]
    const dates = { end: known('2025-12-31') }
    const years = (first: number, last: number) =>
      list(withPlan({ dates, years: { first, last } }), rules)
    expect(years(2023, 2025)).toHaveLength(2)
    expect(years(2021, 2025)).toHaveLength(2)
    expect(years(2024, 2025)).toEqual(['2025-12-31 here/5/plan-end'])
    expect(list(withPlan({ dates }), rules)).toEqual(['2025-12-31 here/5/plan-end'])
  })

  test('count `start` from the submission, and both ends from the years, when nobody says more', () => {
    const dates = { submitted: known('2024-02-29') }
    expect(list(withPlan({ dates, lengthYears: 4 }), [sheet.D4])).toEqual([
      '2026-02-28 here/5/refresh',
    ])
    const years = { first: 2023, last: 2027 }
    expect(list(withPlan({ years }), [sheet.D1, sheet.D4])).toEqual([
      '2025 here/5/refresh',
      '2028 here/5/next-plan',
    ])
  })

  test('are known by year alone only where whole years are added', () => {
    const ended = { dates: { end: knownYear(2025) }, lengthYears: 2 }
    const [end, next, ...rest] = compute(withPlan(ended))
    expect(rest).toEqual([])
    expect(end).toMatchObject({ when: { kind: 'year', year: 2025 }, basis: 'years' })
    expect(next).toMatchObject({ when: { kind: 'year', year: 2026 }, mayRemind: false })
    const days = makeRule('days', after('end', 'P365D'))
    const back = makeRule('back', after('end', '-P1Y'))
    expect(list(withPlan(ended), [days, back])).toEqual(['2024 here/5/back'])
  })
})

describe('an end that nobody states', () => {
  const submitted = { submitted: known('2023-12-27') }

  test('is guessed from the submission, and so is what counts from it', () => {
    const milestones = compute(withPlan({ dates: submitted, lengthYears: 4 }))
    const guess = findMilestone(milestones, 'here/5/plan-end-guess')
    expect(guess).toMatchObject({ basis: 'estimate', force: 'estimate', mayRemind: false })
    const next = findMilestone(milestones, 'here/5/next-plan')
    expect(describeMilestone(next)).toMatch(/^2028-12-31/)
    expect(next).toMatchObject({ basis: 'estimate', mayRemind: false })
  })

  test('is not said twice, as a guess and as the end', () => {
    const milestones = list(withPlan({ dates: submitted, lengthYears: 4 }), [sheet.D2, sheet.D3])
    expect(milestones).toEqual(['2027-12-31 here/5/plan-end-guess'])
  })

  test('is not guessed when the day is known, the length is not, or the year says otherwise', () => {
    const rules = [sheet.D2, sheet.D3]
    const end = known('2027-06-30')
    expect(list(withPlan({ dates: { ...submitted, end }, lengthYears: 4 }), rules)).toEqual([
      '2027-06-30 here/5/plan-end',
    ])
    expect(list(withPlan({ dates: submitted }), rules)).toEqual([])
    const plan = { dates: submitted, lengthYears: 4 }
    expect(list(withPlan({ ...plan, years: { first: 2023, last: 2028 } }), rules)).toEqual([
      '2028 here/5/plan-end',
    ])
    expect(list(withPlan({ ...plan, years: { first: 2023, last: 2027 } }), rules)).toEqual([
      '2027-12-31 here/5/plan-end-guess',
    ])
    expect(
      list(withPlan({ dates: { ...submitted, end: knownYear(2028) }, lengthYears: 4 }), rules),
    ).toEqual(['2028 here/5/plan-end'])
  })
})

describe('recorded dates', () => {
  const met = (...dates: readonly string[]) =>
    makeJurisdiction({
      plans: [makePlan('5', { years: { first: 2023, last: 2027 }, lengthYears: 4 })],
      recorded: dates.map((date) => ({
        anchor: 'forum-met',
        date: day(date),
        provenance: 'community',
      })),
    })

  test('repeat from the first day itself, so that a short month leaves no trace', () => {
    const horizon = { from: day('2025-01-01'), through: day('2027-03-01') }
    const milestones = computeMilestones([sheet.D5], met('2025-08-31'), horizon)
    expect(milestones.map(describeMilestone)).toEqual([
      '2026-02-28 here/forum-met/2025-08-31/forum/1',
      '2026-08-31 here/forum-met/2025-08-31/forum/2',
      '2027-02-28 here/forum-met/2025-08-31/forum/3',
    ])
  })

  test('count only from the latest where a rule repeats, in whatever order they stand', () => {
    const one = list(met('2025-08-31'), [sheet.D5])
    expect(list(met('2024-05-01', '2025-08-31', '2025-01-15'), [sheet.D5])).toEqual(one)
  })

  test('each count where a rule does not repeat, one day once', () => {
    const started = (date: string, provenance: 'community' | 'reviewed') =>
      ({ anchor: 'co-creation-start', date: day(date), provenance }) as const
    const jurisdiction = makeJurisdiction({
      recorded: [
        started('2025-05-31', 'reviewed'),
        started('2023-05-31', 'reviewed'),
        started('2025-05-31', 'community'),
        started('2027-03-10', 'community'),
      ],
    })
    const milestones = compute(jurisdiction)
    expect(milestones.map(describeMilestone)).toEqual([
      '2023-02-28 here/co-creation-start/2023-05-31/brief',
      '2025-02-28 here/co-creation-start/2025-05-31/brief',
      '2026-12-10 here/co-creation-start/2027-03-10/brief',
    ])
    expect(milestones.map(({ basis }) => basis)).toEqual(['stated', 'stated', 'confirmed'])
    expect(milestones.every(({ mayRemind }) => mayRemind)).toBe(true)
  })

  test('take a rule for some lengths from the plan that had begun by then', () => {
    const rules = [{ ...sheet.D5, lengthsYears: [4] }]
    expect(list(met('2025-08-31'), rules)).not.toEqual([])
    expect(list(met('2022-08-31'), rules)).toEqual([])
  })
})

describe('yearly rules', () => {
  test('hold for a member from the submission of a plan through its end', () => {
    const dates = { submitted: known('2024-06-30'), end: known('2026-06-29') }
    expect(list(withPlan({ dates }), [sheet.D7])).toEqual([
      '2024-06-30 here/meetings/2024-1',
      '2024-12-31 here/meetings/2024-2',
      '2025-06-30 here/meetings/2025-1',
      '2025-12-31 here/meetings/2025-2',
    ])
  })

  test('hold through whole years where only these are known, and not at all without an end', () => {
    expect(list(withPlan({ years: { first: 2024, last: 2025 } }), [sheet.D7])).toHaveLength(4)
    expect(list(withPlan({ dates: { submitted: known('2024-06-30') } }), [sheet.D7])).toEqual([])
  })

  test('fall due once where two plans overlap, as the later plan’s', () => {
    const jurisdiction = makeJurisdiction({
      plans: [
        makePlan('4', { dates: { start: known('2023-01-01'), end: known('2024-12-31') } }),
        makePlan('5', { dates: { start: known('2024-10-01'), end: known('2025-12-31') } }),
      ],
    })
    const milestones = compute(jurisdiction, [sheet.D7])
    expect(milestones.map(({ key, plan }) => `${plan?.key ?? ''} ${key}`)).toEqual([
      '4 here/meetings/2023-1',
      '4 here/meetings/2023-2',
      '4 here/meetings/2024-1',
      '5 here/meetings/2024-2',
      '5 here/meetings/2025-1',
      '5 here/meetings/2025-2',
    ])
  })

  test('hold always for what is global, on 28 February where there is no 29th', () => {
    const leap = makeRule('leap', yearly('02-29'), { levels: ['global'] })
    const horizon = { from: day('2027-10-02'), through: day('2029-10-01') }
    const world = makeJurisdiction({ id: 'world', level: 'global' })
    const milestones = computeMilestones([sheet.D21, leap], world, horizon)
    expect(milestones.map(describeMilestone)).toEqual([
      '2028-02-29 world/leap/2028-1',
      '2028-10-01 world/chairs/2028-1',
      '2029-02-28 world/leap/2029-1',
      '2029-10-01 world/chairs/2029-1',
    ])
  })
})

describe('the list', () => {
  test('holds own milestones under their own key, with the word of whose they are', () => {
    const own = { id: 'hearing', title: { en: 'Hearing' }, date: day('2026-05-04') }
    const [milestone] = compute(makeJurisdiction({ own: [{ ...own, provenance: 'conversation' }] }))
    expect(milestone).toMatchObject({
      key: 'here/own/hearing',
      title: { en: 'Hearing' },
      force: 'information',
      basis: 'confirmed',
      provenance: 'conversation',
      mayRemind: true,
    })
    expect(milestone).not.toHaveProperty('rule')
  })

  test('is cut at both ends of the horizon, these included; a year is in when a day of it is', () => {
    const own = ['2026-03-01', '2026-02-28', '2026-09-30', '2026-10-01'].map((date) => ({
      id: date,
      title: { en: date },
      date: day(date),
      provenance: 'community' as const,
    }))
    const plans = [makePlan('5', { years: { first: 2024, last: 2026 } })]
    const horizon = { from: day('2026-03-01'), through: day('2026-09-30') }
    const inside = computeMilestones(allRules, makeJurisdiction({ plans, own }), horizon)
    expect(inside.map(describeMilestone)).toEqual([
      '2026-03-01 here/own/2026-03-01',
      '2026-06-30 here/meetings/2026-1',
      '2026-09-30 here/own/2026-09-30',
      '2026 here/5/plan-end',
    ])
  })
})
