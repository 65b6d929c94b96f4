// What Slack tells -> what somebody says to the assistant, where, and where its reply may go. Pure.
// Null for whatever is not for the assistant: its own messages, other bots', edits.

import type { BlockAction, MessageShortcut, SlashCommand, types } from '@slack/bolt'
import type { ViewSubmitAction } from '@slack/bolt'
import { readCommandText, toQuestion } from '../../src/chat/command-text.ts'
import { formNames, type InboundContent } from '../../src/chat/message.ts'
import { decodeText, removeMention } from './markup.ts'
import { isDirectChannel, type Place } from './place.ts'
import { choicePrefix } from './render.ts'
import { commandPrefix, toCallbackId } from './render-view.ts'

/** Where a reply may go. Without a channel it was said on the Home tab, and is answered in a dialog. */
export type Outlet = {
  readonly channel?: string | undefined
  readonly thread?: string | undefined
  /** Takes five replies in half an hour, also where the assistant is no member. */
  readonly responseUrl?: string
  /** What is answered is seen by its author alone. */
  readonly isEphemeral?: boolean
}

export type Incoming = {
  /** Identical for every repeat, within one workspace. */
  readonly key: string
  readonly user: string
  readonly content: InboundContent
  readonly place: Omit<Place, 'team'>
  readonly outlet: Outlet
  /** Opens one dialog, within three seconds. */
  readonly trigger?: string
  readonly sentAt?: Temporal.Instant
}

export type MessageEvent = types.GenericMessageEvent | types.AppMentionEvent

const spokenSubtypes: readonly unknown[] = [undefined, 'file_share', 'thread_broadcast']

/** A direct conversation is its person's, whatever Slack calls the channel, and all of its threads are one. */
function toPlace(user: string, { channel, thread }: Outlet): Incoming['place'] {
  if (channel === undefined || isDirectChannel(channel)) return { id: user }
  return { id: channel, ...(thread && { thread }) }
}

/** @param bot the assistant's own user */
export function decodeMessage(event: MessageEvent, key: string, bot: string): Incoming | null {
  const { channel, user, ts, text = '', thread_ts } = event
  if (user === undefined || user === bot || event.bot_id !== undefined) return null
  if (event.edited !== undefined || !spokenSubtypes.includes(event.subtype)) return null
  const outlet = { channel, thread: thread_ts ?? (isDirectChannel(channel) ? undefined : ts) }
  const content = toQuestion(decodeText(removeMention(text, bot)))
  const sentAt = Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(ts) * 1_000))
  return { key, user, sentAt, content, outlet, place: toPlace(user, outlet) }
}

export function decodeCommand(command: SlashCommand): Incoming {
  const { user_id: user, trigger_id: trigger, channel_id: channel, response_url } = command
  const content = readCommandText(decodeText(command.text))
  const outlet = { channel, responseUrl: response_url, isEphemeral: true }
  return { key: trigger, user, content, outlet, place: toPlace(user, outlet), trigger }
}

/** A pressed button of a message, a dialog or the Home tab. In a channel its message's thread takes the reply. */
export function decodeAction(body: BlockAction): Incoming | null {
  const { trigger_id: trigger, response_url: responseUrl } = body
  const { message, channel, container = {} } = body as Partial<BlockAction>
  const [action] = body.actions
  if (action?.type !== 'button') return null
  const { action_id, value = '' } = action
  const isCommand = action_id.startsWith(commandPrefix)
  if (!isCommand && !action_id.startsWith(choicePrefix)) return null
  const user = body.user.id
  const isEphemeral = container['is_ephemeral'] === true
  const within = (message?.['thread_ts'] ?? container['thread_ts']) as string | undefined
  const isOpen = channel !== undefined && !isDirectChannel(channel.id) && !isEphemeral
  const thread = within ?? (isOpen ? message?.ts : undefined)
  const outlet = { channel: channel?.id, thread, responseUrl, isEphemeral }
  const content = isCommand ? readCommandText(value) : ({ kind: 'choice', id: value } as const)
  const key = `${user}:${action.action_ts}:${action_id}`
  const place = toPlace(user, { ...outlet, thread: within })
  return { key, user, content, outlet, place, trigger }
}

/** "Ask OGP about this": the message is the question, and who asks alone sees the answer. */
export function decodeShortcut(body: MessageShortcut): Incoming {
  const { channel, message, trigger_id: trigger, response_url: responseUrl } = body
  const user = body.user.id
  const thread = (message['thread_ts'] as string | undefined) ?? message.ts
  const outlet = { channel: channel.id, thread, responseUrl, isEphemeral: true }
  const content = toQuestion(decodeText(message.text ?? ''))
  const key = `${user}:${body.action_ts}`
  return { key, user, content, outlet, place: toPlace(user, outlet), trigger }
}

type Origin = Pick<Incoming, 'place' | 'outlet'>
export const formatOrigin = ({ place, outlet }: Origin) => JSON.stringify({ place, outlet })

export function decodeSubmission({ user, view, trigger_id }: ViewSubmitAction): Incoming | null {
  const name = formNames.find((known) => view.callback_id === toCallbackId(known))
  if (name === undefined) return null
  const { place, outlet } = JSON.parse(view.private_metadata) as Origin
  const inputs = Object.values(view.state.values).flatMap((block) => Object.entries(block))
  const fields = inputs.map(([id, { value, selected_option, selected_options }]) => {
    const chosen = selected_options?.map((option) => option.value).join(',')
    return [id, chosen ?? selected_option?.value ?? value ?? ''] as const
  })
  const content = { kind: 'form', name, fields: Object.fromEntries<string>(fields) } as const
  return { key: view.id, user: user.id, content, place, outlet, trigger: trigger_id }
}
