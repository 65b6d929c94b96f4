// Which of Slack's events the assistant hears, each acknowledged at once and decoded. The manifest asks for exactly these.
// It must not know what becomes of them.

import type { App, BlockAction, MessageShortcut, ViewSubmitAction, webApi } from '@slack/bolt'
import * as decode from './decode.ts'
import type { Lookups } from './lookups.ts'
import { readMentions } from './markup.ts'
import { isDirectChannel } from './place.ts'

/** The workspace in which it was said, and its client. */
export type Source = { readonly client: webApi.WebClient; readonly team: string }

export type Handlers = {
  take(source: Source, incoming: decode.Incoming): Promise<void>
  openTab(
    source: Source,
    user: string,
    channel: string,
    isHome: boolean,
    key: string,
  ): Promise<void>
  /** The assistant is no longer in a channel, or, without one, in a workspace. */
  leave(team: string, key: string, channel?: string): Promise<void>
  move(team: string, key: string, from: string, to: string): Promise<void>
}

type Context = Readonly<{ teamId?: string; botUserId?: string }>
type Args = Readonly<{ client: webApi.WebClient; context: Context }>
type AckArgs = Args & { readonly ack: () => Promise<void> }

export function listen(app: App, lookups: Lookups, on: Handlers): void {
  const toSource = ({ client, context }: Args) => ({ client, team: context.teamId ?? '' })
  const take = async (args: Args, incoming: decode.Incoming | null) => {
    if (incoming !== null) await on.take(toSource(args), incoming)
  }
  const hear =
    <A extends AckArgs>(read: (args: A) => decode.Incoming | null) =>
    async (args: A) => {
      await args.ack()
      await take(args, read(args))
    }
  app.event('app_mention', async (args) => {
    const event = args.event as decode.MessageEvent
    const { botUserId = '' } = args.context
    const incoming = decode.decodeMessage(event, args.body.event_id, botUserId)
    if (incoming === null || isDirectChannel(event.channel)) return
    const thread = event.thread_ts ?? event.ts
    lookups.follow(event.channel, thread, incoming.user, thread === event.ts)
    await take(args, incoming)
  })
  app.event('message', async (args) => {
    const event = args.event as decode.MessageEvent
    const { botUserId = '' } = args.context
    const incoming = decode.decodeMessage(event, args.body.event_id, botUserId)
    if (incoming === null || isDirectChannel(event.channel)) return take(args, incoming)
    // What goes on in a thread and names nobody. Who names the assistant is heard as a mention.
    if (event.thread_ts === undefined || readMentions(event.text ?? '').length > 0) return
    if (await lookups.isFollowed(args.client, incoming, botUserId)) await take(args, incoming)
  })
  app.event('app_home_opened', async (args) => {
    const { user, channel, tab } = args.event
    await on.openTab(toSource(args), user, channel, tab === 'home', args.body.event_id)
  })
  app.command('/ogp', async (args) => {
    await args.ack()
    await take(args, decode.decodeCommand(args.command))
  })
  app.action<BlockAction>(
    { type: 'block_actions' },
    hear(({ body }) => decode.decodeAction(body)),
  )
  app.shortcut<MessageShortcut>(
    { type: 'message_action', callback_id: 'ask' },
    hear(({ shortcut }) => decode.decodeShortcut(shortcut)),
  )
  app.view<ViewSubmitAction>(
    { type: 'view_submission' },
    hear(({ body }) => decode.decodeSubmission(body)),
  )
  for (const name of ['channel_left', 'group_left', 'channel_deleted', 'group_deleted'] as const) {
    app.event(name, (args) => on.leave(toSource(args).team, args.body.event_id, args.event.channel))
  }
  app.event('channel_id_changed', (args) => {
    const { old_channel_id, new_channel_id } = args.event
    return on.move(toSource(args).team, args.body.event_id, old_channel_id, new_channel_id)
  })
  app.event('app_uninstalled', (args) => on.leave(toSource(args).team, args.body.event_id))
  app.event('tokens_revoked', async (args) => {
    // The app asks for no person's tokens, so only the bot's count.
    if (args.event.tokens.bot?.length) await on.leave(toSource(args).team, args.body.event_id)
  })
}
