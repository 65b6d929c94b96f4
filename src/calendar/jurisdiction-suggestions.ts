// Jurisdictions for what somebody has typed so far. Knows names only.

import { foldLetters } from '../fold-letters.ts'
import Fuse from 'fuse.js'
import type { Jurisdiction } from './calendar.ts'
import { allCountryNames } from './country-names.ts'
import { checkLanguage, nameOfJurisdiction } from './jurisdiction-name.ts'
import { ownNames } from './place-names.ts'

export type SuggestJurisdictions = (
  prefix: string,
  language: string,
  limit: number,
) => readonly Jurisdiction[]

const prefixLengthMax = 60

/** Those whose name begins so, in the language before others; if there are none, those whose name is near. */
export function createSuggestJurisdictions(
  jurisdictions: readonly Jurisdiction[],
): SuggestJurisdictions {
  const countryNames = Map.groupBy(allCountryNames(), ({ code }) => code)
  const known = jurisdictions.map((jurisdiction) => {
    const { level, country = '' } = jurisdiction
    const national = level === 'national' ? (countryNames.get(country) ?? []) : []
    const texts = [...ownNames(jurisdiction), ...national.map(({ text }) => text)]
    return { jurisdiction, names: [...new Set(texts.map(foldLetters))] }
  })
  const fuse = new Fuse(known, { keys: ['names'], threshold: 0.3, ignoreFieldNorm: true })

  return (prefix, language, limit) => {
    const typed = foldLetters(prefix.trim().slice(0, prefixLengthMax))
    const byName = new Intl.Collator(checkLanguage(language)).compare
    const named = known
      .map(({ jurisdiction, names }) => {
        const name = nameOfJurisdiction(jurisdiction, language)
        return { jurisdiction, name, rank: rankOf(typed, foldLetters(name), names) }
      })
      .filter(({ rank }) => rank < noRank)
      .toSorted((a, b) => a.rank - b.rank || byName(a.name, b.name))
      .map(({ jurisdiction }) => jurisdiction)
    if (named.length > 0) return named.slice(0, limit)
    return fuse.search(typed, { limit }).map(({ item }) => item.jurisdiction)
  }
}

const noRank = 3

function rankOf(typed: string, name: string, others: readonly string[]): number {
  if (name.startsWith(typed)) return 0
  if (name.includes(` ${typed}`)) return 1
  return others.some((other) => other.startsWith(typed)) ? 2 : noRank
}
