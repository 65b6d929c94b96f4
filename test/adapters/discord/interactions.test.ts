// Commands and pressed buttons: who sees the answer, in what time, where it goes, and what becomes of it under faults.

import { describe, expect, test } from 'vitest'
import type { Reply } from '../../../src/chat/reply.ts'
import type { Asked } from '../../platforms/discord-api.ts'
import type { Json } from '../../platforms/discord-limits.ts'
import { createReply, form, manageChannels, say, show, useStands } from './stand.ts'

const { open, openSaying } = useStands()
const isHidden = (message: Json | undefined) => (Number(message?.['flags']) & 64) !== 0

describe('a command', () => {
  test('in a server is answered to its author alone, and may be shared', async () => {
    const { people, discord, received } = await openSaying(say('openness'))
    const asked = await people.command('ask', { question: 'what is OGP' }, { locale: 'fr' })
    await discord.settle()
    expect(show(asked)).toBe('openness')
    expect(isHidden(asked.messages[0])).toBe(true)
    expect(received).toMatchObject([
      {
        kind: 'question',
        text: 'what is OGP',
        audience: 'private',
        shareable: true,
        language: 'fr',
        conversation: 'channel/3001',
        direct: 'user/500',
        mayAdminister: false,
      },
    ])
  })

  test('in a direct conversation hides nothing and changes everything', async () => {
    const { people, discord, received } = await openSaying(say('openness'))
    const asked = await people.command(
      'deadlines',
      { jurisdiction: 'Kenya' },
      { context: 'direct' },
    )
    await discord.settle()
    expect(isHidden(asked.messages[0])).toBe(false)
    expect(received).toMatchObject([
      { kind: 'command', name: 'deadlines', argument: 'Kenya', conversation: 'user/500' },
    ])
    expect(received[0]).toMatchObject({ shareable: false, mayAdminister: true })
  })

  test.each(['group', 'foreign-server'] as const)(
    'brought along to a %s belongs to its author',
    async (context) => {
      const { people, discord, received } = await openSaying(say('openness'))
      const asked = await people.command('remind', {}, { context, ownPermissions: 0n })
      await discord.settle()
      expect(isHidden(asked.messages[0])).toBe(true)
      expect(show(asked)).toBe('openness')
      expect(received[0]).toMatchObject({ conversation: 'user/500', mayAdminister: true })
    },
  )

  test('of somebody who may manage the channel says so', async () => {
    const { people, discord, received } = await openSaying(say('x'))
    for (const permissions of [manageChannels, 1n << 3n, 1n << 11n]) {
      await people.command('remind', {}, { permissions })
    }
    await discord.settle()
    expect(received.map(({ mayAdminister }) => mayAdminister)).toEqual([true, true, false])
  })

  test('for reminders names what the assistant lacks in the channel', async () => {
    const { people, discord } = await openSaying(say('reminding'))
    const lacking = await people.command('remind', {}, { ownPermissions: 1n << 10n })
    const enough = await people.command('remind')
    await discord.settle()
    expect(show(lacking)).toContain('Send Messages')
    expect(show(lacking)).not.toContain('View Channel')
    expect(show(enough)).toBe('reminding')
  })

  test('on a message asks what the message says', async () => {
    const { people, discord, received } = await openSaying(say('x'))
    await people.askAbout('what is **OGP** <:wave:77>')
    await discord.settle()
    expect(received).toMatchObject([{ kind: 'question', text: 'what is **OGP** :wave:' }])
  })
})

describe('an answer that takes long', () => {
  const openSlow = async () => {
    const gate = Promise.withResolvers<Reply | null>()
    const receive = () => gate.promise
    return { ...(await open({ receive, bounds: { answerMsMax: 20 } })), gate }
  }
  const untilDeferred = async (asked: Asked) => {
    while (asked.state !== 'deferred') await new Promise((resolve) => setTimeout(resolve, 5))
  }

  test('takes the place of its announcement', async () => {
    const { people, discord, gate } = await openSlow()
    const asked = await people.command('help')
    await untilDeferred(asked)
    gate.resolve(say('at last'))
    await discord.settle()
    expect(show(asked)).toBe('at last')
    expect(isHidden(asked.messages[0])).toBe(true)
  })

  test('for everybody is not hidden by its announcement', async () => {
    const { people, discord, gate } = await openSlow()
    const asked = await people.press('choice:0:share')
    await untilDeferred(asked)
    gate.resolve(say('for all', 'shared'))
    await discord.settle()
    expect(show(asked)).toBe('for all')
    expect(isHidden(asked.messages[0])).toBe(false)
  })

  test('shows the words of a form, which it can no longer open', async () => {
    const { people, discord, gate } = await openSlow()
    const asked = await people.command('remind')
    await untilDeferred(asked)
    gate.resolve(createReply('private', form))
    await discord.settle()
    expect(show(asked)).toContain('Type: remind Kenya')
  })

  test('and is nothing takes its announcement away', async () => {
    const { people, discord, gate } = await openSlow()
    const asked = await people.command('help')
    await untilDeferred(asked)
    gate.resolve(null)
    await discord.settle()
    expect(asked.messages).toEqual([])
    expect(discord.called('DELETE /webhooks/:id/:token/messages/@original')).toHaveLength(1)
  })
})

describe('under faults', () => {
  const callback = 'POST /interactions/:id/:token/callback'

  test.each([
    ['a cut after the effect', { kind: 'cut', when: 'after' }],
    ['a cut before it', { kind: 'cut', when: 'before' }],
    ['a 503', { kind: 'error', status: 503 }],
    ['a 429', { kind: 'limit', seconds: 0.01, scope: 'shared' }],
  ] as const)('%s does not lose or double the answer', async (_, fault) => {
    const { people, discord } = await openSaying(say('openness'))
    discord.failNext(callback, fault)
    const asked = await people.command('help')
    while (asked.messages.length === 0) await discord.settle()
    await discord.settle()
    expect(show(asked)).toBe('openness')
  })

  test('an interaction that is over is logged without its token', async () => {
    const { people, discord, logLines } = await openSaying(say('openness'))
    discord.failNext(callback, { kind: 'error', status: 404, code: 10062 })
    await people.command('help')
    while (logLines.length === 0) await discord.settle()
    expect(logLines.join()).toContain('10062')
    expect(logLines.join()).not.toContain('secret')
  })

  test('a repeated interaction is handed on with its key, and silence answers nothing', async () => {
    const replies = [say('once'), null]
    const { people, discord, received } = await open({
      receive: () => Promise.resolve(replies.shift() ?? null),
    })
    const asked = await people.command('help', {}, { id: '251658240004194999' })
    await people.command('help', {}, { id: '251658240004194999' })
    await discord.settle()
    expect(show(asked)).toBe('once')
    const keys = received.map((message) => message.eventKey)
    expect(new Set(keys).size).toBe(1)
    expect(keys).toHaveLength(2)
  })

  test('an event that makes no sense is logged and forgotten', async () => {
    const { people, discord, received } = await openSaying(say('x'))
    discord.gateway.dispatch('INTERACTION_CREATE', { id: 'x' })
    discord.gateway.dispatch('MESSAGE_CREATE', {})
    await people.write('still there?')
    await discord.settle()
    expect(received).toHaveLength(1)
  })
})
