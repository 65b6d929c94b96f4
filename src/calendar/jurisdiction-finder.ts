// Finds the jurisdictions that a text names, in any language and misspelt. Knows names only, no dates.

import type { Jurisdiction } from './calendar.ts'
import { createFuzzyNames } from './fuzzy-names.ts'
import { nameOfCountry, nameOfJurisdiction } from './jurisdiction-name.ts'
import {
  createSuggestJurisdictions,
  type SuggestJurisdictions,
} from './jurisdiction-suggestions.ts'
import { createPlaceNames, unspacedScripts, type Place, type PlaceNames } from './place-names.ts'
import { readWords, type Word } from './words.ts'

export type JurisdictionsFound = {
  /** In the order of the text, each once. */
  readonly named: readonly Jurisdiction[]
  /** Groups to choose from: several that share a name, or one whose name is only near to what was written. */
  readonly ambiguous: readonly (readonly Jurisdiction[])[]
  /** ISO alpha-2 of countries that were named and that the calendar has no file for. */
  readonly withoutPlan: readonly string[]
  /** The text without the names. */
  readonly rest: string
}

export type JurisdictionFinder = {
  readonly find: (text: string) => JurisdictionsFound
  /** Only names that are spelt right: for texts that are most likely about something else. */
  readonly findExact: (text: string) => JurisdictionsFound
  readonly suggest: SuggestJurisdictions
  readonly nameOf: (jurisdiction: Jurisdiction, language: string) => string
  readonly nameOfCountry: (code: string, language: string) => string
}

type FinderOptions = {
  /** A common word of any language is never a misspelt name. */
  readonly isOrdinaryWord?: (word: string) => boolean
}

/** Some words of a text and the places that they may mean; several when nobody can tell. */
type Span = {
  readonly start: number
  readonly end: number
  readonly places: readonly Place[]
  /** False for a name that is only near to what was written. */
  readonly isSure: boolean
}

/** In "en français" a language is meant; lists of common words lack these. */
const languageWords: ReadonlySet<string> = new Set(['francais', 'francaise'])

type FuzzySpan = Span & {
  /** In words. */
  readonly length: number
}

export function createJurisdictionFinder(
  jurisdictions: readonly Jurisdiction[],
  { isOrdinaryWord = () => false }: FinderOptions = {},
): JurisdictionFinder {
  const names = createPlaceNames(jurisdictions)
  const fuzzy = createFuzzyNames(names.common)

  const isOrdinary = ({ exact, folded }: Word) =>
    /\d/.test(folded) ||
    languageWords.has(folded) ||
    isOrdinaryWord(exact) ||
    isOrdinaryWord(folded)

  /** The longest misspelt name that starts at a word. */
  const findFuzzyAt = (words: readonly Word[], at: number): FuzzySpan | null => {
    for (let length = Math.min(fuzzy.nameLengthMax, words.length - at); length > 0; length--) {
      const part = words.slice(at, at + length)
      const found = part.every(isOrdinary) ? null : fuzzy.find(part)
      if (found !== null) return { ...toSpan(part, found.places, found.isClose), length }
    }
    return null
  }

  const findFuzzySpans = (words: readonly Word[]): Span[] => {
    const spans: Span[] = []
    for (let at = 0; at < words.length;) {
      const span = findFuzzyAt(words, at)
      if (span !== null) spans.push(span)
      at += span?.length ?? 1
    }
    return spans
  }

  const find = (text: string, mayBeMisspelt: boolean): JurisdictionsFound => {
    const words = readWords(text)
    const exact = findExactSpans(names, words, text, isOrdinary)
    const fuzzySpans = mayBeMisspelt ? gapsBetween(words, exact).flatMap(findFuzzySpans) : []
    return gather(
      text,
      [...exact, ...fuzzySpans].toSorted((a, b) => a.start - b.start),
    )
  }

  return {
    find: (text) => find(text, true),
    findExact: (text) => find(text, false),
    suggest: createSuggestJurisdictions(jurisdictions),
    nameOf: nameOfJurisdiction,
    nameOfCountry,
  }
}

function findExactSpans(
  names: PlaceNames,
  words: readonly Word[],
  text: string,
  isOrdinary: (word: Word) => boolean,
): Span[] {
  const spans: Span[] = []
  // In a text all in capitals "IT" is a word like any other, unless it is the whole text.
  const readsCodes = /\p{Ll}/u.test(text) || words.length === 1
  for (let at = 0; at < words.length;) {
    const found = names.table.findAt(words, at)
    const word = words[at]
    if (word === undefined) break
    if (found !== undefined) {
      spans.push(toSpan(words.slice(at, at + found.length), found.value, true))
      at += found.length
      continue
    }
    const place = readsCodes ? names.byCode.get(word.raw) : undefined
    const inflected = isOrdinary(word) ? undefined : findInflected(names, word)
    const places = place === undefined ? inflected : [place]
    if (places !== undefined) spans.push(toSpan([word], places, true))
    else if (unspacedScripts.test(word.raw)) spans.push(...findInside(names, word))
    at++
  }
  return spans
}

/** "Italys" is written for "Italy's"; in Arabic and Hebrew "of" and "and" are the first letter of the word. */
function findInflected({ table }: PlaceNames, { raw, folded }: Word): readonly Place[] | undefined {
  const stems = [
    folded.length > 5 && folded.endsWith('s') ? raw.slice(0, -1) : '',
    raw.replace(/^[وف]?لل/u, 'ال'),
    raw.replace(/^[وف]?[وفبكل](?=\p{Script=Arabic}{3})/u, ''),
    raw.replace(/^[ובלמהש](?=\p{Script=Hebrew}{3})/u, ''),
  ]
  return stems
    .filter((stem) => stem !== '' && stem !== raw)
    .map((stem) => table.get(stem))
    .find(Boolean)
}

/** Names within a run of letters without spaces, the longest first. */
function findInside(names: PlaceNames, { raw, start }: Word): Span[] {
  const spans: Span[] = []
  let left = raw
  for (const { text, places } of names.unspaced) {
    const at = left.indexOf(text)
    if (at < 0) continue
    const end = at + text.length
    spans.push({ start: start + at, end: start + end, places, isSure: true })
    left = left.slice(0, at) + ' '.repeat(text.length) + left.slice(end)
  }
  return spans
}

function toSpan(words: readonly Word[], places: readonly Place[], isSure: boolean): Span {
  return { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0, places, isSure }
}

/** The runs of words that no span covers. */
function gapsBetween(words: readonly Word[], spans: readonly Span[]): Word[][] {
  const gaps: Word[][] = [[]]
  for (const word of words) {
    const isCovered = spans.some(({ start, end }) => word.start < end && word.end > start)
    if (isCovered) gaps.push([])
    else gaps.at(-1)?.push(word)
  }
  return gaps
}

function gather(text: string, spans: readonly Span[]): JurisdictionsFound {
  const named = new Set<Jurisdiction>()
  const ambiguous: (readonly Jurisdiction[])[] = []
  const withoutPlan = new Set<string>()
  spans.forEach((span, index) => {
    if (isAddition(text, spans[index - 1], span)) return
    const known = span.places.flatMap(({ jurisdiction }) => jurisdiction ?? [])
    const [first] = known
    if (first !== undefined) {
      if (span.isSure && span.places.length === 1) named.add(first)
      else ambiguous.push(known)
    } else if (span.isSure) {
      for (const { code } of span.places) withoutPlan.add(code)
    }
  })
  return {
    named: [...named],
    ambiguous,
    withoutPlan: [...withoutPlan],
    rest: cutSpans(text, spans),
  }
}

/** In "Yerevan, Armenia" the country only says which Yerevan. */
function isAddition(text: string, before: Span | undefined, { start, places }: Span): boolean {
  const local = before?.places[0]
  const [country] = places
  return (
    before !== undefined &&
    local?.jurisdiction?.level === 'local' &&
    places.length === 1 &&
    country !== local &&
    country?.code === local.code &&
    /^[\s,(]*$/u.test(text.slice(before.end, start))
  )
}

/** "of Kenya", "de España", "du Kenya": what leads to the name belongs to it, or "the plan of Kenya ends" would fall apart. */
const leadingWord = /(?<=\s)(?:(?:of|for|de|del|du|des|da|do|dos|das)\s+|d['’]\s*)$/iu

function cutSpans(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text
  let rest = ''
  let at = 0
  for (const { start, end } of spans) {
    rest += `${text.slice(at, start).replace(leadingWord, '')} `
    at = end
  }
  return `${rest}${text.slice(at)}`
    .replace(/(?<=\s|^)['’]s\b/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}
