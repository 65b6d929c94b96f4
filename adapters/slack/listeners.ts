// Which of Slack's events the assistant hears, each acknowledged at once and decoded. The manifest asks for exactly these.
// It must not know what becomes of them.

import type { App, BlockAction, MessageShortcut, ViewSubmitAction, webApi } from '@slack/bolt'
import * as decode from './decode.ts'
import type { Lookups } from './lookups.ts'

/** The workspace in which it was said, and its client. */
export type Source = { readonly client: webApi.WebClient; readonly team: string }

export type Handlers = {
  answer(source: Source, incoming: decode.Incoming): Promise<void>
  showHome(source: Source, user: string, key: string): Promise<void>
  showPrompts(source: Source, user: string, channel: string): Promise<void>
  /** The assistant is no longer in a channel, or, without one, in a workspace. */
  leave(team: string, key: string, channel?: string): Promise<void>
  move(team: string, key: string, from: string, to: string): Promise<void>
}

type Context = Readonly<{ teamId?: string; botUserId?: string }>
type Args = Readonly<{ client: webApi.WebClient; context: Context }>
type MessageArgs = Args & Readonly<{ event: object; body: { readonly event_id: string } }>

export function listen(app: App, lookups: Lookups, on: Handlers): void {
  const toSource = ({ client, context }: Args) => ({ client, team: context.teamId ?? '' })
  const hear =
    <Body>(read: (body: Body) => decode.Incoming | null) =>
    async (args: Args & { readonly body: Body; readonly ack: () => Promise<void> }) => {
      await args.ack()
      const incoming = read(args.body)
      if (incoming !== null) await on.answer(toSource(args), incoming)
    }
  const hearMessage = async (args: MessageArgs) => {
    const event = args.event as decode.MessageEvent
    const { botUserId: bot = '' } = args.context
    const incoming = decode.decodeMessage(event, args.body.event_id, bot)
    if (incoming === null) return
    const isAddressed = await lookups.isAddressed(args.client, event, incoming.user, bot)
    if (isAddressed) await on.answer(toSource(args), incoming)
  }
  app.event('app_mention', hearMessage)
  app.event('message', hearMessage)
  app.event('app_home_opened', async (args) => {
    const { user, channel, tab } = args.event
    if (tab === 'home') await on.showHome(toSource(args), user, args.body.event_id)
    else await on.showPrompts(toSource(args), user, channel)
  })
  app.command('/ogp', hear(decode.decodeCommand))
  app.action<BlockAction>({ type: 'block_actions' }, hear(decode.decodeAction))
  const asking = { type: 'message_action', callback_id: 'ask' } as const
  app.shortcut<MessageShortcut>(asking, hear(decode.decodeShortcut))
  app.view<ViewSubmitAction>({ type: 'view_submission' }, hear(decode.decodeSubmission))
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
