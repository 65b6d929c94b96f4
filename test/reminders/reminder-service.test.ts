// What people receive, and when: once, on time, late if it must be, and nothing that no longer holds. Each of these has been
// somebody's complaint about a bot.

import { describe, expect, test } from 'vitest'
import { toConversationId } from '../../src/chat/message.ts'
import { isDated, planAgain } from '../../src/reminders/planner.ts'
import { at, makeMilestone } from './samples.ts'
import { Rig } from './service-rig.ts'

/** A Tuesday. Nairobi's nine o'clock is 06:00. */
const start = '2026-11-24T00:00:00Z'
const inTwoWeeks = [makeMilestone('2026-12-08', { id: 'hearing' })]

describe('a reminder', () => {
  test('arrives at each lead time, once, at the hour of the subscriber', async () => {
    const rig = await Rig.open(start)
    rig.milestones = inTwoWeeks
    await rig.subscribe()
    await rig.tickUntil(rig.startProcess(), '2026-12-12T00:00:00Z')
    expect(rig.texts()).toEqual([
      '2026-11-24T06:00:00Z hearing lead in 14',
      '2026-12-01T06:00:00Z hearing lead in 7',
      '2026-12-07T06:00:00Z hearing lead in 1',
      '2026-12-08T06:00:00Z hearing lead in 0',
    ])
  })

  test('arrives by itself: the process sleeps until it is due', async () => {
    const rig = await Rig.open(start)
    rig.milestones = inTwoWeeks
    await rig.subscribe()
    const service = rig.startProcess()
    const running = service.start()
    await rig.time.advanceTo('2026-11-24T05:59:59Z')
    expect(rig.texts()).toEqual([])
    await rig.time.advanceTo('2026-11-24T18:00:00Z')
    await rig.time.until(service.stop())
    await rig.time.until(running)
    expect(rig.texts()).toEqual(['2026-11-24T06:00:00Z hearing lead in 14'])
  })

  test('of a new subscription is planned at once', async () => {
    const rig = await Rig.open('2026-11-24T05:59:50Z')
    rig.milestones = inTwoWeeks
    const service = rig.startProcess()
    const running = service.start()
    await rig.time.advanceTo('2026-11-24T05:59:52Z')
    const { id } = await rig.subscribe()
    service.planNow([id])
    await rig.time.advanceTo('2026-11-24T06:00:01Z')
    await rig.time.until(service.stop())
    await rig.time.until(running)
    expect(rig.texts()).toEqual(['2026-11-24T06:00:00Z hearing lead in 14'])
  })

  test('is one message with all others of the same morning', async () => {
    const rig = await Rig.open(start)
    rig.milestones = [...inTwoWeeks, makeMilestone('2026-12-01', { id: 'report' })]
    await rig.subscribe()
    await rig.subscribe({ id: 'bbbbbbbbbb', forces: ['duty'] })
    await rig.tickUntil(rig.startProcess(), '2026-11-25T00:00:00Z')
    expect(rig.texts()).toHaveLength(1)
    expect(rig.texts()[0]).toContain('hearing lead in 14')
    expect(rig.texts()[0]).toContain('report lead in 7')
  })

  test('comes in the morning of each conversation, wherever it is', async () => {
    const rig = await Rig.open(start)
    rig.milestones = inTwoWeeks
    for (const zone of ['America/Los_Angeles', 'America/New_York', 'Asia/Manila']) {
      const conversation = toConversationId(zone)
      await rig.subscribe({ id: zone, conversation, zone, leadDays: [14] })
    }
    await rig.tickUntil(rig.startProcess(), '2026-11-25T00:00:00Z')
    expect(rig.adapter().received.map(({ to, at }) => `${to} ${at}`)).toEqual([
      'Asia/Manila 2026-11-24T01:00:00Z',
      'America/New_York 2026-11-24T14:00:00Z',
      'America/Los_Angeles 2026-11-24T17:00:00Z',
    ])
  })

  test('that is asked for again comes once, though it is asked for twice', async () => {
    const rig = await Rig.open(start)
    const milestone = makeMilestone('2026-12-08', { id: 'hearing' })
    rig.milestones = [milestone]
    const subscription = await rig.subscribe({ leadDays: [14] })
    const service = rig.startProcess()
    await rig.tickUntil(service, '2026-11-24T12:00:00Z')
    if (!isDated(milestone)) throw new Error('The sample has a day')
    const askAgain = async () => {
      await rig.store.addDeliveries([planAgain(subscription, milestone, 3, rig.time.now())])
      service.planNow([subscription.id])
    }
    await askAgain()
    await askAgain()
    await rig.tickUntil(service, '2026-12-10T00:00:00Z')
    expect(rig.texts()).toEqual([
      '2026-11-24T06:00:00Z hearing lead in 14',
      '2026-11-27T06:00:00Z hearing again in 11',
    ])
  })

  test('is not repeated by a restart, a second process, or planning again', async () => {
    const rig = await Rig.open(start)
    rig.milestones = inTwoWeeks
    await rig.subscribe()
    const [first, second] = [rig.startProcess(), rig.startProcess()]
    await rig.time.advanceTo('2026-11-24T06:00:00Z')
    await rig.time.until(Promise.all([first.tick(), second.tick()]))
    const third = rig.startProcess()
    third.planNow()
    await rig.time.until(third.tick())
    await rig.tickUntil(third, '2026-11-25T12:00:00Z')
    expect(rig.texts()).toHaveLength(1)
  })

  test('is not repeated by another hour, zone or lead time on the same day', async () => {
    const rig = await Rig.open(start)
    rig.milestones = inTwoWeeks
    const subscription = await rig.subscribe()
    const service = rig.startProcess()
    await rig.tickUntil(service, '2026-11-24T07:00:00Z')
    const activeSince = rig.time.now()
    const changes = { hour: 20, zone: 'Europe/Berlin', leadDays: [14, 7], activeSince }
    await rig.store.writeSubscription({ ...subscription, ...changes })
    service.planNow([subscription.id])
    await rig.tickUntil(service, '2026-11-26T07:00:00Z')
    expect(rig.texts()).toHaveLength(1)
  })

  test('follows a changed hour that is still ahead', async () => {
    const rig = await Rig.open(start)
    rig.milestones = inTwoWeeks
    const subscription = await rig.subscribe()
    const service = rig.startProcess()
    await rig.time.until(service.tick())
    await rig.store.writeSubscription({ ...subscription, hour: 15, activeSince: rig.time.now() })
    service.planNow([subscription.id])
    await rig.tickUntil(service, '2026-11-25T00:00:00Z')
    expect(rig.texts()).toEqual(['2026-11-24T12:00:00Z hearing lead in 14'])
  })
})

describe('nothing is sent', () => {
  test.each(['paused', 'removed', 'done'] as const)('for what is %s', async (how) => {
    const rig = await Rig.open(start)
    rig.milestones = inTwoWeeks
    const subscription = await rig.subscribe()
    const service = rig.startProcess()
    await rig.time.until(service.tick())
    switch (how) {
      case 'paused':
        await rig.store.writeSubscription({ ...subscription, state: 'paused' })
        break
      case 'removed':
        await rig.store.removeSubscription(subscription.id)
        break
      case 'done':
        await rig.store.markDone(subscription.conversation, 'kenya/own/hearing')
    }
    service.planNow([subscription.id])
    await rig.tickUntil(service, '2026-11-26T00:00:00Z')
    expect(rig.texts()).toEqual([])
  })

  test('of a milestone that was cancelled, even in the minute before', async () => {
    const rig = await Rig.open(start)
    rig.milestones = inTwoWeeks
    await rig.subscribe()
    const service = rig.startProcess()
    await rig.tickUntil(service, '2026-11-24T05:30:00Z')
    service.planNow()
    await rig.tickUntil(service, '2026-11-24T05:45:00Z')
    rig.milestones = []
    await rig.tickUntil(service, '2026-11-24T12:00:00Z')
    expect(rig.texts()).toEqual([])
    expect(await rig.store.countDeliveries()).toMatchObject({ missed: 1 })
  })

  test('of lead times that passed before somebody subscribed', async () => {
    const rig = await Rig.open('2026-11-24T06:30:00Z')
    rig.milestones = [
      makeMilestone('2026-12-08', { id: 'one' }),
      makeMilestone('2026-11-24', { id: 'two' }),
      makeMilestone('2026-11-23', { id: 'three' }),
    ]
    await rig.subscribe()
    await rig.tickUntil(rig.startProcess(), '2026-11-25T00:00:00Z')
    expect(rig.texts()).toEqual([])
  })
})

describe('a date that moves', () => {
  const later = [makeMilestone('2026-12-15', { id: 'hearing' })]

  test('is told once, takes its reminders along, and repeats none', async () => {
    const rig = await Rig.open(start)
    rig.milestones = inTwoWeeks
    await rig.subscribe()
    const service = rig.startProcess()
    await rig.tickUntil(service, '2026-11-24T12:00:00Z')
    rig.milestones = later
    rig.version = '2'
    await rig.tickUntil(service, '2026-12-20T00:00:00Z')
    expect(rig.texts()).toEqual([
      '2026-11-24T06:00:00Z hearing lead in 14',
      '2026-11-25T06:00:00Z hearing moved in 20',
      '2026-12-01T06:00:00Z hearing lead in 14',
      '2026-12-08T06:00:00Z hearing lead in 7',
      '2026-12-14T06:00:00Z hearing lead in 1',
      '2026-12-15T06:00:00Z hearing lead in 0',
    ])
  })

  test('there and back repeats nothing that was sent', async () => {
    const rig = await Rig.open(start)
    rig.milestones = inTwoWeeks
    await rig.subscribe()
    const service = rig.startProcess()
    await rig.tickUntil(service, '2026-11-24T12:00:00Z')
    rig.milestones = later
    rig.version = '2'
    await rig.tickUntil(service, '2026-11-24T13:00:00Z')
    rig.milestones = inTwoWeeks
    rig.version = '3'
    await rig.tickUntil(service, '2026-11-30T12:00:00Z')
    expect(rig.texts()).toEqual([
      '2026-11-24T06:00:00Z hearing lead in 14',
      // The first move is no longer true when its hour comes.
      '2026-11-25T06:00:00Z hearing moved in 13',
    ])
  })

  test('to nearer brings no reminders that would have been due before it was known', async () => {
    const rig = await Rig.open(start)
    rig.milestones = [makeMilestone('2027-02-01', { id: 'hearing' })]
    await rig.subscribe()
    const service = rig.startProcess()
    await rig.tickUntil(service, '2026-11-24T12:00:00Z')
    // Two weeks before this date was yesterday.
    rig.milestones = [makeMilestone('2026-12-07', { id: 'hearing' })]
    rig.version = '2'
    await rig.tickUntil(service, '2026-11-27T12:00:00Z')
    expect(rig.texts()).toEqual(['2026-11-25T06:00:00Z hearing moved in 12'])
  })
})

describe('after a stop', () => {
  test('what was missed within the window arrives once, in one message, marked late', async () => {
    const rig = await Rig.open(start)
    rig.milestones = [
      makeMilestone('2026-12-08', { id: 'one' }),
      makeMilestone('2026-12-09', { id: 'two' }),
    ]
    await rig.subscribe()
    await rig.time.until(rig.startProcess().tick())
    await rig.time.advanceTo('2026-11-25T15:00:00Z')
    await rig.tickUntil(rig.startProcess(), '2026-11-27T00:00:00Z')
    expect(rig.texts()).toEqual(['2026-11-25T15:00:00Z late, one lead in 13, two lead in 14'])
  })

  test('of more days than are planned ahead, what was missed within the window still arrives', async () => {
    const rig = await Rig.open(start)
    rig.milestones = [makeMilestone('2026-12-16', { id: 'one' })]
    await rig.subscribe()
    await rig.time.until(rig.startProcess().tick())
    // Due on 2 December, eight days after anybody planned.
    await rig.time.advanceTo('2026-12-03T08:00:00Z')
    await rig.tickUntil(rig.startProcess(), '2026-12-04T00:00:00Z')
    expect(rig.texts()).toEqual(['2026-12-03T08:00:00Z late, one lead in 13'])
  })

  test('what is past its milestone says so', async () => {
    const rig = await Rig.open(start)
    rig.milestones = [makeMilestone('2026-11-25', { id: 'one' })]
    await rig.subscribe({ leadDays: [0] })
    await rig.time.until(rig.startProcess().tick())
    await rig.time.advanceTo('2026-11-26T08:00:00Z')
    await rig.tickUntil(rig.startProcess(), '2026-11-26T10:00:00Z')
    expect(rig.texts()).toEqual(['2026-11-26T08:00:00Z late, one lead in -1'])
  })

  test('what is older is recorded as missed: a year away brings no flood', async () => {
    const rig = await Rig.open(start)
    rig.milestones = [
      ...inTwoWeeks,
      ...[...Array(12).keys()].map((month) =>
        makeMilestone(`2027-${(month + 1).toString().padStart(2, '0')}-15`, { id: `m${month}` }),
      ),
    ]
    await rig.subscribe()
    await rig.time.until(rig.startProcess().tick())
    await rig.time.advanceTo('2027-11-24T07:00:00Z')
    await rig.tickUntil(rig.startProcess(), '2027-11-25T00:00:00Z')
    expect(rig.texts()).toEqual([])
    expect(await rig.store.countDeliveries()).toMatchObject({ missed: 1 })
  })

  test('that ends at night, it waits for the morning', async () => {
    const rig = await Rig.open(start)
    rig.milestones = inTwoWeeks
    await rig.subscribe()
    await rig.time.until(rig.startProcess().tick())
    // Ten in the evening in Nairobi.
    await rig.time.advanceTo('2026-11-24T19:00:00Z')
    await rig.tickUntil(rig.startProcess(), '2026-11-25T12:00:00Z')
    expect(rig.texts()).toEqual(['2026-11-25T05:00:00Z late, hearing lead in 13'])
  })

  test('over a weekend, it waits for Monday', async () => {
    const rig = await Rig.open('2026-11-26T00:00:00Z')
    rig.milestones = [makeMilestone('2026-12-11', { id: 'one' })]
    await rig.subscribe()
    await rig.time.until(rig.startProcess().tick())
    await rig.time.advanceTo('2026-11-28T09:00:00Z')
    await rig.tickUntil(rig.startProcess(), '2026-12-01T00:00:00Z')
    expect(rig.texts()).toEqual(['2026-11-30T05:00:00Z late, one lead in 11'])
  })
})

describe('a clock that jumps', () => {
  test.each([
    ['back by a day', '2026-11-23T06:30:00Z'],
    ['back by an hour', '2026-11-24T05:30:00Z'],
    ['ahead by an hour', '2026-11-24T07:30:00Z'],
    ['ahead by a month', '2026-12-24T06:30:00Z'],
  ])('%s and returns sends nothing twice', async (_name, jump) => {
    const rig = await Rig.open(start)
    rig.milestones = inTwoWeeks
    await rig.subscribe()
    const service = rig.startProcess()
    await rig.tickUntil(service, '2026-11-24T06:30:00Z')
    rig.time.jumpTo(jump)
    await rig.tickUntil(service, at(jump).add({ hours: 3 }).toString())
    rig.time.jumpTo('2026-11-24T06:31:00Z')
    await rig.tickUntil(service, '2026-12-12T00:00:00Z')
    const occasions = rig.texts().map((text) => text.slice(text.indexOf(' ') + 1))
    expect(new Set(occasions).size).toBe(occasions.length)
    expect(occasions.filter((text) => text.includes('in 14'))).toHaveLength(1)
  })

  test('during a send does not send it again', async () => {
    const rig = await Rig.open('2026-11-24T05:59:00Z')
    rig.milestones = inTwoWeeks
    await rig.subscribe()
    rig.adapter().behave = async () => {
      rig.time.jumpTo('2026-11-24T09:00:00Z')
      await rig.time.sleep(10_000, new AbortController().signal)
      return { kind: 'sent', messageId: '1' }
    }
    const service = rig.startProcess()
    const running = service.start()
    await rig.time.advanceTo('2026-11-24T06:00:30Z')
    await rig.time.advanceTo('2026-11-24T12:00:00Z')
    await rig.time.until(service.stop())
    await rig.time.until(running)
    expect(rig.adapter().requests).toBe(1)
    expect(await rig.store.countDeliveries()).toMatchObject({ sent: 1 })
  })
})

test('a milestone that a conversation added reminds that conversation alone', async () => {
  const rig = await Rig.open(start)
  const [here, there] = [toConversationId('here'), toConversationId('there')]
  await rig.subscribe({ id: 'aaaaaaaaaa', conversation: here })
  await rig.subscribe({ id: 'bbbbbbbbbb', conversation: there })
  const milestone = {
    id: 'comments',
    title: { en: 'Comments' },
    date: Temporal.PlainDate.from('2026-12-01'),
    provenance: 'conversation',
  } as const
  await rig.store.addOwnMilestone(here, 'kenya', milestone, rig.time.now())
  await rig.tickUntil(rig.startProcess(), '2026-11-25T00:00:00Z')
  expect(rig.adapter().received.map(({ to }) => to)).toEqual([here])
})
