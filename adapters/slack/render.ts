// Blocks of a reply -> messages of Slack's Block Kit, each within Slack's limits. Pure; adds no words.
// Text is `plain_text`, in which Slack sees no markup. The limits: https://docs.slack.dev/reference/block-kit/blocks

import type { types } from '@slack/bolt'
import { blockToText } from '../../src/chat/plain-text.ts'
import type { AnswerBlock, Block, ChoicesBlock } from '../../src/chat/reply.ts'
import { shortenText, splitText } from '../../src/chat/split-text.ts'
import { escapedLength, escapeText } from './markup.ts'

export type SlackMessage = { readonly blocks: types.KnownBlock[]; readonly text: string }

/** A block, and the same as text for notifications and screen readers, escaped. */
type Piece = { readonly block: types.KnownBlock; readonly text: string }

/** How a button of a choice is told from others. */
export const choicePrefix = 'choice:'
/** Slack recommends 4,000 for `text` (it cuts at 40,000), and refuses blocks of more than some 13,200 together. */
export const messageLengthMax = 4_000
export const labelLengthMax = 75
const messageBlocksMax = 50
const sectionLengthMax = 3_000
const headerLengthMax = 150
const linkLengthMax = 2_000
/** Slack allows 25; five are a row that people can take in. */
const buttonsInRowMax = 5

/** A reply's blocks as messages in order, without loss. A file is only named: it is uploaded apart. */
export function renderMessages(blocks: readonly Block[]): SlackMessage[] {
  const messages: Piece[][] = []
  for (const piece of renderPieces(blocks)) {
    const last = messages.at(-1)
    const isFull = last === undefined || last.length === messageBlocksMax
    if (isFull || joinTexts([...last, piece]).length > messageLengthMax) messages.push([piece])
    else last.push(piece)
  }
  return messages.map((pieces) => ({
    blocks: pieces.map(({ block }) => block),
    text: joinTexts(pieces),
  }))
}

const joinTexts = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join('\n')

/** @param lengthMax in UTF-16 units as Slack counts them, escaped */
export const toPlainText = (text: string, lengthMax: number) => ({
  type: 'plain_text' as const,
  text: escapeText(shortenText(text, lengthMax, escapedLength)) || '…',
  emoji: false,
})

export const renderPieces = (blocks: readonly Block[]): Piece[] => blocks.flatMap(renderBlock)

/** @param index makes the ids of buttons unique within one message */
function renderBlock(block: Block, index: number): Piece[] {
  switch (block.kind) {
    case 'heading':
      return renderHeading(block.text)
    case 'list':
      return renderText(toList(block.items))
    case 'answer':
      return renderAnswer(block)
    case 'choices':
      return renderChoices(block, index)
    case 'file':
      return [...renderText(block.label), ...(block.url ? renderLink(block.url, block.url) : [])]
    case 'text':
    case 'timeline':
    case 'form':
      return renderText(blockToText(block))
  }
}

const toList = (items: readonly string[]) => items.map((item) => `• ${item}`).join('\n')

function renderHeading(heading: string): Piece[] {
  if (heading.trim() === '' || escapedLength(heading) > headerLengthMax) return renderText(heading)
  const text = toPlainText(heading, headerLengthMax)
  return [{ block: { type: 'header', text }, text: text.text }]
}

const renderText = (whole: string): Piece[] =>
  splitText(whole, sectionLengthMax, escapedLength).map((part) => {
    const text = escapeText(part)
    return { block: { type: 'section', text: { type: 'plain_text', text, emoji: false } }, text }
  })

const renderAnswer = ({ title, facetLabel, text, list, sources }: AnswerBlock): Piece[] => [
  ...renderHeading(`${title} · ${facetLabel}`),
  ...renderText(text),
  ...renderText(toList(list)),
  ...sources.flatMap((source) => renderLink(source.text, source.url)),
]

/** A small grey line that is a link. */
function renderLink(label: string, url: string): Piece[] {
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  const line = escapeText(label.replaceAll(/\s+/g, ' '))
  const linked = `<${escapeText(url).replaceAll('|', '%7C')}|${line}>`
  if (!isWeb || line === '' || linked.length > linkLengthMax) return renderText(`${label}\n${url}`)
  const elements = [{ type: 'mrkdwn' as const, text: linked }]
  const text = label === url ? line : `${line} ${escapeText(url)}`
  return [{ block: { type: 'context', elements }, text }]
}

/** A label that a button would cut stands in full above it. */
function renderChoices({ prompt, choices }: ChoicesBlock, index: number): Piece[] {
  const labels = choices.map(({ label }) => label)
  const isCut = labels.some((label) => escapedLength(label) > labelLengthMax)
  const rows = chunk(choices, buttonsInRowMax).map((row, at): Piece => {
    const elements = row.map(({ id, label }, place) => ({
      type: 'button' as const,
      action_id: `${choicePrefix}${index}:${at}:${place}`,
      text: toPlainText(label, labelLengthMax),
      value: id,
    }))
    const text = elements.map((button) => `- ${button.text.text}`).join('\n')
    return { block: { type: 'actions', elements }, text }
  })
  return [...renderText(isCut ? `${prompt}\n${toList(labels)}` : prompt), ...rows]
}

export const chunk = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  )
