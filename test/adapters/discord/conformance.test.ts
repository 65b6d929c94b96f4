// The Discord adapter held to the suite of every adapter, over the gateway and the REST API.

import type { Receipt, RefusalReason } from '../../../src/chat/receipt.ts'
import { describeChatAdapter } from '../../conformance/chat-adapter.ts'
import type { Failure, Place, Rig } from '../../conformance/chat-adapter-rig.ts'
import { showMessage } from '../../platforms/discord-screen.ts'
import { self } from '../../platforms/discord-api.ts'
import { botToken, type Fault } from '../../platforms/discord-server.ts'
import { openStand, type Stand } from './stand.ts'

type DiscordRig = Rig & { readonly stand: Stand }

const channels: Record<Place, string> = { first: '7500', second: '3001' }
const ids = new Map<string, string>()

async function openRig(): Promise<DiscordRig> {
  const stand = await openStand({ bounds: { answerMsMax: 100 } })
  const { discord, people, adapter } = stand
  return {
    stand,
    adapter,
    logLines: stand.logLines,
    secrets: [botToken, 'secret-ticket'],
    async deliver({ id, place, text }) {
      const snowflake = ids.get(id) ?? discord.nextId()
      ids.set(id, snowflake)
      if (place === 'first') {
        await people.write(text, { id: snowflake })
        return
      }
      const asked = await people.command('ask', { question: text }, { id: snowflake })
      while (asked.state === 'new') await discord.settle()
    },
    readPosted(place) {
      const hidden = [...discord.asked.values()].filter(() => place === 'second')
      const shown = hidden.flatMap(({ messages }) => messages)
      return [...(discord.channels.get(channels[place]) ?? []), ...shown].map(showMessage)
    },
    settle: () => discord.settle(),
    close: stand.close,
  }
}

const failure = (name: string, fault: Fault, expected: Partial<Receipt>): Failure<DiscordRig> => ({
  name,
  inject({ stand }) {
    stand.discord.failNext('POST /channels/:id/messages', fault)
  },
  expected,
})
const refused = (status: number, code: number, reason: RefusalReason) =>
  failure(String(code), { kind: 'error', status, code }, { kind: 'refused', reason })
const limited = (scope: 'user' | 'global' | 'shared') =>
  failure(`429 ${scope}`, { kind: 'limit', seconds: 7, scope }, { kind: 'deferred' })
const unclear = (name: string, fault: Fault) => failure(name, fault, { kind: 'uncertain' })
const ignoring = (name: string, write: (stand: Stand) => Promise<unknown>) => ({
  name,
  deliver: async ({ stand }: DiscordRig) => {
    await write(stand)
  },
})

describeChatAdapter<DiscordRig>('discord', {
  open: openRig,
  ignored: [
    ignoring('its own message', ({ people }) => people.write('x', { user: self })),
    ignoring("another bot's mention", ({ people }) =>
      people.mention('x', {}, { author: { id: '600', username: 'bot', bot: true } }),
    ),
    ignoring('a webhook', ({ people }) => people.mention('x', {}, { webhook_id: '601' })),
    ignoring('talk in a channel', ({ people }) => people.write('what is OGP', { channel: '3001' })),
    ignoring('a mention of somebody else', ({ people }) =>
      people.write('<@501> hi', { channel: '3001' }, { mentions: [{ id: '501' }] }),
    ),
    ignoring('somebody joins', ({ people }) => people.mention('x', {}, { type: 7 })),
    ignoring('a button of another application', ({ people }) => people.press('other')),
  ],
  failures: [
    refused(404, 10003, 'gone'),
    refused(404, 10004, 'gone'),
    refused(404, 10008, 'gone'),
    refused(404, 10062, 'gone'),
    refused(403, 50001, 'forbidden'),
    refused(403, 50013, 'forbidden'),
    refused(403, 50007, 'blocked'),
    refused(403, 50278, 'blocked'),
    refused(400, 50035, 'malformed'),
    refused(401, 50014, 'unauthorized'),
    failure('40333', { kind: 'error', status: 403, code: 40333 }, { kind: 'deferred' }),
    failure(
      '401',
      { kind: 'error', status: 401, code: 0 },
      { kind: 'refused', reason: 'unauthorized' },
    ),
    failure(
      '403',
      { kind: 'error', status: 403, code: 0 },
      { kind: 'refused', reason: 'forbidden' },
    ),
    failure('404', { kind: 'error', status: 404, code: 0 }, { kind: 'refused', reason: 'gone' }),
    limited('user'),
    limited('global'),
    limited('shared'),
    unclear('500', { kind: 'error', status: 500 }),
    unclear('503', { kind: 'error', status: 503 }),
    unclear('cut before the body is read', { kind: 'cut', when: 'before' }),
    unclear('cut after it took effect', { kind: 'cut', when: 'after' }),
    {
      name: 'Discord is out of reach',
      inject: ({ stand }) => stand.discord.stop(),
      expected: { kind: 'deferred' },
    },
    {
      name: 'the adapter has stopped',
      inject: ({ stand }) => stand.adapter.stop(),
      expected: { kind: 'deferred' },
    },
  ],
})
