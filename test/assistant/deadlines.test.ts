// Dates asked for in free text, by command and by button, over the product's own calendar on a fixed day.

import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { createReceive } from '../../src/assistant/assistant.ts'
import type { DeadlineAnswer } from '../../src/assistant/deadline-answer.ts'
import { readCalendarFeed } from '../../src/assistant/deadlines.ts'
import {
  toAuthorId,
  toConversationId,
  toEventKey,
  type InboundContent,
} from '../../src/chat/message.ts'
import { createReply, type Block, type TimelineBlock } from '../../src/chat/reply.ts'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { silentLog } from '../../src/log.ts'
import { openMemoryStore } from '../../src/store/open-store.ts'
import { brain, converse } from './fixture.ts'

function answerTo(...messages: readonly [string, ...string[]]): DeadlineAnswer {
  const outcomes = converse(...messages).understanding?.outcomes ?? []
  const [answer] = outcomes.flatMap((one) => (one.kind === 'deadlines' ? [one.answer] : []))
  if (answer !== undefined) return answer
  throw new Error(`Not about dates: ${outcomes.map(({ kind }) => kind).join()}`)
}

/** What was asked for, as "kenya next-plan 2028-12-31 tag". */
function datesIn(answer: DeadlineAnswer): string[] {
  switch (answer.kind) {
    case 'dates':
    case 'community':
      return answer.subjects.flatMap(({ asked, jurisdiction }) =>
        asked.map(({ rule, when, basis }) => {
          const date = when.kind === 'day' ? when.date.toString() : when.year.toString()
          return `${jurisdiction.id} ${rule?.id ?? 'own'} ${date} ${basis}`
        }),
      )
    case 'applied':
      return answer.applied.map(({ rule, date }) => `${rule.id} ${date.toString()}`)
    case 'which':
      return answer.choices.map(({ id }) => id)
    case 'no-plan':
      return [...answer.countries]
  }
}

const textOf = (blocks: readonly Block[]) => toPlainText(createReply('private', 'en', blocks))

describe('a question about dates', () => {
  test.each([
    ['when is kenyas next action plan due', ['kenya next-plan 2028-12-31 tag']],
    ["when does kenya's plan end", ['kenya plan-end 2027-12-31 tag']],
    ['when is italys next plan due', ['italy next-plan 2027-06-30 stated']],
    ['cuándo vence el plan de españa', ['spain plan-end 2029-12-31 estimate']],
    ['quand se termine le plan du kenya', ['kenya plan-end 2027-12-31 tag']],
    ['quando termina o plano da mongólia', ['mongolia plan-end 2027-12-31 stated']],
    ['when does finlands plan end', ['finland plan-end 2027 years']],
    ['how many days left until mongolias plan ends', ['mongolia plan-end 2027-12-31 stated']],
    [
      'what is due for the philippines in 2028',
      ['philippines results-assessment 2028-04-30 tag', 'philippines next-plan 2028-12-31 tag'],
    ],
  ])('%s', (question, expected) => {
    expect(datesIn(answerTo(question))).toEqual(expected)
  })

  test.each([
    [
      'our two year plan ended on 31 December 2025, when must the next one be published',
      ['next-plan 2026-12-31'],
    ],
    [
      'our plan ended on 31 December 2025, when are we acting contrary to process?',
      ['next-plan 2026-12-31'],
    ],
    ['our forum last met on 31 august 2025, when must it meet again', ['forum-meeting 2026-02-28']],
  ])('counts a rule from a stated date: %s', (question, expected) => {
    expect(datesIn(answerTo(question))).toEqual(expected)
  })

  test('says the weekday, the date, the days left, the force, why, the source and what to do', () => {
    const text = textOf(converse('when is kenyas next action plan due').blocks)
    expect(text).toContain('Sunday, 31 December 2028')
    expect(text).toContain('in 769 days')
    expect(text).toContain('Hard deadline')
    expect(text).toContain('12 months after the end of the plan (31 December 2027)')
    expect(text).toContain('https://www.opengovpartnership.org/ogp-letters')
    expect(text).toContain('What to do:')
    expect(text).toContain('Remind me: Kenya')
    expect(text).toContain('Add to calendar: Kenya')
  })

  test('says of an estimate, and of a year alone, that it has to be confirmed', () => {
    const spain = textOf(converse('when does the plan of spain end').blocks)
    expect(spain).toMatch(/31 December 2029 .*An estimate: confirm it with your point of contact/)
    const finland = textOf(converse('when does the plan of finland end').blocks)
    expect(finland).toMatch(/in 2027 \(the day is not known\).*confirm the day with your point/)
    // No reminder can be set up on it either.
    expect(finland).not.toContain('Remind me')
  })

  test.each(['georgia', 'azerbaijan', 'luxembourg'])(
    'says honestly what became of %s, and offers no reminder',
    (name) => {
      const { blocks } = converse(`when is the next plan of ${name} due`)
      const answer = answerTo(`when is the next plan of ${name} due`)
      expect(datesIn(answer)).toEqual([])
      const text = textOf(blocks)
      expect(text).toMatch(/no reminders/i)
      expect(text).not.toContain('Remind me')
    },
  )

  test('says of a plan that is overdue that what it holds may be behind', () => {
    const text = textOf(converse('when is the next plan of the united states due').blocks)
    expect(text).toMatch(/31 December 2025 \(327 days ago\).*I know of no newer plan/)
  })

  test('says that it has no dates for a country without a file', () => {
    expect(answerTo('when is the next plan of iceland due')).toMatchObject({ kind: 'no-plan' })
    expect(textOf(converse('when is the next plan of iceland due').blocks)).toContain(
      'Iceland: I hold no reviewed plan dates',
    )
  })

  test('says which date would have to be recorded', () => {
    expect(textOf(converse('when must kenyas forum meet').blocks)).toContain(
      'nobody has recorded the last meeting of the forum',
    )
  })

  test('goes on about the same member when none is named', () => {
    const answer = answerTo('when does kenyas plan end', 'and when is the next plan due?')
    expect(datesIn(answer)).toEqual(['kenya next-plan 2028-12-31 tag'])
    expect(datesIn(answerTo('when does kenyas plan end', 'and italy?'))[0]).toMatch(/^italy /)
  })

  test('leaves rules to the knowledge base', () => {
    const outcomes = converse('when is the action plan review due').understanding?.outcomes
    expect(outcomes).toMatchObject([{ kind: 'answer', entry: { id: 'action-plan-review' } }])
  })
})

const clock = { now: () => Temporal.Instant.from('2026-11-23T09:00:00Z') }
const store = await openMemoryStore(clock)

describe('by command and button', () => {
  let conversations = 0

  function open(mayAdminister = true) {
    conversations++
    const place = `place-${conversations.toString()}`
    const receive = createReceive({
      brain: () => brain,
      store,
      log: silentLog,
      language: 'en',
      publicUrl: 'https://ogp.example.org',
      clock,
    })
    let events = 0
    return async (content: InboundContent): Promise<readonly Block[]> => {
      events++
      const reply = await receive({
        platform: 'terminal',
        eventKey: toEventKey(`${place}-${events.toString()}`),
        conversation: toConversationId(place),
        author: toAuthorId('somebody'),
        audience: 'shared',
        mayAdminister,
        sentAt: Temporal.Instant.from('2026-11-23T09:00:00Z'),
        ...content,
      })
      return reply?.blocks ?? []
    }
  }
  const command = (name: 'deadlines' | 'deadline', argument: string) =>
    ({ kind: 'command', name, argument }) as const
  const timelineIn = (blocks: readonly Block[]): TimelineBlock | undefined =>
    blocks.find((block) => block.kind === 'timeline')

  test('/deadlines with a misspelt name draws its timeline, plans and dates soonest first', async () => {
    const timeline = timelineIn(await open()(command('deadlines', 'mongolya')))
    expect(timeline?.rows.map(({ title }) => title)).toEqual(['Mongolia'])
    const dates = timeline?.rows[0].items.map(({ date }) => date) ?? []
    expect(dates.length).toBeGreaterThan(3)
    expect(dates).toEqual(dates.toSorted())
    expect(timeline?.rows[0].items.filter(({ state }) => state === 'next')).toHaveLength(1)
    expect(timeline?.rows[0].spans.length).toBeGreaterThan(0)
  })

  test('/deadlines all shows every member that has a plan', async () => {
    const timeline = timelineIn(await open()(command('deadlines', 'all')))
    expect(timeline?.rows.length).toBeGreaterThan(40)
  })

  test('/deadlines alone shows what comes up in the community', async () => {
    const timeline = timelineIn(await open()(command('deadlines', '')))
    const items = timeline?.rows.flatMap((row) => row.items) ?? []
    expect(items.length).toBeGreaterThan(5)
    for (const { date } of items) expect(date ?? '2026').toMatch(/^202[67]/)
  })

  test('/deadlines with a name that nobody has asks which', async () => {
    const blocks = await open()(command('deadlines', 'xyzzy'))
    expect(textOf(blocks)).toContain('Of which country or locality?')
  })

  test('a button gives the dates as a calendar file and where to subscribe to them', async () => {
    const [file] = await open()({ kind: 'choice', id: 'k:kenya' })
    expect(file).toMatchObject({
      kind: 'file',
      name: 'ogp-kenya.ics',
      url: 'https://ogp.example.org/calendar/kenya.ics?lang=en',
    })
    expect(file?.kind === 'file' ? file.content : '').toContain('DTSTART;VALUE=DATE:20281231')
    expect(textOf(await open()({ kind: 'choice', id: 'k:nowhere' }))).toContain('no longer exists')
  })

  test('a date of our own is added, shown as ours, listed and removed', async () => {
    const send = open()
    const added = textOf(
      await send(command('deadline', 'add kenya 2027-03-01 Hearing on the draft')),
    )
    expect(added).toContain('Hearing on the draft, Monday, 1 March 2027 (Kenya)')
    const shown = timelineIn(await send(command('deadlines', 'kenya')))?.rows[0].items
    expect(shown?.find(({ title }) => title === 'Hearing on the draft')).toMatchObject({
      date: '2027-03-01',
      certainty: 'Added in this conversation, not reviewed.',
    })
    expect(textOf(await send(command('deadline', 'list')))).toContain('1: Hearing on the draft')
    expect(textOf(await send(command('deadline', 'remove 1')))).toBe('Removed.')
    expect(textOf(await send(command('deadline', 'remove 1')))).toContain('“1”')
    const after = timelineIn(await send(command('deadlines', 'kenya')))?.rows[0].items
    expect(after?.map(({ title }) => title)).not.toContain('Hearing on the draft')
  })

  test.each([
    ['add kenya 2027-02-30 Hearing', 'could not read a date'],
    ['add kenya tomorrow', 'could not read a date'],
    ['add xyzzy 2027-03-01 Hearing', 'Of which country'],
    ['', 'write /deadline add'],
  ])('what cannot be read is explained: %s', async (argument, expected) => {
    expect(textOf(await open()(command('deadline', argument)))).toContain(expected)
  })

  test('only those who administer a conversation change its dates; everybody sees them', async () => {
    const send = open(false)
    const refused = 'Only those who administer'
    expect(textOf(await send(command('deadline', 'add kenya 2027-03-01 x')))).toContain(refused)
    expect(textOf(await send(command('deadline', 'list')))).toContain('no dates of its own')
  })
})

describe('a calendar feed', () => {
  test('of each member parses in another library, and holds the dates of its milestones that are not met', () => {
    for (const jurisdiction of brain.desk.calendar.jurisdictions) {
      const content = readCalendarFeed(brain, jurisdiction.id, 'es')?.content ?? ''
      const calendar = new ICAL.Component(ICAL.parse(content) as unknown[])
      const dates = calendar
        .getAllSubcomponents('vevent')
        .map((event) => new ICAL.Event(event).startDate.toString())
      const expected = brain.desk
        .milestonesOf(jurisdiction)
        .flatMap(({ isMet, when }) => (!isMet && when.kind === 'day' ? [when.date.toString()] : []))
      expect(dates.toSorted(), jurisdiction.id).toEqual(expected.toSorted())
    }
  })

  test('of nobody is null', () => {
    expect(readCalendarFeed(brain, 'nowhere', 'en')).toBeNull()
  })
})
