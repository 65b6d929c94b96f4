// Puts a reply where it belongs: a message, one that its author alone sees, a dialog, an uploaded file.
// It waits where Slack asks it to. It must not know the core.

import type { webApi } from '@slack/bolt'
import type { Block, Reply } from '../../src/chat/reply.ts'
import { retry } from '../../src/chat/retry.ts'
import { formatOrigin, type Incoming } from './decode.ts'
import { isDirectChannel } from './place.ts'
import { describeError, toReceipt } from './receipt.ts'
import { renderMessages, type SlackMessage } from './render.ts'
import { renderDialog, renderForm } from './render-view.ts'

export const postBounds = { postAttemptsMax: 3, postPauseMsMax: 30_000, respondMsMax: 10_000 }

/** Links are shown as they stand, and nothing in a text is looked for. */
export const plainly = {
  unfurl_links: false,
  unfurl_media: false,
  mrkdwn: false,
  parse: 'none',
} as const

/** Slack takes five replies at one response_url. */
const responsesMax = 5
const dialogTitle = 'OGP'

/** @param direct gives the channel where who asked is alone with the assistant */
export async function postReply(
  client: webApi.WebClient,
  incoming: Incoming,
  reply: Reply,
  bounds: typeof postBounds,
  direct: () => Promise<string>,
): Promise<void> {
  const { outlet, trigger } = incoming
  const { channel, thread } = outlet
  const open = async (view: webApi.ViewsOpenArguments['view']) => {
    if (trigger === undefined) return false
    return client.views.open({ trigger_id: trigger, view }).then(
      () => true,
      () => false,
    )
  }
  const form = reply.blocks.find((block) => block.kind === 'form')
  const isOpen = form !== undefined && (await open(renderForm(form, formatOrigin(incoming))))
  const blocks = reply.blocks.filter((block) => !isOpen || block !== form)
  if (channel === undefined) {
    if (!isOpen) await open(renderDialog(blocks, dialogTitle))
    return
  }
  for (const [index, message] of renderMessages(blocks).entries()) {
    const post = () => postMessage(client, incoming, reply.audience, message, index, bounds)
    await retry(post, {
      attemptsMax: bounds.postAttemptsMax,
      pauseMs: (error) => toPauseMs(error, bounds),
    })
  }
  const isAside = reply.audience === 'private' && !isDirectChannel(channel)
  if (blocks.some(({ kind }) => kind === 'file')) {
    await uploadFiles(
      client,
      blocks,
      isAside ? await direct() : channel,
      isAside ? undefined : thread,
    )
  }
}

function toPauseMs(error: unknown, { postPauseMsMax }: typeof postBounds) {
  const receipt = toReceipt(error)
  if (receipt.kind !== 'deferred') return null
  return Math.min(receipt.retryAfter.total('milliseconds'), postPauseMsMax)
}

async function postMessage(
  client: webApi.WebClient,
  { outlet, user }: Incoming,
  audience: Reply['audience'],
  message: SlackMessage,
  index: number,
  { respondMsMax }: typeof postBounds,
): Promise<void> {
  const { channel = user, thread, responseUrl, isEphemeral } = outlet
  const place = { channel, ...(thread && { thread_ts: thread }) }
  const respond = async (response_type: 'ephemeral' | 'in_channel') => {
    if (!responseUrl || index >= responsesMax) return false
    const body = { ...message, ...plainly, ...place, response_type, replace_original: false }
    const { ok } = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(respondMsMax),
    })
    return ok
  }
  if (audience === 'private' && isEphemeral === true && (await respond('ephemeral'))) return
  if (audience === 'private' && !isDirectChannel(channel)) {
    await client.chat.postEphemeral({ ...message, ...plainly, ...place, user })
    return
  }
  try {
    await client.chat.postMessage({ ...message, ...plainly, ...place })
  } catch (error) {
    // Where the assistant is no member, it may still answer to what was said to it.
    const isOutside = /^(?:not_in_channel|channel_not_found)$/.test(describeError(error))
    if (!isOutside || !(await respond('in_channel'))) throw error
  }
}

/** Nothing can be uploaded for one person's eyes in a channel. */
export async function uploadFiles(
  client: webApi.WebClient,
  blocks: readonly Block[],
  channel: string,
  thread: string | undefined,
): Promise<void> {
  const place = { channel_id: channel, ...(thread && { thread_ts: thread }) } as {
    channel_id: string
  }
  for (const block of blocks) {
    if (block.kind !== 'file') continue
    await client.filesUploadV2({ ...place, filename: block.name, file: Buffer.from(block.content) })
  }
}
