// The Slack adapter on a local Slack, with an assistant given by the test.

import { vi } from 'vitest'
import { createSlackAdapter, type SlackAdapterParts } from '../../../adapters/slack/adapter.ts'
import type { SlackConfig } from '../../../adapters/slack/config.ts'
import type { Receive, Suggest } from '../../../src/chat/adapter.ts'
import type { InboundMessage } from '../../../src/chat/message.ts'
import type { Block, Reply } from '../../../src/chat/reply.ts'
import type { SecretStore } from '../../../src/chat/secret-store.ts'
import { SlackPeople } from '../../platforms/slack-people.ts'
import { appToken, botToken, SlackServer } from '../../platforms/slack-server.ts'

export const quickBounds = {
  callMsMax: 2_000,
  connectPauseMsMin: 10,
  connectPauseMsMax: 50,
  helloMsMax: 300,
  closeMsMax: 50,
  pongMsMax: 300,
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

export const createLog = (lines: string[]) => {
  const write = (details: object, message: string) =>
    void lines.push(`${message} ${JSON.stringify(details)}`)
  return { debug: write, info: write, warn: write, error: write }
}

export const createSecrets = (kept = new Map<string, Uint8Array>()): SecretStore => ({
  read: (name) => Promise.resolve(kept.get(name) ?? null),
  write: (name, value) => Promise.resolve(void kept.set(name, value)),
  remove: (name) => Promise.resolve(void kept.delete(name)),
})

export const socketConfig = ({ apiUrl }: { readonly apiUrl: string }): SlackConfig => ({
  apiUrl,
  connection: { kind: 'socket', appToken },
  access: { kind: 'token', botToken },
})

export async function openStand(
  options: {
    readonly receive?: Receive
    readonly suggest?: Suggest
    readonly parts?: Partial<SlackAdapterParts>
  } = {},
) {
  const slack = await new SlackServer().start()
  const logLines: string[] = []
  const received: InboundMessage[] = []
  const parts = {
    config: socketConfig(slack),
    log: createLog(logLines),
    secrets: createSecrets(),
    now,
    bounds: quickBounds,
    ...options.parts,
  }
  const adapter = createSlackAdapter(parts)
  const receive: Receive = async (message) => {
    received.push(message)
    return (await options.receive?.(message)) ?? null
  }
  const start = () => adapter.start(receive, options.suggest ?? (() => []))
  const close = async () => {
    await adapter.stop()
    await slack.stop()
  }
  return { slack, people: new SlackPeople(slack), adapter, logLines, received, parts, start, close }
}

/** Polls until the assertion holds; what bounds it is the runner's own limit on a test. */
export const eventually = (assertion: () => void | Promise<void>) =>
  vi.waitFor(assertion, { timeout: 20_000, interval: 10 })

export type Stand = Awaited<ReturnType<typeof openStand>>
