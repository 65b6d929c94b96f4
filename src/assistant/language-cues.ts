// One language's cues, compiled: what the words of a question say about its form, whatever its subject.

import {
  facetNames,
  talkNames,
  type Cues,
  type FacetName,
  type TalkName,
} from '../knowledge/schema.ts'
import { PhraseIndex, toWords } from './phrases.ts'

export type LanguageCues = {
  readonly facets: PhraseIndex<FacetName>
  readonly talk: PhraseIndex<TalkName>
  readonly comparisons: readonly ComparisonPattern[]
  readonly openers: ReadonlySet<string>
  readonly joiners: PhraseIndex<true>
  readonly pronouns: ReadonlySet<string>
  readonly more: PhraseIndex<true>
  /** Words that carry no subject of their own. */
  readonly formWords: ReadonlySet<string>
  /** Every word of every cue: a question may use them, whatever the knowledge base is about. */
  readonly vocabulary: ReadonlySet<string>
}

/** Words around and between the two things compared. */
export type ComparisonPattern = {
  readonly before: readonly string[]
  readonly between: readonly string[]
  readonly after: readonly string[]
}

export function compileCues(cues: Cues): LanguageCues {
  const facets = new PhraseIndex(
    facetNames.flatMap((facet) => cues.facets[facet].map((phrase) => [phrase, facet] as const)),
  )
  const talk = new PhraseIndex(
    talkNames.flatMap((name) => cues.talk[name].map((phrase) => [phrase, name] as const)),
  )
  const asFlags = (phrases: readonly string[]) =>
    new PhraseIndex(phrases.map((phrase) => [phrase, true] as const))
  const asWords = (phrases: readonly string[]) => new Set(phrases.flatMap(toWords))
  const formWords = new Set([
    ...asWords([...cues.fillers, ...cues.pronouns, ...cues.openers, ...cues.joiners]),
    ...facets.words(),
  ])
  return {
    facets,
    talk,
    comparisons: cues.comparisons.map(toComparisonPattern).toSorted(byLength),
    openers: asWords(cues.openers),
    joiners: asFlags(cues.joiners),
    pronouns: asWords(cues.pronouns),
    more: asFlags(cues.more),
    formWords,
    vocabulary: new Set([...formWords, ...talk.words(), ...asWords(cues.comparisons)]),
  }
}

function toComparisonPattern(text: string): ComparisonPattern {
  const [before = '', between = '', after = ''] = text.split(/\{a\}|\{b\}/)
  return { before: toWords(before), between: toWords(between), after: toWords(after) }
}

/** More words say more exactly what is meant. */
const byLength = (a: ComparisonPattern, b: ComparisonPattern) =>
  b.before.length +
  b.between.length +
  b.after.length -
  (a.before.length + a.between.length + a.after.length)

/** The words that are left when form is taken off: what the question is about. */
export const subjectWords = (words: readonly string[], cues: LanguageCues) =>
  words.filter((word) => !cues.formWords.has(word))
