// What becomes of reminders when a platform, a database or a process fails: nothing is lost, and nothing comes twice but
// where no platform could prevent it.

import { beforeEach, describe, expect, test } from 'vitest'
import { toConversationId, type Platform } from '../../src/chat/message.ts'
import type { RefusalReason } from '../../src/chat/receipt.ts'
import { platformPolicies } from '../../src/reminders/platform-policy.ts'
import { StoreUnavailableError, type Store } from '../../src/store/store.ts'
import { makeMilestone } from './samples.ts'
import { Rig } from './service-rig.ts'

const start = '2026-11-24T05:59:00Z'
const dueAt = '2026-11-24T06:00:00Z'
const platforms = Object.keys(platformPolicies) as Platform[]
const deferred = (seconds: number) =>
  ({ kind: 'deferred', retryAfter: Temporal.Duration.from({ seconds }) }) as const
const sent = { kind: 'sent', messageId: '1' } as const
const uncertain = { kind: 'uncertain', cause: new Error('The connection ended') } as const
const refused = (reason: RefusalReason) => ({ kind: 'refused', reason }) as const

async function open(...platforms: Platform[]): Promise<Rig> {
  const rig = await Rig.open(start, ...platforms)
  rig.milestones = [makeMilestone('2026-12-08', { id: 'hearing' })]
  return rig
}

/** One subscription in each of so many conversations of a platform. */
async function subscribeMany(rig: Rig, platform: Platform, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const name = `${platform}-${index.toString().padStart(4, '0')}`
    await rig.subscribe({ id: name, platform, conversation: toConversationId(name) })
  }
}

async function run(rig: Rig, until: string): Promise<void> {
  const service = rig.startProcess()
  const running = service.start()
  await rig.time.advanceTo(until)
  await rig.time.until(service.stop())
  await rig.time.until(running)
}

describe('a send that the platform defers', () => {
  test('is tried again after its delay, with the same key, and arrives once', async () => {
    const rig = await open()
    await rig.subscribe()
    const keys = new Set<string>()
    const times: string[] = []
    rig.adapter().behave = ({ key, at }) => {
      keys.add(key)
      times.push(at)
      return times.length < 3 ? deferred(300) : sent
    }
    await run(rig, '2026-11-24T07:00:00Z')
    expect(times).toEqual([dueAt, '2026-11-24T06:05:00Z', '2026-11-24T06:10:00Z'])
    expect(keys.size).toBe(1)
    expect(rig.adapter().received).toHaveLength(1)
  })

  test('waits longer each time, and is recorded as missed in the end', async () => {
    const rig = await open()
    await rig.subscribe({ leadDays: [14] })
    const times: Temporal.Instant[] = []
    rig.adapter().behave = ({ at }) => {
      times.push(Temporal.Instant.from(at))
      return deferred(0)
    }
    await rig.tickUntil(rig.startProcess(), '2026-11-28T12:00:00Z')
    const waits = times.slice(1).map((time, index) => times[index]?.until(time).total('minutes'))
    expect(times.length).toBeLessThan(100)
    expect(waits.at(-1)).toBeGreaterThanOrEqual(30)
    expect(await rig.store.countDeliveries()).toEqual({ missed: 1 })
  })
})

describe('people who are not there', () => {
  const absent = { ...deferred(20), scope: 'conversation' } as const

  test('get their reminder soon after they are back, and keep their subscription', async () => {
    const rig = await open('web')
    await rig.subscribe({ platform: 'web', leadDays: [14] })
    const backAt = Temporal.Instant.from('2026-11-24T15:12:34Z')
    rig.adapter('web').behave = ({ at }) =>
      Temporal.Instant.compare(at, backAt) < 0 ? absent : sent
    await run(rig, '2026-11-24T16:00:00Z')
    const [received, ...others] = rig.adapter('web').received
    expect(others).toEqual([])
    const waitMs = backAt.until(received?.at ?? start).total('milliseconds')
    expect(waitMs).toBeGreaterThanOrEqual(0)
    expect(waitMs).toBeLessThanOrEqual(20_000)
    const [subscription] = await rig.store.listActiveSubscriptions(null, 10)
    expect(subscription?.state).toBe('active')
  })

  test('hold up nobody who is, however many they are', async () => {
    const rig = await open('web')
    await subscribeMany(rig, 'web', 40)
    rig.adapter('web').behave = ({ to }) => (to === 'web-0039' ? sent : absent)
    await run(rig, '2026-11-24T06:01:00Z')
    const [received, ...others] = rig.adapter('web').received
    expect(others).toEqual([])
    expect(received?.to).toBe('web-0039')
    // The platform's pace, and no pause of it.
    expect(
      Temporal.Instant.from(dueAt)
        .until(received?.at ?? start)
        .total('seconds'),
    ).toBeLessThan(1)
  })
})

describe('a conversation that can no longer be reached', () => {
  test.each(['gone', 'blocked', 'forbidden'] as const)(
    '(%s) gets one request, its subscriptions retire, their owner is told once',
    async (reason) => {
      const rig = await open('slack')
      const conversation = toConversationId('closed')
      const ownerDirect = toConversationId('owner')
      for (const id of ['aaaaaaaaaa', 'bbbbbbbbbb']) {
        await rig.subscribe({ id, platform: 'slack', conversation, ownerDirect })
      }
      rig.adapter('slack').behave = ({ to }) => (to === conversation ? refused(reason) : sent)
      await rig.tickUntil(rig.startProcess(), '2026-12-10T00:00:00Z')
      expect(rig.adapter('slack').requests).toBe(2)
      expect(rig.adapter('slack').received).toMatchObject([
        { to: ownerDirect, text: `2 ended: ${reason}` },
      ])
      const retired = await rig.store.readSubscription('aaaaaaaaaa')
      expect(retired).toMatchObject({ state: 'retired', retiredFor: reason })
      expect(rig.logged.join()).toContain(`"subscriptions":2`)
    },
  )

  test('that moved is followed, now and later', async () => {
    const rig = await open('telegram')
    const [from, to] = [toConversationId('group'), toConversationId('supergroup')]
    await rig.subscribe({ platform: 'telegram', conversation: from })
    rig.adapter('telegram').behave = (message) =>
      message.to === from ? { kind: 'refused', reason: 'moved', movedTo: to } : sent
    await rig.tickUntil(rig.startProcess(), '2026-12-02T00:00:00Z')
    expect(rig.adapter('telegram').received.map((message) => message.to)).toEqual([to, to])
    expect(rig.adapter('telegram').requests).toBe(3)
    expect(await rig.store.countDeliveries()).toMatchObject({ sent: 2 })
  })

  test.each(['malformed', 'unauthorized'] as const)(
    'for our own mistake (%s) keeps its subscriptions',
    async (reason) => {
      const rig = await open()
      await rig.subscribe()
      rig.adapter().behave = () => refused(reason)
      await run(rig, '2026-11-24T08:00:00Z')
      expect(await rig.store.listActiveSubscriptions(null, 10)).toHaveLength(1)
      expect(rig.logged.join()).toContain(reason)
      // A token that was put right brings what it held up.
      rig.adapter().behave = () => sent
      await run(rig, '2026-11-24T10:00:00Z')
      expect(rig.adapter().received).toHaveLength(reason === 'unauthorized' ? 1 : 0)
    },
  )
})

describe('a send of which nobody knows whether it arrived', () => {
  test.each(platforms)(
    'on %s is repeated within its bound, always with one key',
    async (platform) => {
      const rig = await open(platform)
      await rig.subscribe({ platform, leadDays: [14] })
      const messages: { key: string; text: string }[] = []
      rig.adapter(platform).behave = (message) => {
        messages.push(message)
        return uncertain
      }
      await rig.tickUntil(rig.startProcess(), '2026-11-26T00:00:00Z')
      const { possibleSendsMax, repeatsVisibly } = platformPolicies[platform]
      expect(messages).toHaveLength(possibleSendsMax)
      expect(new Set(messages.map(({ key }) => key)).size).toBe(1)
      expect(messages.map(({ text }) => text.includes('again?'))).toEqual(
        messages.map((_, index) => repeatsVisibly && index > 0),
      )
      expect(await rig.store.countDeliveries()).toEqual({ uncertain: 1 })
    },
  )

  test.each(['hang', 'deaf'] as const)(
    'because it never answers (%s) ends within its time',
    async (how) => {
      const rig = await open()
      await rig.subscribe({ leadDays: [14] })
      rig.adapter().behave = () => (rig.adapter().requests === 1 ? how : sent)
      await run(rig, '2026-11-24T06:02:00Z')
      expect(rig.texts()).toHaveLength(1)
      expect(rig.adapter().requests).toBe(2)
    },
  )

  test('because the adapter threw is repeated, and the operator sees why', async () => {
    const rig = await open()
    await rig.subscribe({ leadDays: [14] })
    rig.adapter().behave = () => {
      if (rig.adapter().requests === 1) throw new Error('a mistake in the adapter')
      return sent
    }
    await run(rig, '2026-11-24T06:02:00Z')
    expect(rig.texts()).toHaveLength(1)
    expect(rig.logged.join()).toContain('threw')
  })

  test('because its process died is repeated by another one when the lease ends', async () => {
    const rig = await open('slack', 'telegram')
    await rig.subscribe({
      id: 'aaaaaaaaaa',
      platform: 'slack',
      conversation: toConversationId('s'),
    })
    await rig.subscribe({
      id: 'bbbbbbbbbb',
      platform: 'telegram',
      conversation: toConversationId('t'),
    })
    const keys = new Map<Platform, string>()
    for (const [platform, adapter] of rig.adapters) {
      adapter.behave = ({ key }) => {
        if (!keys.has(platform)) {
          keys.set(platform, key)
          return new Promise(() => undefined)
        }
        expect(key).toBe(keys.get(platform))
        return sent
      }
    }
    // Never stopped: its clock stands still, as if it were dead.
    const sleep = () => new Promise<void>(() => undefined)
    await rig.time.advanceTo(dueAt)
    void rig.startProcess({ sleep }).tick()
    await rig.time.advanceTo('2026-11-24T06:00:01Z')
    await run(rig, '2026-11-24T06:10:00Z')
    expect(rig.adapter('slack').received.map(({ text }) => text)).toEqual(['hearing lead in 14'])
    expect(rig.adapter('telegram').received.map(({ text }) => text)).toEqual([
      'again?, hearing lead in 14',
    ])
  })
})

describe('a platform that is down', () => {
  test('holds up no other, is not asked for every message, and gets all once it is back', async () => {
    const rig = await open('slack', 'telegram')
    await subscribeMany(rig, 'slack', 60)
    await subscribeMany(rig, 'telegram', 20)
    let isDown = true
    rig.adapter('slack').behave = () => (isDown ? deferred(1) : sent)
    const service = rig.startProcess()
    const running = service.start()
    await rig.time.advanceTo('2026-11-24T06:00:10Z')
    expect(rig.adapter('telegram').received).toHaveLength(20)
    await rig.time.advanceTo('2026-11-24T08:00:00Z')
    expect(rig.adapter('slack').requests).toBeLessThan(60)
    isDown = false
    await rig.time.advanceTo('2026-11-24T09:00:00Z')
    await rig.time.until(service.stop())
    await rig.time.until(running)
    const conversations = rig.adapter('slack').received.map(({ to }) => to)
    expect(conversations).toHaveLength(60)
    expect(new Set(conversations).size).toBe(60)
    expect(rig.logged.join()).toContain('"isUp":true')
  })

  test('because sends hang holds up no other either', async () => {
    const rig = await open('slack', 'discord')
    await subscribeMany(rig, 'slack', 30)
    await subscribeMany(rig, 'discord', 30)
    rig.adapter('slack').behave = () => 'deaf'
    await run(rig, '2026-11-24T06:00:05Z')
    expect(rig.adapter('discord').received).toHaveLength(30)
  })
})

describe('the pace', () => {
  test.each(['slack', 'discord', 'telegram'] as const)('of %s is kept', async (platform) => {
    const rig = await open(platform)
    const { perSecond, inFlightMax } = platformPolicies[platform]
    await subscribeMany(rig, platform, 100)
    let underWay = 0
    let underWayMost = 0
    rig.adapter(platform).behave = async () => {
      underWay++
      underWayMost = Math.max(underWay, underWayMost)
      await rig.time.sleep(30, new AbortController().signal)
      underWay--
      return sent
    }
    await run(rig, '2026-11-24T06:01:00Z')
    const times = rig.adapter(platform).received.map(({ at }) => Temporal.Instant.from(at))
    expect(times).toHaveLength(100)
    expect(underWayMost).toBeLessThanOrEqual(inFlightMax)
    const busiest = times.map(
      (from) =>
        times.filter(
          (time) => from.until(time).total('seconds') >= 0 && from.until(time).total('seconds') < 1,
        ).length,
    )
    expect(Math.max(...busiest)).toBeLessThanOrEqual(perSecond)
  })

  test('of one conversation is kept', async () => {
    const rig = await open('telegram')
    await rig.subscribe({ id: 'aaaaaaaaaa', platform: 'telegram' })
    const service = rig.startProcess()
    const running = service.start()
    await rig.time.advanceTo('2026-11-24T06:00:00.500Z')
    const [subscription] = await rig.store.listActiveSubscriptions(null, 1)
    if (subscription === undefined) throw new Error('The subscription is gone')
    await rig.store.addDeliveries([
      {
        subscription: subscription.id,
        conversation: subscription.conversation,
        platform: 'telegram',
        milestone: 'kenya/own/hearing',
        occasion: 'again:2026-11-24',
        dueDate: Temporal.PlainDate.from('2026-12-08'),
        dueAt: rig.time.now(),
        notAfter: rig.time.now().add({ hours: 24 }),
      },
    ])
    service.planNow([subscription.id])
    await rig.time.advanceTo('2026-11-24T06:01:00Z')
    await rig.time.until(service.stop())
    await rig.time.until(running)
    const [first, second] = rig
      .adapter('telegram')
      .received.map(({ at }) => Temporal.Instant.from(at))
    if (first === undefined || second === undefined) throw new Error('Two messages were due')
    expect(first.until(second).total('seconds')).toBeGreaterThanOrEqual(3)
  })
})

describe('a process that is told to end', () => {
  test('finishes what is being sent and gives the rest back for another one to send at once', async () => {
    const rig = await open('slack')
    await subscribeMany(rig, 'slack', 100)
    rig.adapter('slack').behave = async () => {
      await rig.time.sleep(1_000, new AbortController().signal)
      return sent
    }
    const service = rig.startProcess()
    const running = service.start()
    await rig.time.advanceTo('2026-11-24T06:00:00.500Z')
    const before = rig.time.now()
    await rig.time.until(service.stop())
    await rig.time.until(running)
    expect(before.until(rig.time.now()).total('seconds')).toBeLessThanOrEqual(2)
    const { length } = rig.adapter('slack').received
    expect(length).toBeGreaterThan(0)
    expect(length).toBeLessThanOrEqual(10)
    expect(await rig.store.countDeliveries()).toEqual({ sent: length, pending: 100 - length })
    await run(rig, '2026-11-24T06:00:20Z')
    expect(new Set(rig.adapter('slack').received.map(({ to }) => to)).size).toBe(100)
    expect(rig.adapter('slack').received).toHaveLength(100)
  })

  test.each(['hang', 'deaf'] as const)('ends within ten seconds though sends %s', async (how) => {
    const rig = await open('slack')
    await subscribeMany(rig, 'slack', 30)
    rig.adapter('slack').behave = () => how
    const service = rig.startProcess()
    const running = service.start()
    await rig.time.advanceTo('2026-11-24T06:00:01Z')
    const before = rig.time.now()
    await rig.time.until(service.stop())
    await rig.time.until(running)
    expect(before.until(rig.time.now()).total('seconds')).toBeLessThanOrEqual(9.5)
  })
})

describe('a database that cannot be used for a while', () => {
  const sending = ['claimDue', 'startSending', 'settle', 'nextDueAt'] as const
  const planning = ['takeDuty', 'listDone', 'replaceDeliveries', 'writeKnownMilestones'] as const
  const methods = [
    ...sending.map((method) => [method, '2026-11-24T06:00:05Z'] as const),
    ...planning.map((method) => [method, '2026-11-24T05:59:50Z'] as const),
  ]
  let rig: Rig
  beforeEach(async () => {
    rig = await open()
    await rig.subscribe({ leadDays: [14] })
  })

  /** The rig's store, of which one method fails until an instant. */
  function breakStore(method: keyof Store, until: string, error: Error): Store {
    return new Proxy(rig.store, {
      get(store, name, receiver) {
        const isBroken = Temporal.Instant.compare(rig.time.now(), Temporal.Instant.from(until)) < 0
        if (name === method && isBroken) return () => Promise.reject(error)
        return Reflect.get(store, name, receiver) as unknown
      },
    })
  }

  test.each(methods)('(%s) delays a reminder, which arrives once', async (method, until) => {
    const store = breakStore(method, until, new StoreUnavailableError('locked'))
    const service = rig.startProcess({ store })
    const running = service.start()
    await rig.time.advanceTo('2026-11-24T06:10:00Z')
    await rig.time.until(service.stop())
    await rig.time.until(running)
    expect(rig.texts()).toHaveLength(1)
    expect(await rig.store.countDeliveries()).toEqual({ sent: 1 })
  })

  test.each(['claimDue', 'settle', 'listDone'] as const)(
    'is not a mistake of ours (%s): that ends the process',
    async (method) => {
      const store = breakStore(method, '2027-01-01T00:00:00Z', new TypeError('ours'))
      const running = rig.startProcess({ store }).start()
      const outcome = running.catch((error: unknown) => error)
      await rig.time.advanceTo('2026-11-24T06:01:00Z')
      expect(await rig.time.until(outcome)).toBeInstanceOf(TypeError)
    },
  )
})

test('a message that cannot be written holds up no other', async () => {
  const rig = await open('slack')
  await subscribeMany(rig, 'slack', 3)
  const service = rig.startProcess({
    compose: (claim, now, note) => {
      if (claim.conversation.endsWith('1')) throw new Error('a mistake in the words')
      return rig.compose(claim, now, note)
    },
  })
  const running = service.start()
  await rig.time.advanceTo('2026-11-24T06:05:00Z')
  await rig.time.until(service.stop())
  await rig.time.until(running)
  expect(rig.adapter('slack').received).toHaveLength(2)
  expect(await rig.store.countDeliveries()).toEqual({ sent: 2, pending: 1 })
})
