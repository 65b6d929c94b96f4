// Random sequences of what planners, dispatchers and people do, by two handles: the real store and a model of a few maps
// must see the same, and the tables must keep their invariants after every step.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, test, expect } from 'vitest'
import { toConversationId } from '../../src/chat/message.ts'
import type { Claim, PlannedDelivery, Settlement } from '../../src/reminders/delivery.ts'
import type { Store } from '../../src/store/store.ts'
import { expectInvariants } from '../conformance/store-invariants.ts'
import { at, createHandClock, plan, subscribe } from '../conformance/store-samples.ts'
import { postgresEngine, sqliteEngine, type TestDatabase, type TestEngine } from './engines.ts'
import { startPostgresServer, type PostgresServer } from './postgres-server.ts'
import { nameOf, StoreModel, type Message } from './store-model.ts'

const conversations = ['a', 'b', 'c'].map(toConversationId)
const owners = ['one', 'two'] as const
const start = at('09:00')
const kinds = ['sent', 'refused', 'missed', 'uncertain', 'deferred'] as const
const occasions = ['lead:7', 'lead:1', 'again:2027-03-04'] as const

/** Few of everything, so that steps meet. */
const conversation = fc.constantFrom(...conversations)
const id = fc.constantFrom('s1', 's2', 's3', 's4')
const milestone = fc.constantFrom('m1', 'm2')
/** Counted back from the newest claim. */
const recent = fc.nat(4)
const minutes = fc.integer({ min: -5, max: 10 })
const item = fc.record({
  id,
  milestone,
  occasion: fc.constantFrom(...occasions),
  minutes,
})
/** What dispatchers do is the most frequent; what takes away is rare, or nothing would get far. */
const step = fc.oneof(
  weigh(2, 'write', { id, conversation, state: fc.constantFrom('active', 'active', 'paused') }),
  weigh(1, 'remove', { id }),
  weigh(1, 'retire', { conversation }),
  weigh(1, 'done', { conversation, milestone }),
  weigh(2, 'move', { conversation, to: conversation }),
  weigh(3, 'replace', { ids: fc.uniqueArray(id), items: fc.array(item, { maxLength: 6 }) }),
  weigh(4, 'add', { items: fc.array(item, { maxLength: 6 }) }),
  weigh(8, 'claim', {
    limit: fc.integer({ min: 1, max: 3 }),
    lease: fc.integer({ min: 1, max: 4 }),
  }),
  weigh(8, 'send', { claim: recent }),
  weigh(8, 'settle', {
    claim: recent,
    kind: fc.constantFrom(...kinds, 'deferred'),
    maybeSent: fc.boolean(),
    minutes: fc.nat(4),
  }),
  weigh(3, 'release', { claim: recent }),
  weigh(4, 'wait', { minutes: fc.nat(4) }),
  weigh(1, 'sweep', {}),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

function weigh<Name extends string, Fields extends object>(
  weight: number,
  name: Name,
  fields: { [Field in keyof Fields]: fc.Arbitrary<Fields[Field]> },
): fc.WeightedArbitrary<{ do: Name } & Fields> {
  const arbitrary = fc.record({ ...fields, do: fc.constant(name) })
  return { weight, arbitrary: arbitrary as fc.Arbitrary<{ do: Name } & Fields> }
}

/** Every sequence begins with a few subscriptions and something due for each. */
const beginning: Step[] = [
  { do: 'write', id: 's1', conversation: toConversationId('a'), state: 'active' },
  { do: 'write', id: 's2', conversation: toConversationId('b'), state: 'active' },
  { do: 'write', id: 's3', conversation: toConversationId('a'), state: 'active' },
  {
    do: 'add',
    items: (['s1', 's2', 's3'] as const).map((one) => ({
      id: one,
      milestone: 'm1',
      occasion: 'lead:7',
      minutes: 0,
    })),
  },
]
/** Each by one of the two handles. */
const steps = fc
  .array(fc.tuple(fc.nat(1), step), { minLength: 10, maxLength: 50 })
  .map((rest): [number, Step][] => [...beginning.map((each): [number, Step] => [0, each]), ...rest])

class Run {
  readonly #model = new StoreModel()
  readonly #claims: { real: Claim; model: Message; owner: string }[] = []
  #now = start

  async take(store: Store, owner: string, step: Step): Promise<void> {
    const model = this.#model
    const now = this.#now
    switch (step.do) {
      case 'write': {
        const one = subscribe(step.id, { conversation: step.conversation, state: step.state })
        await store.writeSubscription(one)
        model.write(one)
        break
      }
      case 'remove':
        await store.removeSubscription(step.id)
        model.remove(step.id)
        break
      case 'retire': {
        const retired = await store.retireSubscriptions(step.conversation, 'gone')
        expect(retired).toHaveLength(model.retire(step.conversation))
        break
      }
      case 'done':
        await store.markDone(step.conversation, step.milestone)
        model.markDone(step.conversation, step.milestone)
        break
      case 'move':
        await store.moveConversation(step.conversation, step.to)
        model.move(step.conversation, step.to)
        break
      case 'replace': {
        const planned = this.#plan(step.items.filter((each) => step.ids.includes(each.id)))
        const result = await store.replaceDeliveries(step.ids, planned, now)
        expect(result).toEqual(model.plan(planned, step.ids, now))
        break
      }
      case 'add': {
        const planned = this.#plan(step.items)
        expect(await store.addDeliveries(planned)).toBe(model.plan(planned, [], now).added)
        break
      }
      case 'claim':
        await this.#claim(store, owner, step.limit, step.lease)
        break
      case 'send':
      case 'settle':
      case 'release':
        await this.#handle(store, owner, step)
        break
      case 'sweep':
        await store.sweep(now)
        break
      case 'wait':
        this.#now = now.add({ minutes: step.minutes })
    }
    expect(await store.countDeliveries()).toEqual(model.count())
    expect((await store.nextDueAt(['slack']))?.epochMilliseconds ?? null).toBe(model.nextDueAt())
  }

  /** The last of one name counts, as the planner gives each once. */
  #plan(
    items: readonly {
      id: string
      milestone: string
      occasion: (typeof occasions)[number]
      minutes: number
    }[],
  ): PlannedDelivery[] {
    const planned = items.map((each) =>
      plan(subscribe(each.id), {
        milestone: each.milestone,
        occasion: each.occasion,
        dueAt: start.add({ minutes: each.minutes }),
        notAfter: start.add({ minutes: each.minutes + 8 }),
      }),
    )
    return [...new Map(planned.map((each) => [nameOf(each), each])).values()]
  }

  async #claim(store: Store, owner: string, limit: number, lease: number): Promise<void> {
    const leaseUntil = this.#now.add({ minutes: lease })
    const options = { owner, now: this.#now, leaseUntil, platforms: ['slack'] as const, limit }
    const real = await store.claimDue(options)
    const model = this.#model.claim(options)
    const seen = real.map(({ conversation, platform, attempt, possibleSends, deliveries }) => ({
      conversation,
      platform,
      attempt,
      possibleSends,
      deliveries: deliveries.map(nameOf).sort(),
    }))
    expect(seen).toEqual(model.map(([expected]) => expected))
    for (const [index, [, message]] of model.entries()) {
      const claim = real[index]
      if (claim !== undefined) this.#claims.push({ real: claim, model: message, owner })
    }
  }

  async #handle(
    store: Store,
    handleOwner: string,
    step: Extract<Step, { do: 'send' | 'settle' | 'release' }>,
  ) {
    const claim = this.#claims.at(-1 - step.claim)
    if (claim === undefined) return
    const { messageKey, conversation } = claim.real
    // Mostly by who took it; now and then by somebody else, whom it is not.
    const owner = step.claim === 4 ? handleOwner : claim.owner
    const now = this.#now
    const accepted = (is: boolean) => new Set(is ? [messageKey] : [])
    if (step.do === 'send') {
      const until = now.add({ minutes: 3 })
      expect(await store.startSending(owner, [messageKey], now, until)).toEqual(
        accepted(this.#model.startSending(owner, claim.model, now, until)),
      )
    } else if (step.do === 'release') {
      await store.release(owner, [messageKey])
      this.#model.release(owner, claim.model)
    } else {
      const { kind, maybeSent } = step
      const retryAt = now.add({ minutes: step.minutes })
      const details = { messageId: 'm', missed: [], reason: 'gone', error: 'e' } as const
      const settlement: Settlement = {
        kind,
        messageKey,
        conversation,
        maybeSent,
        retryAt,
        ...details,
      }
      expect(await store.settle(owner, [settlement], now)).toEqual(
        accepted(this.#model.settle(owner, claim.model, settlement)),
      )
    }
  }
}

async function check(engine: TestEngine, sequence: readonly (readonly [number, Step])[]) {
  const database: TestDatabase = await engine.createDatabase()
  try {
    const clock = createHandClock()
    const stores = [await database.open(clock), await database.open(clock)] as const
    const run = new Run()
    for (const [handle, step] of sequence) {
      const index = handle === 0 ? 0 : 1
      await run.take(stores[index], owners[index], step)
      await expectInvariants(database)
    }
  } finally {
    await database.close()
  }
}

describe('the store does what its model does', () => {
  test('on SQLite', async () => {
    await fc.assert(
      fc.asyncProperty(steps, (sequence) => check(sqliteEngine, sequence)),
      { numRuns: 60 },
    )
  })

  describe('on PostgreSQL', () => {
    let server: PostgresServer
    beforeAll(async () => {
      server = await startPostgresServer()
    })
    afterAll(() => server.remove())

    test('in a shorter run', async () => {
      await fc.assert(
        fc.asyncProperty(steps, (sequence) => check(postgresEngine(server), sequence)),
        { numRuns: 12 },
      )
    })
  })
})
