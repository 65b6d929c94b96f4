// Blocks of a reply -> messages of Discord's Components V2, each within Discord's limits. Pure; adds no words.
// The limits: https://docs.discord.com/developers/components/reference

import { ButtonStyle, ComponentType } from 'discord.js'
import type { APIComponentInMessageActionRow, APIMessageTopLevelComponent } from 'discord.js'
import type { SuggestKind } from '../../src/chat/adapter.ts'
import { outlineBlocks, type OutlineItem } from '../../src/chat/outline.ts'
import type { Block, Choice } from '../../src/chat/reply.ts'
import { chunk, packItems, shortenText, splitText } from '../../src/chat/split-text.ts'
import { escapedLength, escapeLine, escapeText, toLink } from './markup.ts'

type File = { readonly name: string; readonly data: string; readonly contentType: string }
/** A component, and how much of a message's limits it takes up. */
type Piece = {
  readonly component: APIMessageTopLevelComponent
  readonly length: number
  readonly count: number
  readonly file?: File
}
export type DiscordMessage = ReturnType<typeof renderMessages>[number]

/** Discord counts the text of all components of a message together. */
export const textLengthMax = 4_000
export const labelLengthMax = 80
const componentsMax = 40
/** Discord allows ten, whose names must differ. */
const filesMax = 1
/** Half a message, so that what follows still finds room; with some for the marks around it. */
const displayLengthMax = 1_950
const buttonsInRowMax = 5
/** More than this are a wall: they become a menu. */
const buttonsMax = 10
/** Of a menu, and of suggestions. */
export const optionsMax = 25
export const optionLengthMax = 100
const outlineLimits = { buttonsInRowMax: optionsMax, labelLengthMax, measure: escapedLength }

/** How the id of a choice is told from others. Discord wants different ids within a message. */
export const choicePattern = /^choice:\d+:/
const toChoiceId = (index: number, id: string) => `choice:${index}:${id}`
export const toLabel = (label: string, lengthMax: number) => shortenText(label, lengthMax) || '…'

/** A reply's blocks as messages in order, without loss. */
export function renderMessages(blocks: readonly Block[]) {
  const pieces = blocks.flatMap((block, index) => [
    ...outlineBlocks([block], outlineLimits).flatMap((item, at) => renderItem(item, index, at)),
    ...(block.kind === 'file' ? [renderFile(block.name, block.content, block.mediaType)] : []),
  ])
  return packItems(pieces, fitsMessage).map((group) => ({
    components: group.map(({ component }) => component),
    files: group.flatMap(({ file }) => file ?? []),
  }))
}

function fitsMessage(pieces: readonly Piece[]): boolean {
  const sum = (count: (piece: Piece) => number) => pieces.reduce((all, one) => all + count(one), 0)
  const areShort = sum(({ length }) => length) <= textLengthMax
  const areFew = sum(({ count }) => count) <= componentsMax
  return areShort && areFew && sum(({ file }) => (file === undefined ? 0 : 1)) <= filesMax
}

const renderText = (content: string): Piece => ({
  component: { type: ComponentType.TextDisplay, content },
  length: content.length,
  count: 1,
})
const renderTexts = (text: string, mark: (part: string) => string) =>
  splitText(text, displayLengthMax, escapedLength).map((part) => renderText(mark(part)))

function renderItem(item: OutlineItem, index: number, at: number): Piece[] {
  switch (item.kind) {
    case 'heading':
      return renderTexts(item.text, (part) => `### ${escapeLine(part)}`)
    case 'text':
      return renderTexts(item.text, escapeText)
    case 'link': {
      const link = `-# ${toLink(item.label, item.url)}`
      if (link.length <= displayLengthMax) return [renderText(link)]
      return renderTexts(`${item.label}\n${item.url}`, escapeText)
    }
    case 'buttons': {
      const choices = item.buttons.map(({ id, label }, place) => {
        // One outline has fewer items than a message has components.
        return { id: toChoiceId((index * componentsMax + at) * optionsMax + place, id), label }
      })
      if (choices.length > buttonsMax) return [renderRow([toMenu(choices)], choices)]
      return chunk(choices, buttonsInRowMax).map((row) => renderRow(row.map(toButton), row))
    }
  }
}

function renderRow(components: APIComponentInMessageActionRow[], row: readonly Choice[]): Piece {
  const length = row.reduce((sum, { label }) => sum + Math.min(label.length, optionLengthMax), 0)
  const component = { type: ComponentType.ActionRow as const, components }
  return { component, length, count: 1 + components.length }
}

const toButton = ({ id, label }: Choice): APIComponentInMessageActionRow => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label: toLabel(label, labelLengthMax),
  custom_id: id,
})

const toMenu = (choices: readonly Choice[]): APIComponentInMessageActionRow => ({
  type: ComponentType.StringSelect,
  custom_id: choices[0]?.id ?? '',
  options: choices.map(({ id, label }) => ({ label: toLabel(label, optionLengthMax), value: id })),
})

/** Discord drops other characters from a name, and the reference would miss it. */
function renderFile(name: string, data: string, contentType: string): Piece {
  const safe = name.replaceAll(/[^\w.-]+/g, '_').slice(-optionLengthMax)
  const component = { type: ComponentType.File as const, file: { url: `attachment://${safe}` } }
  return { component, length: 0, count: 1, file: { name: safe, data, contentType } }
}

/** A picked question comes back as the choice it is, a picked jurisdiction as its name. */
export const toSuggestion = ({ id, label }: Choice, kind: SuggestKind) => ({
  name: toLabel(label, optionLengthMax),
  value: kind === 'question' ? toChoiceId(0, id) : toLabel(label, optionLengthMax),
})
