// Several handles on one database at once: nothing is taken twice, nothing is lost.

import { describe, expect, test } from 'vitest'
import { toConversationId, toEventKey } from '../../src/chat/message.ts'
import type { Store } from '../../src/store/store.ts'
import { at, claim, here, plan, planFor, sent, subscribe } from './store-samples.ts'
import type { Bench } from './store.ts'

const conversations = Array.from({ length: 60 }, (_, index) =>
  toConversationId(`c${index.toString().padStart(2, '0')}`),
)

export function testRaces(bench: Bench): void {
  const openRacers = async (): Promise<[Store, Store, Store, Store]> => {
    const { store, other, database, clock } = bench
    return [store, other, await database.open(clock), await database.open(clock)]
  }

  describe('handles that race', () => {
    test('each event is claimed by exactly one', async () => {
      const racers = await openRacers()
      const keys = Array.from({ length: 50 }, (_, index) => toEventKey(`e${index.toString()}`))
      const firsts = await Promise.all(
        racers.map((racer) => Promise.all(keys.map((key) => racer.claimEvent(key)))),
      )
      for (const index of keys.keys()) {
        expect(firsts.filter((claimed) => claimed[index])).toHaveLength(1)
      }
    })

    test('each conversation is claimed by exactly one, with all that is due for it', async () => {
      const racers = await openRacers()
      await planFor(bench.store, conversations)
      const more = conversations.map((name) =>
        plan(subscribe(`of-${name}`), { occasion: 'lead:1' }),
      )
      await bench.store.addDeliveries(more)
      const drained = await Promise.all(
        racers.map(async (racer, index) => {
          const owner = `owner-${index.toString()}`
          const mine = []
          for (let empty = 0; empty < 3;) {
            const claims = await claim(racer, owner, { limit: 7 })
            const settled = await racer.settle(
              owner,
              claims.map((one) => sent(one)),
              at('09:01'),
            )
            expect(settled.size).toBe(claims.length)
            mine.push(...claims)
            empty = claims.length === 0 ? empty + 1 : 0
          }
          return mine
        }),
      )
      const claimed = drained.flat()
      expect(claimed.map(({ conversation }) => conversation).sort()).toEqual(conversations)
      expect(claimed.every(({ deliveries }) => deliveries.length === 2)).toBe(true)
      expect(await bench.store.countDeliveries()).toEqual({ sent: 2 * conversations.length })
    })

    test('planners that plan the same add each delivery once', async () => {
      const racers = await openRacers()
      const subscriptions = conversations.map((name) => subscribe(name, { conversation: name }))
      for (const one of subscriptions) await bench.store.writeSubscription(one)
      const ids = subscriptions.map(({ id }) => id)
      const planned = subscriptions.flatMap((one) => [plan(one), plan(one, { occasion: 'lead:1' })])
      const results = await Promise.all(
        racers.map((racer, index) => {
          const order = index % 2 === 0 ? planned : planned.toReversed()
          return racer.replaceDeliveries(ids, order, at('08:00'))
        }),
      )
      expect(results.reduce((sum, { added }) => sum + added, 0)).toBe(planned.length)
      expect(await bench.other.countDeliveries()).toEqual({ pending: planned.length })
    })

    test('what is done or paused in the midst of planning leaves nothing to send', async () => {
      const [adding, replacing, people, planning] = await openRacers()
      const subscriptions = conversations.map((name) => subscribe(name, { conversation: name }))
      for (const one of subscriptions) await bench.store.writeSubscription(one)
      // On PostgreSQL a conversation's first lane is made by whoever comes first: this is about those too.
      await Promise.all(
        subscriptions.flatMap((one, index) => [
          adding.addDeliveries([plan(one)]),
          replacing.replaceDeliveries([one.id], [plan(one)], at('08:00')),
          index % 2 === 0
            ? people.markDone(one.conversation, plan(one).milestone)
            : people.writeSubscription({ ...one, state: 'paused' }),
          planning.addDeliveries([plan(one)]),
        ]),
      )
      expect(await bench.store.countDeliveries()).toEqual({})
    })

    test('plans, claims, settlements and moves at once leave everything sent once', async () => {
      const racers = await openRacers()
      const subscriptions = conversations.map((name) => subscribe(name, { conversation: name }))
      for (const one of subscriptions) await bench.store.writeSubscription(one)
      const ids = subscriptions.map(({ id }) => id)
      const planned = subscriptions.map((one) => plan(one))
      const seen: string[] = []
      const work = racers.map(async (racer, index) => {
        const owner = `owner-${index.toString()}`
        for (let round = 0; round < 12; round++) {
          await racer.replaceDeliveries(ids, planned, at('08:00'))
          const from = conversations[(round * racers.length + index) % conversations.length] ?? here
          if (round % 3 === 0) await racer.moveConversation(from, toConversationId(`m-${from}`))
          const claims = await claim(racer, owner, { limit: 8 })
          const settled = await racer.settle(
            owner,
            claims.map((each) => sent(each)),
            at('09:01'),
          )
          for (const { messageKey, deliveries } of claims) {
            if (settled.has(messageKey))
              seen.push(...deliveries.map(({ subscription }) => subscription))
          }
        }
      })
      await Promise.all(work)
      expect(seen.sort()).toEqual(ids.toSorted())
      expect(await bench.store.countDeliveries()).toEqual({ sent: ids.length })
    })

    test('a duty goes to exactly one', async () => {
      const racers = await openRacers()
      const taken = await Promise.all(
        racers.map((racer, index) =>
          racer.takeDuty('plan', index.toString(), at('08:00'), at('08:05')),
        ),
      )
      expect(taken.filter(Boolean)).toHaveLength(1)
    })
  })

  test('processes that start together on a new database all find its tables', async () => {
    const database = await bench.engine.createDatabase()
    const handles = await Promise.all(Array.from({ length: 6 }, () => database.open(bench.clock)))
    for (const handle of handles) expect(await handle.countDeliveries()).toEqual({})
    expect(await database.query('select version from store_version')).toHaveLength(1)
    await database.close()
  })
}
