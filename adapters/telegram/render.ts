// A reply -> Telegram messages: HTML within the limits, buttons under the last, files after it. Pure.

import { blockToText } from '../../src/chat/plain-text.ts'
import { shortenText } from '../../src/chat/split-text.ts'
import { choiceIdBytesMax } from '../../src/chat/reply.ts'
import type { AnswerBlock, Block, Choice, ChoicesBlock, Reply } from '../../src/chat/reply.ts'
import { splitSpans, toHtml, type Span } from './styled-text.ts'

export type Button = { readonly text: string; readonly callback_data: string }
export type TelegramMessage =
  | {
      readonly kind: 'text'
      readonly html: string
      readonly keyboard: readonly (readonly Button[])[]
    }
  | { readonly kind: 'file'; readonly name: string; readonly content: string }

/** Counted after the marks are read. */
export const textLengthMax = 4_096
/** Telegram names no limit, and phones show about this much. */
export const labelLengthMax = 64
/** Telegram takes some 10,000 bytes of buttons. */
const buttonsMax = 40
/** Short labels share a row. */
const rowLengthMax = 30
const rowButtonsMax = 3

export function renderReply({ blocks }: Pick<Reply, 'blocks'>): TelegramMessage[] {
  const hasAnswer = blocks.some(({ kind }) => kind === 'answer')
  const spans = blocks
    .map((block) => renderBlock(block, hasAnswer))
    .filter((part) => part.some(({ text }) => text.trim() !== ''))
    .flatMap((part, index) => (index === 0 ? part : [say('\n\n'), ...part]))
  const texts = splitSpans(spans, textLengthMax).map(toHtml)
  const keyboards = toKeyboards(blocks)
  // Each keyboard stands under a message of its own.
  while (texts.length < keyboards.length) texts.push('…')
  const bare = texts.length - keyboards.length
  const files = blocks.filter((block) => block.kind === 'file')
  return [
    ...texts.map((html, at) => ({
      kind: 'text' as const,
      html,
      keyboard: keyboards[at - bare] ?? [],
    })),
    ...files.map(({ name, content }) => ({ kind: 'file' as const, name, content })),
  ]
}

/** Half a surrogate pair would make a whole message unreadable to Telegram. */
const say = (text: string, mark?: Span['mark']): Span => ({
  text: text.toWellFormed(),
  ...(mark !== undefined && { mark }),
})
const toList = (items: readonly string[]) => items.map((item) => `• ${item}`).join('\n')

function renderBlock(block: Block, hasAnswer: boolean): Span[] {
  switch (block.kind) {
    case 'heading':
      return [say(block.text, 'b')]
    case 'list':
      return [say(toList(block.items))]
    case 'answer':
      return renderAnswer(block)
    case 'choices':
      return [say(toPrompt(block, hasAnswer))]
    case 'timeline':
    case 'text':
    case 'file':
    case 'form':
      return [say(blockToText(block))]
  }
}

const renderAnswer = ({ title, facetLabel, text, list, sources }: AnswerBlock): Span[] => [
  say(title, 'b'),
  say(` · ${facetLabel}`, 'i'),
  say(`\n\n${[text, toList(list)].join('\n').trimEnd()}\n`),
  ...sources.flatMap((source) => [say('\n'), renderLink(source.text, source.url)]),
]

function renderLink(label: string, url: string): Span {
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  return isWeb && label.trim() !== ''
    ? say(label, { href: url.toWellFormed() })
    : say(`${label}\n${url}`)
}

/** Under an answer, buttons speak for themselves. A label that a button would cut stands in full above it. */
function toPrompt({ role, prompt, choices }: ChoicesBlock, hasAnswer: boolean): string {
  const labels = choices.map(({ label }) => label)
  const isPlain = hasAnswer && (role === 'facets' || role === 'related' || role === 'feedback')
  const isCut = labels.some((label) => label.length > labelLengthMax)
  return [isPlain ? '' : prompt, isCut ? toList(labels) : ''].join('\n').trim()
}

/** The buttons of all choices in order, in as many keyboards as they fill. */
function toKeyboards(blocks: readonly Block[]): Button[][][] {
  const rows = blocks.flatMap((block) => (block.kind === 'choices' ? toRows(block) : []))
  return gather(rows, (keyboard, row) => keyboard.flat().length + row.length <= buttonsMax)
}

const toRows = ({ choices }: ChoicesBlock): Button[][] =>
  gather(choices.flatMap(toButton), (row, { text }) => {
    const length = row.reduce((sum, button) => sum + button.text.length, text.length)
    return row.length < rowButtonsMax && length <= rowLengthMax
  })

/** In order, in as few groups as may be. */
function gather<T>(items: readonly T[], fits: (group: readonly T[], item: T) => boolean): T[][] {
  const groups: T[][] = []
  for (const item of items) {
    const last = groups.at(-1)
    if (last !== undefined && fits(last, item)) last.push(item)
    else groups.push([item])
  }
  return groups
}

/** One id that is too long would have the whole message refused. */
function toButton({ id, label }: Choice): Button[] {
  if (id === '' || Buffer.byteLength(id) > choiceIdBytesMax) return []
  return [{ text: shortenText(label.toWellFormed(), labelLengthMax) || '…', callback_data: id }]
}
