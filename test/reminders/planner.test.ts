// What is planned for a wish and a calendar, and what is not.

import { describe, expect, test } from 'vitest'
import type { Milestone } from '../../src/calendar/calendar.ts'
import {
  isDated,
  planAgain,
  planDeliveries,
  planMoveDeliveries,
  planMoves,
  type PlanRequest,
} from '../../src/reminders/planner.ts'
import { at, longAgo, makeJurisdiction, makeMilestone, makeSubscription, on } from './samples.ts'

/** A Thursday. */
const dueDate = '2026-12-31'
const year = Temporal.Duration.from({ hours: 366 * 24 })
const plan = (changes: Partial<PlanRequest> = {}) =>
  planDeliveries({
    subscription: makeSubscription(),
    milestones: [makeMilestone(dueDate)],
    done: new Set(),
    knownSince: () => longAgo,
    now: at('2026-10-01T00:00:00Z'),
    horizon: year,
    ...changes,
  })
const say = (planned: ReturnType<typeof planDeliveries>) =>
  planned.map(({ occasion, dueAt }) => `${occasion} ${dueAt.toString()}`)

describe('the lead times of one milestone', () => {
  test('are the days asked for, at the hour of the zone', () => {
    expect(say(plan())).toEqual([
      // 1 November is a Sunday: the Friday before.
      'lead:62 2026-10-30T06:00:00Z',
      'lead:30 2026-12-01T06:00:00Z',
      'lead:14 2026-12-17T06:00:00Z',
      'lead:7 2026-12-24T06:00:00Z',
      'lead:1 2026-12-30T06:00:00Z',
      'lead:0 2026-12-31T06:00:00Z',
    ])
  })

  test('fall on a weekend when somebody wants that, or when little time is left', () => {
    const subscription = makeSubscription({ weekends: true, leadDays: [60] })
    expect(say(plan({ subscription }))).toEqual(['lead:60 2026-11-01T06:00:00Z'])
    const monday = [makeMilestone('2026-11-30')]
    expect(
      say(plan({ milestones: monday, subscription: makeSubscription({ leadDays: [2, 1] }) })),
    ).toEqual(['lead:2 2026-11-28T06:00:00Z', 'lead:1 2026-11-29T06:00:00Z'])
  })

  test('that a weekend draws onto one day become one', () => {
    const subscription = makeSubscription({ leadDays: [5, 4, 3] })
    const milestones = [makeMilestone('2026-12-02')]
    expect(say(plan({ subscription, milestones }))).toEqual(['lead:5 2026-11-27T06:00:00Z'])
    // Taking one of them away brings no second one on that day.
    const fewer = makeSubscription({ leadDays: [3] })
    expect(say(plan({ subscription: fewer, milestones }))).toEqual(['lead:5 2026-11-27T06:00:00Z'])
  })

  test('are planned for the next days only', () => {
    const now = at('2026-12-14T12:00:00Z')
    expect(say(plan({ now, horizon: Temporal.Duration.from({ hours: 72 }) }))).toEqual([
      'lead:14 2026-12-17T06:00:00Z',
    ])
  })

  test('are made up for within the window, and no longer', () => {
    const horizon = Temporal.Duration.from({ hours: 72 })
    const noted = (now: string) => say(plan({ now: at(now), horizon }))
    expect(noted('2026-12-03T12:00:00Z')).toEqual(['lead:30 2026-12-01T06:00:00Z'])
    expect(noted('2026-12-04T05:59:59Z')).toEqual(['lead:30 2026-12-01T06:00:00Z'])
    expect(noted('2026-12-04T06:00:00Z')).toEqual([])
  })

  test('are not made up for when they passed before anybody asked', () => {
    const now = at('2026-12-01T08:00:00Z')
    const subscription = makeSubscription({ createdAt: now, activeSince: now })
    expect(say(plan({ now, subscription }))[0]).toBe('lead:14 2026-12-17T06:00:00Z')
  })

  test('are not made up for when they passed on an earlier day of a pause, or before they were chosen', () => {
    const now = at('2026-12-02T05:00:00Z')
    const subscription = makeSubscription({ activeSince: now })
    expect(say(plan({ now, subscription }))[0]).toBe('lead:14 2026-12-17T06:00:00Z')
  })

  test('of the same day stay when the hour is moved to before now', () => {
    const now = at('2026-12-01T06:30:00Z')
    const subscription = makeSubscription({ hour: 8, activeSince: now })
    expect(say(plan({ now, subscription }))[0]).toBe('lead:30 2026-12-01T05:00:00Z')
  })

  test('are not made up for when they passed before the date was known', () => {
    const now = at('2026-12-02T05:00:00Z')
    expect(say(plan({ now, knownSince: () => now }))[0]).toBe('lead:14 2026-12-17T06:00:00Z')
  })

  test('give one key whenever they are planned', () => {
    const keys = new Set<string>()
    for (let hour = 0; hour < 24 * 100; hour++) {
      const now = at('2026-10-01T00:00:00Z').add({ hours: hour })
      for (const planned of plan({ now, horizon: Temporal.Duration.from({ hours: 72 }) })) {
        keys.add(`${planned.occasion} ${planned.dueAt.toString()}`)
      }
    }
    expect([...keys].sort()).toEqual(say(plan()).sort())
  })
})

describe('a milestone is left out', () => {
  test.each<[string, Partial<Milestone>]>([
    ['that nobody is reminded of', { mayRemind: false }],
    ['of which only the year is known', { when: { kind: 'year', year: 2026 } }],
    ['of another jurisdiction', { jurisdiction: makeJurisdiction({ id: 'italy' }) }],
  ])('%s', (_name, changes) => {
    expect(plan({ milestones: [makeMilestone(dueDate, changes)] })).toEqual([])
  })

  test('that is done', () => {
    const milestone = makeMilestone(dueDate)
    expect(plan({ milestones: [milestone], done: new Set([milestone.key]) })).toEqual([])
  })

  test('that was cancelled', () => {
    expect(plan({ milestones: [] })).toEqual([])
  })

  test('of a force or an id that was not chosen', () => {
    const milestones = [
      makeMilestone(dueDate, { id: 'one', force: 'hard' }),
      makeMilestone(dueDate, { id: 'two', force: 'duty' }),
    ]
    const keysOf = (changes: Parameters<typeof makeSubscription>[0]) => {
      const subscription = makeSubscription({ leadDays: [0], ...changes })
      return plan({ milestones, subscription }).map(({ milestone }) => milestone)
    }
    expect(keysOf({})).toEqual(['kenya/own/one', 'kenya/own/two'])
    expect(keysOf({ forces: ['hard'] })).toEqual(['kenya/own/one'])
    expect(keysOf({ milestones: ['two'] })).toEqual(['kenya/own/two'])
  })

  test.each(['paused', 'retired'] as const)('for a %s subscription', (state) => {
    expect(plan({ subscription: makeSubscription({ state }) })).toEqual([])
  })
})

describe('a date that moved', () => {
  const now = at('2026-12-10T12:00:00Z')
  const known = (date: string, version = 1) =>
    new Map([
      [
        'kenya/own/next-plan',
        { key: 'kenya/own/next-plan', date: on(date), version, since: longAgo },
      ],
    ])

  test('while it was ahead is told, with its new version', () => {
    const { moves, changes } = planMoves(known('2026-12-20', 3), [makeMilestone(dueDate)], now)
    expect(moves.map(({ from, version }) => `${from.toString()} ${version}`)).toEqual([
      '2026-12-20 4',
    ])
    expect(changes).toMatchObject([{ key: 'kenya/own/next-plan', expectedVersion: 3 }])
  })

  test('after it had passed is written down and not told', () => {
    const { moves, changes } = planMoves(known('2026-12-09'), [makeMilestone(dueDate)], now)
    expect(moves).toEqual([])
    expect(changes).toHaveLength(1)
  })

  test('for the first time, not at all, or by the conversation itself is not told', () => {
    expect(planMoves(new Map(), [makeMilestone(dueDate)], now)).toMatchObject({
      moves: [],
      changes: [{ expectedVersion: 0 }],
    })
    const same = planMoves(known(dueDate), [makeMilestone(dueDate)], now)
    expect(same).toEqual({ moves: [], changes: [] })
    const own = makeMilestone(dueDate, { provenance: 'conversation' })
    expect(planMoves(known('2026-12-20'), [own], now)).toEqual({ moves: [], changes: [] })
  })

  test('is told once a subscription, at its next hour, and not when it is done', () => {
    const { moves } = planMoves(known('2026-12-20'), [makeMilestone(dueDate)], now)
    const told = planMoveDeliveries(makeSubscription(), moves, new Set(), now)
    expect(told).toMatchObject([{ occasion: 'moved:2', milestone: 'kenya/own/next-plan' }])
    expect(told[0]?.dueAt.toString()).toBe('2026-12-11T06:00:00Z')
    expect(told[0]?.dueDate.toString()).toBe(dueDate)
    const done = new Set(['kenya/own/next-plan'])
    expect(planMoveDeliveries(makeSubscription(), moves, done, now)).toEqual([])
  })

  test('waits for Monday unless one of its dates is near', () => {
    const friday = at('2026-12-11T12:00:00Z')
    const toldAt = (from: string) => {
      const { moves } = planMoves(known(from), [makeMilestone(dueDate)], friday)
      return planMoveDeliveries(makeSubscription(), moves, new Set(), friday)[0]?.dueAt.toString()
    }
    expect(toldAt('2026-12-20')).toBe('2026-12-14T06:00:00Z')
    expect(toldAt('2026-12-13')).toBe('2026-12-12T06:00:00Z')
  })
})

test('a reminder asked for again comes on the day asked for', () => {
  const milestone = makeMilestone(dueDate)
  if (!isDated(milestone)) throw new Error('The sample has a day')
  const again = planAgain(makeSubscription(), milestone, 3, at('2026-12-17T06:00:00Z'))
  expect(say([again])).toEqual(['again:2026-12-20 2026-12-20T06:00:00Z'])
})
