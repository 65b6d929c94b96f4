// The store's records: events, contexts, settings, subscriptions, milestones, duties, secrets, and forgetting.

import { describe, expect, test } from 'vitest'
import { toConversationId, toEventKey } from '../../src/chat/message.ts'
import type { OwnMilestone } from '../../src/calendar/calendar.ts'
import { ada, at, ben, here, plan, subscribe, there } from './store-samples.ts'
import type { Bench } from './store.ts'

const hearing: OwnMilestone = {
  id: 'hearing',
  title: { en: 'Hearing', sw: 'Kikao' },
  date: Temporal.PlainDate.from('2027-05-06'),
  provenance: 'conversation',
}

export function testRecords(bench: Bench): void {
  describe('what a message needs', () => {
    test('an event is claimed once, by either handle, for 25 hours', async () => {
      const { store, other, clock } = bench
      const key = toEventKey('slack:1')
      expect(await store.claimEvent(key)).toBe(true)
      expect(await other.claimEvent(key)).toBe(false)
      clock.set(at('08:00').add({ hours: 24, minutes: 59 }))
      expect(await store.claimEvent(key)).toBe(false)
      clock.set(at('08:00').add({ hours: 25 }))
      expect(await other.claimEvent(key)).toBe(true)
      expect(await store.claimEvent(key)).toBe(false)
    })

    test('a released event can be claimed again', async () => {
      const { store, other } = bench
      const key = toEventKey('slack:2')
      await store.claimEvent(key)
      await store.releaseEvent(key)
      expect(await other.claimEvent(key)).toBe(true)
    })

    test('a context is read by the other handle, replaced, and forgotten after four hours', async () => {
      const { store, other, clock } = bench
      expect(await store.readContext(here)).toBeNull()
      const context = { entry: 'irm', shown: ['definition'], offered: ['a:irm'] }
      await store.writeContext(here, { ...context, shown: [] })
      await other.writeContext(here, context)
      expect(await store.readContext(here)).toEqual(context)
      expect(await store.readContext(there)).toBeNull()
      clock.set(at('11:59'))
      expect(await store.readContext(here)).toEqual(context)
      clock.set(at('12:00'))
      expect(await store.readContext(here)).toBeNull()
    })

    test('settings are kept until they are taken back', async () => {
      const { store, other } = bench
      expect(await store.readSettings(here)).toEqual({})
      const settings = { language: 'es', zone: 'America/Lima', hour: 0, weekends: false }
      await store.writeSettings(here, settings)
      expect(await other.readSettings(here)).toEqual(settings)
      await other.writeSettings(here, { hour: 7 })
      expect(await store.readSettings(here)).toEqual({ hour: 7 })
      await other.writeSettings(here, {})
      expect(await store.readSettings(here)).toEqual({})
      expect((await store.describeHeld(here, ada)).settings).toBe(false)
    })
  })

  describe('subscriptions', () => {
    test('come back as they were written, and replaced', async () => {
      const { store, other } = bench
      const first = subscribe('a1', {
        ownerDirect: there,
        forces: ['hard', 'duty'],
        milestones: ['report'],
        leadDays: [60, 0],
        hour: 0,
        weekends: true,
      })
      await store.writeSubscription(first)
      expect(await other.readSubscription('a1')).toEqual(first)
      const second = { ...first, hour: 23, forces: [], ownerDirect: null, activeSince: at('07:30') }
      await other.writeSubscription(second)
      expect(await store.readSubscription('a1')).toEqual(second)
      expect(await store.readSubscription('zz')).toBeNull()
    })

    test('are listed by conversation, oldest first, without the retired', async () => {
      const { store } = bench
      await store.writeSubscription(subscribe('b', { createdAt: at('07:02') }))
      await store.writeSubscription(subscribe('a', { createdAt: at('07:03'), state: 'paused' }))
      await store.writeSubscription(subscribe('c', { createdAt: at('07:01') }))
      await store.writeSubscription(subscribe('d', { state: 'retired', retiredFor: 'gone' }))
      await store.writeSubscription(subscribe('e', { conversation: there }))
      const ids = (await store.listSubscriptions(here)).map(({ id }) => id)
      expect(ids).toEqual(['c', 'b', 'a'])
    })

    test('active ones are listed in pages, in the order of their bytes', async () => {
      const { store } = bench
      const ids = ['B2', 'a1', 'A1', 'b2', 'Z9', '09']
      for (const id of ids) await store.writeSubscription(subscribe(id))
      await store.writeSubscription(subscribe('c3', { state: 'paused' }))
      const listed: string[] = []
      for (let after: string | null = null; ; after = listed.at(-1) ?? null) {
        const page = await store.listActiveSubscriptions(after, 2)
        if (page.length === 0) break
        listed.push(...page.map(({ id }) => id))
      }
      expect(listed).toEqual(['09', 'A1', 'B2', 'Z9', 'a1', 'b2'])
    })

    test('retire with their conversation, once, with the reason', async () => {
      const { store, other } = bench
      await store.writeSubscription(subscribe('a'))
      await store.writeSubscription(subscribe('b', { state: 'paused' }))
      await store.writeSubscription(subscribe('c', { conversation: there }))
      const retired = await other.retireSubscriptions(here, 'blocked')
      expect(retired.map(({ id }) => id).sort()).toEqual(['a', 'b'])
      expect(await store.readSubscription('a')).toMatchObject({
        state: 'retired',
        retiredFor: 'blocked',
      })
      expect(await store.retireSubscriptions(here, 'gone')).toEqual([])
      expect((await store.listActiveSubscriptions(null, 9)).map(({ id }) => id)).toEqual(['c'])
    })
  })

  describe('milestones', () => {
    test('a conversation keeps its own, soonest first', async () => {
      const { store, other } = bench
      const earlier = { ...hearing, id: 'forum', date: Temporal.PlainDate.from('2027-04-01') }
      await store.addOwnMilestone(here, 'kenya', hearing, at('08:00'))
      await store.addOwnMilestone(here, 'kenya', earlier, at('08:01'))
      await store.addOwnMilestone(there, 'ghana', hearing, at('08:02'))
      const own = await other.listOwnMilestones([here])
      expect([...own.keys()]).toEqual([here])
      expect(own.get(here)).toEqual([
        { jurisdiction: 'kenya', milestone: earlier, addedAt: at('08:01') },
        { jurisdiction: 'kenya', milestone: hearing, addedAt: at('08:00') },
      ])
      expect(await other.removeOwnMilestone(here, 'hearing')).toBe(true)
      expect(await store.removeOwnMilestone(here, 'hearing')).toBe(false)
      expect((await store.listOwnMilestones([here, there])).get(there)).toHaveLength(1)
    })

    test('what is done is known by conversation', async () => {
      const { store, other } = bench
      await store.markDone(here, 'kenya/5/report')
      await other.markDone(here, 'kenya/5/report')
      await other.markDone(there, 'kenya/5/plan')
      const done = await store.listDone([here, toConversationId('nowhere')])
      expect(done).toEqual(new Map([[here, new Set(['kenya/5/report'])]]))
      await store.unmarkDone(here, 'kenya/5/plan')
      await other.unmarkDone(here, 'kenya/5/report')
      await store.unmarkDone(here, 'kenya/5/report')
      expect(await store.listDone([here, there])).toEqual(
        new Map([[there, new Set(['kenya/5/plan'])]]),
      )
    })

    test('a date is written only by who has read the latest', async () => {
      const { store, other } = bench
      const write = (key: string, date: string, expectedVersion: number) =>
        store.writeKnownMilestones(
          [{ key, date: Temporal.PlainDate.from(date), expectedVersion }],
          at('08:00'),
        )
      expect(await write('a', '2027-03-01', 0)).toEqual(new Set(['a']))
      expect(await write('a', '2027-03-09', 0)).toEqual(new Set())
      expect(await write('a', '2027-03-02', 1)).toEqual(new Set(['a']))
      expect(await write('a', '2027-03-09', 1)).toEqual(new Set())
      expect(await write('b', '2027-03-09', 4)).toEqual(new Set())
      expect(await other.readKnownMilestones(['a', 'b'])).toEqual(
        new Map([
          [
            'a',
            {
              key: 'a',
              date: Temporal.PlainDate.from('2027-03-02'),
              version: 2,
              since: at('08:00'),
            },
          ],
        ]),
      )
    })
  })

  describe('duties, secrets and what is held', () => {
    test('a duty is one holder’s until the lease ends, and the holder may extend it', async () => {
      const { store, other } = bench
      expect(await store.takeDuty('plan', 'one', at('08:00'), at('08:05'))).toBe(true)
      expect(await other.takeDuty('plan', 'two', at('08:04'), at('08:10'))).toBe(false)
      expect(await store.takeDuty('plan', 'one', at('08:04'), at('08:08'))).toBe(true)
      expect(await other.takeDuty('plan', 'two', at('08:07'), at('08:10'))).toBe(false)
      expect(await other.takeDuty('plan', 'two', at('08:08'), at('08:10'))).toBe(true)
      expect(await store.takeDuty('sweep', 'one', at('08:08'), at('08:10'))).toBe(true)
    })

    test('secrets are bytes by name', async () => {
      const { store, other } = bench
      expect(await store.readSecret('slack')).toBeNull()
      await store.writeSecret('slack', Uint8Array.of(0, 1, 255))
      await other.writeSecret('slack', Uint8Array.of(0, 2, 255))
      expect(await store.readSecret('slack')).toEqual(Uint8Array.of(0, 2, 255))
      await other.removeSecret('slack')
      expect(await store.readSecret('slack')).toBeNull()
    })

    test('a person is told what is held, and it is forgotten with what they own elsewhere', async () => {
      const { store, other } = bench
      await store.writeSubscription(subscribe('a'))
      await store.writeSubscription(subscribe('b', { conversation: there }))
      await store.writeSubscription(subscribe('c', { owner: ben, conversation: there }))
      await store.writeSettings(here, { hour: 8 })
      await store.writeContext(here, { shown: [], offered: [] })
      await store.addOwnMilestone(here, 'kenya', hearing, at('08:00'))
      await store.addDeliveries([plan(subscribe('a')), plan(subscribe('c'))])
      await store.markDone(here, 'kenya/5/plan')
      expect(await other.describeHeld(here, ada)).toEqual({
        subscriptions: 2,
        ownMilestones: 1,
        settings: true,
        context: true,
      })
      await other.forget(here, ada)
      expect(await store.describeHeld(here, ada)).toEqual({
        subscriptions: 0,
        ownMilestones: 0,
        settings: false,
        context: false,
      })
      expect(await store.listDone([here])).toEqual(new Map())
      expect(await store.readSubscription('c')).not.toBeNull()
      expect(await store.countDeliveries()).toEqual({ pending: 1 })
      const tables = ['context', 'settings', 'own_milestone', 'done', 'lane']
      for (const table of tables) {
        const text = `select * from ${table} where conversation = 'here'`
        expect(await bench.database.query(text)).toEqual([])
      }
    })

    test('what is done stays done while others are reminded there', async () => {
      const { store } = bench
      await store.writeSubscription(subscribe('c', { owner: ben }))
      await store.markDone(here, 'kenya/5/plan')
      await store.forget(here, ada)
      expect((await store.listDone([here])).get(here)?.size).toBe(1)
    })

    test('a sweep removes what has expired and nothing else', async () => {
      const { store, clock } = bench
      await store.claimEvent(toEventKey('old'))
      await store.writeContext(here, { shown: [], offered: [] })
      clock.set(at('10:00'))
      await store.claimEvent(toEventKey('new'))
      await store.writeContext(there, { shown: [], offered: [] })
      expect(await store.sweep(at('11:59'))).toBe(0)
      expect(await store.sweep(at('12:00'))).toBe(1)
      expect(await store.sweep(at('08:00').add({ hours: 25 }))).toBe(2)
      expect(await store.claimEvent(toEventKey('new'))).toBe(false)
    })
  })
}
