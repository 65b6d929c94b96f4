// The manifest asks for exactly what the code uses: events, commands, shortcuts, scopes.

import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { App } from '@slack/bolt'
import { listen } from '../../../adapters/slack/listeners.ts'
import { Lookups } from '../../../adapters/slack/lookups.ts'
import { toConversationId } from '../../../src/chat/message.ts'
import { eventually, createReply, openStand, type Stand } from './stand.ts'

type Manifest = {
  readonly display_information: { readonly name: string; readonly description: string }
  readonly features: {
    readonly app_home: Record<string, boolean>
    readonly agent_view: { readonly agent_description: string }
    readonly bot_user: { readonly display_name: string }
    readonly shortcuts: readonly {
      readonly name: string
      readonly callback_id: string
      readonly type: string
      readonly description: string
    }[]
    readonly slash_commands: readonly { readonly command: string }[]
  }
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } }
  readonly settings: {
    readonly event_subscriptions: { readonly bot_events: readonly string[] }
    readonly interactivity: { readonly is_enabled: boolean }
    readonly socket_mode_enabled: boolean
  }
}
const file = new URL('../../../adapters/slack/manifest.yaml', import.meta.url)
const manifest = parse(readFileSync(file, 'utf8')) as Manifest

const stands: Stand[] = []
afterEach(async () => {
  await Promise.all(stands.splice(0).map((stand) => stand.close()))
})

/** What an event's subscription needs. */
const eventScopes: Readonly<Record<string, string>> = {
  app_mention: 'app_mentions:read',
  channel_deleted: 'channels:read',
  channel_id_changed: 'channels:read',
  channel_left: 'channels:read',
  group_deleted: 'groups:read',
  group_left: 'groups:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
}
/** What belongs to a feature: slash commands, the agent view, group conversations that the tests have none of. */
const featureScopes = ['commands', 'assistant:write', 'mpim:read']

function recordListeners() {
  const heard: Record<'event' | 'command' | 'shortcut' | 'action' | 'view', unknown[]> = {
    event: [],
    command: [],
    shortcut: [],
    action: [],
    view: [],
  }
  const record = (kind: keyof typeof heard) => (name: unknown) => void heard[kind].push(name)
  const app = {
    event: record('event'),
    command: record('command'),
    shortcut: record('shortcut'),
    action: record('action'),
    view: record('view'),
  }
  listen(app as unknown as App, new Lookups(), {} as never)
  return heard
}

describe('the manifest', () => {
  const heard = recordListeners()

  test('subscribes to the events that are heard', () => {
    const names = manifest.settings.event_subscriptions.bot_events.map((name) => name.split('.')[0])
    expect([...new Set(names)].sort()).toEqual([...new Set(heard.event)].sort())
  })

  test('has the commands and shortcuts that are heard, and dialogs and buttons', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(heard.command)
    const shortcuts = manifest.features.shortcuts.map(({ callback_id, type }) => ({
      type: `${type}_action`,
      callback_id,
    }))
    expect(shortcuts).toEqual(heard.shortcut)
    expect(manifest.settings.interactivity.is_enabled).toBe(true)
  })

  test("is within Slack's limits", () => {
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35)
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140)
    expect(manifest.features.agent_view.agent_description.length).toBeLessThanOrEqual(300)
    expect(manifest.features.bot_user.display_name).toMatch(/^[a-z0-9._-]{1,80}$/)
    for (const { name, description } of manifest.features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24)
      expect(description.length).toBeLessThanOrEqual(150)
    }
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    })
    expect(manifest.settings.socket_mode_enabled).toBe(true)
  })

  test('asks for the scopes that calls, events and features need, and for no other', async () => {
    const stand = await openStand({
      receive: ({ audience }) =>
        Promise.resolve(
          createReply(audience, {
            kind: 'file',
            name: 'a.ics',
            mediaType: 'text/calendar',
            content: 'x',
            label: 'Dates',
          }),
        ),
      suggest: () => [{ id: 's:0', label: 'x' }],
    })
    stands.push(stand)
    const { slack, people, adapter } = stand
    slack.workspace.granted = new Set(manifest.oauth_config.scopes.bot)
    await stand.start()
    await people.say('x')
    await people.openTab('home')
    await people.openTab('messages')
    await people.command('deadlines')
    for (const channel of ['C1', 'G1']) {
      await people.mention(channel, 'x')
      const root = await people.sayIn(channel, 'y')
      await people.sayIn(channel, 'z', { thread_ts: root.ts })
    }
    const options = { deliveryKey: 'd', signal: new AbortController().signal, mayBeRepeat: true }
    const reply = createReply('private', { kind: 'text', text: 'due' })
    for (const id of ['U1', 'C1', 'G1']) {
      expect(await adapter.send(toConversationId(`T1/${id}`), reply, options)).toMatchObject({
        kind: 'sent',
      })
    }
    await eventually(async () => {
      await slack.settle()
      expect(slack.workspace.used).toContain('files:write')
    })
    const subscribed = manifest.settings.event_subscriptions.bot_events.flatMap(
      (name) => eventScopes[name] ?? [],
    )
    const needed = new Set([...slack.workspace.used, ...subscribed, ...featureScopes])
    expect([...needed].sort()).toEqual([...manifest.oauth_config.scopes.bot].sort())
    expect(stand.logLines.join('\n')).not.toContain('missing_scope')
  })
})
