// What a wish for reminders says: lead times, hour, zone, forces and milestones.

import { describe, expect, test } from 'vitest'
import {
  completeWish,
  readHourField,
  readWish,
  readWishFields,
  readZone,
} from '../../src/assistant/reminder-wish.ts'
import { brain } from './fixture.ts'

const wish = (text: string) => readWish(text, brain.desk.read).wish

describe('lead times', () => {
  test.each([
    ['remind us about kenya 30 and 7 days before', [30, 7]],
    ['remind us about kenya 7, 30 and 14 days before', [30, 14, 7]],
    ['remind us about kenya two weeks before', [14]],
    ['remind us about kenya a week before', [7]],
    ['remind us about kenya the day before', [1]],
    ['remind us about kenya a month, a week and a day before and on the day', [30, 7, 1, 0]],
    ['remind us about kenya thirty days ahead', [30]],
    ['remind us about kenya sixty and forty-five days in advance', [60, 45]],
    ['recuérdanos el plan de kenia 30 y 7 días antes', [30, 7]],
    ['recuérdanos el plan de kenia treinta y cinco días antes', [35]],
    ['recuérdanos el plan de kenia una semana antes y el mismo día', [7, 0]],
    ['rappelez-nous le plan du kenya 30 et 7 jours avant', [30, 7]],
    ['rappelez-nous le plan du kenya quinze jours avant et le jour même', [15, 0]],
    ['lembre-nos do plano do quénia 30 e 7 dias antes', [30, 7]],
    ['lembre-nos do plano do quénia uma semana antes', [7]],
  ])('%s', (text, expected) => {
    expect(wish(text).leadDays).toEqual(expected)
  })

  test.each([
    'remind us about kenya',
    'remind us about kenya a few days before',
    'remind us about the 2 members kenya and italy',
    "remind us about kenya's four year plan",
    'remind us about kenya 400 days before',
    'remind us about kenya by 31 December 2028',
    'remind us about kenya at 8:00',
    'remind us next week about kenya',
  ])('none in: %s', (text) => {
    expect(wish(text).leadDays).toBeUndefined()
  })

  test('no more than are kept, the longest first', () => {
    const many = Array.from({ length: 20 }, (_, index) => index + 1).join(', ')
    expect(wish(`remind us about kenya ${many} days before`).leadDays).toEqual(
      Array.from({ length: 12 }, (_, index) => 20 - index),
    )
  })
})

describe('the hour', () => {
  test.each([
    ['at 8', 8],
    ['8:00', 8],
    ['at 08:00', 8],
    ['8 am', 8],
    ['8am', 8],
    ['8 a.m.', 8],
    ['at 12 am', 0],
    ['12 pm', 12],
    ['at 5 p.m.', 17],
    ['at 17:30', 17],
    ["at 8 o'clock", 8],
    ['a las 8', 8],
    ['a las 20:00', 20],
    ['a la 1', 1],
    ['à 8 h', 8],
    ['à 8h30', 8],
    ['à 8 heures', 8],
    ['às 8h', 8],
    ['às 20 horas', 20],
  ])('"%s" before and after the lead times', (said, hour) => {
    const expected = { hour, leadDays: [30, 7] }
    expect(wish(`remind us about kenya 30 and 7 days before ${said}`)).toMatchObject(expected)
    expect(wish(`remind us about kenya ${said}, 30 and 7 days before`)).toMatchObject(expected)
  })

  test.each(['at 25', 'at 14 pm', '24h before', 'at 7 days before', 'at 14, 7 and 1 days before'])(
    '"%s" says none',
    (said) => {
      expect(wish(`remind us about kenya ${said}`).hour).toBeUndefined()
    },
  )
})

describe('zone, forces and milestones', () => {
  test.each([
    ['at 8 Africa/Nairobi', 'Africa/Nairobi'],
    ['europe/berlin', 'Europe/Berlin'],
    ['at 8:00 UTC', 'UTC'],
    ['America/Argentina/Ushuaia', 'America/Argentina/Ushuaia'],
  ])('%s', (said, zone) => {
    expect(wish(`remind us about italy ${said}`).zone).toBe(zone)
  })

  test('the name in a zone is nobody to be reminded of', () => {
    const { question } = readWish('remind us about italy Asia/Yerevan', brain.desk.read)
    expect(question.jurisdictions.named.map(({ id }) => id)).toEqual(['italy'])
    expect(wish('remind us about italy and/or kenya').zone).toBeUndefined()
  })

  test.each([
    ['remind us of hard deadlines of kenya', { forces: ['hard'] }],
    ['recuérdanos los plazos firmes de kenia', { forces: ['hard'] }],
    ["remind us about kenya's next action plan", { milestones: ['next-plan'] }],
    ["it is hard for us, remind us about kenya's plan", {}],
  ])('%s', (text, expected) => {
    expect(wish(text)).toEqual(expected)
  })

  test('what is named comes to what was named, and a milestone goes before a force', () => {
    const before = { milestones: ['plan-end'], forces: [] }
    expect(completeWish({ milestones: ['next-plan'] }, before)).toEqual({
      milestones: ['plan-end', 'next-plan'],
      forces: [],
    })
    expect(completeWish({ forces: ['hard'] }, before)).toEqual({ milestones: [], forces: ['hard'] })
    expect(completeWish({ hour: 8 }, before)).toEqual({ hour: 8 })
    expect(completeWish({}, before)).toEqual({ milestones: [], forces: [] })
  })
})

describe('a form', () => {
  const rules = ['next-plan', 'plan-end']

  test('gives what it holds', () => {
    const fields = {
      jurisdiction: 'Kenya',
      lead: '7, 60,60',
      forces: 'information,hard',
      hour: '08:00',
      zone: ' africa/nairobi ',
      weekends: 'yes',
    }
    expect(readWishFields(fields, rules)).toEqual({
      leadDays: [60, 7],
      forces: ['hard', 'information'],
      hour: 8,
      zone: 'Africa/Nairobi',
      weekends: true,
    })
  })

  test('leaves out what makes no sense', () => {
    const fields = { lead: '-1,1.5,x,9999', hour: '25', zone: 'Mars/Olympus', weekends: 'perhaps' }
    expect(readWishFields(fields, rules)).toEqual({})
    expect(readWishFields({ hour: '', zone: '', lead: '' }, rules)).toEqual({})
    expect(readWishFields({ forces: 'estimate,x' }, rules)).toEqual({ forces: [] })
    expect(readWishFields({ milestones: 'plan-end,x' }, rules)).toEqual({
      milestones: ['plan-end'],
    })
  })

  test.each([
    ['8', 8],
    ['08:00', 8],
    ['0', 0],
    ['23', 23],
    ['24', null],
    ['8:30', null],
    ['', null],
    ['-1', null],
  ])('the hour "%s" is %s', (text, hour) => {
    expect(readHourField(text)).toBe(hour)
  })

  test.each(['', ' ', '+03:00', 'Mars/Olympus', '🌍'])('"%s" is no zone', (text) => {
    expect(readZone(text)).toBeNull()
  })
})
