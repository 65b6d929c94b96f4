// What every chat adapter must do, whatever its platform: one suite, run against each platform's local server.
// It must not know a platform: a descriptor gives hooks, and each exemption states its reason.

import { inspect } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { ConversationId, InboundMessage } from '../../src/chat/message.ts'
import type { Reply } from '../../src/chat/reply.ts'
import {
  caseNames,
  type CaseName,
  type Descriptor,
  type PersonQuestion,
  type Place,
  type Rig,
} from './chat-adapter-rig.ts'

type Answer = (message: InboundMessage) => Promise<Reply | null>
type Started<R extends Rig> = { readonly rig: R; readonly received: InboundMessage[] }
type Case<R extends Rig> = (
  start: (answer?: Answer) => Promise<Started<R>>,
  descriptor: Descriptor<R>,
) => Promise<void>

const longTextLengthMax = 60_000

/** Markup, mentions and entities of every platform we know, control marks, and both directions of writing. */
export const hostileText = [
  '@everyone @here <!channel> <@U0001> <#C0001|general> @assistant_bot /start',
  '*bold* _italic_ ~strike~ `code` ||spoiler|| > quote # heading',
  '[link](javascript:alert(1)) <https://evil.example|good.example>',
  '<script>alert(1)</script><img src=x onerror=alert(1)> &lt; &amp; "quoted" \\ \\* $& ${1}',
  '\u202Egnp.exe\u202C \u2067\u05E9\u05DC\u05D5\u05DD\u2069 \u0645\u0631\u062D\u0628\u0627 👩🏽‍💻',
].join(' ')

const say = (text: string): Reply => ({
  audience: 'private',
  language: 'en',
  blocks: [{ kind: 'text', text }],
})

const question = (id: string, place: Place = 'first', text = `question ${id}`): PersonQuestion => ({
  id,
  place,
  text,
})

const options = (deliveryKey: string, signal = new AbortController().signal) => ({
  deliveryKey,
  signal,
})

/** Polls until the assertion holds; what bounds it is the runner's own limit on a test. */
const eventually = (assertion: () => void) =>
  vi.waitFor(assertion, { timeout: 20_000, interval: 10 })

const readAll = (rig: Rig, place: Place) => rig.readPosted(place).join('\n')

/** The conversation of a place, as the adapter calls it: learnt from a question asked there. */
async function meet(started: Started<Rig>, place: Place): Promise<ConversationId> {
  const before = started.received.length
  await started.rig.deliver(question(`meet-${place}`, place))
  await eventually(() => {
    expect(started.received.length).toBeGreaterThan(before)
  })
  await started.rig.settle()
  const conversation = started.received.at(-1)?.conversation
  if (conversation === undefined) throw new Error('Cannot meet: no message was received')
  return conversation
}

const cases: Record<CaseName, Case<Rig>> = {
  'one event, one receive': async (start) => {
    const { rig, received } = await start()
    await rig.deliver(question('a'))
    await eventually(() => {
      expect(received).toHaveLength(1)
    })
    await rig.settle()
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({
      platform: rig.adapter.platform,
      kind: 'question',
      text: 'question a',
    })
    expect(received[0]?.sentAt).toBeInstanceOf(Temporal.Instant)
  },

  'a repeated event keeps its key': async (start) => {
    const { rig, received } = await start()
    await rig.deliver(question('a'))
    await rig.deliver(question('a'))
    await rig.deliver(question('b'))
    await eventually(() => {
      expect(received).toHaveLength(3)
    })
    const [first, repeat, other] = received.map((message) => message.eventKey)
    expect(repeat).toBe(first)
    expect(other).not.toBe(first)
  },

  'what is not for the assistant is ignored': async (start, { ignored }) => {
    expect(ignored).not.toHaveLength(0)
    const { rig, received } = await start(() => Promise.resolve(say('answered')))
    for (const { name, deliver } of ignored) {
      await deliver(rig)
      await rig.settle()
      expect(received, name).toHaveLength(0)
    }
    expect(readAll(rig, 'first')).not.toContain('answered')
    await rig.deliver(question('a'))
    await eventually(() => {
      expect(received).toHaveLength(1)
    })
  },

  'the reply goes where the question was': async (start) => {
    const { rig, received } = await start((message) =>
      Promise.resolve(say(message.kind === 'question' ? `answer to ${message.text}` : 'nothing')),
    )
    await rig.deliver(question('a', 'first', 'one'))
    await rig.deliver(question('b', 'second', 'two'))
    await eventually(() => {
      expect(readAll(rig, 'first')).toContain('answer to one')
      expect(readAll(rig, 'second')).toContain('answer to two')
    })
    expect(readAll(rig, 'first')).not.toContain('two')
    expect(readAll(rig, 'second')).not.toContain('one')
    expect(new Set(received.map((message) => message.conversation)).size).toBe(2)
  },

  'null posts nothing': async (start) => {
    const { rig, received } = await start(() => Promise.resolve(null))
    await rig.deliver(question('a'))
    await eventually(() => {
      expect(received).toHaveLength(1)
    })
    await rig.settle()
    expect(rig.readPosted('first')).toEqual([])
  },

  'an event is acknowledged while receive hangs': async (start) => {
    const gate = Promise.withResolvers<null>()
    const { rig, received } = await start(() => gate.promise)
    await rig.deliver(question('a'))
    await rig.deliver(question('b', 'second'))
    expect(received).toHaveLength(2)
    gate.resolve(null)
  },

  'long text arrives without loss and in order': async (start) => {
    const words: string[] = []
    const { rig } = await start(() => Promise.resolve(say(words.join(' '))))
    const { textLengthMax } = rig.adapter.limits
    const length = Math.min(3 * textLengthMax, longTextLengthMax)
    while (words.length * 8 < length) words.push(`w${String(words.length).padStart(6, '0')}`)
    await rig.deliver(question('a'))
    await eventually(() => {
      expect(readAll(rig, 'first').match(/w\d{6}/g)).toHaveLength(words.length)
    })
    expect(readAll(rig, 'first').match(/w\d{6}/g)).toEqual(words)
    for (const text of rig.readPosted('first')) {
      expect(text.length).toBeLessThanOrEqual(textLengthMax)
    }
  },

  'hostile text comes through as plain text': async (start) => {
    const { rig, received } = await start(() => Promise.resolve(say(hostileText)))
    await rig.deliver(question('a', 'first', hostileText))
    await eventually(() => {
      expect(readAll(rig, 'first')).toContain(hostileText)
    })
    expect(received[0]).toMatchObject({ kind: 'question', text: hostileText })
  },

  'an unasked reply is posted once': async (start) => {
    const started = await start()
    const { rig } = started
    const conversation = await meet(started, 'first')
    const receipt = await rig.adapter.send(conversation, say('a reminder'), options('delivery-1'))
    expect(receipt).toMatchObject({ kind: 'sent' })
    await rig.settle()
    expect(readAll(rig, 'first').split('a reminder')).toHaveLength(2)
    expect(readAll(rig, 'second')).not.toContain('a reminder')
  },

  'each failure gives its receipt': async (start, { failures }) => {
    expect(failures).not.toHaveLength(0)
    for (const { name, inject, expected } of failures) {
      const started = await start()
      const conversation = await meet(started, 'first')
      await inject(started.rig, 'first')
      const receipt = await started.rig.adapter.send(conversation, say('x'), options('delivery-1'))
      expect(receipt, name).toMatchObject(expected)
    }
  },

  'an aborted send posts nothing': async (start) => {
    const started = await start()
    const { rig } = started
    const conversation = await meet(started, 'first')
    const aborted = options('delivery-1', AbortSignal.abort())
    const receipt = await rig.adapter.send(conversation, say('too late'), aborted)
    expect(receipt).toMatchObject({ kind: 'deferred' })
    await rig.settle()
    expect(readAll(rig, 'first')).not.toContain('too late')
  },

  'stop drains and may be called twice': async (start) => {
    const gate = Promise.withResolvers<Reply>()
    const { rig, received } = await start(() => gate.promise)
    const delivered = rig.deliver(question('a'))
    await eventually(() => {
      expect(received).toHaveLength(1)
    })
    const stops = [rig.adapter.stop(), rig.adapter.stop()]
    gate.resolve(say('just in time'))
    await Promise.all([...stops, delivered])
    await rig.settle()
    expect(readAll(rig, 'first')).toContain('just in time')
    await rig.adapter.stop()
  },

  'no secret in a log or receipt': async (start, { failures }) => {
    const seen: string[] = []
    for (const failure of [null, ...failures]) {
      const started = await start()
      const { rig } = started
      const conversation = await meet(started, 'first')
      await failure?.inject(rig, 'first')
      const receipt = await rig.adapter.send(conversation, say('x'), options('delivery-1'))
      seen.push(inspect(receipt, { depth: 10, showHidden: true }), ...rig.logLines)
      seen.push(inspect(started.received, { depth: 10 }))
      expect(rig.secrets).not.toHaveLength(0)
      for (const secret of rig.secrets) expect(seen.join('\n')).not.toContain(secret)
    }
  },
}

/** Declares the suite for one adapter. */
export function describeChatAdapter<R extends Rig>(name: string, descriptor: Descriptor<R>): void {
  describe(`${name} as a chat adapter`, () => {
    const rigs: R[] = []
    afterEach(async () => {
      await Promise.all(rigs.splice(0).map((rig) => rig.close()))
    })
    const start = async (answer: Answer = () => Promise.resolve(null)) => {
      const rig = await descriptor.open()
      rigs.push(rig)
      const received: InboundMessage[] = []
      const receive: Answer = (message) => {
        received.push(message)
        return answer(message)
      }
      await rig.adapter.start(receive, () => [])
      return { rig, received }
    }
    for (const caseName of caseNames) {
      const reason = descriptor.exempt?.[caseName]
      if (reason !== undefined) test.skip(`${caseName} (exempt: ${reason})`)
      // The descriptor's hooks are only ever given the rigs that it opened itself.
      else test(caseName, () => (cases[caseName] as unknown as Case<R>)(start, descriptor))
    }
  })
}
