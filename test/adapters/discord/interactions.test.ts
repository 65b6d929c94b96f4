// What people press, pick, type and fill in: who sees the answer, in what time, and where it goes.

import { afterEach, describe, expect, test } from 'vitest'
import type { InboundMessage } from '../../../src/chat/message.ts'
import type { Block, FormBlock, Reply } from '../../../src/chat/reply.ts'
import { asJson, asList, type Json } from '../../platforms/discord-limits.ts'
import { showMessage } from '../../platforms/discord-screen.ts'
import type { Asked } from '../../platforms/discord-api.ts'
import { createReply, manageChannels, openStand, say } from './stand.ts'

const stands: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(stands.splice(0).map((stand) => stand.close()))
})
const open = async (...given: Parameters<typeof openStand>) => {
  const stand = await openStand(...given)
  stands.push(stand)
  await stand.start()
  return stand
}
const openSaying = (reply: Reply) => open({ receive: () => Promise.resolve(reply) })

const isHidden = (message: Json | undefined) => (Number(message?.['flags']) & 64) !== 0
const show = (asked: Asked) => asked.messages.map(showMessage).join('\n')
const buttonsOf = (asked: Asked) =>
  asked.messages
    .flatMap((message) => asList(message['components']))
    .flatMap((row) => asList(row['components']))

const form: FormBlock = {
  kind: 'form',
  name: 'remind',
  title: 'Reminders',
  submitLabel: 'Save',
  fallback: 'Type: remind Kenya',
  fields: [
    {
      kind: 'text',
      id: 'place',
      label: 'Where',
      isOptional: false,
      value: 'Kenya',
      placeholder: '',
    },
    {
      kind: 'select',
      id: 'leads',
      label: 'When',
      isOptional: true,
      value: '7,30',
      isMultiple: true,
      options: ['1', '7', '30'].map((value) => ({ value, label: `${value} days` })),
    },
  ],
}

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

describe('choices', () => {
  const choices = (count: number): Block => ({
    kind: 'choices',
    role: 'offer',
    prompt: 'Did you mean:',
    choices: Array.from({ length: count }, (_, at) => ({
      id: `a:e${at % 3}`,
      label: `Entry ${at}`,
    })),
  })

  test('are buttons, and a pressed one comes back after a restart', async () => {
    const { people, discord } = await openSaying(createReply('private', choices(7)))
    const asked = await people.command('help')
    await discord.settle()
    const pressed = String(buttonsOf(asked)[4]?.['custom_id'])
    const { people: others, discord: later, received } = await openSaying(say('x'))
    await others.press(pressed)
    await later.settle()
    expect(received).toMatchObject([{ kind: 'choice', id: 'a:e1' }])
  })

  test('are a menu where there are many', async () => {
    const { people, discord, received } = await openSaying(createReply('private', choices(60)))
    const asked = await people.command('help')
    await discord.settle()
    const [menu] = buttonsOf(asked)
    const options = buttonsOf(asked).flatMap((one) => asList(one['options']))
    expect(options).toHaveLength(60)
    await people.pick(String(menu?.['custom_id']), String(options[1]?.['value']))
    await discord.settle()
    expect(received.at(-1)).toMatchObject({ kind: 'choice', id: 'a:e1' })
  })
})

describe('what is being typed', () => {
  test('is completed from memory, and a picked line comes back as its choice', async () => {
    const asked: unknown[] = []
    const { people, discord, received } = await open({
      receive: () => Promise.resolve(say('x')),
      suggest: (...given) => {
        asked.push(given)
        return Array.from({ length: 25 }, (_, at) => ({
          id: `a:e${at}`,
          label: 'long '.repeat(40),
        }))
      },
    })
    const typing = await people.type('ask', 'question', 'opnness', { locale: 'pt-BR' })
    await discord.settle()
    expect(asked).toEqual([['opnness', 'pt-BR', 25, 'question']])
    expect(typing.suggestions).toHaveLength(25)
    await people.command('ask', { question: typing.suggestions?.[3]?.['value'] })
    await discord.settle()
    expect(received).toMatchObject([{ kind: 'choice', id: 'a:e3' }])
  })

  test('as a jurisdiction comes back as its name', async () => {
    const asked: unknown[] = []
    const { people, discord } = await open({
      suggest: (...given) => {
        asked.push(given)
        return [{ id: 'j:ken', label: 'Kenya' }]
      },
    })
    const typing = await people.type('remind', 'jurisdiction', 'ken')
    await discord.settle()
    expect(asked).toEqual([['ken', 'en-US', 25, 'jurisdiction']])
    expect(typing.suggestions).toEqual([{ name: 'Kenya', value: 'Kenya' }])
  })
})

describe('a form', () => {
  test('opens with what it holds, and comes back filled in', async () => {
    const note: Block = { kind: 'text', text: 'Every day at nine.' }
    const { people, discord, received } = await openSaying(createReply('private', note, form))
    const asked = await people.command('remind')
    await discord.settle()
    const [text, place, leads] = asList(asked.modal?.['components'])
    expect(text?.['content']).toBe('Every day at nine.')
    expect(asJson(place?.['component'])['value']).toBe('Kenya')
    const chosen = asList(asJson(leads?.['component'])['options']).map((one) => one['default'])
    expect(chosen).toEqual([false, true, true])
    const submitted = await people.submit(String(asked.modal?.['custom_id']), {
      place: 'Ghana',
      leads: ['1', '30'],
    })
    await discord.settle()
    expect(received[1]).toMatchObject({
      kind: 'form',
      name: 'remind',
      fields: { place: 'Ghana', leads: '1,30' },
    })
    // A form cannot open another: its words stand in for it.
    expect(show(submitted)).toContain('Type: remind Kenya')
  })

  test('with more than Discord can show is said in words', async () => {
    const field = {
      kind: 'text',
      label: 'x',
      isOptional: true,
      value: '',
      placeholder: '',
    } as const
    const fields = Array.from({ length: 6 }, (_, at) => ({ ...field, id: `f${at}` }))
    const { people, discord } = await openSaying(createReply('private', { ...form, fields }))
    const asked = await people.command('settings')
    await discord.settle()
    expect(asked.modal).toBeNull()
    expect(show(asked)).toContain('Type: remind Kenya')
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
    const keys = received.map((message: InboundMessage) => message.eventKey)
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
