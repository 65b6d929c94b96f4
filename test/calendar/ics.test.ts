// The calendar file as another library reads it, in any zone of the machine.

import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import type { Jurisdiction, Milestone } from '../../src/calendar/calendar.ts'
import { writeCalendarFile } from '../../src/calendar/ics.ts'

const day = (text: string) => ({ kind: 'day', date: Temporal.PlainDate.from(text) }) as const

const kenya: Jurisdiction = {
  id: 'kenya',
  level: 'national',
  country: 'KE',
  aliases: [],
  zone: 'Africa/Nairobi',
  status: 'active',
  plans: [],
  recorded: [],
  own: [],
  reviewed: Temporal.PlainDate.from('2026-09-01'),
}

const milestone = (key: string, changes: Partial<Milestone> = {}): Milestone => ({
  key,
  jurisdiction: kenya,
  title: { en: key },
  force: 'hard',
  when: day('2027-12-31'),
  basis: 'stated',
  provenance: 'reviewed',
  isMet: false,
  mayRemind: true,
  ...changes,
})

const planEnd = milestone('kenya/5/plan-end')
const guess = milestone('kenya/5/results', {
  when: day('2028-02-29'),
  force: 'estimate',
  mayRemind: false,
})
const someday = milestone('kenya/5/someday', { when: { kind: 'year', year: 2029 } })

const hostileName = 'Délais, PGO; \\ côte\n日本語の行動計画のカレンダー'
const texts = {
  calendarName: hostileName,
  title: ({ key, force }: Milestone) =>
    `${key}: 计划, plan; ends 👩🏽‍💻${force === 'estimate' ? ' (estimate)' : ''}`,
  description: ({ key }: Milestone) =>
    `${key}\nWhy: the handbook, section 2; page 3. ${'A long sentence. '.repeat(20)}`,
}

const write = (milestones: readonly Milestone[], jurisdiction = kenya) =>
  writeCalendarFile({ jurisdiction, milestones, language: 'en', texts })

function read(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[])
  const events = calendar.getAllSubcomponents('vevent').map((vevent) => {
    const event = new ICAL.Event(vevent)
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      sequence: event.sequence,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      isDate: event.startDate.isDate && event.endDate.isDate,
      status: vevent.getFirstPropertyValue('status'),
      transparency: vevent.getFirstPropertyValue('transp'),
      stamp: String(vevent.getFirstPropertyValue('dtstamp')),
      modified: String(vevent.getFirstPropertyValue('last-modified')),
      alarms: vevent
        .getAllSubcomponents('valarm')
        .map((alarm) => [
          alarm.getFirstPropertyValue('action'),
          String(alarm.getFirstPropertyValue('trigger')),
          alarm.getFirstPropertyValue('description'),
        ]),
    }
  })
  return { calendar, events }
}

describe('events', () => {
  const { calendar, events } = read(write([planEnd, guess, someday]))

  test('are whole days, in the order given, with their words unharmed', () => {
    expect(events).toMatchObject([
      {
        start: '2027-12-31',
        end: '2028-01-01',
        isDate: true,
        summary: texts.title(planEnd),
        description: texts.description(planEnd),
      },
      { start: '2028-02-29', end: '2028-03-01', isDate: true, summary: texts.title(guess) },
    ])
  })

  test('are tentative while they are estimates, and never make anybody busy', () => {
    expect(events.map(({ status }) => status)).toEqual(['CONFIRMED', 'TENTATIVE'])
    for (const { transparency } of events) expect(transparency).toBe('TRANSPARENT')
    const bases = (['stated', 'tag', 'confirmed', 'estimate', 'years'] as const).map((basis) =>
      milestone(`kenya/5/${basis}`, { basis }),
    )
    expect(read(write(bases)).events.map(({ status }) => status)).toEqual([
      'CONFIRMED',
      'CONFIRMED',
      'CONFIRMED',
      'TENTATIVE',
      'TENTATIVE',
    ])
  })

  test('ring at nine, 30, 7 and 1 days before, where reminders may be sent', () => {
    const summary = texts.title(planEnd)
    expect(events.map(({ alarms }) => alarms)).toEqual([
      [
        ['DISPLAY', '-P29DT15H', summary],
        ['DISPLAY', '-P6DT15H', summary],
        ['DISPLAY', '-PT15H', summary],
      ],
      [],
    ])
  })

  test('the calendar has its name, and is asked for again after a day', () => {
    const escaped = 'Délais\\, PGO\\; \\\\ côte\\n日本語の行動計画のカレンダー'
    const lines = write([planEnd]).replaceAll('\r\n ', '').split('\r\n')
    expect(lines).toContain(`X-WR-CALNAME:${escaped}`)
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
    expect(String(calendar.getFirstPropertyValue('refresh-interval'))).toBe('P1D')
    expect(calendar.getFirstPropertyValue('x-published-ttl')).toBe('P1D')
  })
})

describe('versions', () => {
  const moved = milestone(planEnd.key, { when: day('2028-06-30') })
  const later = { ...kenya, reviewed: Temporal.PlainDate.from('2026-10-15') }

  test('a date that moved is the same event in a later version', () => {
    const [before] = read(write([planEnd])).events
    const [after] = read(write([moved], later)).events
    expect(after?.uid).toBe(before?.uid)
    expect(after?.start).toBe('2028-06-30')
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Infinity)
    expect(after?.stamp).toBe('2026-10-15T00:00:00Z')
    expect(after?.modified).toBe('2026-10-15T00:00:00Z')
  })

  test('other milestones are other events', () => {
    const keys = ['kenya/5/a', 'kenya/5/b', 'kenya/5.a', 'kenya/own/å']
    const uids = read(write(keys.map((key) => milestone(key)))).events.map(({ uid }) => uid)
    expect(new Set(uids).size).toBe(keys.length)
    for (const uid of uids) expect(uid).toMatch(/^[0-9a-f]{32}@ogp-assistant$/)
  })

  test('the same content is the same file', () => {
    expect(write([planEnd, guess])).toBe(write([planEnd, guess]))
  })
})

test('lines end in CRLF and are at most 75 octets long, no character cut', () => {
  const file = write([planEnd, guess])
  expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true)
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  for (const line of file.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(line.isWellFormed()).toBe(true)
  }
})

test.each(['Pacific/Kiritimati', 'America/Los_Angeles', 'Africa/Nairobi'])(
  'a civil date stays what it is on a machine in %s',
  (zone) => {
    const module = fileURLToPath(import.meta.resolve('../../src/calendar/ics.ts'))
    const script = `
      const { writeCalendarFile } = await import(${JSON.stringify(module)})
      const date = Temporal.PlainDate.from('2027-12-31')
      const jurisdiction = { reviewed: Temporal.PlainDate.from('2026-09-01') }
      const milestone = { key: 'k', when: { kind: 'day', date }, mayRemind: true }
      const texts = { calendarName: 'n', title: () => 't', description: () => 'd' }
      const options = { jurisdiction, milestones: [milestone], language: 'en', texts }
      process.stdout.write(writeCalendarFile(options))`
    const file = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    })
    expect(read(file).events).toMatchObject([{ start: '2027-12-31', end: '2028-01-01' }])
    expect(file).toContain('DTSTAMP:20260901T000000Z')
  },
)
