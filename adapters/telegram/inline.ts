// Suggestions -> the results of an inline query: each posts its topic with a button that opens the answer. Pure.

import { createHash } from 'node:crypto'
import type { InlineQuery, InlineQueryResultArticle } from 'grammy/types'
import type { Suggest } from '../../src/chat/adapter.ts'
import { textsOf } from './command-texts.ts'
import { formatDeepLink } from './deep-link.ts'

/** Telegram takes 50; a phone shows a handful. */
const resultsMax = 10
const jurisdictionsMax = 3

export function renderResults(
  { query, from }: Pick<InlineQuery, 'query' | 'from'>,
  suggest: Suggest,
  username: string,
): InlineQueryResultArticle[] {
  const language = from.language_code ?? 'en'
  const places =
    query.trim() === '' ? [] : suggest(query, language, jurisdictionsMax, 'jurisdiction')
  const choices = [...places, ...suggest(query, language, resultsMax)]
  const unlike = new Map(choices.map((choice) => [choice.id, choice]))
  return [...unlike.values()].slice(0, resultsMax).map(({ id, label }) => {
    const button = { text: textsOf(language).openAnswer, url: formatDeepLink(username, id) }
    return {
      type: 'article',
      // At most 64 bytes.
      id: createHash('sha256').update(id).digest('base64url'),
      title: label,
      input_message_content: { message_text: label },
      reply_markup: { inline_keyboard: [[button]] },
    }
  })
}
