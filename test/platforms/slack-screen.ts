// How Slack shows what was posted: markup of `mrkdwn` applied, entities turned into characters. For tests alone.

import type { Json } from './slack-limits.ts'

const unescape = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Links, mentions, bold and the like lose their signs. */
const showMarkup = (text: string) =>
  unescape(
    text
      .replaceAll(/<[^|>]*\|([^>]*)>/g, '$1')
      .replaceAll(/<([^>]*)>/g, 'PARSED $1')
      .replaceAll(/([*_~`])(\S(?:.*?\S)?)\1/g, '$2'),
  )

export function showBlock(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(showBlock)
  if (typeof value !== 'object' || value === null) return []
  const { type, text, ...others } = value as Json
  if (type === 'plain_text') return [unescape(String(text))]
  if (type === 'mrkdwn') return [showMarkup(String(text))]
  return [...showBlock(text), ...Object.values(others).flatMap(showBlock)]
}

/** What a person reads of a message, in one text. */
export const showMessage = (message: Json): string =>
  message['blocks'] === undefined
    ? showMarkup(String(message['text']))
    : showBlock(message['blocks']).join('\n')
