import { globSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isAboutDates, type TimeQuestion } from '../../src/calendar/time-question.ts'
import { readQuestions } from '../../src/cli/evaluation.ts'
import { phrasings, read } from './own-calendar.ts'

const ids = ({ jurisdictions }: TimeQuestion) => jurisdictions.named.map(({ id }) => id)
const ruleIds = ({ rules }: TimeQuestion) => rules.map(({ id }) => id)
const periodOf = (text: string) => {
  const { period } = read(text)
  return period === null ? null : `${period.from.toString()} ${period.through.toString()}`
}

describe('periods, on 24 November 2026', () => {
  test.each([
    ['what is due in 2028', '2028-01-01 2028-12-31'],
    ['what must we do before June?', '2026-11-24 2027-05-31'],
    ['deadlines until June', '2026-11-24 2027-06-30'],
    ['by 30 June 2027', '2026-11-24 2027-06-30'],
    ['before 30 June 2027', '2026-11-24 2027-06-29'],
    ['after June 2027', '2027-07-01 2028-06-30'],
    ['from June', '2027-06-01 2028-05-31'],
    ['this quarter', '2026-10-01 2026-12-31'],
    ['next quarter', '2027-01-01 2027-03-31'],
    ['this month', '2026-11-01 2026-11-30'],
    ['next month', '2026-12-01 2026-12-31'],
    ['this week', '2026-11-23 2026-11-29'],
    ['next year', '2027-01-01 2027-12-31'],
    ['in the next 90 days', '2026-11-24 2027-02-22'],
    ['over the coming three months', '2026-11-24 2027-02-24'],
    ['until the end of the year', '2026-11-24 2026-12-31'],
    ['before the end of June', '2026-11-24 2027-06-30'],
    ['between March and May 2027', '2027-03-01 2027-05-31'],
    ['between November and February 2028', '2027-11-01 2028-02-29'],
    ['from 1 March to 30 June 2027', '2027-03-01 2027-06-30'],
    ['deadlines in May', '2027-05-01 2027-05-31'],
    ['deadlines before may', '2026-11-24 2027-04-30'],
    ['in November', '2026-11-01 2026-11-30'],
    ['before 2020', '2018-12-31 2019-12-31'],
    ['antes de junio', '2026-11-24 2027-05-31'],
    ['entre marzo y mayo de 2027', '2027-03-01 2027-05-31'],
    ['del 1 de marzo al 30 de junio de 2027', '2027-03-01 2027-06-30'],
    ['en los próximos 90 días', '2026-11-24 2027-02-22'],
    ['el próximo mes', '2026-12-01 2026-12-31'],
    ['este trimestre', '2026-10-01 2026-12-31'],
    ['hasta fin de año', '2026-11-24 2026-12-31'],
    ['avant juin', '2026-11-24 2027-05-31'],
    ['dans les 90 prochains jours', '2026-11-24 2027-02-22'],
    ['le mois prochain', '2026-12-01 2026-12-31'],
    ['ce trimestre', '2026-10-01 2026-12-31'],
    ['entre mars et mai 2027', '2027-03-01 2027-05-31'],
    ['du 1er mars au 30 juin 2027', '2027-03-01 2027-06-30'],
    ['antes de junho', '2026-11-24 2027-05-31'],
    ['nos próximos 90 dias', '2026-11-24 2027-02-22'],
    ['até o fim do ano', '2026-11-24 2026-12-31'],
    ['entre março e maio de 2027', '2027-03-01 2027-05-31'],
  ])('%s', (text, expected) => {
    expect(periodOf(text)).toBe(expected)
  })

  test.each([
    'what may we do, and may they march on',
    'This is our plan. May we file it?',
    'what is the 2023-2028 strategy',
    'the 2025 plan',
    'our next two-year plan',
    'our plan ended in May, what now',
    'our plan ends in June 2027, what then',
    'is the June deadline still valid',
    'our plan ended on 31 December 2025',
    'what do we get out of membership',
    'how many days',
  ])('none in: %s', (text) => {
    expect(periodOf(text)).toBeNull()
  })
})

describe('stated dates and what they stand for', () => {
  test.each([
    ['our plan ended on 31 December 2025, when must we publish', 'end', '2025-12-31'],
    ['our plan ended on 30 June', 'end', '2026-06-30'],
    ['our plan ends on 30 June', 'end', '2027-06-30'],
    ['we submitted on 10 March 2026, when does it end', 'submitted', '2026-03-10'],
    ['our plan started on 29 February 2024', 'start', '2024-02-29'],
    ['our forum last met on 31 august 2025, when must it meet again', 'forum-met', '2025-08-31'],
    ['we updated the repository on 1/2/2026', 'repository-updated', '2026-02-01'],
    ['the IRM posted its draft on 2 June, until when', 'draft-published', '2026-06-02'],
    ['nuestro plan terminó el 31 de diciembre de 2025', 'end', '2025-12-31'],
    ["notre plan s'est terminé le 31 décembre 2025", 'end', '2025-12-31'],
    ['nosso plano terminou em 31 de dezembro de 2025', 'end', '2025-12-31'],
    ['what is due on 30 June 2027', null, '2027-06-30'],
  ])('%s', (text, event, date) => {
    const question = read(text)
    expect([question.event, question.dates.map(String)]).toEqual([event, [date]])
  })

  test('a rule in whose words the event is told is not asked for', () => {
    const question = read('plan ends 30 June 2026, when is the refresh')
    expect(ruleIds(question)).toEqual(['four-year-refresh'])
  })

  test.each([
    ['our two year plan ended', 2],
    ['a 4-year plan', 4],
    ['nuestro plan de dos años', 2],
    ['notre plan de quatre ans', 4],
    ['nosso plano de quatro anos', 4],
    ['our plan ended two years ago', null],
    ['in the next two years', null],
  ])('the length of: %s', (text, expected) => {
    expect(read(text).lengthYears).toBe(expected)
  })
})

describe('what is asked', () => {
  test.each([
    ["when is kenya's next action plan due", ['kenya'], ['next-plan'], 'en'],
    ['when is italys next plan due', ['italy'], ['next-plan'], 'en'],
    ['what is due for the philippines in 2028', ['philippines'], [], 'en'],
    ['cuándo vence el plan de españa', ['spain'], ['plan-end'], 'es'],
    ["how many days left until mongolia's plan ends", ['mongolia'], ['plan-end'], 'en'],
    ['remind me of côte d’ivoir', ['cote-d-ivoire'], [], 'en'],
    ['quand est le prochain plan du sénégal', ['senegal'], ['next-plan'], 'fr'],
    ['quando termina o plano de cabo verde', ['cabo-verde'], ['plan-end'], 'pt'],
    ['deadlines for germany and france this quarter', ['germany', 'france'], [], 'en'],
    ['kenya', ['kenya'], [], null],
    ['philipines', ['philippines'], [], null],
  ])('%s', (text, named, rules, language) => {
    const question = read(text)
    expect([ids(question), ruleIds(question), question.language]).toEqual([named, rules, language])
    expect(isAboutDates(question)).toBe(true)
  })

  test('whose plan, days left, duties', () => {
    expect(read('what must we do before June?')).toMatchObject({ ownPlan: true, asksDuty: true })
    expect(read('how many days are left')).toMatchObject({ asksLeft: true, asksTime: true })
    expect(read('is Kenya late')).toMatchObject({ asksDue: true, ownPlan: false })
    expect(read('is there a deadline on data')).toMatchObject({ ownPlan: false, asksDue: true })
    expect(read('who wrote the plan').otherWords).toEqual(['wrote'])
  })

  test('a message without time or places asks nothing', () => {
    const question = read('who represents civil society in the steering committee')
    expect(question).toMatchObject({ period: null, dates: [], event: null, asksTime: false })
    expect(isAboutDates(question)).toBe(false)
  })
})

describe('for the calendar', () => {
  test.each([
    'our two year plan ended on 31 December 2025, when must the next one be published',
    'our plan ended on 31 December 2025, when are we acting contrary to process?',
    'our forum last met on 31 august 2025, when must it meet again',
    'what must we do before June?',
    'qué debemos hacer antes de junio',
    'que devons-nous faire avant juin ?',
    'o que devemos fazer antes de junho?',
    'what is due in the next 90 days',
    'deadlines in May',
    'kenya plan',
    'guinea',
    "how many days left until peru's plan ends",
  ])('%s', (text) => {
    expect(isAboutDates(read(text))).toBe(true)
  })
})

describe('for the knowledge base', () => {
  test.each([
    'when is the action plan review due?',
    'when did Kenya join OGP',
    "quand l'Italie a-t-elle rejoint l'OGP",
    'who represents Italy in the steering committee',
    'who are the co-chairs in 2025',
    'what is the 2023-2028 strategy',
    "how many commitments are in Italy's plan",
    "who wrote Kenya's action plan",
    'why did Luxembourg leave OGP',
    'how much time do we have to comment on a draft',
    'must a plan be published within 12 months of the end of the last one',
    'deadline for action plans in 2018',
  ])('%s', (text) => {
    expect(isAboutDates(read(text))).toBe(false)
  })

  /** Reviewed by hand: each asks for a member's dates, for a period's, or for a rule applied to a stated date. */
  const rightful = [
    'our plan ended on 31 December 2025, when are we acting contrary to process',
    'plans due end of June',
    'who still has to hand in a plan by the end of June',
    'plans due end of August',
    'we delivered on 10 September, are we overdue under the August rule',
    'our plan ended on 31 December 2025, by when do we need the next one',
    'plan ends 30 June 2026, last day for the new one',
    'the IRM posted its draft on 2 June, until when do they take comments',
    'our city submitted its plan on 10 March, by when is the first assessment due',
    "when does Italy's plan end",
    "until when does Mongolia's plan run",
    'our plan ends 30 June 2026, when does the IRM look at results',
  ]

  test('all phrasings of entries but the rightful ones', () => {
    const taken = phrasings.filter((text) => isAboutDates(read(text)))
    expect(taken.toSorted()).toEqual(rightful.toSorted())
  })

  const rightfulOfEvaluation = [
    'our two-year plan ended on 31 December 2025, when are we acting contrary to process?',
    'we submitted our plan on 10 March 2026, when will we receive the review?',
    'IRM put the draft about us online on 2 June. Until when can our NGO send remarks?',
    'our local plan went online on 31 December 2025, when is the inception assessment due?',
    'We had the last forum meeting on 31 August 2025 and today is mid February. Still in time for the next one?',
  ]

  test('all questions of the evaluation but the rightful ones', () => {
    const questions = globSync('test/evaluation/*.yaml').flatMap(readQuestions)
    expect(questions.length).toBeGreaterThan(500)
    const taken = questions.map(({ ask }) => ask).filter((text) => isAboutDates(read(text)))
    expect(taken.toSorted()).toEqual(rightfulOfEvaluation.toSorted())
  })
})
