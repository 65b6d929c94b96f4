// Buttons, menus, suggestions and forms: what they show, and what comes back when people use them.

import { describe, expect, test } from 'vitest'
import type { Block } from '../../../src/chat/reply.ts'
import type { Asked } from '../../platforms/discord-api.ts'
import { asJson, asList } from '../../platforms/discord-limits.ts'
import { createReply, form, say, show, useStands } from './stand.ts'

const { open, openSaying } = useStands()
const buttonsOf = (asked: Asked) =>
  asked.messages
    .flatMap((message) => asList(message['components']))
    .flatMap((row) => asList(row['components']))

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
    const { people, discord, received } = await openSaying(createReply('private', choices(50)))
    const asked = await people.command('help')
    await discord.settle()
    const [menu] = buttonsOf(asked)
    const options = buttonsOf(asked).flatMap((one) => asList(one['options']))
    expect(options).toHaveLength(50)
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
