// What a question came to: the decision with the entries it is about, not yet the words of a reply.

import { formatChoiceId } from '../chat/choice-id.ts'
import type { Entry, Passage } from '../knowledge/knowledge-base.ts'
import type { FacetName, TalkName } from '../knowledge/schema.ts'
import type { Ranking } from '../search/search.ts'
import type { ConversationContext } from '../store/store.ts'
import { relatedEntries, type Brain } from './brain.ts'
import type { DeadlineAnswer } from './deadline-answer.ts'
import { readDatesQuestion, type DatesQuestion } from './dates-question.ts'
import type { LanguageCues } from './language-cues.ts'
import { toWords } from './phrases.ts'

export type Outcome =
  | {
      readonly kind: 'answer'
      readonly question: string
      readonly entry: Entry
      readonly passage: Passage
      /** The facet asked for by name; differs from the passage's when the entry has nothing on it. */
      readonly asked?: FacetName
    }
  | { readonly kind: 'offer'; readonly question: string; readonly entries: readonly Entry[] }
  | {
      readonly kind: 'abstain'
      readonly question: string
      readonly nearest: readonly Entry[]
      /** The entry that says why there is no reviewed answer and where to look, if there is one. */
      readonly gap?: Entry
    }
  | { readonly kind: 'deadlines'; readonly question: string; readonly answer: DeadlineAnswer }
  | { readonly kind: 'talk'; readonly question: string; readonly talk: TalkName }

export type Answer = Extract<Outcome, { kind: 'answer' }>
export type Abstention = Extract<Outcome, { kind: 'abstain' }>
export type Offer = Extract<Outcome, { kind: 'offer' }>

/** One reading of one message: everything the steps below need. */
export type Reading = {
  readonly brain: Brain
  readonly language: string
  readonly cues: LanguageCues
  /** What search finds for a text; asked again within one message, it is not searched again. */
  readonly rank: (text: string) => Ranking
  /** What a text asks about dates; null when it is not about dates. */
  readonly readDates: (text: string) => DatesQuestion | null
}

export function createReading(
  brain: Brain,
  language: string,
  context: ConversationContext | null,
): Reading {
  const rankings = new Map<string, Ranking>()
  const rank = (text: string) => {
    const ranking = rankings.get(text) ?? brain.index.rank(text, language)
    rankings.set(text, ranking)
    return ranking
  }
  const readDates = (text: string) => readDatesQuestion(brain.desk, text, context)
  return { brain, language, cues: brain.cues(language), rank, readDates }
}

/** The words of a question, misspelt cue words put right: "exmaples", "diference". */
export const readWords = ({ cues }: Reading, question: string) =>
  toWords(question).map(cues.correct)

/** What the next question may refer to. */
export function contextAfter(
  answer: Answer,
  before: ConversationContext | null,
): ConversationContext {
  const shown = before?.entry === answer.entry.id ? before.shown : []
  return {
    entry: answer.entry.id,
    shown: [...new Set([...shown, answer.passage.facet])],
    ...(answer.asked === undefined ? {} : { askedFacet: answer.asked }),
    offered: [],
  }
}

/** Whoever goes on without choosing most likely means what was talked about already, or else the first. */
export function contextAfterOffer(
  { entries }: Offer,
  before: ConversationContext | null,
): ConversationContext {
  const last = entries.find(({ id }) => id === before?.entry)
  const meant = last ?? entries[0]
  return {
    ...(meant === undefined ? {} : { entry: meant.id }),
    shown: last === undefined ? [] : (before?.shown ?? []),
    offered: toShowIds(entries),
  }
}

/** The choices that show entries, as a later "the second one" finds them. */
export const toShowIds = (entries: readonly Entry[]): string[] =>
  entries.map(({ id }) => formatChoiceId({ kind: 'show', entry: id }))

/**
 * What an entry says to a question, however it came up: asked for, chosen, compared or followed up on. An entry that
 * only tells that no source answers is no answer; its text is passed on with what is near.
 */
export function answerWith(
  { brain, language }: Pick<Reading, 'brain' | 'language'>,
  question: string,
  entry: Entry,
  passage: Passage,
  asked: FacetName | undefined,
): Answer | Abstention {
  if (entry.unanswered) {
    const nearest = relatedEntries(brain, entry, language)
    return { kind: 'abstain', question, nearest, gap: entry }
  }
  return {
    kind: 'answer',
    question,
    entry,
    passage,
    ...(asked === undefined ? {} : { asked }),
  }
}

/** The same, with the side of the entry that the question asks for. */
export function answerFrom(reading: Reading, question: string, entry: Entry): Answer | Abstention {
  const words = readWords(reading, question)
  const { passage, asked } = reading.brain.choosePassage(entry, words, reading.cues)
  return answerWith(reading, question, entry, passage, asked)
}
