// One language's cues, compiled: what the words of a question say about its form, whatever its subject.

import {
  facetNames,
  spokenCommands,
  talkNames,
  type Cues,
  type FacetName,
  type SpokenCommand,
  type TalkName,
} from '../knowledge/schema.ts'
import { createSpeller } from '../search/spelling.ts'
import { PhraseIndex, toWords } from './phrases.ts'

export type LanguageCues = {
  readonly facets: PhraseIndex<FacetName>
  readonly talk: PhraseIndex<TalkName>
  readonly talkWords: ReadonlySet<string>
  readonly commands: PhraseIndex<SpokenCommand>
  readonly comparisons: readonly ComparisonPattern[]
  /** "difference", "versus": words that compare wherever they stand. */
  readonly comparisonWords: ReadonlySet<string>
  readonly openers: ReadonlySet<string>
  readonly politeness: ReadonlySet<string>
  readonly joiners: PhraseIndex<true>
  readonly pronouns: ReadonlySet<string>
  readonly more: PhraseIndex<true>
  /** "second" -> 1: places in a list, counted from 0. */
  readonly ordinals: ReadonlyMap<string, number>
  /** Words that say nothing by themselves: "the", "please", "what". */
  readonly emptyWords: ReadonlySet<string>
  /** Those, and the cues of facets: words that carry no subject of their own. */
  readonly formWords: ReadonlySet<string>
  /** The cue word that a misspelt word stands for, or the word itself. */
  readonly correct: (word: string) => string
}

/** Words around and between the two things compared. */
export type ComparisonPattern = {
  readonly before: readonly string[]
  readonly between: readonly string[]
  readonly after: readonly string[]
}

/** @param isSubjectWord whether the knowledge base itself uses a word: such a word is never read as a cue */
export function compileCues(cues: Cues, isSubjectWord: (word: string) => boolean): LanguageCues {
  const facets = new PhraseIndex(
    facetNames.flatMap((facet) => cues.facets[facet].map((phrase) => [phrase, facet] as const)),
  )
  const talk = new PhraseIndex(
    talkNames.flatMap((name) => cues.talk[name].map((phrase) => [phrase, name] as const)),
  )
  const commands = new PhraseIndex(
    spokenCommands.flatMap((name) => cues.commands[name].map((phrase) => [phrase, name] as const)),
  )
  const asFlags = (phrases: readonly string[]) =>
    new PhraseIndex(phrases.map((phrase) => [phrase, true] as const))
  const asWords = (phrases: readonly string[]) => new Set(phrases.flatMap(toWords))
  const emptyWords = asWords([
    ...cues.fillers,
    ...cues.pronouns,
    ...cues.openers,
    ...cues.joiners,
    ...cues.ordinals,
  ])
  const formWords = emptyWords.union(facets.words())
  const comparisonWords = asWords(cues.comparisons.map((text) => text.replaceAll(/\{[ab]\}/g, ' ')))
  return {
    facets,
    talk,
    talkWords: talk.words(),
    commands,
    comparisons: cues.comparisons.map(toComparisonPattern).toSorted(byLength),
    comparisonWords: comparisonWords.difference(
      asWords([...cues.fillers, ...cues.joiners, ...cues.openers, ...cues.pronouns]),
    ),
    openers: asWords(cues.openers),
    politeness: asWords(cues.politeness),
    joiners: asFlags(cues.joiners),
    pronouns: asWords(cues.pronouns),
    more: asFlags(cues.more),
    ordinals: new Map(cues.ordinals.map((word, place) => [word, place])),
    emptyWords,
    formWords,
    correct: createCorrection(
      new Set([...formWords, ...talk.words(), ...comparisonWords]),
      isSubjectWord,
    ),
  }
}

function createCorrection(words: ReadonlySet<string>, isSubjectWord: (word: string) => boolean) {
  const speller = createSpeller([...words], Array<number>(words.size).fill(1))
  return (word: string) =>
    words.has(word) || isSubjectWord(word) ? word : (speller.correct(word) ?? word)
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
