// The Slack adapter held to the suite of every adapter, over Socket Mode and the Web API.

import type { Receipt } from '../../../src/chat/receipt.ts'
import { describeChatAdapter } from '../../conformance/chat-adapter.ts'
import type { Failure, Place, Rig } from '../../conformance/chat-adapter-rig.ts'
import { showMessage } from '../../platforms/slack-screen.ts'
import { appToken, botToken, signingSecret, type Fault } from '../../platforms/slack-server.ts'
import { openStand, type Stand } from './stand.ts'

type SlackRig = Rig & { readonly stand: Stand }

const channels: Record<Place, string> = { first: 'DU1', second: 'C1' }

async function openRig(): Promise<SlackRig> {
  const stand = await openStand()
  const { slack, people, adapter } = stand
  return {
    stand,
    adapter,
    logLines: stand.logLines,
    secrets: [botToken, appToken, signingSecret, 'secret-ticket'],
    async deliver({ id, place, text }) {
      if (place === 'first') await people.say(text, { id })
      else await people.mention('C1', text, { id })
      // The adapter asks Slack who speaks before it hands a message on.
      await slack.settle()
    },
    readPosted(place) {
      const channel = slack.workspace.channels.get(channels[place])
      const posted = channel?.messages.filter((message) => message['bot_id'] === 'B1') ?? []
      return [...posted, ...(channel?.ephemeral ?? [])].map(showMessage)
    },
    settle: () => slack.settle(),
    close: stand.close,
  }
}

const failure = (name: string, fault: Fault, expected: Partial<Receipt>): Failure<SlackRig> => ({
  name,
  inject({ stand }) {
    stand.slack.failNext('chat.postMessage', fault)
  },
  expected,
})
const refused = (
  code: string,
  reason: 'gone' | 'forbidden' | 'unauthorized' | 'malformed' | 'blocked',
) => failure(code, { kind: 'error', code }, { kind: 'refused', reason })

const ignored = (name: string, deliver: (stand: Stand) => Promise<unknown>) => ({
  name,
  async deliver({ stand }: SlackRig) {
    await deliver(stand)
  },
})

describeChatAdapter<SlackRig>('slack', {
  open: openRig,
  ignored: [
    ignored('its own message', ({ people }) => people.say('x', { bot_id: 'B1' })),
    ignored('its own user', ({ people }) => {
      const message = { channel: 'DU1', user: 'UT1BOT', text: 'x', ts: '1.1' }
      return people.event({ type: 'message', ...message })
    }),
    ignored("another bot's mention", ({ people }) => people.mention('C1', 'x', { bot_id: 'B2' })),
    ignored('an edit', ({ people }) => people.say('x', { subtype: 'message_changed' })),
    ignored('talk in a channel', ({ people }) => people.sayIn('C1', 'what is OGP')),
    ignored('talk in a thread of people', async ({ people }) => {
      const root = await people.sayIn('C1', 'lunch?')
      return people.sayIn('C1', 'yes', { thread_ts: root.ts })
    }),
  ],
  failures: [
    refused('channel_not_found', 'gone'),
    refused('is_archived', 'gone'),
    refused('not_in_channel', 'forbidden'),
    refused('account_inactive', 'unauthorized'),
    refused('token_revoked', 'unauthorized'),
    refused('missing_scope', 'unauthorized'),
    refused('msg_blocks_too_long', 'malformed'),
    refused('invalid_blocks', 'malformed'),
    failure('ratelimited', { kind: 'error', code: 'ratelimited' }, { kind: 'deferred' }),
    failure(
      '429 with Retry-After',
      { kind: 'status', status: 429, retryAfter: '7' },
      { kind: 'deferred', retryAfter: Temporal.Duration.from({ seconds: 7 }) },
    ),
    failure('429 without', { kind: 'status', status: 429 }, { kind: 'deferred' }),
    failure('500', { kind: 'status', status: 500 }, { kind: 'uncertain' }),
    failure('503', { kind: 'status', status: 503 }, { kind: 'uncertain' }),
    failure('internal_error', { kind: 'error', code: 'internal_error' }, { kind: 'uncertain' }),
    failure('cut before the body is read', { kind: 'cut', when: 'before' }, { kind: 'uncertain' }),
    failure('cut after it took effect', { kind: 'cut', when: 'after' }, { kind: 'uncertain' }),
    {
      name: 'Slack is out of reach',
      inject: ({ stand }) => stand.slack.stop(),
      expected: { kind: 'deferred' },
    },
    {
      name: 'the adapter has stopped',
      inject: ({ stand }) => stand.adapter.stop(),
      expected: { kind: 'deferred' },
    },
  ],
})
