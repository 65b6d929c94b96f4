// The calendar that the product ships, held against what was read of its rules and its members' plans.

import { describe, expect, test } from 'vitest'
import type { Plan } from '../../src/calendar/calendar.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { ownKnowledge } from './knowledge-folder.ts'

const { calendar, entries } = loadKnowledge(ownKnowledge)
const languages = ['en', 'es', 'fr', 'pt']

/** Jurisdiction, level, plan, its years, its length, when it was submitted, when it ends, and how that is known. */
const planFacts = `
italy national 6 2024-2026 2 2024-07-31 2026-06-30 stated
mongolia national 5 2023-2027 4 2023-12-27 2027-12-31 stated
sierra-leone national 5 2024-2028 4 2024-02-29 2028-06-30 stated
united-states national 5 2022-2024 2 - 2024-12-31 stated
spain national 4 2020-2024 4 - 2024-10-29 stated
spain national 5 2025-2029 4 2025-10-06 2029-12-31 estimate
bosnia-and-herzegovina national 2 - 2 - 2024-08-31 stated
kenya national 5 2023-2027 4 - 2027-12-31 tag
philippines national 6 2023-2027 4 - 2027-12-31 tag
ukraine national 6 2023-2025 2 - 2025-12-31 tag
ireland national 4 2023-2025 2 - 2025-12-31 tag
germany national 4 2023-2025 2 2023-08-30 2025-06-30 tag
armenia national 5 2022-2024 2 - 2024-12-31 tag
latvia national 5 2021-2025 4 2022-02-28 2025-12-31 tag
united-kingdom national 6 2024-2025 2 2023-12-18 2025-12-31 estimate
australia national 3 2023-2025 2 2023-12-15 2025-12-31 estimate
norway national 5 2024-2027 4 - - years
new-zealand national 5 2026-2027 2 - - years
chile national 6 2023-2027 4 2023-12-29 2027-12-31 estimate
finland national 5 2023-2027 4 - - years
netherlands national 5 2023-2027 4 - - years
ghana national 5 2023-2027 4 - - years
portugal national 3 2023-2027 4 - - years
serbia national 5 2023-2027 4 - - years
morocco national 3 2024-2028 4 - - years
brazil national 6 - 4 - - years
canada national 5 2022-2024 2 2022-09-22 - years
canada national 6 2025-2029 4 - - years
france national 4 2024-2026 2 - - years
georgia national 5 2023-2025 2 - - years
moldova national 5 2023-2025 2 - - years
colombia national 5 2023-2025 2 - - years
seychelles national 2 2023-2025 2 - - years
cabo-verde national 2 2023-2025 2 - - years
malawi national 2 2023-2025 2 - - years
malta national 4 2023-2025 2 - - years
senegal national 2023-2025 2023-2025 2 - - years
cote-d-ivoire national 4 2022-2024 2 - - years
argentina national 5 2022-2024 2 - - years
romania national 6 2022-2024 2 - - years
estonia national 2022-2024 2022-2024 2 - - years
greater-karak local 2024-2025 2024-2025 - - 2025-12-31 stated
yerevan local 2023-2024 2023-2024 - - - years
armavir local 2022-2025 2022-2025 - - - years
gyumri local 2021-2026 2021-2026 - - - years
vanadzor local 2021-2026 2021-2026 - - - years
khmelnytskyi local 2021-2025 2021-2025 - - - years
`

/** Code, what it counts from, how long after or before, how often again, and how binding it is. */
const ruleFacts = `
D1 end P12M - hard
D2 end PT0S - hard
D3 submitted plan-end - estimate
D4 start P24M - duty
D5 forum-met P6M P6M duty
D6 repository-updated P6M P6M duty
D7 yearly 06-30,12-31 - duty
D8 cocreation-starts -P14D - duty
D9 cocreation-starts -P3M - information
D10 submitted P4M - information
D12 end P4M - information
D13 draft-published P14D - information
D14 second-breach PT0S - hard
D15 second-year-below PT0S - hard
D16 submitted P2M - duty
D17 commitment-completed P1M - duty
D18 website-updated P4M P4M duty
D19 applied P16M - hard
D20 submitted P12M - hard
D21 yearly 10-01 - information
`

const linesOf = (facts: string) => facts.trim().split('\n')

function findPlan(id: string, key: string): Plan | undefined {
  return calendar.jurisdictions
    .find((jurisdiction) => jurisdiction.id === id)
    ?.plans.find((plan) => plan.key === key)
}

function dayOf(plan: Plan, anchor: string): string {
  const when = plan.dates[anchor]?.when
  return when?.kind === 'day' ? when.date.toString() : '-'
}

describe('the rules', () => {
  test('are those of the rule sheet', () => {
    const written = calendar.rules.map(({ code, timing, force }) => {
      switch (timing.kind) {
        case 'offset':
          return [code, timing.anchor, timing.offset, timing.repeat ?? '-', force].join(' ')
        case 'plan-end':
          return [code, timing.anchor, timing.kind, '-', force].join(' ')
        case 'yearly': {
          const days = timing.days.map(String).join(',')
          return [code, timing.kind, days, '-', force].join(' ')
        }
      }
    })
    expect(written).toEqual(linesOf(ruleFacts))
  })

  test('rest on a source that was read, or are off', () => {
    expect(calendar.rules.filter(({ isOn }) => !isOn).map(({ code }) => code)).toEqual([
      'D8',
      'D20',
    ])
  })

  test('say where the day is our own reading', () => {
    const estimated = calendar.rules.filter(({ isDayEstimated }) => isDayEstimated)
    expect(estimated.map(({ code }) => code)).toEqual(['D4', 'D8', 'D20'])
  })

  test('name the edition where a source is dated or sources conflict', () => {
    for (const { code, confidence, sources } of calendar.rules) {
      if (confidence === 'stated') continue
      for (const { text } of sources) expect(text, code).toMatch(/\d{4}/)
    }
  })

  test('apply to plans of the lengths that the rule sheet says', () => {
    const limited = calendar.rules.filter(({ lengthsYears }) => lengthsYears.length > 0)
    expect(limited.map(({ code, lengthsYears }) => [code, lengthsYears])).toEqual([
      ['D3', [2, 4]],
      ['D4', [4]],
      ['D20', [2]],
    ])
  })

  test.each(calendar.rules)('$code, $id, speaks four languages and is explained', (rule) => {
    for (const texts of [rule.name, rule.advice, rule.names]) {
      expect(Object.keys(texts)).toEqual(languages)
    }
    for (const names of Object.values(rule.names)) expect(names.length).toBeGreaterThanOrEqual(3)
    expect(entries.map(({ id }) => id)).toContain(rule.entry)
  })

  test('count from dates that are named in four languages, and from no others', () => {
    for (const { name } of calendar.anchors) expect(Object.keys(name)).toEqual(languages)
    const used = calendar.rules.flatMap(({ timing }) =>
      timing.kind === 'yearly' ? [] : [timing.anchor],
    )
    expect(new Set(used)).toEqual(new Set(calendar.anchors.map(({ id }) => id)))
  })
})

describe('the plans', () => {
  test.each(linesOf(planFacts))('hold %s', (fact) => {
    const [id = '', level, key = '', years, length, submitted, end, basis] = fact.split(' ')
    const jurisdiction = calendar.jurisdictions.find((one) => one.id === id)
    const plan = findPlan(id, key)
    expect(jurisdiction?.level).toBe(level)
    if (plan === undefined) expect.fail('no such plan')
    expect({
      years: plan.years === undefined ? '-' : `${plan.years.first}-${plan.years.last}`,
      length: plan.lengthYears?.toString() ?? '-',
      submitted: dayOf(plan, 'submitted'),
      end: dayOf(plan, 'end'),
      basis: plan.dates['end']?.basis ?? 'years',
      provenance: plan.provenance,
    }).toEqual({ years, length, submitted, end, basis, provenance: 'reviewed' })
  })

  test('are no others', () => {
    const written = calendar.jurisdictions.flatMap(({ id, plans }) =>
      plans.map(({ key }) => `${id} ${key}`),
    )
    const facts = linesOf(planFacts).map((fact) => fact.split(' '))
    expect(written.toSorted()).toEqual(
      facts.map(([id = '', , key = '']) => `${id} ${key}`).toSorted(),
    )
  })
})

describe('the jurisdictions', () => {
  test('are named in every language, and in a zone of their country', () => {
    for (const { id, country, name, zone } of calendar.jurisdictions) {
      if (name !== undefined) expect(Object.keys(name), id).toEqual(languages)
      if (country === undefined) continue
      const zones = new Intl.Locale(`und-${country}`).getTimeZones() ?? []
      expect(zones.map(toOffsets), id).toContainEqual(toOffsets(zone))
    }
  })

  test('are those with a plan, those that are out or have none, and the Partnership itself', () => {
    const withoutPlan = calendar.jurisdictions.filter(({ plans }) => plans.length === 0)
    expect(withoutPlan.map(({ id, level, status }) => [id, level, status])).toEqual([
      ['azerbaijan', 'national', 'suspended'],
      ['liberia', 'national', 'active'],
      ['luxembourg', 'national', 'withdrawn'],
      ['ogp', 'global', 'active'],
      ['timor-leste', 'national', 'active'],
    ])
    expect(calendar.jurisdictions).toHaveLength(50)
  })

  test('say honestly, in four languages and with the source, why they have no plan or no reminders', () => {
    const told = calendar.jurisdictions.filter(({ notice }) => notice !== undefined)
    expect(told.map(({ id, status }) => [id, status])).toEqual([
      ['azerbaijan', 'suspended'],
      ['georgia', 'suspended'],
      ['liberia', 'active'],
      ['luxembourg', 'withdrawn'],
      ['timor-leste', 'active'],
    ])
    for (const { notice = { en: '' } } of told) {
      expect(Object.keys(notice)).toEqual(languages)
      for (const text of Object.values(notice)) expect(text).toMatch(/https:\/\/\S+$/)
    }
  })
})

/** ICU knows some zones by an older name: the same zone has the same offset at all times. */
function toOffsets(zone: string): string {
  const days = Array.from({ length: 60 }, (_, index) =>
    Temporal.PlainDate.from('2012-01-01').add({ months: index * 3 }),
  )
  return days.map((day) => day.toZonedDateTime(zone).offset).join()
}
