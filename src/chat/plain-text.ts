// A reply as plain text: for the machine interface, for screen readers and notifications, and as every platform's fallback.

import type {
  AnswerBlock,
  Block,
  FormBlock,
  FormField,
  Reply,
  TimelineBlock,
  TimelineItem,
} from './reply.ts'

/** The whole reply; blocks are separated by a blank line, choices are left to the caller when `choices` is false. */
export function toPlainText(reply: Reply, options: { readonly choices?: boolean } = {}): string {
  const shown = reply.blocks.filter(
    (block) => block.kind !== 'choices' || options.choices !== false,
  )
  return shown.map(blockToText).join('\n\n')
}

/** One block, complete without colour, pictures or dialogs. */
export function blockToText(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'heading':
      return block.text
    case 'list':
      return toList(block.items)
    case 'answer':
      return answerToText(block)
    case 'choices':
      return [block.prompt, toList(block.choices.map(({ label }) => label))]
        .filter((part) => part !== '')
        .join('\n')
    case 'timeline':
      return timelineToText(block)
    case 'file':
      return block.url === undefined ? block.label : `${block.label}\n${block.url}`
    case 'form':
      return block.fallback
  }
}

function answerToText({ title, facetLabel, text, list, sources }: AnswerBlock): string {
  const body = list.length === 0 ? text : `${text}\n${toList(list)}`
  const origin = sources.map((source) => `${source.text} ${source.url}`)
  return [`${title} (${facetLabel})`, body, ...origin].join('\n')
}

/** A row with no dated duty shows its plans; the title is needed only to tell rows apart. */
function timelineToText({ rows }: TimelineBlock): string {
  return rows
    .map(({ title, spans, items }) => {
      const lines = items.length === 0 ? spans.map(({ label }) => label) : items.map(itemToText)
      return (rows.length === 1 ? lines : [title, ...lines]).join('\n')
    })
    .join('\n\n')
}

/** `Friday, 31 December 2027 (in 402 days) - Plan ends [hard]`. */
export function toItemLine({ when, left, title, forceLabel }: TimelineItem): string {
  const day = left === '' ? when : `${when} (${left})`
  return `${day} - ${title} [${forceLabel}]`
}

/** Its line, then how sure it is and why, indented. */
function itemToText(item: TimelineItem): string {
  const notes = [item.certainty, item.why].filter((note) => note !== '')
  return [toItemLine(item), ...notes.map((note) => `  ${note}`)].join('\n')
}

/** What a form holds, one line a field: for where it is shown before it is opened. */
export const formToText = ({ fields }: FormBlock): string =>
  fields.map((field) => `${field.label}: ${readFieldLabels(field).join(', ')}`).join('\n')

const readFieldLabels = (field: FormField): string[] =>
  field.kind === 'text' ? [field.value] : findChosen(field).map(({ label }) => label)

/** The options of a menu that are chosen when its form opens. */
export function findChosen({ options, value }: SelectField): SelectField['options'] {
  const held = value.split(',')
  return options.filter((option) => held.includes(option.value))
}
type SelectField = Extract<FormField, { readonly kind: 'select' }>

const toList = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n')
