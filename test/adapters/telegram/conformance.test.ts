// The Telegram adapter held to the suite of every adapter, over long polling.

import { expect, vi } from 'vitest'
import { toConversationId } from '../../../src/chat/message.ts'
import type { Receipt, RefusalReason } from '../../../src/chat/receipt.ts'
import { describeChatAdapter } from '../../conformance/chat-adapter.ts'
import type { Failure, Place, Rig } from '../../conformance/chat-adapter-rig.ts'
import { ownMessage, person } from '../../platforms/telegram-people.ts'
import { token, type Fault } from '../../platforms/telegram-server.ts'
import { bot, reasons, type ApiError } from '../../platforms/telegram-world.ts'
import { openStand, showPosted, type Stand } from './stand.ts'

type TelegramRig = Rig & { readonly stand: Stand }

const [group, forum] = [-100200, -100300]
const chats: Record<Place, number> = { first: 1001, second: forum }
const topic = { message_thread_id: 5, is_topic_message: true }

async function openRig(): Promise<TelegramRig> {
  const stand = await openStand()
  const { server, people, adapter } = stand
  const updates = new Map<string, number>()
  return {
    stand,
    adapter,
    logLines: stand.logLines,
    secrets: [token, 'secret-token-of-the-bot'],
    deliver({ id, place, text }) {
      const update = updates.get(id) ?? people.nextUpdate()
      updates.set(id, update)
      if (place === 'first') return people.say(text, { update })
      return people.say(`@${bot.username} ${text}`, { chat: forum, update, extra: topic })
    },
    readPosted: (place) => stand.postedIn(chats[place]).map(showPosted),
    settle: () => server.settle(),
    close: stand.close,
  }
}

const failure = (name: string, fault: Fault, expected: Partial<Receipt>): Failure<TelegramRig> => ({
  name,
  inject({ stand }) {
    stand.server.failNext('sendMessage', fault)
  },
  expected,
})
const error = (code: number, description: string, parameters = {}): Fault => ({
  kind: 'error',
  code,
  description,
  parameters,
})
const closed = (reason: () => ApiError, expected: RefusalReason): Failure<TelegramRig> => ({
  name: reason().message,
  inject({ stand }, place) {
    stand.server.world.chat(chats[place]).closed = reason
  },
  expected: { kind: 'refused', reason: expected },
})
const refusal = (code: number, description: string, reason: RefusalReason) =>
  failure(description, error(code, description), { kind: 'refused', reason })

const ignored = (name: string, deliver: (stand: Stand) => Promise<void>) => ({
  name,
  deliver: ({ stand }: TelegramRig) => deliver(stand),
})

describeChatAdapter<TelegramRig>('telegram', {
  open: openRig,
  ignored: [
    ignored('its own message', ({ people }) => people.say('x', { extra: { from: bot } })),
    ignored("another bot's message", ({ people }) =>
      people.say('/help', { chat: group, extra: { from: { ...person(5), is_bot: true } } }),
    ),
    ignored('talk in a group', ({ people }) => people.say('what is OGP', { chat: group })),
    ignored("another bot's command", ({ people }) =>
      people.say('/help@other_bot', { chat: group }),
    ),
    ignored('an unknown command in a group', ({ people }) => people.say('/ban', { chat: group })),
    ignored('a mention of a name that only begins alike', ({ people }) =>
      people.say(`@${bot.username}2 hello`, { chat: group }),
    ),
    ignored('what its inline mode posted', ({ people }) =>
      people.say('Co-creation', { extra: { via_bot: bot } }),
    ),
    ignored('a post forwarded from the linked channel', ({ people }) =>
      people.say('/help', { chat: group, extra: { is_automatic_forward: true } }),
    ),
    ignored('talk in a topic that the bot opened', ({ people }) =>
      people.say('lunch?', {
        chat: forum,
        extra: {
          ...topic,
          reply_to_message: { ...ownMessage, forum_topic_created: { name: 'x' } },
        },
      }),
    ),
    ignored('a person who joins', ({ people }) =>
      people.give({ message: { ...people.compose('', { chat: group }), new_chat_members: [] } }),
    ),
    ignored('an update of a kind it does not know', ({ people }) =>
      people.give({ poll: { id: '1', question: 'x' } }),
    ),
  ],
  failures: [
    closed(reasons.blocked, 'blocked'),
    closed(reasons.notStarted, 'blocked'),
    closed(reasons.kicked, 'blocked'),
    closed(reasons.notMember, 'blocked'),
    closed(reasons.deactivated, 'gone'),
    closed(reasons.notFound, 'gone'),
    closed(reasons.noRights, 'forbidden'),
    {
      name: 'the group became a supergroup',
      inject({ stand }, place) {
        stand.server.world.chat(chats[place]).closed = reasons.migrated(-100999)
      },
      expected: { kind: 'refused', reason: 'moved', movedTo: toConversationId('telegram:-100999') },
    },
    refusal(400, 'Bad Request: message thread not found', 'gone'),
    refusal(400, 'Bad Request: TOPIC_CLOSED', 'forbidden'),
    refusal(400, 'Bad Request: TOPIC_DELETED', 'gone'),
    refusal(400, 'Bad Request: PEER_ID_INVALID', 'gone'),
    refusal(400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'forbidden'),
    refusal(400, 'Bad Request: message is too long', 'malformed'),
    refusal(400, "Bad Request: can't parse entities: x", 'malformed'),
    refusal(403, 'Forbidden: the group chat was deleted', 'gone'),
    refusal(403, 'Forbidden: something new', 'forbidden'),
    refusal(401, 'Unauthorized', 'unauthorized'),
    failure('429', error(429, 'Too Many Requests: retry after 7', { retry_after: 7 }), {
      kind: 'deferred',
      retryAfter: Temporal.Duration.from({ milliseconds: 7_000 }),
    }),
    failure('429 without a time', error(429, 'Too Many Requests'), { kind: 'deferred' }),
    failure('500', error(500, 'Internal Server Error'), { kind: 'uncertain' }),
    failure('502 of a gateway', { kind: 'gateway', status: 502 }, { kind: 'uncertain' }),
    failure('cut before it took effect', { kind: 'cut', when: 'before' }, { kind: 'uncertain' }),
    failure('cut after it took effect', { kind: 'cut', when: 'after' }, { kind: 'uncertain' }),
    {
      name: 'Telegram is out of reach',
      async inject({ stand }) {
        await stand.server.stop()
        // Connections that are kept for later learn of it a moment after.
        await vi.waitFor(() => {
          expect(stand.logLines.join('')).toContain('ECONNREFUSED')
        })
      },
      expected: { kind: 'deferred' },
    },
    {
      name: 'the adapter has stopped',
      inject: ({ stand }) => stand.adapter.stop(),
      expected: { kind: 'deferred' },
    },
  ],
})
