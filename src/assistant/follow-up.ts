// Questions that lean on what was said before: "and examples?", "the second one", "until when does it last?".

import { parseChoiceId } from '../chat/choice-id.ts'
import { findPassage, type Entry } from '../knowledge/knowledge-base.ts'
import type { ConversationContext } from '../store/store.ts'
import { saysWords } from './entry-words.ts'
import { askedFacets } from './facet.ts'
import { subjectWords } from './language-cues.ts'
import {
  answerFrom,
  answerWith,
  readWords,
  type Abstention,
  type Answer,
  type Outcome,
  type Reading,
} from './outcome.ts'

/** "and examples?", "why does it matter?", "tell me more": nothing of its own, so it is about the last answer. */
export function followUpOn(
  reading: Reading,
  question: string,
  last: Entry,
  context: ConversationContext,
): Outcome | null {
  const { cues } = reading
  const words = readWords(reading, question)
  if (cues.more.get(words) === true) {
    const unseen = last.passages.find(({ facet }) => !context.shown.includes(facet))
    return answerWith(reading, question, last, unseen ?? last.passages[0], undefined)
  }
  if (subjectWords(words, cues).length > 0) return null
  const picked = pickOffered(reading, words, context)
  if (picked !== undefined) return answerFrom(reading, question, picked)
  return askFacet(reading, question, last, words) ?? askAgain(reading, question, last, words)
}

/** "What does it do?": asks for no side and names nothing, so it can only be about the last answer. */
function askAgain(
  reading: Reading,
  question: string,
  last: Entry,
  words: readonly string[],
): Outcome | null {
  const { openers, pronouns } = reading.cues
  const asks = words.some((word) => openers.has(word)) && words.some((word) => pronouns.has(word))
  return asks ? answerFrom(reading, question, last) : null
}

/** "tell me more about the second one": a place in the list of choices shown last. */
function pickOffered(
  { brain, language, cues }: Reading,
  words: readonly string[],
  { offered }: ConversationContext,
): Entry | undefined {
  const place = words.map((word) => cues.ordinals.get(word)).find((found) => found !== undefined)
  const action = place === undefined ? null : parseChoiceId(offered[place] ?? '')
  return action?.kind === 'show' ? brain.entry(action.entry, language) : undefined
}

function askFacet(
  reading: Reading,
  question: string,
  entry: Entry,
  words: readonly string[],
): Outcome | null {
  const facets = askedFacets(words, reading.cues)
  const passage = facets
    .map((facet) => findPassage(entry, facet))
    .find((found) => found !== undefined)
  if (passage !== undefined) return answerWith(reading, question, entry, passage, passage.facet)
  const [asked] = facets
  if (asked === undefined) return null
  return answerWith(reading, question, entry, entry.passages[0], asked)
}

/**
 * "until when does it last?": search alone is not sure what is meant, but what was talked about settles it: when it is
 * among what would be offered, when a pronoun points back to a side that the entry has, when the entry's title beside
 * the question makes search sure, or when the entry itself or one neighbour of it has what the question names.
 */
export function answerInContext(
  reading: Reading,
  question: string,
  decided: Outcome,
  last: Entry,
): Answer | Abstention | null {
  const offered = decided.kind === 'offer' ? decided.entries : []
  if (offered.some(({ id }) => id === last.id)) return answerFrom(reading, question, last)
  const words = readWords(reading, question)
  const pointsBack = words.some((word) => reading.cues.pronouns.has(word))
  const isShort = words.length <= leaningLengthMax
  const named = subjectWords(words, reading.cues)
  // A lone strange word ("settings") is no question about what was said before.
  const asks = pointsBack || named.length < words.length || saysWords(last, named)
  if (isShort && asks) {
    const { brain, language } = reading
    const decision = brain.index.decide(reading.rank(`${last.title} ${question}`))
    const entry = decision.kind === 'answer' ? brain.entry(decision.entry, language) : undefined
    // Where search has an offer of its own, the title beside it can only speak for what it names.
    const isFree = pointsBack || decided.kind === 'abstain' || entry?.id === last.id
    if (entry !== undefined && isFree) return answerFrom(reading, question, entry)
  }
  const asked = askedFacets(words, reading.cues).some((facet) => findPassage(last, facet))
  if (pointsBack && asked) return answerFrom(reading, question, last)
  if (!isShort || decided.kind !== 'offer') return null
  // "And the criteria?" after how a city joins, "how many members?" after the Steering Committee.
  const [kin, ...others] = offered.filter(({ id }) => last.related.includes(id))
  if (kin !== undefined && others.length === 0) return answerFrom(reading, question, kin)
  return saysWords(last, named) ? answerFrom(reading, question, last) : null
}

/** A longer question says by itself what it is about. */
const leaningLengthMax = 8

/** After "examples of transparency?", "and participation?" asks for examples too. */
export function carryFacet(
  reading: Reading,
  answer: Answer,
  context: ConversationContext | null,
): Answer {
  const words = readWords(reading, answer.question)
  const continues = reading.cues.joiners.matchAt(words, 0) !== undefined
  const facet = context?.askedFacet
  if (!continues || facet === undefined || answer.asked !== undefined) return answer
  const passage = findPassage(answer.entry, facet)
  return passage === undefined ? answer : { ...answer, passage, asked: passage.facet }
}
