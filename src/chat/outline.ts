// A reply as the few things that every chat platform can show: headings, paragraphs, links, rows of buttons. Pure.
// A platform renders these in its dialect; pictures, dialogs and files are its own business.

import { blockToText } from './plain-text.ts'
import type { Block, Choice, ChoicesBlock } from './reply.ts'
import { chunk, type Measure } from './split-text.ts'

/** No text is empty. */
export type OutlineItem =
  | { readonly kind: 'heading' | 'text'; readonly text: string }
  /** An address of the web. */
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  /** One row. */
  | { readonly kind: 'buttons'; readonly buttons: readonly Choice[] }

export type OutlineLimits = {
  readonly buttonsInRowMax: number
  /** Labels that are longer stand in full above their buttons. */
  readonly labelLengthMax: number
  readonly measure: Measure
}

export const outlineBlocks = (blocks: readonly Block[], limits: OutlineLimits): OutlineItem[] =>
  blocks
    .flatMap((block) => outlineBlock(block, limits))
    .filter((item) => !('text' in item) || item.text.trim() !== '')

function outlineBlock(block: Block, limits: OutlineLimits): OutlineItem[] {
  switch (block.kind) {
    case 'heading':
      return [{ kind: 'heading', text: block.text }]
    case 'list':
      return [{ kind: 'text', text: toList(block.items) }]
    case 'answer':
      return [
        { kind: 'heading', text: `${block.title} · ${block.facetLabel}` },
        { kind: 'text', text: block.text },
        { kind: 'text', text: toList(block.list) },
        ...block.sources.map(({ text, url }) => toLink(text, url)),
      ]
    case 'choices':
      return outlineChoices(block, limits)
    case 'file': {
      const { label, url } = block
      return [{ kind: 'text', text: label }, ...(url === undefined ? [] : [toLink(url, url)])]
    }
    case 'text':
    case 'timeline':
    case 'form':
      return [{ kind: 'text', text: blockToText(block) }]
  }
}

function outlineChoices({ prompt, choices }: ChoicesBlock, limits: OutlineLimits): OutlineItem[] {
  const { buttonsInRowMax, labelLengthMax, measure } = limits
  const labels = choices.map(({ label }) => label)
  const isCut = labels.some((label) => measure(label) > labelLengthMax)
  const rows = chunk(choices, buttonsInRowMax)
  return [
    { kind: 'text', text: isCut ? `${prompt}\n${toList(labels)}` : prompt },
    ...rows.map((buttons) => ({ kind: 'buttons', buttons }) as const),
  ]
}

/** `javascript:` and the like are shown as text alone. */
function toLink(label: string, url: string): OutlineItem {
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  const line = label.replaceAll(/\s+/g, ' ').trim()
  return isWeb && line !== ''
    ? { kind: 'link', label: line, url }
    : { kind: 'text', text: `${label}\n${url}` }
}

const toList = (items: readonly string[]) => items.map((item) => `• ${item}`).join('\n')
