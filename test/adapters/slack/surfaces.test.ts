// Every surface of Slack on which people meet the assistant, over the wire.

import { afterEach, describe, expect, test } from 'vitest'
import type { Receive } from '../../../src/chat/adapter.ts'
import type { Block, FormBlock } from '../../../src/chat/reply.ts'
import { findButtons } from '../../platforms/slack-people.ts'
import { showMessage } from '../../platforms/slack-screen.ts'
import type { Json } from '../../platforms/slack-limits.ts'
import { eventually, createReply, openStand, say, type Stand } from './stand.ts'

const stands: Stand[] = []
afterEach(async () => {
  await Promise.all(stands.splice(0).map((stand) => stand.close()))
})

async function startStand(receive?: Receive) {
  const suggest = () => [
    { id: 's:0', label: 'What is OGP?' },
    { id: 's:1', label: 'Which deadlines are next?' },
  ]
  const stand = await openStand({ suggest, ...(receive && { receive }) })
  stands.push(stand)
  await stand.start()
  return stand
}

const answerAll: Receive = ({ audience }) => Promise.resolve(say('the answer', audience))
const postedIn = ({ slack }: Stand, channel: string) =>
  slack.workspace.channels.get(channel)?.messages.filter(({ bot_id }) => bot_id === 'B1') ?? []
const ephemeralIn = ({ slack }: Stand, channel: string) =>
  slack.workspace.channels.get(channel)?.ephemeral ?? []

const form: FormBlock = {
  kind: 'form',
  name: 'remind',
  title: 'Reminders of a plan',
  submitLabel: 'Save',
  fallback: 'Type "remind Kenya 30 7"',
  fields: [
    {
      id: 'plan',
      kind: 'text',
      label: 'Country',
      isOptional: false,
      value: '',
      placeholder: 'Kenya',
    },
    {
      id: 'days',
      kind: 'select',
      label: 'Days before',
      isOptional: true,
      isMultiple: true,
      value: '30,7',
      options: ['30', '14', '7'].map((value) => ({ value, label: `${value} days` })),
    },
  ],
}
const withForm: Receive = (message) =>
  Promise.resolve(
    message.kind === 'form' ? say('saved', message.audience) : createReply(message.audience, form),
  )

describe('a direct message', () => {
  test('is answered in the direct conversation, with the person, language and zone that Slack knows', async () => {
    const stand = await startStand(answerAll)
    await stand.people.say('what is a plan &amp; why')
    await eventually(() => {
      expect(postedIn(stand, 'DU1')).toHaveLength(1)
    })
    expect(postedIn(stand, 'DU1')[0]).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
    })
    expect(stand.received[0]).toMatchObject({
      kind: 'question',
      audience: 'private',
      mayAdminister: true,
      conversation: 'T1/U1',
      direct: 'T1/U1',
      language: 'es-ES',
      zone: 'America/Bogota',
    })
    expect(stand.received[0]?.shareable).toBe(false)
  })

  test('in a thread is answered there', async () => {
    const stand = await startStand(answerAll)
    await stand.people.say('first')
    await eventually(() => {
      expect(postedIn(stand, 'DU1')).toHaveLength(1)
    })
    const { ts } = stand.slack.workspace.channels.get('DU1')?.messages[0] ?? { ts: '' }
    await stand.people.say('more', { thread_ts: ts })
    await eventually(() => {
      expect(postedIn(stand, 'DU1')[1]).toMatchObject({ thread_ts: ts })
    })
  })

  test('is answered when Slack tells nothing of the person', async () => {
    const stand = await startStand(answerAll)
    stand.slack.failNext('users.info', { kind: 'error', code: 'unknown_method' })
    await stand.people.say('hello')
    await eventually(() => {
      expect(postedIn(stand, 'DU1')).toHaveLength(1)
    })
    expect(stand.received[0]).not.toHaveProperty('language')
  })

  test('waits as long as Slack asks, and is answered once', async () => {
    const stand = await startStand(answerAll)
    stand.slack.failNext('chat.postMessage', { kind: 'status', status: 429, retryAfter: '1' })
    await stand.people.say('hello')
    await eventually(() => {
      expect(postedIn(stand, 'DU1')).toHaveLength(1)
    })
    expect(stand.slack.callsOf('chat.postMessage')).toHaveLength(2)
  })
})

describe('a mention', () => {
  test('is answered in its thread, and a follow-up there needs none', async () => {
    const stand = await startStand(answerAll)
    const { ts } = await stand.people.mention('C1', 'what is OGP')
    await eventually(() => {
      expect(postedIn(stand, 'C1')).toHaveLength(1)
    })
    expect(postedIn(stand, 'C1')[0]).toMatchObject({ thread_ts: ts })
    await stand.people.sayIn('C1', 'and examples?', { thread_ts: ts, user: 'U2' })
    await eventually(() => {
      expect(postedIn(stand, 'C1')).toHaveLength(2)
    })
    expect(postedIn(stand, 'C1')[1]).toMatchObject({ thread_ts: ts })
    expect(stand.received.map((message) => message.conversation)).toEqual([
      `T1/C1/${ts}`,
      `T1/C1/${ts}`,
    ])
    expect(stand.received[0]).toMatchObject({
      kind: 'question',
      text: 'what is OGP',
      audience: 'shared',
    })
  })

  test('a follow-up that names somebody else is theirs', async () => {
    const stand = await startStand(answerAll)
    const { ts } = await stand.people.mention('C1', 'what is OGP')
    await stand.people.sayIn('C1', '<@U2> can you look?', { thread_ts: ts })
    await stand.slack.settle()
    expect(stand.received).toHaveLength(1)
  })

  test('a follow-up is heard after a restart', async () => {
    const stand = await startStand(answerAll)
    const asked = {
      ...{ user: 'U1', text: '<@UT1BOT> what is OGP' },
      ts: stand.slack.workspace.nextTs(),
    }
    stand.slack.workspace.channels.get('C1')?.messages.push(asked)
    await stand.people.sayIn('C1', 'and examples?', { thread_ts: asked.ts })
    await eventually(() => {
      expect(stand.received).toHaveLength(1)
    })
  })

  test('in the midst of a thread of people only who named it is followed', async () => {
    const stand = await startStand(answerAll)
    const { ts } = await stand.people.sayIn('C1', 'our plan is late')
    await stand.people.mention('C1', 'what happens then', { thread_ts: ts })
    await stand.people.sayIn('C1', 'oh no', { thread_ts: ts, user: 'U2' })
    await stand.people.sayIn('C1', 'and then?', { thread_ts: ts })
    await eventually(() => {
      expect(stand.received).toHaveLength(2)
    })
    await stand.slack.settle()
    expect(stand.received.map((message) => message.author)).toEqual(['T1/U1', 'T1/U1'])
  })

  test('alone asks for help', async () => {
    const stand = await startStand(answerAll)
    await stand.people.mention('C1', '')
    await eventually(() => {
      expect(stand.received[0]).toMatchObject({ kind: 'command', name: 'help' })
    })
  })

  test('admins and who made the channel may administer it, others may not', async () => {
    const stand = await startStand()
    await stand.people.mention('C1', 'a', { user: 'U1' })
    await stand.people.mention('C1', 'b', { user: 'U2' })
    await eventually(() => {
      expect(stand.received).toHaveLength(2)
    })
    const may = stand.received.map(({ author, mayAdminister }) => [author, mayAdminister])
    expect(Object.fromEntries(may)).toEqual({ 'T1/U1': false, 'T1/U2': true })
  })
})

describe('/ogp', () => {
  test('is acknowledged, and answered for the person alone', async () => {
    const stand = await startStand(answerAll)
    await stand.people.command('ask what is OGP')
    await eventually(() => {
      expect(stand.slack.responses).toHaveLength(1)
    })
    expect(stand.slack.responses[0]).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
    })
    expect(stand.received[0]).toMatchObject({
      kind: 'command',
      name: 'ask',
      argument: 'what is OGP',
      audience: 'private',
      shareable: true,
      conversation: 'T1/C1',
      direct: 'T1/U1',
    })
    expect(postedIn(stand, 'C1')).toEqual([])
  })

  test.each([
    ['deadlines Kenya', { name: 'deadlines', argument: 'Kenya' }],
    ['', { name: 'help', argument: '' }],
    ['what is a plan', { kind: 'question', text: 'what is a plan' }],
  ])('"%s"', async (typed, expected) => {
    const stand = await startStand()
    await stand.people.command(typed)
    await eventually(() => {
      expect(stand.received[0]).toMatchObject(expected)
    })
  })

  test("in a direct conversation is the person's own and cannot be shared", async () => {
    const stand = await startStand()
    await stand.people.command('reminders', 'DU1')
    await eventually(() => {
      expect(stand.received[0]).toMatchObject({ conversation: 'T1/U1', shareable: false })
    })
  })

  test('is answered where the response_url fails', async () => {
    const stand = await startStand(answerAll)
    stand.slack.failNext('response_url', { kind: 'status', status: 404 })
    await stand.people.command('help')
    await eventually(() => {
      expect(ephemeralIn(stand, 'C1')).toHaveLength(1)
    })
  })

  test('"show to the channel" shows it, also where the assistant is no member', async () => {
    const stand = await startStand((message) =>
      Promise.resolve(message.kind === 'choice' ? say('for all', 'shared') : say('mine')),
    )
    const ephemeral = {
      container: { is_ephemeral: true },
      response_url: `${stand.slack.url}/respond/2`,
    }
    const share = { action_id: 'choice:1:0', value: 'share' }
    await stand.people.press(share, { channel: { id: 'C1' }, ...ephemeral })
    await eventually(() => {
      expect(postedIn(stand, 'C1').map(showMessage)).toEqual(['for all'])
    })
    await stand.people.press(share, { channel: { id: 'C2' }, ...ephemeral })
    await eventually(() => {
      expect(stand.slack.responses).toMatchObject([{ response_type: 'in_channel' }])
    })
  })

  test('advises to invite the assistant when reminders are set up where it is no member', async () => {
    const stand = await startStand(answerAll)
    await stand.people.command('remind Kenya', 'C2')
    await stand.people.command('remind Kenya', 'C1')
    await eventually(() => {
      expect(stand.slack.responses).toHaveLength(2)
    })
    const shown = stand.slack.responses.map((message) => showMessage(message).includes('/invite'))
    expect(shown.sort()).toEqual([false, true])
  })
})

describe('buttons', () => {
  const choices: Block = {
    kind: 'choices',
    role: 'offer',
    prompt: 'Did you mean:',
    choices: [
      { id: 'a:plan', label: 'Action plan' },
      { id: 'a:irm', label: 'IRM' },
    ],
  }

  test('come back as the choice, answered in the thread of their message', async () => {
    const stand = await startStand((message) =>
      Promise.resolve(
        message.kind === 'choice'
          ? say('chosen', message.audience)
          : createReply(message.audience, choices),
      ),
    )
    await stand.people.mention('C1', 'plan')
    await eventually(() => {
      expect(postedIn(stand, 'C1')).toHaveLength(1)
    })
    const [message] = postedIn(stand, 'C1')
    const [, second] = findButtons(message?.['blocks'])
    expect(second).toMatchObject({ value: 'a:irm', label: 'IRM' })
    await stand.people.press(second ?? {}, { channel: { id: 'C1' }, message: message ?? {} })
    await eventually(() => {
      expect(postedIn(stand, 'C1')).toHaveLength(2)
    })
    expect(postedIn(stand, 'C1')[1]).toMatchObject({ thread_ts: message?.['thread_ts'] })
    expect(stand.received[1]).toMatchObject({
      kind: 'choice',
      id: 'a:irm',
      conversation: stand.received[0]?.conversation,
    })
  })

  test('of a message in the channel are answered in its thread, for the channel', async () => {
    const stand = await startStand(answerAll)
    const reminder = { ts: '1.1', text: 'due' }
    stand.slack.workspace.channels.get('C1')?.messages.push(reminder)
    await stand.people.press(
      { action_id: 'choice:0:0', value: 'stop:1' },
      { channel: { id: 'C1' }, message: reminder, container: undefined },
    )
    await eventually(() => {
      expect(postedIn(stand, 'C1')).toMatchObject([{ thread_ts: '1.1' }])
    })
    expect(stand.received[0]).toMatchObject({ conversation: 'T1/C1', audience: 'shared' })
  })

  test("that are not the assistant's are acknowledged and ignored", async () => {
    const stand = await startStand(answerAll)
    await stand.people.press({ action_id: 'other', value: 'x' }, { channel: { id: 'C1' } })
    await stand.people.press(
      { type: 'datepicker', action_id: 'choice:1' },
      { channel: { id: 'C1' } },
    )
    await stand.slack.settle()
    expect(stand.received).toEqual([])
  })
})

test('the message shortcut asks about a message, in its thread, for the person alone', async () => {
  const stand = await startStand(answerAll)
  const root = await stand.people.sayIn('C1', 'what is &lt;OGP&gt;?')
  await stand.people.shortcut({ type: 'message', ...root })
  await eventually(() => {
    expect(stand.slack.responses).toMatchObject([
      { response_type: 'ephemeral', thread_ts: root.ts },
    ])
  })
  expect(stand.received[0]).toMatchObject({
    kind: 'question',
    text: 'what is <OGP>?',
    shareable: true,
  })
})

describe('forms', () => {
  test('open as a dialog, and what is filled in comes back with the place it was asked in', async () => {
    const stand = await startStand(withForm)
    await stand.people.command('remind')
    await eventually(() => {
      expect(stand.slack.workspace.views).toHaveLength(1)
    })
    await stand.slack.settle()
    expect(stand.slack.responses).toEqual([])
    const [view] = stand.slack.workspace.views
    expect(view).toMatchObject({ title: { text: 'Reminders of a plan' }, submit: { text: 'Save' } })
    await stand.people.submit(view ?? {}, {
      plan: { plan: { type: 'plain_text_input', value: 'Kenya' } },
      days: {
        days: { type: 'multi_static_select', selected_options: [{ value: '30' }, { value: '7' }] },
      },
    })
    await eventually(() => {
      expect(stand.slack.responses.map(showMessage)).toEqual(['saved'])
    })
    expect(stand.received[1]).toMatchObject({
      kind: 'form',
      name: 'remind',
      fields: { plan: 'Kenya', days: '30,7' },
      conversation: 'T1/C1',
      audience: 'private',
    })
  })

  test('say how to type the same where no dialog can open', async () => {
    const stand = await startStand(withForm)
    await stand.people.say('remind me')
    await eventually(() => {
      expect(postedIn(stand, 'DU1').map(showMessage)).toEqual(['Type "remind Kenya 30 7"'])
    })
    stand.slack.failNext('views.open', { kind: 'error', code: 'expired_trigger_id' })
    await stand.people.command('remind')
    await eventually(() => {
      expect(stand.slack.responses.map(showMessage)).toEqual(['Type "remind Kenya 30 7"'])
    })
  })
})

describe("the app's own tabs", () => {
  const home: Receive = (message) => {
    if (message.kind === 'command' && message.name === 'settings')
      return Promise.resolve(createReply('private', { ...form, name: 'settings' }))
    const name = message.kind === 'command' ? message.name : message.kind
    return Promise.resolve(say(`about ${name}`))
  }

  test('Home shows what the core says of reminders, deadlines and settings', async () => {
    const stand = await startStand(home)
    await stand.people.openTab('home')
    await eventually(() => {
      expect(stand.slack.workspace.homes.has('U1')).toBe(true)
    })
    const view = stand.slack.workspace.homes.get('U1') ?? {}
    const shown = showMessage(view)
    expect(shown).toContain('about reminders\nabout deadlines')
    expect(shown).toContain('Days before: 30 days, 7 days')
    expect(stand.received.map(({ conversation }) => conversation)).toEqual(Array(4).fill('T1/U1'))
    expect(new Set(stand.received.map(({ eventKey }) => eventKey)).size).toBe(4)
  })

  test('a button of the Home tab opens the form, and another is answered in a dialog', async () => {
    const stand = await startStand(home)
    await stand.people.openTab('home')
    await eventually(() => {
      expect(stand.slack.workspace.homes.has('U1')).toBe(true)
    })
    const [settings] = findButtons(stand.slack.workspace.homes.get('U1'))
    await stand.people.press(settings ?? {}, { view: { type: 'home' } })
    await eventually(() => {
      expect(stand.slack.workspace.views).toMatchObject([{ callback_id: 'form:settings' }])
    })
    await stand.people.press(
      { action_id: 'choice:0:0', value: 'stop:1' },
      { view: { type: 'home' } },
    )
    await eventually(() => {
      expect(stand.slack.workspace.views).toHaveLength(2)
    })
    expect(showMessage(stand.slack.workspace.views[1] ?? {})).toContain('about choice')
  })

  test('Messages has prompts', async () => {
    const stand = await startStand()
    await stand.people.openTab('messages')
    await eventually(() => {
      expect(stand.slack.workspace.prompts).toEqual([
        { title: 'What is OGP?', message: 'What is OGP?' },
        { title: 'Which deadlines are next?', message: 'Which deadlines are next?' },
      ])
    })
  })
})

describe('files', () => {
  const calendar: Block = {
    kind: 'file',
    name: 'kenya.ics',
    mediaType: 'text/calendar',
    content: 'BEGIN:VCALENDAR',
    label: 'The dates of Kenya',
  }
  const sendCalendar: Receive = ({ audience }) => Promise.resolve(createReply(audience, calendar))
  const files = (stand: Stand, channel: string) =>
    (stand.slack.workspace.channels.get(channel)?.messages ?? []).flatMap(({ file }) =>
      file === undefined ? [] : [file as Json],
    )

  test('are uploaded into the thread where they were asked for', async () => {
    const stand = await startStand(sendCalendar)
    await stand.people.mention('C1', 'calendar')
    await eventually(() => {
      expect(files(stand, 'C1')).toMatchObject([{ name: 'kenya.ics' }])
    })
    expect(String(files(stand, 'C1')[0]?.['body'])).toContain('BEGIN:VCALENDAR')
  })

  test('for one person in a channel go to their direct conversation', async () => {
    const stand = await startStand(sendCalendar)
    await stand.people.command('deadlines Kenya')
    await eventually(() => {
      expect(files(stand, 'DU1')).toMatchObject([{ name: 'kenya.ics' }])
    })
    expect(files(stand, 'C1')).toEqual([])
  })
})

test('being removed and a new identity of a channel are told to the core', async () => {
  const stand = await startStand()
  const { ts } = await stand.people.mention('C1', 'x')
  await stand.slack.settle()
  await stand.people.event({
    type: 'channel_id_changed',
    old_channel_id: 'C2',
    new_channel_id: 'C3',
  })
  await stand.people.event({ type: 'channel_left', channel: 'C1' })
  await eventually(() => {
    expect(stand.received).toHaveLength(4)
  })
  expect(stand.received.slice(1).map(({ kind, conversation }) => [kind, conversation])).toEqual([
    ['moved', 'T1/C2'],
    ['removed', `T1/C1/${ts}`],
    ['removed', 'T1/C1'],
  ])
  await stand.people.event({ type: 'app_uninstalled' })
  await stand.people.event({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } })
  await stand.slack.settle()
  expect(stand.received).toHaveLength(4)
})
