// Which of Slack's events the assistant hears, each acknowledged at once and decoded. The manifest asks for exactly these.
// It must not know what becomes of them.

import type { App, BlockAction, MessageShortcut, ViewSubmitAction, webApi } from '@slack/bolt'
import {
  decodeAction,
  decodeCommand,
  decodeMessage,
  decodeShortcut,
  decodeSubmission,
  type Incoming,
  type MessageEvent,
} from './decode.ts'
import type { Lookups } from './lookups.ts'
import { readMentions } from './markup.ts'
import { isDirectChannel } from './place.ts'

/** Who said it through which workspace. */
export type Source = { readonly client: webApi.WebClient; readonly team: string }

export type Handlers = {
  take(source: Source, incoming: Incoming): Promise<void>
  /** The Messages tab has a channel, the Home tab none. */
  openTab(source: Source, user: string, channel: string, key: string): Promise<void>
  /** The assistant is no longer in a channel, or, without one, in a workspace. */
  leave(team: string, key: string, channel?: string): Promise<void>
  move(team: string, key: string, from: string, to: string): Promise<void>
}

type Args = { readonly client: webApi.WebClient; readonly context: { readonly teamId?: string } }
const toSource = ({ client, context }: Args): Source => ({ client, team: context.teamId ?? '' })

export function listen(app: App, lookups: Lookups, on: Handlers): void {
  const take = (args: Args, incoming: Incoming | null) =>
    incoming === null ? Promise.resolve() : on.take(toSource(args), incoming)

  app.event('app_mention', async (args) => {
    const event = args.event as MessageEvent
    const incoming = decodeMessage(event, args.body.event_id, args.context.botUserId ?? '')
    if (incoming === null || isDirectChannel(event.channel)) return
    const thread = event.thread_ts ?? event.ts
    lookups.follow(event.channel, thread, incoming.user, thread === event.ts)
    await take(args, incoming)
  })
  app.event('message', async (args) => {
    const event = args.event as MessageEvent
    const bot = args.context.botUserId ?? ''
    const incoming = decodeMessage(event, args.body.event_id, bot)
    if (incoming === null) return
    // In a channel: what goes on in a thread and names nobody. Who names the assistant is heard as a mention.
    const mayFollow = event.thread_ts !== undefined && readMentions(event.text ?? '').length === 0
    const isHeard =
      isDirectChannel(event.channel) ||
      (mayFollow && (await lookups.isFollowed(args.client, incoming, bot)))
    if (isHeard) await take(args, incoming)
  })
  app.event('app_home_opened', async (args) => {
    const { user, channel, tab } = args.event
    await on.openTab(toSource(args), user, tab === 'home' ? '' : channel, args.body.event_id)
  })
  app.command('/ogp', async (args) => {
    await args.ack()
    await take(args, decodeCommand(args.command))
  })
  app.action<BlockAction>({ type: 'block_actions' }, async (args) => {
    await args.ack()
    await take(args, decodeAction(args.body))
  })
  app.shortcut<MessageShortcut>({ type: 'message_action', callback_id: 'ask' }, async (args) => {
    await args.ack()
    await take(args, decodeShortcut(args.shortcut))
  })
  app.view<ViewSubmitAction>({ type: 'view_submission' }, async (args) => {
    await args.ack()
    await take(args, decodeSubmission(args.body))
  })
  for (const name of ['channel_left', 'group_left', 'channel_deleted', 'group_deleted'] as const) {
    app.event(name, ({ context, body, event }) =>
      on.leave(context.teamId ?? '', body.event_id, event.channel),
    )
  }
  app.event('channel_id_changed', ({ context, body, event }) =>
    on.move(context.teamId ?? '', body.event_id, event.old_channel_id, event.new_channel_id),
  )
  app.event('app_uninstalled', ({ context, body }) => on.leave(context.teamId ?? '', body.event_id))
  app.event('tokens_revoked', async ({ context, body, event }) => {
    // A person's own tokens are of no concern: there are none.
    if (event.tokens.bot?.length) await on.leave(context.teamId ?? '', body.event_id)
  })
}
