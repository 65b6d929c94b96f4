// Blocks of a reply -> messages of Slack's Block Kit, each within Slack's limits. Pure; adds no words.
// Text is `plain_text`, in which Slack sees no markup. The limits: https://docs.slack.dev/reference/block-kit/blocks

import type { types } from '@slack/bolt'
import { outlineBlocks, type OutlineItem } from '../../src/chat/outline.ts'
import type { Block } from '../../src/chat/reply.ts'
import { packItems, shortenText, splitText } from '../../src/chat/split-text.ts'
import { escapedLength, escapeText } from './markup.ts'

export type SlackMessage = { readonly blocks: types.KnownBlock[]; readonly text: string }
/** A block, and the same as text for notifications and screen readers, escaped. */
type Piece = { readonly block: types.KnownBlock; readonly text: string }

/** Slack recommends 4,000 for `text` (it cuts at 40,000), and refuses blocks of more than some 13,200 together. */
export const messageLengthMax = 4_000
export const labelLengthMax = 75
const messageBlocksMax = 50
const sectionLengthMax = 3_000
const headerLengthMax = 150
const linkLengthMax = 2_000
/** Slack allows 25; five are a row that people can take in. */
const outlineLimits = { buttonsInRowMax: 5, labelLengthMax, measure: escapedLength }
/** How a button of a choice is told from others. */
export const choicePrefix = 'choice:'

const joinTexts = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join('\n')
const fitsMessage = (pieces: readonly Piece[]) =>
  pieces.length <= messageBlocksMax && joinTexts(pieces).length <= messageLengthMax

/** A reply's blocks as messages in order, without loss. A file is only named: it is uploaded apart. */
export const renderMessages = (blocks: readonly Block[]): SlackMessage[] =>
  packItems(renderPieces(blocks), fitsMessage).map((pieces) => {
    return { blocks: pieces.map(({ block }) => block), text: joinTexts(pieces) }
  })

export const renderPieces = (blocks: readonly Block[]): Piece[] =>
  outlineBlocks(blocks, outlineLimits).flatMap(renderItem)

/** @param lengthMax in UTF-16 units as Slack counts them, escaped */
export const toPlainText = (text: string, lengthMax: number) => ({
  type: 'plain_text' as const,
  text: escapeText(shortenText(text, lengthMax, escapedLength)) || '…',
  emoji: false,
})

export const toButton = (action_id: string, label: string, value: string): types.Button => ({
  type: 'button',
  action_id,
  text: toPlainText(label, labelLengthMax),
  value,
})

/** @param index makes the ids of buttons unique within one message or view */
function renderItem(item: OutlineItem, index: number): Piece[] {
  switch (item.kind) {
    case 'heading': {
      if (escapedLength(item.text) > headerLengthMax) return renderText(item.text)
      const text = toPlainText(item.text, headerLengthMax)
      return [{ block: { type: 'header', text }, text: text.text }]
    }
    case 'text':
      return renderText(item.text)
    case 'link': {
      // A small grey line.
      const [label, url] = [escapeText(item.label), escapeText(item.url)]
      const linked = `<${url.replaceAll('|', '%7C')}|${label}>`
      const isLink = linked.length <= linkLengthMax && !/[*_~`]/.test(label)
      if (!isLink) return renderText(`${item.label}\n${item.url}`)
      const elements = [{ type: 'mrkdwn' as const, text: linked }]
      return [{ block: { type: 'context', elements }, text: `${label} ${url}` }]
    }
    case 'buttons': {
      const elements = item.buttons.map(({ id, label }, at) =>
        toButton(`${choicePrefix}${index}:${at}`, label, id),
      )
      const text = elements.map((button) => `- ${button.text.text}`).join('\n')
      return [{ block: { type: 'actions', elements }, text }]
    }
  }
}

const renderText = (whole: string): Piece[] =>
  splitText(whole, sectionLengthMax, escapedLength).map((part) => {
    const text = escapeText(part)
    return { block: { type: 'section', text: { type: 'plain_text', text, emoji: false } }, text }
  })
