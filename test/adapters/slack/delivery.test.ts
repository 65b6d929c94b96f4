// Reminders: sent once, also when an attempt's fate was unknown, or its process has gone.

import { afterEach, expect, test } from 'vitest'
import { createSlackAdapter } from '../../../adapters/slack/adapter.ts'
import { toConversationId } from '../../../src/chat/message.ts'
import { showMessage } from '../../platforms/slack-screen.ts'
import { createReply, openStand, say, type Stand } from './stand.ts'

const stands: Stand[] = []
afterEach(async () => {
  await Promise.all(stands.splice(0).map((stand) => stand.close()))
})
const startStand = async () => {
  const stand = await openStand()
  stands.push(stand)
  await stand.start()
  return stand
}
const options = (more: object = {}) => ({
  deliveryKey: 'd-1',
  signal: new AbortController().signal,
  ...more,
})
const channel = toConversationId('T1/C1')
const posted = ({ slack }: Stand, id = 'C1') => slack.workspace.channels.get(id)?.messages ?? []
const long = createReply(
  'shared',
  { kind: 'text', text: 'first '.repeat(600) },
  { kind: 'text', text: 'second '.repeat(500) },
)

test('a repeat after a lost answer posts nothing again', async () => {
  const stand = await startStand()
  stand.slack.failNext('chat.postMessage', { kind: 'cut', when: 'after' })
  expect(await stand.adapter.send(channel, say('due'), options())).toMatchObject({
    kind: 'uncertain',
  })
  expect(await stand.adapter.send(channel, say('due'), options())).toMatchObject({
    kind: 'sent',
    messageId: posted(stand)[0]?.ts,
  })
  expect(posted(stand).map(showMessage)).toEqual(['due'])
})

test('a repeat by another process posts nothing again', async () => {
  const stand = await startStand()
  await stand.adapter.send(channel, say('due'), options())
  const other = createSlackAdapter(stand.parts)
  await other.start(
    () => Promise.resolve(null),
    () => [],
  )
  expect(await other.send(channel, say('due'), options({ mayBeRepeat: true }))).toMatchObject({
    kind: 'sent',
  })
  await other.stop()
  expect(posted(stand)).toHaveLength(1)
})

test('a first attempt reads no history', async () => {
  const stand = await startStand()
  await stand.adapter.send(channel, say('due'), options())
  expect(stand.slack.callsOf('conversations.history')).toEqual([])
})

test('a repeat sends the parts that are missing', async () => {
  const stand = await startStand()
  const sending = stand.adapter.send(channel, long, options())
  stand.slack.failNext(
    'chat.postMessage',
    { kind: 'slow', until: Promise.resolve() },
    { kind: 'error', code: 'ratelimited' },
  )
  expect(await sending).toMatchObject({ kind: 'deferred' })
  expect(posted(stand)).toHaveLength(1)
  expect(await stand.adapter.send(channel, long, options())).toMatchObject({ kind: 'sent' })
  expect(posted(stand).map((message) => showMessage(message).slice(0, 5))).toEqual([
    'first',
    'secon',
  ])
})

test('a repeat waits when what has arrived cannot be read, and goes on where Slack shows no history', async () => {
  const stand = await startStand()
  stand.slack.failNext(
    'conversations.history',
    { kind: 'cut', when: 'before' },
    { kind: 'error', code: 'missing_scope' },
  )
  const again = options({ mayBeRepeat: true })
  expect(await stand.adapter.send(channel, say('due'), again)).toMatchObject({ kind: 'deferred' })
  expect(posted(stand)).toEqual([])
  expect(await stand.adapter.send(channel, say('due'), again)).toMatchObject({ kind: 'sent' })
})

test('other deliveries of the same words are other messages', async () => {
  const stand = await startStand()
  await stand.adapter.send(channel, say('due'), options())
  await stand.adapter.send(channel, say('due'), options({ deliveryKey: 'd-2', mayBeRepeat: true }))
  expect(posted(stand)).toHaveLength(2)
})

test('a person is reached in their direct conversation, also when Slack does not open it', async () => {
  const stand = await startStand()
  const person = toConversationId('T1/U2')
  stand.slack.failNext('conversations.open', { kind: 'error', code: 'unknown_method' })
  expect(await stand.adapter.send(person, say('due'), options())).toMatchObject({ kind: 'sent' })
  expect(posted(stand, 'DU2').map(showMessage)).toEqual(['due'])
})

test('in a thread it is shown to the channel too', async () => {
  const stand = await startStand()
  const { ts } = await stand.people.sayIn('C1', 'root')
  await stand.adapter.send(toConversationId(`T1/C1/${ts}`), say('due'), options())
  expect(posted(stand).at(-1)).toMatchObject({ thread_ts: ts, reply_broadcast: 'true' })
  const gone = toConversationId('T1/C1/1.1')
  expect(await stand.adapter.send(gone, say('due'), options({ deliveryKey: 'd-3' }))).toMatchObject(
    { kind: 'refused', reason: 'gone' },
  )
})

test.each([
  ['C2', 'forbidden'],
  ['C9', 'gone'],
])('what stands in the way in %s: %s', async (id, reason) => {
  const stand = await startStand()
  expect(await stand.adapter.send(toConversationId(`T1/${id}`), say('due'), options())).toEqual({
    kind: 'refused',
    reason,
  })
})

test('a calendar that cannot be uploaded does not undo the message', async () => {
  const stand = await startStand()
  stand.slack.failNext('files.getUploadURLExternal', { kind: 'error', code: 'missing_scope' })
  const reply = createReply('shared', {
    kind: 'file',
    name: 'a.ics',
    mediaType: 'text/calendar',
    content: 'x',
    label: 'Dates',
  })
  expect(await stand.adapter.send(channel, reply, options())).toMatchObject({ kind: 'sent' })
  expect(stand.logLines.join('\n')).toContain('missing_scope')
})
