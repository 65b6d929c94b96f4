// What the assistant itself says in one language, with values filled in.

import { IntlMessageFormat } from 'intl-messageformat'
import type { FacetName, Messages, TalkName } from '../knowledge/schema.ts'

export type MessageName = Exclude<keyof Messages, 'facets' | 'talk' | 'suggestions'>

export type Phrasebook = {
  readonly language: string
  readonly say: (name: MessageName, values?: Readonly<Record<string, string | number>>) => string
  readonly facet: (facet: FacetName) => string
  readonly talk: (talk: TalkName) => string
  readonly suggestions: readonly string[]
  /** Several things in one sentence: "a, b and c". */
  readonly list: (items: readonly string[]) => string
  /** A civil date in words, such as "23 November 2026". */
  readonly date: (date: Temporal.PlainDate) => string
}

export function createPhrasebook(language: string, messages: Messages): Phrasebook {
  const formats = new Map<MessageName, IntlMessageFormat>()
  return {
    language,
    say(name, values = {}) {
      let format = formats.get(name)
      if (format === undefined) {
        format = new IntlMessageFormat(messages[name], language, undefined, { ignoreTag: true })
        formats.set(name, format)
      }
      return String(format.format(values))
    },
    facet: (facet) => messages.facets[facet],
    talk: (talk) => messages.talk[talk],
    suggestions: messages.suggestions,
    list: (items) => new Intl.ListFormat(language).format(new Set(items)),
    date: (date) => date.toLocaleString(dateLocale(language), { dateStyle: 'long' }),
  }
}

/** English dates in the order that most of the world reads. */
const dateLocale = (language: string) => (language === 'en' ? 'en-GB' : language)
