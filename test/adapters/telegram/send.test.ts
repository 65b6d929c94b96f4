// Deliveries in several parts: what has arrived is not sent again, and how fast we send.

import { afterEach, expect, test } from 'vitest'
import { toConversationId } from '../../../src/chat/message.ts'
import { createReply, openStand, say, sendOptions, type Stand } from './stand.ts'

const stands: Stand[] = []
afterEach(async () => {
  await Promise.all(stands.splice(0).map((stand) => stand.close()))
})
async function open() {
  const stand = await openStand()
  stands.push(stand)
  await stand.start()
  await stand.server.settle()
  return stand
}
const [ana, group] = ['telegram:1001', 'telegram:-100200'].map(toConversationId) as [never, never]
const long = say('word '.repeat(2_000))
const file = {
  kind: 'file',
  name: 'a.ics',
  mediaType: 'text/calendar',
  content: 'X',
  label: 'Dates',
} as const

test('another attempt sends only what has not arrived', async () => {
  const stand = await open()
  const fault = {
    kind: 'error',
    code: 429,
    description: 'x',
    parameters: { retry_after: 0.02 },
  } as const
  stand.server.failNext('sendMessage', { kind: 'slow', until: Promise.resolve() }, fault)
  expect(await stand.adapter.send(ana, long, sendOptions())).toMatchObject({ kind: 'deferred' })
  expect(stand.postedIn(1001)).toHaveLength(1)
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(await stand.adapter.send(ana, long, sendOptions())).toMatchObject({ kind: 'sent' })
  expect(stand.postedIn(1001)).toHaveLength(3)
  expect(await stand.adapter.send(ana, long, sendOptions('delivery-2'))).toMatchObject({
    kind: 'sent',
  })
  expect(stand.postedIn(1001)).toHaveLength(6)
})

test('a delivery that is given up between its parts goes on at the next attempt', async () => {
  const stand = await open()
  const giveUp = new AbortController()
  const gate = Promise.withResolvers<undefined>()
  stand.server.failNext('sendMessage', { kind: 'slow', until: gate.promise })
  const sending = stand.adapter.send(ana, long, { deliveryKey: 'a', signal: giveUp.signal })
  while (stand.server.callsOf('sendMessage').length === 0) await new Promise(setImmediate)
  giveUp.abort()
  expect(await sending).toMatchObject({ kind: 'uncertain' })
  gate.resolve(undefined)
})

test('where files are forbidden, the words count as sent', async () => {
  const stand = await open()
  stand.server.failNext('sendDocument', {
    kind: 'error',
    code: 400,
    description: 'Bad Request: not enough rights to send documents to the chat',
  })
  const reply = createReply('shared', { kind: 'text', text: 'due' }, file)
  expect(await stand.adapter.send(group, reply, sendOptions())).toMatchObject({ kind: 'sent' })
  expect(stand.postedIn(-100200).map(({ text }) => text)).toEqual(['due\n\nDates'])
  expect(stand.logLines.join('\n')).toContain('Cannot send a file')
})

test('a group gets twenty messages a minute, and the rest later', async () => {
  const stand = await open()
  const receipts = []
  for (let count = 0; count < 21; count++)
    receipts.push(await stand.adapter.send(group, say('due'), sendOptions(`key-${count}`)))
  expect(receipts.map(({ kind }) => kind)).toEqual([
    ...new Array<string>(20).fill('sent'),
    'deferred',
  ])
  expect(stand.postedIn(-100200)).toHaveLength(20)
  expect(await stand.adapter.send(ana, say('due'), sendOptions())).toMatchObject({ kind: 'sent' })
})

test('a chat that Telegram told to wait is left alone so long', async () => {
  const stand = await open()
  stand.server.failNext('sendMessage', {
    kind: 'error',
    code: 429,
    description: 'x',
    parameters: { retry_after: 30 },
  })
  expect(await stand.adapter.send(ana, say('due'), sendOptions('a'))).toMatchObject({
    kind: 'deferred',
  })
  expect(await stand.adapter.send(ana, say('due'), sendOptions('b'))).toMatchObject({
    kind: 'deferred',
  })
  expect(stand.server.callsOf('sendMessage')).toHaveLength(1)
  expect(await stand.adapter.send(group, say('due'), sendOptions('c'))).toMatchObject({
    kind: 'sent',
  })
})

test('before the start and after the end nothing is sent', async () => {
  const stand = await openStand()
  stands.push(stand)
  expect(await stand.adapter.send(ana, say('due'), sendOptions())).toMatchObject({
    kind: 'deferred',
  })
  await stand.start()
  await stand.adapter.stop()
  expect(await stand.adapter.send(ana, say('due'), sendOptions())).toMatchObject({
    kind: 'deferred',
  })
  expect(stand.postedIn(1001)).toHaveLength(0)
})
