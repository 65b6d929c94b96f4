// The Discord adapter on a local Discord, with an assistant given by the test.

import { afterEach } from 'vitest'
import {
  createDiscordAdapter,
  type defaultBounds,
  type DiscordAdapterParts,
} from '../../../adapters/discord/adapter.ts'
import type { Receive, Suggest } from '../../../src/chat/adapter.ts'
import type { InboundMessage } from '../../../src/chat/message.ts'
import type { Block, FormBlock, Reply } from '../../../src/chat/reply.ts'
import type { Asked } from '../../platforms/discord-api.ts'
import { DiscordPeople } from '../../platforms/discord-people.ts'
import { showMessage } from '../../platforms/discord-screen.ts'
import { botToken, DiscordServer } from '../../platforms/discord-server.ts'

export const manageChannels = 1n << 4n
export const quickBounds = {
  callMsMax: 2_000,
  connectPauseMs: 10,
  loginMsMax: 5_000,
  closeMsMax: 200,
  identifyPauseMs: 0,
  identifyPauseMsMax: 20,
  pauseMsMax: 20,
  drainMsMax: 1_000,
}
export const now = () => Temporal.Instant.from('2026-01-02T03:04:05Z')

export const createReply = (
  audience: Reply['audience'],
  ...blocks: [Block, ...Block[]]
): Reply => ({ audience, language: 'en', blocks })
export const say = (text: string, audience: Reply['audience'] = 'private') =>
  createReply(audience, { kind: 'text', text })

export async function openStand(
  options: {
    readonly receive?: Receive
    readonly suggest?: Suggest
    readonly bounds?: Partial<typeof defaultBounds>
    readonly parts?: Partial<DiscordAdapterParts>
  } = {},
) {
  const discord = await new DiscordServer().start()
  const logLines: string[] = []
  const write = (details: object, message: string) =>
    void logLines.push(`${message} ${JSON.stringify(details)}`)
  const received: InboundMessage[] = []
  const parts: DiscordAdapterParts = {
    config: { token: botToken, apiUrl: discord.apiUrl, administering: manageChannels },
    log: { debug: write, info: write, warn: write, error: write },
    now,
    bounds: { ...quickBounds, ...options.bounds },
    ...options.parts,
  }
  const adapter = createDiscordAdapter(parts)
  const receive: Receive = async (message) => {
    received.push(message)
    return (await options.receive?.(message)) ?? null
  }
  const start = () => adapter.start(receive, options.suggest ?? (() => []))
  const close = async () => {
    await adapter.stop()
    await discord.stop()
  }
  const people = new DiscordPeople(discord)
  return { discord, people, adapter, logLines, received, parts, start, close }
}

export type Stand = Awaited<ReturnType<typeof openStand>>

/** For a test file: stands that are up, and closed after each test. */
export function useStands() {
  const stands: Stand[] = []
  afterEach(async () => {
    await Promise.all(stands.splice(0).map((stand) => stand.close()))
  })
  const open = async (...given: Parameters<typeof openStand>) => {
    const stand = await openStand(...given)
    stands.push(stand)
    await stand.start()
    return stand
  }
  const openSaying = (reply: Reply | null) => open({ receive: () => Promise.resolve(reply) })
  return { open, openSaying }
}

/** All that was shown for an interaction. */
export const show = (asked: Asked) => asked.messages.map(showMessage).join('\n')

export const form: FormBlock = {
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
