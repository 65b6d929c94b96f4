// Plain text <-> Discord's Markdown. Pure. https://docs.discord.com/developers/reference#message-formatting

import type { Measure } from '../../src/chat/split-text.ts'

/** Marks anywhere: emphasis, code, spoilers, links, and what "<" begins (mentions, times, emoji, addresses). */
const anywhere = /[\\*_~`|[\]<]/g
/** Marks of a line's beginning: headings, quotes, lists, small print. */
const lineStart = /^([^\S\n]*)([#>+-]|\d+(?=[.)]))/gm
const everybody = /@(?=everyone|here)/gi
/** Names of emoji, and addresses that are not kept as links. */
const colon = /:(?=\w+:|\/\/)/g
/**
 * Splits off what Discord makes a link, where nothing follows that would need a backslash: that would be taken for a part of
 * it. After a colon it may be the name of an emoji, ":0http:".
 */
const address = /((?<!:\w*)https?:\/\/[^\s<]+[^<.,:;"'\]\s](?=[.,;"']*(?:\s|$)))/

/** At least as long as the character is when it is escaped. */
export const escapedLength: Measure = (text) =>
  Array.from(text).reduce((sum, one) => sum + cost(one), 0)
const cost = (character: string) =>
  /[\\*_~`|[\]<#>+\-.):@\d]/.test(character) ? 2 : character.length

/** Markdown that shows exactly the text. Mentions stay words because every message also allows none. */
export const escapeText = (text: string): string =>
  text
    .split(address)
    // Every second part is a link.
    .map((part, at) => (at % 2 === 0 ? escapeMarks(part) : part))
    .join('')
    .replaceAll(lineStart, escapeLineStart)

const escapeMarks = (text: string) =>
  text
    .replaceAll(anywhere, String.raw`\$&`)
    .replaceAll(everybody, String.raw`\@`)
    .replaceAll(colon, String.raw`\:`)

/** A backslash hides only punctuation: of "1." it is the full stop that makes the list. */
const escapeLineStart = (_: string, space: string, mark: string) =>
  /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`

export const escapeLine = (text: string) => escapeText(text.replaceAll(/\s+/g, ' ').trim())

/** @param url an address of the web */
export const toLink = (label: string, url: string) =>
  `[${escapeLine(label)}](<${new URL(url).href.replaceAll(/[<>]/g, encodeURIComponent)}>)`

type Mentioned = { readonly id: string; readonly username?: string }

/** What was typed, without the assistant's own mention; people are called by their names, emoji by theirs. */
export const decodeText = (text: string, self: string, mentions: readonly Mentioned[] = []) =>
  text
    .replaceAll(/<@!?(\d+)>/g, (whole, id: string) => {
      if (id === self) return ''
      const name = mentions.find((mentioned) => mentioned.id === id)?.username
      return name === undefined ? whole : `@${name}`
    })
    .replaceAll(/<a?(:\w+:)\d+>/g, '$1')
    .trim()
