// Planned deliveries: exactly what was planned, nothing twice, and taken back with what wanted them.

import { describe, expect, test } from 'vitest'
import type { PlannedDelivery } from '../../src/reminders/delivery.ts'
import { at, ben, claim, claimOne, deferred, here, plan, planFor, sent } from './store-samples.ts'
import { startSending, subscribe, there } from './store-samples.ts'
import type { Bench } from './store.ts'

const a = subscribe('a')
const b = subscribe('b', { conversation: there })
const platforms = ['slack'] as const
const lead = (days: number, chosen: Partial<PlannedDelivery> = {}) =>
  plan(a, { occasion: `lead:${days}`, ...chosen })

export function testPlanning(bench: Bench): void {
  const occasions = async () =>
    (await bench.database.query('select occasion from delivery order by occasion')).map(
      ({ occasion }) => occasion,
    )

  describe('planning', () => {
    test('makes the pending lead times exactly the planned ones', async () => {
      const { store, other } = bench
      await store.writeSubscription(a)
      expect(await store.replaceDeliveries(['a'], [lead(30), lead(7)], at('08:00'))).toEqual({
        added: 2,
        removed: 0,
      })
      expect(await other.replaceDeliveries(['a'], [lead(7), lead(30)], at('08:00'))).toEqual({
        added: 0,
        removed: 0,
      })
      expect(await other.replaceDeliveries(['a'], [lead(7), lead(1)], at('08:00'))).toEqual({
        added: 1,
        removed: 1,
      })
      expect(await occasions()).toEqual(['lead:1', 'lead:7'])
      expect(await store.replaceDeliveries(['a'], [], at('08:00'))).toEqual({
        added: 0,
        removed: 2,
      })
      expect(await store.nextDueAt(platforms)).toBeNull()
    })

    test('a moved date is another delivery; the old one is taken back', async () => {
      const { store } = bench
      await store.writeSubscription(a)
      await store.replaceDeliveries(['a'], [lead(7)], at('08:00'))
      const moved = lead(7, { dueDate: Temporal.PlainDate.from('2027-04-08'), dueAt: at('12:00') })
      expect(await store.replaceDeliveries(['a'], [moved], at('08:00'))).toEqual({
        added: 1,
        removed: 1,
      })
      expect(await store.nextDueAt(platforms)).toEqual(at('12:00'))
    })

    test('another hour is the same delivery at another instant', async () => {
      const { store, other } = bench
      await store.writeSubscription(a)
      await store.replaceDeliveries(['a'], [lead(7), lead(1, { dueAt: at('11:00') })], at('08:00'))
      const later = lead(7, { dueAt: at('15:00'), notAfter: at('22:00') })
      expect(
        await other.replaceDeliveries(['a'], [later, lead(1, { dueAt: at('11:00') })], at('08:00')),
      ).toEqual({ added: 0, removed: 0 })
      expect(await store.nextDueAt(platforms)).toEqual(at('11:00'))
      const claimed = await claimOne(store, 'one', at('16:00'))
      expect(claimed.deliveries.map(({ occasion }) => occasion)).toEqual(['lead:1', 'lead:7'])
      expect(claimed.deliveries[1]).toMatchObject({ dueAt: at('15:00'), notAfter: at('22:00') })
    })

    test('what has become too late stays until it is recorded as missed', async () => {
      const { store } = bench
      await store.writeSubscription(a)
      await store.replaceDeliveries(['a'], [lead(7)], at('08:00'))
      expect((await store.replaceDeliveries(['a'], [], at('21:00'))).removed).toBe(0)
      expect((await store.replaceDeliveries(['a'], [], at('20:59'))).removed).toBe(1)
    })

    test('added deliveries are kept by a new plan, and not added twice', async () => {
      const { store, other } = bench
      await store.writeSubscription(a)
      const again = plan(a, { occasion: 'again:2027-03-04', dueAt: at('10:00') })
      const moved = plan(a, { occasion: 'moved:2' })
      expect(await store.addDeliveries([again, moved])).toBe(2)
      expect(await other.addDeliveries([again, moved])).toBe(0)
      expect(await other.replaceDeliveries(['a'], [lead(1)], at('08:00'))).toEqual({
        added: 1,
        removed: 0,
      })
      expect(await store.replaceDeliveries(['a'], [], at('08:00'))).toEqual({
        added: 0,
        removed: 1,
      })
      expect(await occasions()).toEqual(['again:2027-03-04', 'moved:2'])
    })

    test.each([
      ['sent', 'sent'],
      ['refused', 'refused'],
      ['missed', 'missed'],
      ['uncertain', 'uncertain'],
    ] as const)('what was %s is never planned again, and stays', async (kind, state) => {
      const { store, other } = bench
      await store.writeSubscription(a)
      await store.replaceDeliveries(['a'], [lead(7)], at('08:00'))
      const { messageKey, conversation, ...claimed } = await claimOne(store, 'one')
      const details = { reason: 'forbidden', error: 'late', messageId: 'm1', missed: [] } as const
      await store.settle('one', [{ kind, messageKey, conversation, ...details }], at('09:01'))
      expect(await other.replaceDeliveries(['a'], [lead(7)], at('08:00'))).toEqual({
        added: 0,
        removed: 0,
      })
      expect(await other.addDeliveries([lead(7)])).toBe(0)
      expect(await other.replaceDeliveries(['a'], [], at('08:00'))).toEqual({
        added: 0,
        removed: 0,
      })
      expect(await store.countDeliveries()).toEqual({ [state]: claimed.deliveries.length })
    })

    test('what was claimed or is to be tried again stays as it is', async () => {
      const { store, other } = bench
      await store.writeSubscription(a)
      await store.replaceDeliveries(['a'], [lead(7)], at('08:00'))
      const claimed = await claimOne(store, 'one')
      expect(await other.replaceDeliveries(['a'], [], at('08:00'))).toEqual({
        added: 0,
        removed: 0,
      })
      await store.settle('one', [deferred(claimed, at('10:00'))], at('09:01'))
      const later = lead(7, { dueAt: at('15:00') })
      expect(await other.replaceDeliveries(['a'], [later], at('08:00'))).toEqual({
        added: 0,
        removed: 0,
      })
      expect(await other.replaceDeliveries(['a'], [], at('08:00'))).toEqual({
        added: 0,
        removed: 0,
      })
      expect((await claimOne(other, 'two', at('10:00'))).deliveries).toHaveLength(1)
    })

    test('goes where the subscription is now, and nowhere when it is not wanted any more', async () => {
      const { store, other } = bench
      const stale = [lead(7), plan(b), plan(subscribe('gone'))]
      await store.writeSubscription(a)
      await store.writeSubscription({ ...b, state: 'paused' })
      await other.moveConversation(here, there)
      expect(await store.replaceDeliveries(['a', 'b', 'gone'], stale, at('08:00'))).toEqual({
        added: 1,
        removed: 0,
      })
      expect((await claimOne(store, 'one')).conversation).toBe(there)
    })

    test('leaves out what the conversation is done with', async () => {
      const { store, other } = bench
      await store.writeSubscription(a)
      await store.writeSubscription(b)
      await other.markDone(here, 'kenya/5/report')
      const planned = [lead(7), lead(7, { milestone: 'kenya/5/plan' }), plan(b)]
      expect((await store.replaceDeliveries(['a', 'b'], planned, at('08:00'))).added).toBe(2)
    })

    test('takes thousands at once', async () => {
      const { store } = bench
      const many = Array.from({ length: 300 }, (_, index) =>
        subscribe(`s${index.toString()}`, { conversation: index % 2 === 0 ? here : there }),
      )
      for (const subscription of many) await store.writeSubscription(subscription)
      const planned = many.flatMap((one) =>
        Array.from({ length: 15 }, (_, days) => plan(one, { occasion: `lead:${days}` })),
      )
      const ids = many.map(({ id }) => id)
      expect(await store.replaceDeliveries(ids, planned, at('08:00'))).toEqual({
        added: 4_500,
        removed: 0,
      })
      expect((await claim(store, 'one')).map(({ deliveries }) => deliveries.length)).toEqual([
        2_250, 2_250,
      ])
    })
  })

  describe('taking back', () => {
    test('a removed subscription takes its deliveries along, the others stay', async () => {
      const { store, other } = bench
      await store.writeSubscription(a)
      await store.writeSubscription(subscribe('c', { owner: ben }))
      await store.addDeliveries([
        lead(7, { dueAt: at('08:30') }),
        plan(subscribe('c'), { dueAt: at('08:45') }),
      ])
      await other.removeSubscription('a')
      expect(await store.readSubscription('a')).toBeNull()
      expect(await store.nextDueAt(platforms)).toEqual(at('08:45'))
      await other.removeSubscription('a')
      expect(await store.countDeliveries()).toEqual({ pending: 1 })
    })

    test.each(['paused', 'retired'] as const)('a %s subscription sends nothing', async (state) => {
      const { store, other } = bench
      await store.writeSubscription(a)
      await store.addDeliveries([lead(7)])
      await other.writeSubscription({ ...a, state })
      expect(await claim(store, 'one')).toEqual([])
    })

    test('retiring a conversation leaves nothing to send there', async () => {
      const { store, other } = bench
      await planFor(store, [here, there])
      await other.retireSubscriptions(here, 'gone')
      expect((await claimOne(store, 'one')).conversation).toBe(there)
    })

    test('what is done is taken back also from a message that was claimed', async () => {
      const { store, other } = bench
      await store.writeSubscription(a)
      await store.addDeliveries([lead(7), lead(7, { milestone: 'kenya/5/plan' })])
      const claimed = await claimOne(store, 'one')
      await other.markDone(here, 'kenya/5/plan')
      expect(await startSending(store, 'one', claimed)).toEqual(new Set())
      expect(await store.settle('one', [sent(claimed)], at('09:01'))).toEqual(new Set())
      const anew = await claimOne(other, 'two')
      expect(anew.messageKey).not.toBe(claimed.messageKey)
      expect(anew).toMatchObject({ attempt: 1, possibleSends: 0 })
      expect(anew.deliveries.map(({ milestone }) => milestone)).toEqual(['kenya/5/report'])
    })

    test('what may be on its way stays until it is settled, and then is not repeated', async () => {
      const { store, other } = bench
      await store.writeSubscription(a)
      await store.addDeliveries([lead(7)])
      const claimed = await claimOne(store, 'one')
      await startSending(store, 'one', claimed)
      await other.writeSubscription({ ...a, state: 'paused' })
      await other.writeSubscription(a)
      expect((await other.replaceDeliveries(['a'], [lead(7)], at('08:00'))).added).toBe(0)
      expect(await store.settle('one', [sent(claimed)], at('09:01'))).toEqual(
        new Set([claimed.messageKey]),
      )
      expect(await store.countDeliveries()).toEqual({ sent: 1 })
    })

    test('a removed subscription is gone even while its message is on its way', async () => {
      const { store, other } = bench
      await store.writeSubscription(a)
      await store.addDeliveries([lead(7)])
      const claimed = await claimOne(store, 'one')
      await startSending(store, 'one', claimed)
      await other.removeSubscription('a')
      expect(await store.settle('one', [sent(claimed)], at('09:01'))).toEqual(new Set())
      expect(await store.countDeliveries()).toEqual({})
    })
  })

  describe('a conversation that moves', () => {
    test('takes everything along; what the new one has stays', async () => {
      const { store, other } = bench
      await store.writeSubscription({ ...a, ownerDirect: here })
      await store.writeSettings(here, { hour: 7 })
      await store.writeSettings(there, { hour: 8 })
      await store.writeContext(here, { entry: 'irm', shown: [], offered: [] })
      await store.markDone(here, 'kenya/5/plan')
      await store.markDone(there, 'kenya/5/plan')
      await store.addDeliveries([lead(7)])
      await other.moveConversation(here, there)
      expect(await store.listSubscriptions(there)).toEqual([
        { ...a, conversation: there, ownerDirect: there },
      ])
      expect(await store.readSettings(there)).toEqual({ hour: 8 })
      expect(await store.readSettings(here)).toEqual({})
      expect((await store.readContext(there))?.entry).toBe('irm')
      expect((await store.listDone([here, there])).get(there)?.size).toBe(1)
      expect(await store.listSubscriptions(here)).toEqual([])
      expect((await claimOne(store, 'one')).conversation).toBe(there)
      await store.moveConversation(there, there)
      expect(await store.listSubscriptions(there)).toHaveLength(1)
    })

    test('its message under way keeps its holder', async () => {
      const { store, other } = bench
      await planFor(store, [here])
      const claimed = await claimOne(store, 'one')
      await startSending(store, 'one', claimed)
      await other.moveConversation(here, there)
      await store.settle('one', [deferred(claimed, at('10:00'))], at('09:01'))
      const retried = await claimOne(other, 'two', at('10:00'))
      expect(retried).toMatchObject({ messageKey: claimed.messageKey, conversation: there })
    })

    test('two messages under way do not become one: the moved one is claimed anew', async () => {
      const { store, other } = bench
      await planFor(store, [here, there])
      const claims = await claim(store, 'one')
      const ofThere = claims.filter(({ conversation }) => conversation === there)
      await other.moveConversation(here, there)
      await store.settle(
        'one',
        ofThere.map((one) => sent(one)),
        at('09:01'),
      )
      const anew = await claimOne(other, 'two')
      expect(anew).toMatchObject({ conversation: there, attempt: 1 })
      expect(anew.deliveries.map(({ subscription }) => subscription)).toEqual(['of-here'])
    })
  })
}
