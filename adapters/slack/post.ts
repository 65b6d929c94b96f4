// Puts a reply where it belongs: a message, one that its author alone sees, a dialog, an uploaded file.
// It waits where Slack asks it to. It must not know the core.

import type { webApi } from '@slack/bolt'
import type { Block, Reply } from '../../src/chat/reply.ts'
import { retryDeferred } from '../../src/chat/retry.ts'
import { formatOrigin, type Incoming } from './decode.ts'
import { isDirectChannel } from './place.ts'
import { readSlackCode, toReceipt } from './receipt.ts'
import { renderMessages, type SlackMessage } from './render.ts'
import { renderDialog, renderForm } from './render-view.ts'

export const postBounds = { attemptsMax: 3, pauseMsMax: 30_000, respondMsMax: 10_000 }

/** Links are shown as they stand, and nothing in a text is looked for. */
export const plainly = {
  unfurl_links: false,
  unfurl_media: false,
  mrkdwn: false,
  parse: 'none',
} as const

/** Slack takes five replies at one response_url. */
const responsesMax = 5
const outside: readonly unknown[] = ['not_in_channel', 'channel_not_found']

export type Posting = {
  readonly client: webApi.WebClient
  readonly incoming: Incoming
  readonly reply: Reply
  /** The channel where who asked is alone with the assistant. */
  readonly direct: () => Promise<string>
}

export async function postReply(posting: Posting, bounds: typeof postBounds): Promise<void> {
  const { client, incoming, reply, direct } = posting
  const { channel, thread } = incoming.outlet
  const form = reply.blocks.find((block) => block.kind === 'form')
  const view = form && renderForm(form, formatOrigin(incoming))
  const isOpen = view !== undefined && (await openView(posting, view))
  const blocks = reply.blocks.filter((block) => !isOpen || block !== form)
  if (channel === undefined) {
    if (!isOpen) await openView(posting, renderDialog(blocks))
    return
  }
  for (const [index, message] of renderMessages(blocks).entries()) {
    const mayRespond = index < responsesMax
    await retryDeferred(() => postMessage(posting, message, mayRespond, bounds), toReceipt, bounds)
  }
  // Nothing can be uploaded for one person's eyes in a channel.
  const isAside = reply.audience === 'private' && !isDirectChannel(channel)
  if (!isAside) await uploadFiles(client, blocks, channel, thread)
  else if (blocks.some(({ kind }) => kind === 'file'))
    await uploadFiles(client, blocks, await direct())
}

/** Whether it could be: a trigger is good for three seconds, and for one view. */
async function openView({ client, incoming }: Posting, view: webApi.ModalView): Promise<boolean> {
  if (incoming.trigger === undefined) return false
  const opened = client.views.open({ trigger_id: incoming.trigger, view })
  return opened.then(
    () => true,
    () => false,
  )
}

async function postMessage(
  { client, incoming, reply }: Posting,
  message: SlackMessage,
  mayRespond: boolean,
  { respondMsMax }: typeof postBounds,
): Promise<void> {
  const { user, outlet } = incoming
  const { channel = user, thread, responseUrl, isEphemeral } = outlet
  const args = { ...message, ...plainly, channel, ...(thread && { thread_ts: thread }) }
  const respond = async (response_type: string) => {
    if (!responseUrl || !mayRespond) return false
    const answer = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...args, response_type, replace_original: false }),
      signal: AbortSignal.timeout(respondMsMax),
    }).catch(() => null)
    return answer?.ok === true
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

export async function uploadFiles(
  client: webApi.WebClient,
  blocks: readonly Block[],
  channel_id: string,
  thread?: string,
): Promise<void> {
  for (const block of blocks) {
    if (block.kind !== 'file') continue
    const args = { channel_id, filename: block.name, file: Buffer.from(block.content) }
    await client.filesUploadV2(thread === undefined ? args : { ...args, thread_ts: thread })
  }
}
