// The rules that the milestone tests count with, and short ways to make plans and jurisdictions.

import type {
  Jurisdiction,
  KnownDate,
  Milestone,
  Plan,
  Rule,
  Timing,
} from '../../src/calendar/calendar.ts'

export const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)

export const known = (text: string, basis: KnownDate['basis'] = 'stated'): KnownDate => ({
  when: { kind: 'day', date: day(text) },
  basis,
})

export const knownYear = (year: number): KnownDate => ({
  when: { kind: 'year', year },
  basis: 'years',
})

export function after(anchor: string, offset: string, repeat?: string): Timing {
  const timing = { kind: 'offset', anchor, offset: Temporal.Duration.from(offset) } as const
  return repeat === undefined ? timing : { ...timing, repeat: Temporal.Duration.from(repeat) }
}

export const yearly = (...days: readonly string[]): Timing => ({
  kind: 'yearly',
  days: days.map((text) => Temporal.PlainMonthDay.from(text)),
})

export function makeRule(id: string, timing: Timing, rest: Partial<Rule> = {}): Rule {
  return {
    id,
    code: id,
    name: { en: id },
    timing,
    levels: ['national'],
    lengthsYears: [],
    force: 'duty',
    isDayEstimated: false,
    isOn: true,
    confidence: 'stated',
    sources: [{ text: 'Sheet', url: 'https://example.org/' }],
    entry: 'entry',
    advice: { en: 'Act.' },
    names: {},
    ...rest,
  }
}

const twoOrFour = { lengthsYears: [2, 4] }

/** As the facts sheet numbers them. */
export const sheet = {
  D1: makeRule('next-plan', after('end', 'P12M'), { ...twoOrFour, force: 'hard' }),
  D2: makeRule('plan-end', after('end', 'P0D'), { levels: ['national', 'local'], force: 'hard' }),
  D3: makeRule(
    'plan-end-guess',
    {
      kind: 'plan-end',
      anchor: 'submitted',
      ends: [
        { throughMonth: 8, day: Temporal.PlainMonthDay.from('06-30') },
        { throughMonth: 12, day: Temporal.PlainMonthDay.from('12-31') },
      ],
    },
    { ...twoOrFour, force: 'estimate' },
  ),
  D4: makeRule('refresh', after('start', 'P24M'), { lengthsYears: [4], isDayEstimated: true }),
  D5: makeRule('forum', after('forum-met', 'P6M', 'P6M'), twoOrFour),
  D7: makeRule('meetings', yearly('06-30', '12-31'), { isDayEstimated: true }),
  D8: makeRule('timeline', after('co-creation-start', '-P14D'), { isOn: false }),
  D9: makeRule('brief', after('co-creation-start', '-P3M'), { force: 'information' }),
  D10: makeRule('review', after('submitted', 'P4M'), { ...twoOrFour, force: 'information' }),
  D12: makeRule('results', after('end', 'P4M'), { ...twoOrFour, force: 'information' }),
  D16: makeRule('inception', after('submitted', 'P2M'), { levels: ['local'] }),
  D18: makeRule('website', after('website-updated', 'P4M', 'P4M'), { levels: ['local'] }),
  D21: makeRule('chairs', yearly('10-01'), { levels: ['global'], force: 'information' }),
} as const

export const allRules: readonly Rule[] = Object.values(sheet)

export function makePlan(key: string, rest: Partial<Plan> = {}): Plan {
  return {
    key,
    dates: {},
    source: { text: 'Plan', url: 'https://example.org/' },
    provenance: 'reviewed',
    ...rest,
  }
}

export function makeJurisdiction(rest: Partial<Jurisdiction> = {}): Jurisdiction {
  return {
    id: 'here',
    level: 'national',
    country: 'IT',
    aliases: [],
    zone: 'Europe/Rome',
    status: 'active',
    plans: [],
    recorded: [],
    own: [],
    reviewed: day('2026-01-01'),
    ...rest,
  }
}

export const decade = { from: day('2020-01-01'), through: day('2031-12-31') }

/** "2026-12-31 here/5/next-plan", or the year alone. */
export const describe = ({ when, key }: Milestone): string =>
  `${when.kind === 'day' ? when.date.toString() : when.year} ${key}`

export function findMilestone(milestones: readonly Milestone[], key: string): Milestone {
  const found = milestones.find((one) => one.key === key)
  if (found === undefined)
    throw new Error(`no ${key} in ${milestones.map((one) => one.key).join()}`)
  return found
}
