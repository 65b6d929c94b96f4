// The words that an entry has, stemmed, as its question's words are compared with them. Knows no ranking.

import { allPhrasings, toText, type Entry } from '../knowledge/knowledge-base.ts'
import { baseLanguage, stemmerFor } from '../search/stem.ts'
import { toWords } from './phrases.ts'

/** Whether an entry says all the words itself. */
export function saysWords(entry: Entry, words: readonly string[]): boolean {
  const stem = stemmerFor(baseLanguage(entry.language))
  const said = toStems(entry, textsOf(entry))
  return words.length > 0 && words.every((word) => said.has(stem(word)))
}

/**
 * "The salary of the chief executive": the entry on the chief executive neither says nor is ever asked for a salary, which
 * is just what another one says that no source tells.
 */
export function asksForGap(words: readonly string[], entry: Entry, gap: Entry): boolean {
  const stem = stemmerFor(baseLanguage(entry.language))
  const known = toStems(entry, [...textsOf(entry), ...allPhrasings(entry), ...entry.keywords])
  // Of several words, a keyword means none alone.
  const single = gap.keywords.filter((keyword) => toWords(keyword).length === 1)
  const missing = toStems(gap, single)
  return words.some((word) => missing.has(stem(word)) && !known.has(stem(word)))
}

/** All that an entry says. */
export const textsOf = ({ title, passages }: Entry): string[] => [title, ...passages.map(toText)]

function toStems({ language }: Entry, texts: readonly string[]): Set<string> {
  return new Set(toWords(texts.join('\n')).map(stemmerFor(baseLanguage(language))))
}
