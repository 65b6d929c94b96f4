// The Telegram adapter on a local Bot API, with an assistant given by the test.

import {
  createTelegramAdapter,
  type TelegramAdapterParts,
} from '../../../adapters/telegram/adapter.ts'
import type { TelegramConfig } from '../../../adapters/telegram/config.ts'
import type { Receive, Suggest } from '../../../src/chat/adapter.ts'
import type { InboundMessage } from '../../../src/chat/message.ts'
import type { Block, Reply } from '../../../src/chat/reply.ts'
import { TelegramPeople } from '../../platforms/telegram-people.ts'
import { TelegramServer, token } from '../../platforms/telegram-server.ts'
import type { Posted } from '../../platforms/telegram-world.ts'

export const quickBounds = {
  pollSeconds: 5,
  emptyPauseMs: 20,
  pollPauseMsMin: 10,
  pollPauseMsMax: 40,
  conflictPauseMs: 30,
  confirmMsMax: 300,
  callSecondsMax: 2,
  connectPauseMs: 5,
  lookupMsMax: 300,
  drainMsMax: 1_000,
}

export const now = () => Temporal.Instant.from('2026-01-02T03:04:05Z')

export const createReply = (
  audience: Reply['audience'],
  ...blocks: [Block, ...Block[]]
): Reply => ({ audience, language: 'en', blocks })
export const say = (text: string, audience: Reply['audience'] = 'private') =>
  createReply(audience, { kind: 'text', text })
export const offer = (audience: Reply['audience'], ...labels: readonly string[]) =>
  createReply(audience, {
    kind: 'choices',
    role: 'offer',
    prompt: 'Which?',
    choices: labels.map((label) => ({ id: `a:${label.toLowerCase()}`, label })),
  })

export const createLog = (lines: string[]) => {
  const write = (details: object, message: string) =>
    void lines.push(`${message} ${JSON.stringify(details)}`)
  return { debug: write, info: write, warn: write, error: write }
}

export const configOf = (server: TelegramServer): TelegramConfig => ({
  token,
  apiRoot: server.root,
  webhook: null,
})

export const sendOptions = (deliveryKey = 'delivery-1') => ({
  deliveryKey,
  signal: new AbortController().signal,
})

/** A message as people read it. */
export const showPosted = ({ text, buttons, file }: Posted) =>
  [text, ...buttons.flat().map((button) => `[${button.text}]`), ...(file ? [file.name] : [])].join(
    '\n',
  )

export type StandOptions = {
  readonly receive?: Receive
  readonly suggest?: Suggest
  readonly parts?: Partial<TelegramAdapterParts>
}

export async function openStand(options: StandOptions = {}) {
  const server = await new TelegramServer().start()
  const logLines: string[] = []
  const received: InboundMessage[] = []
  const adapter = createTelegramAdapter({
    config: configOf(server),
    log: createLog(logLines),
    now,
    bounds: quickBounds,
    ...options.parts,
  })
  const receive: Receive = async (message) => {
    received.push(message)
    return (await options.receive?.(message)) ?? null
  }
  const start = () => adapter.start(receive, options.suggest ?? (() => []))
  const close = async () => {
    await adapter.stop()
    await server.stop()
  }
  const people = new TelegramPeople(server)
  const postedIn = (chat: number) => server.world.chat(chat).messages
  return { server, people, adapter, logLines, received, start, close, postedIn }
}

export type Stand = Awaited<ReturnType<typeof openStand>>
