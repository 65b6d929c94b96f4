import { describe, expect, test } from 'vitest'
import type { Calendar, Jurisdiction } from '../../src/calendar/calendar.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { formatMistake, KnowledgeError } from '../../src/knowledge/mistake.ts'
import { kenyaText, rulesText, smallCalendar } from './calendar-folder.ts'
import { makeKnowledgeFolder, smallBase, type Files } from './knowledge-folder.ts'

const load = (files: Files) => loadKnowledge(makeKnowledgeFolder({ ...smallCalendar, ...files }))

const calendarOf = (files: Files): Calendar => load(files).calendar

function find(calendar: Calendar, id: string): Jurisdiction {
  const found = calendar.jurisdictions.find((jurisdiction) => jurisdiction.id === id)
  if (found === undefined) throw new Error(`No jurisdiction "${id}"`)
  return found
}

function mistakesOf(files: Files): string[] {
  try {
    load(files)
  } catch (error) {
    if (error instanceof KnowledgeError) return error.mistakes.map(formatMistake)
    throw error
  }
  return []
}

const day = (text: string) => ({ kind: 'day' as const, date: Temporal.PlainDate.from(text) })

describe('a calendar', () => {
  test('is empty where a knowledge base has none', () => {
    expect(loadKnowledge(makeKnowledgeFolder(smallBase)).calendar).toEqual({
      anchors: [],
      rules: [],
      jurisdictions: [],
    })
  })

  test('has rules with their timing, their sources in words, and the weakest confidence of these', () => {
    const [nextPlan, forumMeeting] = calendarOf({}).rules
    expect(nextPlan).toMatchObject({
      id: 'next-plan',
      timing: { kind: 'offset', anchor: 'end', offset: Temporal.Duration.from('P12M') },
      lengthsYears: [],
      isDayEstimated: false,
      isOn: true,
      confidence: 'stated',
      sources: [{ text: 'The book (1), 3', url: 'https://example.org/' }],
    })
    expect(forumMeeting).toMatchObject({
      timing: { repeat: Temporal.Duration.from('P6M') },
      isDayEstimated: true,
      confidence: 'dated',
    })
  })

  test.each<[string, string, object]>([
    ['on: end', 'end', { kind: 'offset', anchor: 'end', offset: new Temporal.Duration() }],
    ['before: start, days: 14', 'start', { offset: Temporal.Duration.from('-P14D') }],
    ['after: end, months: 1, days: 2', 'end', { offset: Temporal.Duration.from('P1M2D') }],
    [
      'yearly: [06-30, 12-31]',
      '',
      { kind: 'yearly', days: ['06-30', '12-31'].map((text) => Temporal.PlainMonthDay.from(text)) },
    ],
    [
      'after: submitted, plan-ends: [{ through-month: 8, day: 06-30 }, { through-month: 12, day: 12-31 }]',
      'submitted',
      {
        kind: 'plan-end',
        anchor: 'submitted',
        ends: [
          { throughMonth: 8, day: Temporal.PlainMonthDay.from('06-30') },
          { throughMonth: 12, day: Temporal.PlainMonthDay.from('12-31') },
        ],
      },
    ],
  ])('reads the timing "%s"', (due, _, timing) => {
    const rules = rulesText.replace('after: end, months: 12', due)
    expect(calendarOf({ 'calendar/rules.yaml': rules }).rules[0]?.timing).toMatchObject(timing)
  })

  test('has plans oldest first, a month alone as its last day', () => {
    const [older, newer] = find(calendarOf({}), 'kenya').plans
    expect(older).toMatchObject({ key: '4', dates: {}, provenance: 'reviewed' })
    expect(newer).toMatchObject({
      key: '5',
      lengthYears: 4,
      dates: {
        submitted: { when: day('2023-12-20'), basis: 'stated' },
        end: { when: day('2027-12-31'), basis: 'tag' },
      },
    })
  })

  test('gives another version to a changed rule, plan or community file', () => {
    const versions = [
      {},
      { 'calendar/rules.yaml': rulesText.replace('months: 12', 'months: 13') },
      { 'calendar/plans/kenya.yaml': kenyaText.replace('2027-12', '2027-06') },
      { 'calendar/community/kenya.yaml': 'id: kenya\nreviewed: 2026-12-01\n' },
    ].map((files) => load(files).version)
    expect(new Set(versions).size).toBe(versions.length)
  })
})

describe("a community's file", () => {
  const community = (text: string) => ({
    'calendar/community/kenya.yaml': `id: kenya\nreviewed: 2026-12-01\n${text}`,
  })

  test('replaces the plan of the same number and leaves the others', () => {
    const { plans, reviewed } = find(
      calendarOf(
        community(`plans:
  - number: 5
    years: 2023-2027
    end: { date: 2027-11-30, basis: confirmed }
    source: { text: Ministry, url: "https://example.org/m" }
  - number: 6
    years: 2027-2029
    source: { text: Ministry, url: "https://example.org/m" }
`),
      ),
      'kenya',
    )
    expect(plans.map(({ key, provenance }) => [key, provenance])).toEqual([
      ['4', 'reviewed'],
      ['5', 'community'],
      ['6', 'community'],
    ])
    expect(plans[1]?.dates).toEqual({ end: { when: day('2027-11-30'), basis: 'confirmed' } })
    expect(reviewed.toString()).toBe('2026-12-01')
  })

  test('gives a number to a plan that was known by its years', () => {
    const files = {
      'calendar/plans/kenya.yaml': kenyaText.replace('  - number: 4\n    years', '  - years'),
      ...community(
        'plans: [{ number: 4, years: 2021-2023, source: { text: M, url: "https://example.org" } }]\n',
      ),
    }
    expect(find(calendarOf(files), 'kenya').plans.map(({ key }) => key)).toEqual(['4', '5'])
  })

  test('adds names, recorded dates and milestones of its own', () => {
    const { aliases, recorded, own } = find(
      calendarOf(
        community(`aliases: [Kenia]
recorded: [{ what: forum-met, on: 2026-09-01 }]
milestones: [{ id: forum, title: Forum called, date: 2027-01-20 }]
`),
      ),
      'kenya',
    )
    expect(aliases).toEqual(['Kenia'])
    expect(recorded.map(({ date, provenance }) => [date.toString(), provenance])).toEqual([
      ['2026-03-01', 'reviewed'],
      ['2026-09-01', 'community'],
    ])
    expect(own.map(({ id, title, provenance }) => [id, title.en, provenance])).toEqual([
      ['hearing', 'Hearing', 'reviewed'],
      ['forum', 'Forum called', 'community'],
    ])
  })

  test('replaces the milestone of the same id', () => {
    const files = community('milestones: [{ id: hearing, title: Moved, date: 2027-02-01 }]\n')
    const { own } = find(calendarOf(files), 'kenya')
    expect(own.map(({ title, provenance }) => [title.en, provenance])).toEqual([
      ['Moved', 'community'],
    ])
  })

  test('may say that a member takes part no more', () => {
    const files = community('status: suspended\nnotice: { en: Suspended. }\n')
    expect(find(calendarOf(files), 'kenya')).toMatchObject({
      status: 'suspended',
      notice: { en: 'Suspended.' },
      zone: 'Africa/Nairobi',
    })
  })

  test('adds a jurisdiction', () => {
    const files = {
      'calendar/community/mombasa.yaml': `id: mombasa
level: local
country: KE
name: { en: Mombasa }
zone: Africa/Nairobi
reviewed: 2026-12-01
`,
    }
    expect(find(calendarOf(files), 'mombasa')).toMatchObject({ level: 'local', status: 'active' })
  })
})

describe('loadKnowledge reports of the calendar, with file, line and what was expected,', () => {
  const rules = (from: string, to: string) => ({
    'calendar/rules.yaml': rulesText.replace(from, to),
  })
  const kenya = (from: string, to: string) => ({
    'calendar/plans/kenya.yaml': kenyaText.replace(from, to),
  })
  const community = (text: string, name = 'kenya') => ({
    [`calendar/community/${name}.yaml`]: `id: ${name}\nreviewed: 2026-12-01\n${text}`,
  })
  const inRules = (line: number, message: string) => `calendar/rules.yaml:${line}: ${message}`
  const inKenya = (line: number, message: string) => `calendar/plans/kenya.yaml:${line}: ${message}`

  test.each<[string, Files, string]>([
    [
      'a day that does not exist',
      kenya('on: 2026-03-01', 'on: 2026-02-30'),
      inKenya(17, 'recorded.0.on: "2026-02-30": expected a date such as 2026-11-23'),
    ],
    [
      'a month that does not exist',
      kenya('2027-12, basis', '2027-13, basis'),
      inKenya(14, 'plans.1.end.month: "2027-13": expected a month such as 2027-12'),
    ],
    [
      'a year from another century',
      kenya('date: 2026-12-10', 'date: 2926-12-10'),
      inKenya(19, 'milestones.0.date: "2926-12-10": expected a year from 2011 to 2100'),
    ],
    [
      'a day of the year that does not exist',
      rules('after: end, months: 12', 'yearly: [02-30]'),
      inRules(10, 'rules.0.due.yearly.0: "02-30": expected a day that exists, such as 06-30'),
    ],
    [
      'an end before the submission',
      kenya('2023-12-20', '2027-12-31'),
      inKenya(14, 'plans.1.end: "2027-12-31": expected a day after submitted, 2027-12-31'),
    ],
    [
      'an end before the start',
      kenya(
        '2027-12, basis: tag }',
        '2027-12, basis: tag }\n    start: { date: 2027-12-31, basis: stated }',
      ),
      inKenya(14, 'plans.1.end: "2027-12-31": expected a day after start, 2027-12-31'),
    ],
    [
      "an end outside of the plan's years",
      kenya('2027-12, basis', '2028-06, basis'),
      inKenya(14, 'plans.1.end: "2028-06-30": expected 2027, as the plan\'s years are 2023-2027'),
    ],
    [
      "a submission outside of the plan's years",
      kenya('2023-12-20', '2021-12-20'),
      inKenya(13, 'plans.1.submitted: "2021-12-20": expected 2022 to 2027, as the plan\'s years'),
    ],
    [
      "a length that contradicts the plan's years",
      kenya('length: 4', 'length: 2'),
      inKenya(11, 'plans.1.years: "2023-2027": expected a length of 2 years'),
    ],
    [
      'plans of which the years overlap',
      kenya('2021-2023', '2021-2025'),
      inKenya(
        10,
        'plans.1: "5": begins long before plan "4" ends, expected at most 6 months before',
      ),
    ],
    [
      'plans of which the days overlap by more than half a year',
      kenya('years: 2021-2023', 'end: { date: 2024-07-01, basis: stated }'),
      inKenya(10, 'plans.1: "5": begins long before plan "4" ends'),
    ],
    [
      'a plan of the community that overlaps a reviewed one',
      community(
        'plans: [{ number: 6, years: 2025-2029, source: { text: M, url: "https://m.org" } }]',
      ),
      'calendar/community/kenya.yaml:3: plans.0: "6": begins long before plan "5" ends',
    ],
    [
      'one plan twice',
      kenya('number: 4', 'number: 5'),
      inKenya(10, 'plans.1: "5": stands here twice, expected it once'),
    ],
    [
      'one milestone twice',
      kenya('milestones:\n', 'milestones:\n  - { id: hearing, title: Other, date: 2027-01-01 }\n'),
      inKenya(20, 'milestones.1: "hearing": stands here twice, expected it once'),
    ],
    [
      'a plan without number and years',
      kenya('  - number: 4\n    years: 2021-2023\n', '  - length: 2\n'),
      inKenya(7, 'plans.0: expected a number or years'),
    ],
    [
      'a day without its basis',
      kenya(', basis: tag', ''),
      inKenya(14, 'plans.1.end: expected basis: stated, tag, confirmed or estimate'),
    ],
    [
      'a year with the basis of a day',
      kenya('month: 2027-12, basis: tag', 'year: 2027, basis: stated'),
      inKenya(14, 'plans.1.end: expected no basis beside a year, or the basis years'),
    ],
    [
      'two dates for one',
      kenya('month: 2027-12', 'month: 2027-12, year: 2027'),
      inKenya(14, 'plans.1.end: expected exactly one of date, month, year'),
    ],
    [
      'an unknown zone',
      kenya('Africa/Nairobi', 'Africa/Nairobbi'),
      inKenya(4, 'zone: "Africa/Nairobbi": expected an IANA time zone, such as Africa/Nairobi'),
    ],
    [
      'an offset for a zone',
      kenya('Africa/Nairobi', '"+03:00"'),
      inKenya(4, 'zone: "+03:00": exp'),
    ],
    [
      'an unknown country',
      kenya('country: KE', 'country: EU'),
      inKenya(3, 'country: "EU": expected the ISO code of a country, such as KE'),
    ],
    [
      'a former country code',
      kenya('country: KE', 'country: UK'),
      inKenya(3, 'country: "UK": exp'),
    ],
    [
      'a member without a country',
      kenya('country: KE\n', ''),
      inKenya(1, 'country: expected the ISO code of the country for national'),
    ],
    [
      'a local member without a name',
      kenya('level: national', 'level: local'),
      inKenya(1, 'name: expected a name for local'),
    ],
    [
      'a date recorded of what no rule knows',
      kenya('what: forum-met', 'what: forum-meet'),
      inKenya(17, 'recorded.0.what: "forum-meet": expected one of forum-met'),
    ],
    [
      'a date of a plan that is recorded as if it were none',
      kenya('what: forum-met', 'what: end'),
      inKenya(17, 'recorded.0.what: "end": expected one of forum-met'),
    ],
    [
      'an id that is not the name of its file',
      kenya('id: kenya', 'id: kenia'),
      inKenya(1, 'id: "kenia": expected the file\'s name, "kenya"'),
    ],
    [
      'an unknown key of a jurisdiction',
      kenya('level:', 'lvl: 1\nlevel:'),
      inKenya(2, 'unknown key "lvl", expected one of id, level, country,'),
    ],
    [
      'an unknown key of a plan',
      kenya('length: 4', 'lenght: 4'),
      inKenya(12, 'plans.1: unknown key "lenght", expected one of number, years, length,'),
    ],
    [
      'a new jurisdiction of the community without zone',
      community('level: national\ncountry: UG\n', 'uganda'),
      'calendar/community/uganda.yaml:1: zone: expected a time zone, because no file of this name stands in plans/',
    ],
    [
      'a new jurisdiction of the community without level',
      community('zone: Africa/Kampala\n', 'uganda'),
      'calendar/community/uganda.yaml:1: level: expected national, local or global, because no file',
    ],
    [
      "a community's file under another name",
      { 'calendar/community/kenia.yaml': 'id: kenya\nreviewed: 2026-12-01\n' },
      'calendar/community/kenia.yaml:1: id: "kenya": expected the file\'s name, "kenia"',
    ],
    [
      'a rule that is explained nowhere',
      rules('entry: beta', 'entry: delta'),
      inRules(26, 'rules.1.entry: "delta": expected the id of an entry'),
    ],
    [
      'a rule with an unknown source',
      rules('{ id: book, section', '{ id: film, section'),
      inRules(13, 'rules.0.source: "film": expected the id of a source in sources.yaml'),
    ],
    [
      'a rule that counts from an unknown date',
      rules('after: end', 'after: edn'),
      inRules(10, 'rules.0.due.after: "edn": expected one of the anchors: end, submitted,'),
    ],
    [
      'an offset that is not months or days',
      rules('after: end, months: 12', 'after: end, months: 12, weeks: 2'),
      inRules(
        10,
        'rules.0.due: unknown key "weeks", expected one of on, after, before, months, days',
      ),
    ],
    [
      'half a month',
      rules('months: 12', 'months: 0.5'),
      inRules(10, 'rules.0.due.months: "0.5": expected a whole number'),
    ],
    [
      'a rule without an offset',
      rules('after: end, months: 12', 'after: end'),
      inRules(10, 'rules.0.due: expected months or days'),
    ],
    [
      'a rule that counts from two dates',
      rules('after: end, months: 12', 'after: end, before: start, months: 12'),
      inRules(10, 'rules.0.due: expected exactly one of on, after, before, yearly'),
    ],
    [
      'an offset from a fixed day',
      rules('after: end, months: 12', 'on: end, months: 12'),
      inRules(10, 'rules.0.due: expected months and days with after or before only'),
    ],
    [
      'a guess that leaves out the end of the year',
      rules('months: 12', 'plan-ends: [{ through-month: 8, day: 06-30 }]'),
      inRules(10, 'rules.0.due: expected the last of plan-ends to go through month 12'),
    ],
    [
      'a repetition of what is yearly already',
      rules('after: forum-met, months: 6', 'yearly: [06-30]'),
      inRules(21, 'rules.1.repeat: expected it where months or days are counted only'),
    ],
    [
      'one rule id twice',
      rules('id: forum-meeting', 'id: next-plan'),
      inRules(17, 'rules.1.id: "next-plan": also at rules.0.id, expected it once'),
    ],
    [
      'one code twice',
      rules('code: D5', 'code: D1'),
      inRules(18, 'rules.1.code: "D1": also at rules.0.code, expected it once'),
    ],
    [
      'one name for two rules, whatever its case and accents',
      rules('[forum meeting]', '[Néw plan]'),
      inRules(28, 'rules.1.names.en.0: "Néw plan": also at rules.0.names.en.1, expected it once'),
    ],
    [
      'a text without English',
      rules('{ en: Publish it. }', '{ es: Publique. }'),
      inRules(15, 'rules.0.advice: expected a text in "en" at least'),
    ],
    [
      'a calendar without rules',
      { 'calendar/rules.yaml': '' },
      inRules(1, 'expected object, received null'),
    ],
  ])('%s', (_, files, expected) => {
    const mistakes = mistakesOf(files)
    expect(
      mistakes.some((mistake) => mistake.startsWith(expected)),
      mistakes.join('\n'),
    ).toBe(true)
    expect(mistakes, 'one mistake is reported once').toHaveLength(1)
  })

  test('no more of a community file than of the broken reviewed file beside it', () => {
    const files = { ...kenya('level: national', 'level: nation'), ...community('status: active\n') }
    expect(mistakesOf(files)).toHaveLength(1)
  })

  test('nothing where one plan begins up to half a year before another ends', () => {
    expect(
      mistakesOf(kenya('years: 2021-2023', 'end: { date: 2024-06-20, basis: stated }')),
    ).toEqual([])
  })

  test('nothing of the knowledge base where sources.yaml itself cannot be read', () => {
    expect(mistakesOf({ 'sources.yaml': '' })).toEqual([
      'sources.yaml:1: expected array, received null',
    ])
  })
})
