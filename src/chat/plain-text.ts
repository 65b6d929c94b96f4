// A reply as plain text: for the machine interface, for screen readers and notifications, and as every platform's fallback.

import type { AnswerBlock, Block, Reply } from './reply.ts'

/** The whole reply; blocks are separated by a blank line, choices are left to the caller when `choices` is false. */
export function toPlainText(reply: Reply, options: { readonly choices?: boolean } = {}): string {
  const shown = reply.blocks.filter(
    (block) => block.kind !== 'choices' || options.choices !== false,
  )
  return shown.map(blockToText).join('\n\n')
}

function blockToText(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'heading':
      return block.text
    case 'list':
      return toList(block.items)
    case 'answer':
      return answerToText(block)
    case 'choices':
      return `${block.prompt}\n${toList(block.choices.map(({ label }) => label))}`
  }
}

function answerToText({ title, facetLabel, text, list, sources }: AnswerBlock): string {
  const body = list.length === 0 ? text : `${text}\n${toList(list)}`
  const origin = sources.map((source) => `${source.text} ${source.url}`)
  return [`${title} (${facetLabel})`, body, ...origin].join('\n')
}

const toList = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n')
