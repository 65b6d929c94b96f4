// Owns abbreviations and synonyms: a term and what it stands for are read as the same words, whichever is written.
// Must not know entries or models.

import type { Synonym } from './search.ts'
import { documentBounds, splitWords } from './normalise.ts'
import { baseLanguage, stemmerFor } from './stem.ts'

/** A meaning of more words than this is a sentence, and nobody writes it twice alike. */
const phraseLengthMax = 8
/** Each query stays bounded, whatever the glossary says. */
const addedWordsMax = 40

/** Longest phrase first words -> what to write in its place; keys are stems joined by a space. */
export type SynonymTable = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>

/**
 * Every term and its meaning become one group, written out as "term meaning" wherever either of them is met. So an
 * abbreviation and its full form give the same words, in entries and in queries alike.
 */
export function buildSynonymTable(synonyms: readonly Synonym[]): SynonymTable {
  const groups = new Map<string, { language: string; meaning: string[]; terms: string[][] }>()
  for (const { language, term, meaning } of synonyms) {
    const base = baseLanguage(language)
    const termWords = splitWords(term, documentBounds).slice(0, phraseLengthMax)
    const meaningWords = splitWords(meaning, documentBounds).slice(0, phraseLengthMax)
    if (termWords.length === 0 || meaningWords.length === 0) continue
    const key = `${base} ${phraseKey(meaningWords, base)}`
    const group = groups.get(key) ?? { language: base, meaning: meaningWords, terms: [] }
    group.terms.push(termWords)
    groups.set(key, group)
  }
  const table = new Map<string, Map<string, readonly string[]>>()
  for (const key of [...groups.keys()].sort()) {
    const group = groups.get(key)
    if (group === undefined) continue
    const phrases = [...group.terms, group.meaning]
    const written = [...new Set(phrases.flat())]
    const byPhrase = table.get(group.language) ?? new Map<string, readonly string[]>()
    table.set(group.language, byPhrase)
    for (const phrase of phrases) {
      const phraseStems = phraseKey(phrase, group.language)
      // An abbreviation with two meanings brings both.
      const before = byPhrase.get(phraseStems) ?? []
      byPhrase.set(phraseStems, [...new Set([...before, ...written])])
    }
  }
  return table
}

/** Replaces each term or meaning by all words of its group, the longest match first. */
export function expandSynonyms(
  words: readonly string[],
  language: string,
  table: SynonymTable,
): readonly string[] {
  const byPhrase = table.get(language)
  if (byPhrase === undefined || byPhrase.size === 0) return words
  const stem = stemmerFor(language)
  const stems = words.map(stem)
  const expanded: string[] = []
  let budget = addedWordsMax
  let position = 0
  while (position < words.length) {
    const match = findLongest(stems, position, byPhrase)
    if (match !== null && match.written.length <= budget) {
      expanded.push(...match.written)
      budget -= match.written.length
      position += match.length
    } else {
      expanded.push(words[position] ?? '')
      position += 1
    }
  }
  return expanded
}

function findLongest(
  stems: readonly string[],
  start: number,
  byPhrase: ReadonlyMap<string, readonly string[]>,
): { length: number; written: readonly string[] } | null {
  const lengthMax = Math.min(phraseLengthMax, stems.length - start)
  for (let length = lengthMax; length > 0; length--) {
    const written = byPhrase.get(stems.slice(start, start + length).join(' '))
    if (written !== undefined) return { length, written }
  }
  return null
}

function phraseKey(words: readonly string[], language: string): string {
  return words.map(stemmerFor(language)).join(' ')
}
