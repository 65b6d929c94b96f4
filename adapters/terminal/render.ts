// Reply -> lines for a terminal: wrapped, numbered choices, no escape sequence but our own. Pure.

import { styleText } from 'node:util'
import wrapAnsi from 'wrap-ansi'
import { blockToText } from '../../src/chat/plain-text.ts'
import type { AnswerBlock, Block, Choice, Reply } from '../../src/chat/reply.ts'

export type RenderOptions = {
  /** In columns; Infinity leaves the lines to whoever reads them. */
  readonly width: number
  readonly colour: boolean
}

export type RenderedReply = {
  readonly text: string
  /** In the order of their numbers, which run through the whole reply from 1. */
  readonly choices: readonly Choice[]
}

type Style = Parameters<typeof styleText>[0]

export function renderReply(reply: Reply, options: RenderOptions): RenderedReply {
  const choices = reply.blocks.flatMap((block) => (block.kind === 'choices' ? block.choices : []))
  let numbered = 0
  const paragraphs = reply.blocks.map((block) => {
    const text = renderBlock(block, numbered, options)
    if (block.kind === 'choices') numbered += block.choices.length
    return text
  })
  return { text: paragraphs.join('\n\n'), choices }
}

function renderBlock(block: Block, numbered: number, options: RenderOptions): string {
  switch (block.kind) {
    case 'text':
      return wrap(block.text, options)
    case 'heading':
      return paint('bold', wrap(block.text, options), options)
    case 'list':
      return renderList(block.items, options)
    case 'answer':
      return renderAnswer(block, options)
    case 'choices': {
      const rows = block.choices.map(
        ({ label }, index) =>
          `  ${(numbered + index + 1).toString().padStart(2)}) ${toPlain(label)}`,
      )
      return [wrap(block.prompt, options), ...rows].join('\n')
    }
    case 'timeline':
    case 'file':
    case 'form':
      return wrap(blockToText(block), options)
  }
}

function renderAnswer(block: AnswerBlock, options: RenderOptions): string {
  const title = paint('bold', toPlain(block.title), options)
  const facet = paint('dim', ` · ${toPlain(block.facetLabel)}`, options)
  const sources = block.sources.map(({ text, url }) =>
    paint('dim', `${wrap(text, options)}\n${toPlain(url)}`, options),
  )
  const list = block.list.length === 0 ? [] : [renderList(block.list, options)]
  return [title + facet, wrap(block.text, options), ...list, ...sources].join('\n')
}

function renderList(items: readonly string[], options: RenderOptions): string {
  const narrower = { ...options, width: options.width - 4 }
  return items.map((item) => `  - ${wrap(item, narrower).replaceAll('\n', '\n    ')}`).join('\n')
}

const wrap = (text: string, { width }: RenderOptions) =>
  width === Infinity ? toPlain(text) : wrapAnsi(toPlain(text), width, { hard: true })

const paint = (style: Style, text: string, { colour }: RenderOptions) =>
  colour ? styleText(style, text, { validateStream: false }) : text

/** Escape sequences and other control characters could repaint the terminal; line breaks may stay. */
const toPlain = (text: string) => text.replaceAll(/[^\P{Cc}\n\t]/gu, '')
