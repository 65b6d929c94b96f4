// What people write, and what the assistant posts in channels: threads, private answers, missing permissions, deliveries.

import { describe, expect, test } from 'vitest'
import { toConversationId } from '../../../src/chat/message.ts'
import { showMessage } from '../../platforms/discord-screen.ts'
import { createReply, say, useStands, type Stand } from './stand.ts'

const { openSaying } = useStands()
const read = ({ discord }: Stand, channel: string) => discord.channels.get(channel) ?? []
const showChannel = (stand: Stand, channel: string) =>
  read(stand, channel).map(showMessage).join('\n')
const post = 'POST /channels/:id/messages'

describe('a message', () => {
  test('that mentions the assistant is answered as a reply, and mentions nobody', async () => {
    const stand = await openSaying(say('hello @everyone', 'shared'))
    const { people, discord, received } = stand
    const asked = await people.mention('what is OGP?')
    while (read(stand, '3001').length === 0) await discord.settle()
    expect(received).toMatchObject([{ kind: 'question', text: 'what is OGP?', audience: 'shared' }])
    expect(read(stand, '3001')).toMatchObject([
      {
        message_reference: { message_id: asked.id, fail_if_not_exists: false },
        allowed_mentions: { parse: [] },
        enforce_nonce: true,
      },
    ])
    expect(showChannel(stand, '3001')).toBe('hello @everyone')
  })

  test('that replies to the assistant counts as said to it, and a bare mention asks for help', async () => {
    const { people, discord, received } = await openSaying(null)
    const mentions = [{ id: '1000', username: 'ogp' }]
    await people.write('and examples?', { channel: '3001' }, { type: 19, mentions })
    await people.mention('')
    while (received.length < 2) await discord.settle()
    expect(received).toMatchObject([
      { kind: 'question', text: 'and examples?' },
      { kind: 'command', name: 'help' },
    ])
  })

  test.each([
    ['2001', true],
    ['2002', false],
  ])('of somebody with the role %s may administer: %s', async (role, expected) => {
    const { people, discord, received } = await openSaying(null)
    discord.memberRoles = [role]
    await people.mention('remind us')
    while (received.length === 0) await discord.settle()
    expect(received[0]?.mayAdminister).toBe(expected)
  })

  test('is answered though Discord does not say who may do what', async () => {
    const { people, discord, received } = await openSaying(null)
    discord.failNext('GET /guilds/:id/members/:user', { kind: 'error', status: 403, code: 50001 })
    await people.mention('remind us')
    while (received.length === 0) await discord.settle()
    expect(received[0]?.mayAdminister).toBe(false)
  })

  test('takes the language that its author used a command in', async () => {
    const { people, discord, received } = await openSaying(null)
    await people.command('help', {}, { locale: 'pt-BR' })
    await people.write('o que é a OGP?')
    while (received.length < 2) await discord.settle()
    expect(received[1]?.language).toBe('pt-BR')
  })

  test('in a direct conversation needs no mention, and no field that Discord does not document', async () => {
    const stand = await openSaying(say('hello'))
    await stand.people.write('hi')
    while (read(stand, '7500').length === 0) await stand.discord.settle()
    expect(stand.received[0]).toMatchObject({ conversation: 'user/500', mayAdminister: true })
    expect(showChannel(stand, '7500')).toBe('hello')
  })
})

describe('an answer', () => {
  test('that is private goes to its author alone', async () => {
    const stand = await openSaying(say('about you'))
    await stand.people.mention('privacy')
    while (read(stand, '7500').length === 0) await stand.discord.settle()
    expect(showChannel(stand, '7500')).toBe('about you')
    expect(showChannel(stand, '3001')).toBe('')
  })

  test('that may not be posted goes to its author, with what is missing', async () => {
    const stand = await openSaying(say('openness', 'shared'))
    stand.discord.failNext(post, { kind: 'error', status: 403, code: 50013 })
    await stand.people.mention('what is OGP?')
    while (read(stand, '7500').length === 0) await stand.discord.settle()
    expect(showChannel(stand, '7500')).toContain('openness')
    expect(showChannel(stand, '7500')).toContain('Send Messages')
  })

  test.each([
    ['a cut after the effect', { kind: 'cut', when: 'after' }],
    ['a 502', { kind: 'error', status: 502 }],
    ['a 429', { kind: 'limit', seconds: 0.01, scope: 'user' }],
  ] as const)('is neither lost nor doubled by %s', async (_, fault) => {
    const stand = await openSaying(say('openness', 'shared'))
    stand.discord.failNext(post, fault)
    await stand.people.mention('what is OGP?')
    while (stand.discord.called(post).length === 0) await stand.discord.settle()
    while (read(stand, '3001').length === 0) await stand.discord.settle()
    await stand.discord.settle()
    expect(showChannel(stand, '3001')).toBe('openness')
  })
})

describe('a delivery', () => {
  const channel = toConversationId('channel/3001')
  const send = ({ adapter }: Stand, to = channel, reply = say('due')) =>
    adapter.send(to, reply, { deliveryKey: 'd1', signal: new AbortController().signal })

  test('of unknown fate is posted once though it is sent twice', async () => {
    const stand = await openSaying(null)
    stand.discord.failNext(post, { kind: 'cut', when: 'after' })
    expect(await send(stand)).toMatchObject({ kind: 'uncertain' })
    expect(await send(stand)).toMatchObject({ kind: 'sent' })
    expect(showChannel(stand, '3001')).toBe('due')
  })

  test('goes on with the part that has not arrived', async () => {
    const stand = await openSaying(null)
    const words = Array.from({ length: 2_000 }, (_, at) => `word${at}`)
    const long = say(words.join(' '))
    stand.discord.failNext('GET /users/@me', { kind: 'error', status: 500 })
    expect(await send(stand, channel, long)).toMatchObject({ kind: 'sent' })
    const before = stand.discord.called(post).length
    expect(before).toBeGreaterThan(2)
    expect(await send(stand, channel, long)).toMatchObject({ kind: 'sent' })
    expect(stand.discord.called(post)).toHaveLength(before)
  })

  test('to a person opens the conversation with them', async () => {
    const stand = await openSaying(null)
    expect(await send(stand, toConversationId('user/77'))).toMatchObject({ kind: 'sent' })
    expect(showChannel(stand, '777')).toBe('due')
  })

  test('brings its calendar along', async () => {
    const stand = await openSaying(null)
    const reply = createReply('shared', {
      kind: 'file',
      name: 'OGP déadlines.ics',
      mediaType: 'text/calendar',
      content: 'BEGIN:VCALENDAR',
      label: 'Add it to your calendar',
    })
    expect(await send(stand, channel, reply)).toMatchObject({ kind: 'sent' })
    expect(stand.discord.files).toEqual([{ name: 'OGP_d_adlines.ics', text: 'BEGIN:VCALENDAR' }])
    expect(showChannel(stand, '3001')).toContain('Add it to your calendar')
  })

  test('says after one refused token that the token is refused', async () => {
    const stand = await openSaying(null)
    stand.discord.failNext(post, { kind: 'error', status: 401, code: 0 })
    const refused = { kind: 'refused', reason: 'unauthorized' }
    expect(await send(stand)).toEqual(refused)
    expect(await send(stand)).toEqual(refused)
    expect(stand.discord.called(post)).toHaveLength(1)
  })
})

describe('the end of a place', () => {
  test('is told for every channel of a server that the assistant is put out of, and not in an outage', async () => {
    const { discord, received } = await openSaying(null)
    discord.gateway.dispatch('GUILD_DELETE', { id: '2000', unavailable: true })
    discord.gateway.dispatch('CHANNEL_DELETE', { id: '3002', guild_id: '2000', type: 0 })
    await discord.gateway.flush()
    expect(received).toMatchObject([{ kind: 'removed', conversation: 'channel/3002' }])
    discord.gateway.dispatch('GUILD_DELETE', { id: '2000' })
    await discord.gateway.flush()
    await discord.settle()
    expect(received.map(({ conversation }) => conversation)).toContain('channel/3001')
  })
})
