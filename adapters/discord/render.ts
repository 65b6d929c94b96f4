// Blocks of a reply -> messages of Discord's Components V2, each within Discord's limits. Pure; adds no words.
// The limits: https://docs.discord.com/developers/components/reference

import { ButtonStyle, ComponentType } from 'discord.js'
import type { APIComponentInMessageActionRow, APIMessageTopLevelComponent } from 'discord.js'
import type { SuggestKind } from '../../src/chat/adapter.ts'
import { toItemLine } from '../../src/chat/plain-text.ts'
import type { AnswerBlock, Block, Choice, ChoicesBlock } from '../../src/chat/reply.ts'
import type { FileBlock, TimelineRow } from '../../src/chat/reply.ts'
import { chunk, packItems, shortenText, splitText } from '../../src/chat/split-text.ts'
import { escapedLength, escapeLine, escapeText, toLink } from './markup.ts'

export type DiscordFile = {
  readonly name: string
  readonly data: string
  readonly contentType: string
}
export type DiscordMessage = {
  readonly components: readonly APIMessageTopLevelComponent[]
  readonly files: readonly DiscordFile[]
}

/** A component, and how much of a message's limits it takes up. */
type Piece = {
  readonly component: APIMessageTopLevelComponent
  readonly length: number
  readonly count: number
  readonly file?: DiscordFile
}

/** Discord counts the text of all components of a message together. */
export const messageLengthMax = 4_000
export const buttonLabelLengthMax = 80
const messageComponentsMax = 40
/** Discord allows ten, whose names must differ. */
const messageFilesMax = 1
/** Half a message: so what follows still finds room in it. */
const textLengthMax = 2_000
/** With room for the marks around it. */
const lineLengthMax = textLengthMax - 50
const fileNameLengthMax = 100
const buttonsInRowMax = 5
/** More buttons than this are a wall. */
const buttonsMax = 10
const optionsMax = 25
const optionLabelLengthMax = 100
const suggestionLengthMax = 100
const placeholderLengthMax = 150

/** How the id of a choice is told from others. Discord wants different ids within a message. */
export const choicePattern = /^choice:\d+:/
const toComponentId = (index: number, id: string) => `choice:${index}:${id}`

/** A reply's blocks as messages in order, without loss. */
export function renderMessages(blocks: readonly Block[]): DiscordMessage[] {
  return packItems(blocks.flatMap(renderBlock), fits).map((pieces) => ({
    components: pieces.map(({ component }) => component),
    files: pieces.flatMap(({ file }) => (file === undefined ? [] : [file])),
  }))
}

function fits(pieces: readonly Piece[]): boolean {
  const sum = (read: (piece: Piece) => number) => pieces.reduce((all, one) => all + read(one), 0)
  return (
    sum(({ length }) => length) <= messageLengthMax &&
    sum(({ count }) => count) <= messageComponentsMax &&
    sum(({ file }) => (file === undefined ? 0 : 1)) <= messageFilesMax
  )
}

/** @param index makes the ids of components unique within a message */
function renderBlock(block: Block, index: number): Piece[] {
  switch (block.kind) {
    case 'text':
      return renderLines(markLines(block.text))
    case 'heading':
      return renderLines(markLines(block.text, '## '))
    case 'list':
      return renderLines(block.items.flatMap(toItem))
    case 'answer':
      return renderLines(answerToLines(block))
    case 'timeline':
      return renderLines(block.rows.flatMap((row) => rowToLines(row, block.rows.length > 1)))
    case 'choices':
      return renderChoices(block, index)
    case 'file': {
      const link = block.url === undefined ? null : toLink(block.url, block.url)
      const lines = [...markLines(block.label), ...(link === null ? [] : [link])]
      return [...renderLines(lines), renderFile(block)]
    }
    case 'form':
      return renderLines(markLines(block.fallback))
  }
}

/** Markdown within the limit of a text. @param before the mark of each line; without one, the text keeps its own lines */
function markLines(text: string, before = '', after = ''): string[] {
  const parts = splitText(text, lineLengthMax, escapedLength)
  if (before === '') return parts.map(escapeText)
  return parts.map((part) => before + escapeLine(part) + after)
}

/** An item's further lines stay within it. */
const toItem = (item: string): string[] =>
  splitText(item, lineLengthMax, escapedLength).map((part, index) =>
    index === 0 ? `- ${escapeText(part).replaceAll(/\n\s*/g, '\n  ')}` : `  ${escapeLine(part)}`,
  )

const smallPrint = '-# '

function answerToLines({ title, facetLabel, text, list, sources }: AnswerBlock): string[] {
  const origins = sources.flatMap((source) => {
    const link = toLink(source.text, source.url)
    if (link !== null && link.length <= lineLengthMax) return [smallPrint + link]
    return markLines(`${source.text} ${source.url}`, smallPrint)
  })
  return [
    ...markLines(`${title} · ${facetLabel}`, '### '),
    ...markLines(text),
    ...list.flatMap(toItem),
    ...origins,
  ]
}

/** A row with no dated duty shows its plans; the title is needed only to tell rows apart. */
function rowToLines({ title, spans, items }: TimelineRow, isOneOfMany: boolean): string[] {
  const duties = items.flatMap((item) => {
    const notes = [item.certainty, item.why].filter((note) => note !== '')
    const line = toItemLine(item)
    const said = item.state === 'next' ? markLines(line, '**', '**') : markLines(line)
    return [...said, ...notes.flatMap((note) => markLines(note, smallPrint))]
  })
  const plans = items.length === 0 ? spans.flatMap(({ label }) => markLines(label)) : []
  return [...(isOneOfMany ? markLines(title, '### ') : []), ...duties, ...plans]
}

const renderLines = (lines: readonly string[]): Piece[] =>
  packItems(lines, (group) => group.join('\n').length <= textLengthMax).map((group) => {
    const content = group.join('\n')
    return {
      component: { type: ComponentType.TextDisplay, content },
      length: content.length,
      count: 1,
    }
  })

/** Discord drops other characters from a name, and the reference would miss it. */
function renderFile({ name, content, mediaType }: FileBlock): Piece {
  const safe = name.replaceAll(/[^\w.-]+/g, '_').slice(-fileNameLengthMax)
  return {
    component: { type: ComponentType.File, file: { url: `attachment://${safe}` } },
    length: 0,
    count: 1,
    file: { name: safe, data: content, contentType: mediaType },
  }
}

/** A few are buttons, more are a menu. A label that would be cut stands in full above them. */
function renderChoices({ prompt, choices }: ChoicesBlock, index: number): Piece[] {
  const isMenu = choices.length > buttonsMax
  const labelLengthMax = isMenu ? optionLabelLengthMax : buttonLabelLengthMax
  const isCut = choices.some(({ label }) => label.length > labelLengthMax)
  const full = isCut ? choices.flatMap(({ label }) => toItem(label)) : []
  const groups = chunk(choices, isMenu ? optionsMax : buttonsInRowMax)
  return [
    ...renderLines([...markLines(prompt), ...full]),
    ...groups.map((group, at) => {
      const first = index * messageComponentsMax + at * optionsMax
      return toRow(isMenu ? [toMenu(group, prompt, first)] : toButtons(group, first), group)
    }),
  ]
}

function toRow(components: APIComponentInMessageActionRow[], group: readonly Choice[]): Piece {
  const length = group.reduce(
    (sum, { label }) => sum + Math.min(label.length, optionLabelLengthMax),
    0,
  )
  return {
    component: { type: ComponentType.ActionRow, components },
    length,
    count: 1 + components.length,
  }
}

const toLabel = (label: string, lengthMax: number) => shortenText(label, lengthMax) || '…'

const toButtons = (choices: readonly Choice[], first: number): APIComponentInMessageActionRow[] =>
  choices.map(({ id, label }, at) => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: toLabel(label, buttonLabelLengthMax),
    custom_id: toComponentId(first + at, id),
  }))

const toMenu = (
  choices: readonly Choice[],
  prompt: string,
  first: number,
): APIComponentInMessageActionRow => ({
  type: ComponentType.StringSelect,
  custom_id: toComponentId(first, 'menu'),
  placeholder: shortenText(prompt, placeholderLengthMax),
  options: choices.map(({ id, label }, at) => ({
    label: toLabel(label, optionLabelLengthMax),
    value: toComponentId(first + at, id),
  })),
})

/** A picked question comes back as the choice it is, a picked jurisdiction as its name. */
export const toSuggestion = ({ id, label }: Choice, kind: SuggestKind) => ({
  name: toLabel(label, suggestionLengthMax),
  value: kind === 'question' ? toComponentId(0, id) : label.slice(0, suggestionLengthMax),
})
