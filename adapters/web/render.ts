// Reply -> the JSON that the page shows. Pure. Text stays plain text: the page inserts it as such.
// It must not add words.

import type { AnswerBlock, Block, Reply } from '../../src/chat/reply.ts'
import type { PageBlock, PageReply, PageSource } from './wire.ts'

/** Only web addresses become links: `javascript:` and the like are shown as text alone. */
const toLink = (url: string) =>
  URL.canParse(url) && ['https:', 'http:'].includes(new URL(url).protocol) ? url : null

/** Paragraphs of plain text: separated by a blank line. */
export const splitParagraphs = (text: string): string[] =>
  text
    .split(/\r?\n[\t ]*\r?\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')

const renderAnswer = (block: AnswerBlock): PageBlock => ({
  kind: 'answer',
  title: block.title,
  facetLabel: block.facetLabel,
  paragraphs: splitParagraphs(block.text),
  list: block.list,
  sources: block.sources.map(({ text, url }): PageSource => ({ text, url: toLink(url) })),
})

function renderBlock(block: Block): PageBlock {
  switch (block.kind) {
    case 'text':
    case 'heading':
      return { kind: block.kind, text: block.text }
    case 'list':
      return { kind: 'list', items: block.items }
    case 'answer':
      return renderAnswer(block)
    case 'choices': {
      const choices = block.choices.map(({ id, label }) => ({ id, label }))
      return { kind: 'choices', role: block.role, prompt: block.prompt, choices }
    }
    case 'timeline':
    case 'form':
      return block
    case 'file': {
      const { kind, name, mediaType, content, label, url } = block
      return { kind, name, mediaType, content, label, url: url === undefined ? null : toLink(url) }
    }
  }
}

export const renderReply = (reply: Reply): PageReply => ({
  language: reply.language,
  blocks: reply.blocks.map(renderBlock),
})
