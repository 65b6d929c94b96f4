// Completions while somebody types: titles and phrasings, nearest first, from memory.

import Fuse from 'fuse.js'
import type { JurisdictionFinder } from '../calendar/jurisdiction-finder.ts'
import { formatChoiceId } from '../chat/choice-id.ts'
import type { Suggest } from '../chat/adapter.ts'
import type { Choice } from '../chat/reply.ts'
import { fallbackLanguage, type Entry } from '../knowledge/knowledge-base.ts'
import { toDatesChoice } from './blocks.ts'

const prefixLengthMax = 100
/** fuse.js reads every string for every key press: past this many, titles alone are searched. */
const stringsMax = 5_000

type Line = { readonly text: string; readonly entry: string; readonly facet?: string }

/** @param first what to suggest before anything is typed, by language */
export function createSuggest(
  entries: readonly Entry[],
  finder: JurisdictionFinder,
  first: (language: string) => readonly Choice[],
): Suggest {
  const linesByLanguage = Map.groupBy(entries, ({ language }) => language)
  const searches = new Map(
    [...linesByLanguage].map(([language, own]) => [language, createFuse(toLines(own))]),
  )
  const fallback = [...searches.values()][0]
  return (prefix, language, limit, kind = 'question') => {
    const text = prefix.trim().slice(0, prefixLengthMax)
    if (kind === 'jurisdiction') {
      return finder
        .suggest(text, language, limit)
        .map((one) => toDatesChoice(finder.nameOf(one, language), one))
    }
    const fuse = searches.get(language) ?? searches.get(fallbackLanguage) ?? fallback
    if (text === '') return first(language).slice(0, limit)
    if (fuse === undefined) return []
    const seen = new Set<string>()
    const choices = []
    for (const { item } of fuse.search(text)) {
      const id = formatChoiceId({
        kind: 'show',
        entry: item.entry,
        ...(item.facet === undefined ? {} : { facet: item.facet }),
      })
      if (seen.has(id)) continue
      seen.add(id)
      choices.push({ id, label: item.text })
      if (choices.length >= limit) break
    }
    return choices
  }
}

const createFuse = (lines: readonly Line[]) =>
  new Fuse(lines, {
    keys: ['text'],
    threshold: 0.35,
    ignoreLocation: true,
    ignoreDiacritics: true,
  })

function toLines(entries: readonly Entry[]): Line[] {
  const titles = entries.map(({ id, title }) => ({ text: title, entry: id }))
  const phrasings = entries.flatMap((entry) => [
    ...entry.phrasings.map((text) => ({ text, entry: entry.id })),
    ...entry.passages.flatMap(({ facet, phrasings }) =>
      phrasings.map((text) => ({ text: text, entry: entry.id, facet })),
    ),
  ])
  return titles.length + phrasings.length > stringsMax ? titles : [...titles, ...phrasings]
}
