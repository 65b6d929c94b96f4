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

type Client = webApi.WebClient

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

/** @param direct gives the channel where who asked is alone with the assistant */
export async function postReply(
  client: Client,
  incoming: Incoming,
  reply: Reply,
  bounds: typeof postBounds,
  direct: () => Promise<string>,
): Promise<void> {
  const { trigger, outlet } = incoming
  const { channel, thread } = outlet
  const open = async (view: webApi.ModalView) =>
    trigger !== undefined &&
    client.views.open({ trigger_id: trigger, view }).then(
      () => true,
      () => false,
    )
  const form = reply.blocks.find((block) => block.kind === 'form')
  const isOpen = form !== undefined && (await open(renderForm(form, formatOrigin(incoming))))
  const blocks = reply.blocks.filter((block) => !isOpen || block !== form)
  if (channel === undefined) return void (isOpen || (await open(renderDialog(blocks))))
  for (const [index, message] of renderMessages(blocks).entries()) {
    const post = () => postMessage(client, incoming, reply.audience, message, index, bounds)
    await retryDeferred(post, toReceipt, bounds)
  }
  const isAside = reply.audience === 'private' && !isDirectChannel(channel)
  await uploadFiles(
    client,
    blocks,
    isAside ? direct : () => Promise.resolve(channel),
    isAside ? undefined : thread,
  )
}

async function postMessage(
  client: Client,
  { outlet, user }: Incoming,
  audience: Reply['audience'],
  message: SlackMessage,
  index: number,
  { respondMsMax }: typeof postBounds,
): Promise<void> {
  const { channel = user, thread, responseUrl, isEphemeral } = outlet
  const args = { ...message, ...plainly, channel, ...(thread && { thread_ts: thread }) }
  const respond = async (response_type: string) => {
    if (!responseUrl || index >= responsesMax) return false
    const answer = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...args, response_type, replace_original: false }),
      signal: AbortSignal.timeout(respondMsMax),
    })
    return answer.ok
  }
  if (audience === 'private' && isEphemeral === true && (await respond('ephemeral'))) return
  if (audience === 'private' && !isDirectChannel(channel)) {
    await client.chat.postEphemeral({ ...args, user })
    return
  }
  await client.chat.postMessage(args).catch(async (error: unknown) => {
    // Where the assistant is no member, it may still answer to what was said to it.
    if (!outside.includes(readSlackCode(error)) || !(await respond('in_channel'))) throw error
  })
}

export async function uploadFiles(
  client: Client,
  blocks: readonly Block[],
  findChannel: () => Promise<string>,
  thread: string | undefined,
): Promise<void> {
  for (const block of blocks) {
    if (block.kind !== 'file') continue
    const where = { channel_id: await findChannel(), ...(thread && { thread_ts: thread }) }
    const file = { filename: block.name, file: Buffer.from(block.content) }
    await client.filesUploadV2({ ...where, ...file } as webApi.FilesUploadV2Arguments)
  }
}
