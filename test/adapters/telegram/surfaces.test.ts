// Where people meet the assistant in Telegram: private chats, groups, topics, buttons, whispers, inline mode.

import { afterEach, expect, test, vi } from 'vitest'
import type { Block } from '../../../src/chat/reply.ts'
import { anonymous, ownMessage, person } from '../../platforms/telegram-people.ts'
import { bot, reasons } from '../../platforms/telegram-world.ts'
import {
  createReply,
  offer,
  openStand,
  say,
  showPosted,
  type Stand,
  type StandOptions,
} from './stand.ts'

const [ana, group, forum] = [1001, -100200, -100300]
const topic = { message_thread_id: 5, is_topic_message: true }

const stands: Stand[] = []
afterEach(async () => {
  await Promise.all(stands.splice(0).map((stand) => stand.close()))
})
async function open(options: StandOptions = {}) {
  const stand = await openStand({ receive: () => Promise.resolve(say('answered')), ...options })
  stands.push(stand)
  await stand.start()
  await stand.server.settle()
  return stand
}
const lastOf = (stand: Stand, chat: number) => stand.postedIn(chat).at(-1)
/** Said, received and answered. */
async function settle(stand: Stand, giving: Promise<void>) {
  await giving
  await stand.server.settle()
}

test.each([
  ['/ask what is OGP', { kind: 'command', name: 'ask', argument: 'what is OGP' }],
  [`/deadlines@${bot.username} Kenya`, { kind: 'command', name: 'deadlines', argument: 'Kenya' }],
  ['/Remind', { kind: 'command', name: 'remind', argument: '' }],
  ['/start', { kind: 'command', name: 'help', argument: '' }],
  ['/start nonsense', { kind: 'command', name: 'help', argument: '' }],
  ['/start a-action-plan', { kind: 'choice', id: 'a:action-plan' }],
  ['/start a-action-plan_who', { kind: 'choice', id: 'a:action-plan:who' }],
  ['/start d-kenya', { kind: 'choice', id: 'd:kenya' }],
  ['/start r-kenya', { kind: 'choice', id: 'r:kenya' }],
  ['/unheard of', { kind: 'question', text: '/unheard of' }],
  ['what is co-creation?', { kind: 'question', text: 'what is co-creation?' }],
])('in private, "%s" is understood', async (text, content) => {
  const stand = await open()
  await settle(stand, stand.people.say(text))
  expect(stand.received).toMatchObject([
    {
      ...content,
      audience: 'private',
      mayAdminister: true,
      language: 'es',
      direct: 'telegram:1001',
    },
  ])
  expect(stand.received[0]).toMatchObject({
    conversation: 'telegram:1001',
    author: 'telegram:1001',
  })
  expect(lastOf(stand, ana)).toMatchObject({ text: 'answered' })
  expect(lastOf(stand, ana)?.args).not.toHaveProperty('reply_parameters')
  expect(lastOf(stand, ana)?.args).toMatchObject({ link_preview_options: { is_disabled: true } })
})

test.each([
  ['a command', '/topics', {}],
  ['its command', `/topics@${bot.username.toUpperCase()}`, {}],
  ['a reply to it', 'and who?', { reply_to_message: ownMessage }],
  ['a mention where it is shown', `what is OGP, @${bot.username}?`, {}],
  [
    'a mention without a name',
    'OGP, hello',
    { entities: [{ type: 'text_mention', offset: 0, length: 3, user: bot }] },
  ],
])('in a group it answers %s, openly, under the message', async (_, text, extra) => {
  const stand = await open({ receive: () => Promise.resolve(say('answered', 'shared')) })
  await settle(stand, stand.people.say(text, { chat: group, extra }))
  expect(stand.received).toMatchObject([
    {
      audience: 'shared',
      shareable: false,
      conversation: 'telegram:-100200',
      direct: 'telegram:1001',
    },
  ])
  const [said] = stand.server.world.chat(group).said
  expect(lastOf(stand, group)).toMatchObject({ text: 'answered', replyTo: said })
  expect(lastOf(stand, group)?.receiver).toBeUndefined()
})

test('only the first part of a long reply answers the message', async () => {
  const text = 'word '.repeat(2_000)
  const stand = await open({ receive: () => Promise.resolve(say(text, 'shared')) })
  await settle(stand, stand.people.say('/topics', { chat: group }))
  expect(stand.postedIn(group).map(({ replyTo }) => replyTo !== undefined)).toEqual([
    true,
    false,
    false,
  ])
})

test('what was deleted meanwhile is answered all the same', async () => {
  const stand = await open({ receive: () => Promise.resolve(say('answered', 'shared')) })
  await settle(stand, stand.people.say('/topics', { chat: group, extra: { message_id: 5 } }))
  expect(lastOf(stand, group)).toMatchObject({ text: 'answered' })
})

test('a topic is a conversation of its own; a chain of replies is none', async () => {
  const stand = await open()
  await settle(stand, stand.people.say('/help', { chat: forum, extra: topic }))
  await settle(stand, stand.people.say('/help', { chat: forum, extra: { message_thread_id: 77 } }))
  expect(stand.received.map(({ conversation }) => conversation)).toEqual([
    'telegram:-100300/5',
    'telegram:-100300',
  ])
  expect(stand.postedIn(forum).map((posted) => posted.topic)).toEqual([5, undefined])
})

test.each([
  ['a member', 1001, {}, false],
  ['an administrator', 1002, {}, true],
  ['somebody unknown to Telegram', 1003, {}, false],
  [
    'an anonymous administrator',
    0,
    { from: anonymous, sender_chat: { id: group, type: 'supergroup' } },
    true,
  ],
  [
    'a channel',
    0,
    { from: { ...anonymous, id: 136_817_688 }, sender_chat: { id: -100777, type: 'channel' } },
    false,
  ],
])('in a group, %s may change its reminders or not', async (_, user, extra, may) => {
  const stand = await open()
  await settle(stand, stand.people.say('/remind Kenya', { chat: group, user, extra }))
  expect(stand.received).toMatchObject([{ mayAdminister: may }])
  expect(stand.received[0]?.direct).toBe(user === 0 ? undefined : `telegram:${user}`)
})

test('who administers is asked once a minute, and again when Telegram did not say', async () => {
  const stand = await open()
  stand.server.failNext('getChatMember', { kind: 'error', code: 500, description: 'x' })
  for (let count = 0; count < 3; count++)
    await settle(stand, stand.people.say('/help', { chat: group, user: 1002 }))
  expect(stand.received.map(({ mayAdminister }) => mayAdminister)).toEqual([false, true, true])
  expect(stand.server.callsOf('getChatMember')).toHaveLength(2)
})

test('a button is confirmed at once, while the answer is still being thought of', async () => {
  const gate = Promise.withResolvers<null>()
  const stand = await open({
    receive: (message) =>
      message.kind === 'choice' ? gate.promise : Promise.resolve(offer('private', 'Who', 'When')),
  })
  await settle(stand, stand.people.say('hello'))
  expect(lastOf(stand, ana)?.buttons).toEqual([
    [
      { text: 'Who', callback_data: 'a:who' },
      { text: 'When', callback_data: 'a:when' },
    ],
  ])
  await settle(stand, stand.people.press('When'))
  expect(stand.received.at(-1)).toMatchObject({
    kind: 'choice',
    id: 'a:when',
    sentAt: expect.anything() as unknown,
  })
  expect(stand.server.world.answeredPresses).toHaveLength(1)
  gate.resolve(null)
})

test('a press of an old button in a topic is answered there, also when Telegram tells little of the message', async () => {
  const stand = await open({
    receive: (message) =>
      Promise.resolve(message.kind === 'choice' ? say('chosen', 'shared') : offer('shared', 'Who')),
  })
  await settle(stand, stand.people.say('/topics', { chat: forum, extra: topic }))
  await settle(stand, stand.people.press('Who', { chat: forum }))
  expect(lastOf(stand, forum)).toMatchObject({ text: 'chosen', topic: 5 })
  stand.server.failNext('answerCallbackQuery', {
    kind: 'error',
    code: 400,
    description: 'Bad Request: query is too old',
  })
  await settle(stand, stand.people.press('Who', { chat: forum, extra: { date: 0 } }))
  expect(stand.received.at(-1)).toMatchObject({ kind: 'choice', id: 'a:who' })
  expect(stand.postedIn(forum)).toHaveLength(3)
})

test('a private reply in a group is shown to its author alone', async () => {
  const stand = await open({
    receive: (message) =>
      Promise.resolve(message.kind === 'choice' ? say('chosen') : offer('private', 'Who')),
  })
  await settle(stand, stand.people.say('/privacy', { chat: group }))
  expect(lastOf(stand, group)).toMatchObject({ receiver: ana })
  await settle(stand, stand.people.press('Who', { chat: group }))
  expect(lastOf(stand, group)).toMatchObject({ text: 'chosen', receiver: ana })
  expect(lastOf(stand, group)?.args['ephemeral_message_parameters']).toMatchObject({
    callback_query_id: stand.server.world.answeredPresses[0],
  })
})

test('where Telegram refuses that, it goes to the private chat, else to the group', async () => {
  const stand = await open()
  const refusal = { kind: 'error', code: 400, description: 'Bad Request: x' } as const
  stand.server.failNext('sendMessage', refusal)
  await settle(stand, stand.people.say('/privacy', { chat: group }))
  expect(stand.postedIn(group)).toHaveLength(0)
  expect(lastOf(stand, ana)).toMatchObject({ text: 'answered' })
  stand.server.world.chat(ana).closed = reasons.notStarted
  stand.server.failNext('sendMessage', refusal)
  await settle(stand, stand.people.say('/privacy', { chat: group }))
  expect(lastOf(stand, group)).toMatchObject({ text: 'answered' })
  expect(lastOf(stand, group)?.receiver).toBeUndefined()
})

test('a whispered command is answered in a whisper, and may be shown to all', async () => {
  const stand = await open({
    receive: (message) =>
      Promise.resolve(
        message.kind === 'choice' ? say('for all', 'shared') : offer('private', 'Show'),
      ),
  })
  const extra = { message_id: 0, ephemeral_message_id: 31 }
  await settle(stand, stand.people.say('/reminders', { chat: group, extra }))
  expect(stand.received).toMatchObject([{ audience: 'private', shareable: true }])
  expect(lastOf(stand, group)).toMatchObject({ receiver: ana })
  expect(lastOf(stand, group)?.args['reply_parameters']).toEqual({ ephemeral_message_id: 31 })
  await settle(
    stand,
    stand.people.press('Show', { chat: group, extra: { ephemeral_message_id: 32 } }),
  )
  expect(stand.received.at(-1)).toMatchObject({
    kind: 'choice',
    audience: 'private',
    shareable: true,
  })
  expect(lastOf(stand, group)).toMatchObject({ text: 'for all' })
  expect(lastOf(stand, group)?.receiver).toBeUndefined()
})

test.each([
  ['blocked by a person', ana, 'member', 'kicked'],
  ['removed from a group', group, 'administrator', 'left'],
])('when it is %s, the core learns it', async (_, chat, before, now) => {
  const stand = await open({ receive: () => Promise.resolve(null) })
  await settle(stand, stand.people.change(chat, before, now))
  expect(stand.received).toMatchObject([{ kind: 'removed', conversation: `telegram:${chat}` }])
})

test('when a group becomes a supergroup, the core learns its new name', async () => {
  const stand = await open({ receive: () => Promise.resolve(null) })
  await settle(stand, stand.people.say('', { chat: -400, extra: { migrate_to_chat_id: -100999 } }))
  expect(stand.received).toMatchObject([
    { kind: 'moved', conversation: 'telegram:-400', to: 'telegram:-100999' },
  ])
})

test('brought into a group, it says what it cannot hear; as an administrator it hears all', async () => {
  const stand = await open()
  await settle(stand, stand.people.change(group, 'left', 'administrator'))
  await settle(stand, stand.people.change(group, 'member', 'administrator'))
  expect(stand.postedIn(group)).toHaveLength(0)
  await settle(stand, stand.people.change(group, 'kicked', 'member'))
  expect(lastOf(stand, group)?.text).toContain(`/ask@${bot.username}`)
  expect(lastOf(stand, group)?.text).toContain('grupo')
  expect(stand.received).toHaveLength(0)
})

test('inline mode offers what fits, each with a link that opens the answer', async () => {
  const asked: unknown[] = []
  const stand = await open({
    suggest: (...query) => {
      asked.push(query)
      return query[3] === 'jurisdiction'
        ? [{ id: 'd:kenya', label: 'Kenya' }]
        : [
            { id: 'a:co-creation', label: 'Co-creation' },
            { id: 'a:co-creation:who', label: 'Who <co-creates>?' },
            { id: 'a:co-creation', label: 'Co-creation again' },
            { id: `a:${'x'.repeat(62)}:who`, label: 'Too long for a link' },
            ...Array.from({ length: 20 }, (_, n) => ({ id: `a:n${n}`, label: `N${n}` })),
          ]
    },
  })
  await settle(stand, stand.people.search('keny'))
  expect(asked).toEqual([
    ['keny', 'es', 3, 'jurisdiction'],
    ['keny', 'es', 10],
  ])
  const [answer] = stand.server.world.inlineAnswers
  expect(answer).toMatchObject({ is_personal: true })
  const results = answer?.['results'] as {
    title: string
    reply_markup: { inline_keyboard: { url: string; text: string }[][] }
  }[]
  expect(results).toHaveLength(10)
  expect(
    results.slice(0, 4).map(({ reply_markup: { inline_keyboard } }) => inline_keyboard[0]?.[0]),
  ).toEqual([
    { text: 'Leer la respuesta', url: `https://t.me/${bot.username}?start=d-kenya` },
    { text: 'Leer la respuesta', url: `https://t.me/${bot.username}?start=a-co-creation` },
    { text: 'Leer la respuesta', url: `https://t.me/${bot.username}?start=a-co-creation_who` },
    { text: 'Leer la respuesta', url: `https://t.me/${bot.username}` },
  ])
  await settle(stand, stand.people.search('', { ...person(1001), language_code: undefined }))
  expect(asked.at(-1)).toEqual(['', 'en', 10])
})

test('an answer comes with marks, links and buttons, and a file after it', async () => {
  const blocks: [Block, ...Block[]] = [
    {
      kind: 'answer',
      entry: 'e',
      facet: 'who',
      title: 'Title <1>',
      facetLabel: 'Who',
      text: 'Some & all.',
      list: ['one', 'two'],
      sources: [{ text: 'Handbook, 2025', url: 'https://example.org/?a=1&b="2"' }],
    },
    {
      kind: 'choices',
      role: 'feedback',
      prompt: 'Did this help?',
      choices: [{ id: 'y:e:who', label: 'Yes' }],
    },
    {
      kind: 'file',
      name: 'dates.ics',
      mediaType: 'text/calendar',
      content: 'BEGIN:VCALENDAR',
      label: 'All dates',
    },
  ]
  const stand = await open({ receive: () => Promise.resolve(createReply('private', ...blocks)) })
  await settle(stand, stand.people.say('hello'))
  const [text, file] = stand.postedIn(ana)
  expect(text && showPosted(text)).toBe(
    'Title <1> · Who\n\nSome & all.\n• one\n• two\n\nHandbook, 2025\n\nAll dates\n[Yes]',
  )
  expect(text?.entities).toMatchObject([
    { type: 'bold', offset: 0, length: 9 },
    { type: 'italic' },
    { type: 'text_link', url: 'https://example.org/?a=1&b="2"' },
  ])
  expect(file?.file).toEqual({ name: 'dates.ics', content: 'BEGIN:VCALENDAR' })
})

test('a reply that Telegram defers arrives after the pause, once', async () => {
  const stand = await open()
  const slow = {
    kind: 'error',
    code: 429,
    description: 'Too Many Requests',
    parameters: { retry_after: 0.05 },
  } as const
  stand.server.failNext('sendMessage', slow, slow)
  await stand.people.say('hello')
  await vi.waitFor(() => {
    expect(stand.postedIn(ana)).toHaveLength(1)
  })
  stand.server.failNext('sendMessage', { kind: 'cut', when: 'after' })
  await settle(stand, stand.people.say('hello'))
  expect(stand.postedIn(ana)).toHaveLength(2)
  expect(stand.logLines.join('\n')).toContain('Cannot answer')
})
