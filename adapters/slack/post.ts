// Puts a reply where it belongs: a message, one that its author alone sees, a dialog, an uploaded file.
// It waits where Slack asks it to. It must not know the core.

import type { webApi } from '@slack/bolt'
import type { Block, Reply } from '../../src/chat/reply.ts'
import { retryDeferred } from '../../src/chat/retry.ts'
import { formatOrigin, type Incoming } from './decode.ts'
import type { Client, Lookups } from './lookups.ts'
import { isDirectChannel } from './place.ts'
import { readSlackCode, toReceipt } from './receipt.ts'
import { renderMessages, type SlackMessage } from './render.ts'
import { renderDialog, renderForm } from './render-view.ts'

export const postBounds = { attemptsMax: 3, pauseMsMax: 30_000 }

/** Links are shown as they stand, and nothing in a text is looked for. */
export const plainly = {
  unfurl_links: false,
  unfurl_media: false,
  mrkdwn: false,
  parse: 'none',
} as const

const respondMsMax = 10_000
const outside: readonly unknown[] = ['not_in_channel', 'channel_not_found']

export type Spot = { readonly channel: string; readonly thread?: string | undefined }

export type Posting = {
  readonly client: Client
  readonly incoming: Incoming
  readonly reply: Reply
  readonly lookups: Lookups
}

export async function postReply(posting: Posting, bounds: typeof postBounds): Promise<void> {
  const { client, incoming, reply, lookups } = posting
  const { channel, thread } = incoming.outlet
  const form = reply.blocks.find((block) => block.kind === 'form')
  const view = form && renderForm(form, formatOrigin(incoming))
  const isOpen = view !== undefined && (await openView(posting, view))
  const blocks = reply.blocks.filter((block) => !isOpen || block !== form)
  if (channel === undefined) {
    if (!isOpen) await openView(posting, renderDialog(blocks))
    return
  }
  for (const message of renderMessages(blocks))
    await retryDeferred(() => postMessage(posting, message), toReceipt, bounds)
  const hasFile = blocks.some(({ kind }) => kind === 'file')
  // Nothing can be uploaded for one person's eyes in a channel.
  const isAside = hasFile && reply.audience === 'private' && !isDirectChannel(channel)
  const alone = isAside && { channel: await lookups.directChannel(client, incoming.user) }
  await uploadFiles(client, blocks, alone || { channel, thread })
}

/** Whether it could be: a trigger is good for three seconds, and for one view. */
async function openView({ client, incoming }: Posting, view: webApi.ModalView): Promise<boolean> {
  if (incoming.trigger === undefined) return false
  const opening = client.views.open({ trigger_id: incoming.trigger, view })
  return (await opening.catch(() => null)) !== null
}

async function postMessage({ client, incoming, reply }: Posting, message: SlackMessage) {
  const { user, outlet } = incoming
  const { channel = user, thread, responseUrl, isEphemeral } = outlet
  const args = { ...message, ...plainly, channel, ...(thread && { thread_ts: thread }) }
  // Slack refuses the sixth, and one after half an hour.
  const respond = async (response_type: 'ephemeral' | 'in_channel') => {
    if (responseUrl === undefined) return false
    const body = JSON.stringify({ ...args, response_type, replace_original: false })
    const headers = { 'Content-Type': 'application/json' }
    const request = { method: 'POST', headers, body, signal: AbortSignal.timeout(respondMsMax) }
    return (await fetch(responseUrl, request).catch(() => null))?.ok === true
  }
  const isPrivate = reply.audience === 'private'
  if (isPrivate && isEphemeral === true && (await respond('ephemeral'))) return
  if (isPrivate && !isDirectChannel(channel)) {
    await client.chat.postEphemeral({ ...args, user })
    return
  }
  await client.chat.postMessage(args).catch(async (error: unknown) => {
    // Where the assistant is no member, it may still answer to what was said to it.
    if (!outside.includes(readSlackCode(error)) || !(await respond('in_channel'))) throw error
  })
}

export async function uploadFiles(client: Client, blocks: readonly Block[], spot: Spot) {
  const { channel: channel_id, thread } = spot
  for (const block of blocks) {
    if (block.kind !== 'file') continue
    const args = { channel_id, filename: block.name, file: Buffer.from(block.content) }
    await client.filesUploadV2(thread === undefined ? args : { ...args, thread_ts: thread })
  }
}
