// Claims: one holder a conversation, one message a morning, and what becomes of it.

import { describe, expect, test } from 'vitest'
import { toConversationId } from '../../src/chat/message.ts'
import { at, claim, claimOne, deferred, here, plan, planFor, sent } from './store-samples.ts'
import { startSending, subscribe, there } from './store-samples.ts'
import type { Bench } from './store.ts'

const a = subscribe('a')
const platforms = ['slack', 'discord'] as const

export function testClaims(bench: Bench): void {
  describe('claiming', () => {
    test('takes all that is due for a conversation, in order, and nothing that is not', async () => {
      const { store, other } = bench
      await store.writeSubscription(a)
      await store.writeSubscription(subscribe('b'))
      const planned = [
        plan(a, { dueAt: at('09:00') }),
        plan(subscribe('b'), { dueAt: at('08:30') }),
        plan(a, { occasion: 'lead:1', dueAt: at('09:01') }),
      ]
      await store.addDeliveries(planned)
      expect(await claim(other, 'one', { now: at('08:29') })).toEqual([])
      const claimed = await claimOne(other, 'one')
      expect(claimed).toMatchObject({
        conversation: here,
        platform: 'slack',
        attempt: 1,
        possibleSends: 0,
      })
      expect(claimed.deliveries).toMatchObject([planned[1], planned[0]])
      expect(await claim(store, 'two', { now: at('09:01') })).toEqual([])
    })

    test('serves the longest due first, within the limit', async () => {
      const { store } = bench
      const names = ['c', 'a', 'd', 'b'].map(toConversationId)
      for (const [index, name] of names.entries()) {
        await planFor(store, [name], { dueAt: at(`08:0${index.toString()}`) })
      }
      const first = await claim(store, 'one', { limit: 3 })
      expect(first.map(({ conversation }) => conversation)).toEqual(['c', 'a', 'd'])
      expect(await claim(store, 'one', { limit: 3 })).toMatchObject([{ conversation: 'b' }])
    })

    test('takes only from the platforms that are asked for', async () => {
      const { store } = bench
      await planFor(store, [here])
      const discord = subscribe('d', { platform: 'discord', conversation: there })
      await store.writeSubscription(discord)
      await store.addDeliveries([plan(discord, { dueAt: at('08:00') })])
      expect(await store.nextDueAt(['slack'])).toEqual(at('09:00'))
      expect(await store.nextDueAt(platforms)).toEqual(at('08:00'))
      expect(await store.nextDueAt(['telegram'])).toBeNull()
      const options = { owner: 'one', now: at('09:00'), leaseUntil: at('09:02'), limit: 9 }
      expect(await store.claimDue({ ...options, platforms: [] })).toEqual([])
      expect(await store.claimDue({ ...options, platforms: ['slack'] })).toMatchObject([
        { platform: 'slack' },
      ])
    })

    test('an expired lease is taken over with its key and deliveries, nothing added', async () => {
      const { store, other } = bench
      await store.writeSubscription(a)
      await store.addDeliveries([plan(a)])
      const claimed = await claimOne(store, 'one')
      await store.addDeliveries([plan(a, { occasion: 'lead:1' })])
      expect(await claim(other, 'two', { now: at('09:01') })).toEqual([])
      expect(await store.nextDueAt(platforms)).toEqual(at('09:02'))
      const taken = await claimOne(other, 'two', at('09:02'))
      expect(taken).toEqual({ ...claimed, attempt: 2 })
      await other.settle('two', [sent(taken)], at('09:03'))
      const next = await claimOne(other, 'two', at('09:03'))
      expect(next.messageKey).not.toBe(claimed.messageKey)
      expect(next.deliveries).toMatchObject([{ occasion: 'lead:1' }])
    })

    test('each expired attempt that had begun to send counts as a possible send', async () => {
      const { store, other } = bench
      await planFor(store, [here])
      const first = await claimOne(store, 'one')
      await startSending(store, 'one', first)
      const second = await claimOne(other, 'two', at('09:10'))
      expect(second).toMatchObject({ attempt: 2, possibleSends: 1 })
      expect(await claimOne(store, 'one', at('09:20'))).toMatchObject({
        attempt: 3,
        possibleSends: 1,
      })
    })

    test('sending needs the lease, and holds it for as long as is asked', async () => {
      const { store, other } = bench
      await planFor(store, [here])
      const claimed = await claimOne(store, 'one')
      expect(await startSending(store, 'two', claimed)).toEqual(new Set())
      expect(await startSending(store, 'one', claimed, at('09:02'))).toEqual(new Set())
      const key = new Set([claimed.messageKey])
      expect(await startSending(store, 'one', claimed, at('09:01'))).toEqual(key)
      expect(await claim(other, 'two', { now: at('09:02') })).toEqual([])
      // A shorter time takes nothing away.
      await store.startSending('one', [claimed.messageKey], at('09:01'), at('09:01'))
      expect(await claim(other, 'two', { now: at('09:02') })).toEqual([])
      expect(await claim(other, 'two', { now: at('09:03') })).toHaveLength(1)
    })
  })

  describe('settling', () => {
    test('is refused to whom the claim does not belong any more', async () => {
      const { store, other } = bench
      await planFor(store, [here])
      const claimed = await claimOne(store, 'one')
      const taken = await claimOne(other, 'two', at('09:05'))
      expect(await store.settle('one', [sent(claimed)], at('09:06'))).toEqual(new Set())
      await store.release('one', [claimed.messageKey])
      expect(await other.settle('two', [sent(taken)], at('09:07'))).toEqual(
        new Set([taken.messageKey]),
      )
      expect(await other.settle('two', [sent(taken)], at('09:08'))).toEqual(new Set())
      expect(await store.countDeliveries()).toEqual({ sent: 1 })
    })

    test('an expired claim that nobody took over may still be settled', async () => {
      const { store } = bench
      await planFor(store, [here])
      const claimed = await claimOne(store, 'one')
      expect(await store.settle('one', [sent(claimed)], at('12:00'))).toHaveProperty('size', 1)
    })

    test('a batch of every kind gives each its state', async () => {
      const { store } = bench
      const kinds = ['sent', 'refused', 'missed', 'uncertain', 'deferred'] as const
      await planFor(store, kinds.map(toConversationId))
      const details = { reason: 'gone', messageId: 'm', missed: [], error: 'e' } as const
      const retry = { retryAt: at('10:00'), maybeSent: false }
      const settlements = (await claim(store, 'one')).map(({ messageKey, conversation }) => {
        const kind = kinds.find((name) => name === (conversation as string)) ?? 'sent'
        return { kind, messageKey, conversation, ...details, ...retry }
      })
      expect((await store.settle('one', settlements, at('09:01'))).size).toBe(kinds.length)
      const rows = await bench.database.query(
        'select conversation, state, error, message_id from delivery order by conversation',
      )
      const row = (
        kind: string,
        state: string,
        error: string | null,
        messageId: string | null,
      ) => ({
        conversation: kind,
        state,
        error,
        message_id: messageId,
      })
      expect(rows).toMatchObject([
        row('deferred', 'pending', 'e', null),
        row('missed', 'missed', 'e', null),
        row('refused', 'refused', 'gone', null),
        row('sent', 'sent', null, 'm'),
        row('uncertain', 'uncertain', 'e', null),
      ])
      expect(await store.nextDueAt(platforms)).toEqual(at('10:00'))
    })

    test('what a message left out is missed, and only of that message', async () => {
      const { store } = bench
      await planFor(store, [here, there])
      await store.addDeliveries([plan(subscribe('of-here'), { occasion: 'lead:1' })])
      const claims = await claim(store, 'one')
      const ofHere = claims.filter(({ conversation }) => conversation === here)
      const ids = claims.flatMap(({ deliveries }) => deliveries.map(({ id }) => id))
      const leftOut = ofHere.flatMap(({ deliveries }) => deliveries.slice(1).map(({ id }) => id))
      const ofThere = ids.slice(-1)
      await store.settle(
        'one',
        ofHere.map((one) => sent(one, [...leftOut, ...ofThere])),
        at('09:01'),
      )
      expect(await store.countDeliveries()).toEqual({ sent: 1, missed: 1, pending: 1 })
    })

    test('a deferred message is tried again with its key and deliveries, alone', async () => {
      const { store, other } = bench
      await store.writeSubscription(a)
      await store.addDeliveries([plan(a)])
      const claimed = await claimOne(store, 'one')
      await startSending(store, 'one', claimed)
      await store.settle('one', [deferred(claimed, at('09:30'))], at('09:01'))
      await store.addDeliveries([plan(a, { occasion: 'lead:1', dueAt: at('09:10') })])
      expect(await claim(other, 'two', { now: at('09:29') })).toEqual([])
      const retried = await claimOne(other, 'two', at('09:30'))
      expect(retried).toEqual({ ...claimed, attempt: 2 })
    })

    test('a deferral that may have been sent is remembered through every later attempt', async () => {
      const { store } = bench
      await planFor(store, [here])
      const first = await claimOne(store, 'one')
      await startSending(store, 'one', first)
      await store.settle('one', [deferred(first, at('09:10'), true)], at('09:01'))
      const second = await claimOne(store, 'one', at('09:10'))
      expect(second.possibleSends).toBe(1)
      await startSending(store, 'one', second, at('09:10'))
      await store.settle('one', [deferred(second, at('09:20'))], at('09:11'))
      expect(await claimOne(store, 'one', at('09:20'))).toMatchObject({
        attempt: 3,
        possibleSends: 1,
      })
    })

    test('a released claim is as if it had never been taken', async () => {
      const { store, other } = bench
      await planFor(store, [here])
      const claimed = await claimOne(store, 'one')
      await other.release('two', [claimed.messageKey])
      expect(await claim(other, 'two')).toEqual([])
      await store.release('one', [claimed.messageKey])
      expect(await store.nextDueAt(platforms)).toEqual(at('09:00'))
      const anew = await claimOne(other, 'two')
      expect(anew).toMatchObject({ attempt: 1, deliveries: claimed.deliveries })
    })

    test('a released retry keeps its key and its number, what is being sent is not released', async () => {
      const { store, other } = bench
      await planFor(store, [here])
      const claimed = await claimOne(store, 'one')
      await store.settle('one', [deferred(claimed, at('09:10'))], at('09:01'))
      const retried = await claimOne(store, 'one', at('09:10'))
      await store.release('one', [retried.messageKey])
      expect(await claimOne(other, 'two', at('09:10'))).toEqual(retried)
      await startSending(other, 'two', retried, at('09:10'))
      await other.release('two', [retried.messageKey])
      expect(await claim(store, 'one', { now: at('09:11') })).toEqual([])
    })

    test('settled deliveries are swept after 400 days, not before', async () => {
      const { store } = bench
      await planFor(store, [here])
      await store.settle('one', [sent(await claimOne(store, 'one'))], at('09:01'))
      const end = at('09:01').add({ hours: 400 * 24 })
      expect(await store.sweep(end.subtract({ milliseconds: 1 }))).toBe(0)
      expect(await store.countDeliveries()).toEqual({ sent: 1 })
      expect(await store.sweep(end)).toBe(1)
      expect(await store.countDeliveries()).toEqual({})
    })
  })
}
