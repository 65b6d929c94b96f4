// A message to its outcomes: taken apart into questions, each resolved in turn.

import type { Ranking } from '../search/search.ts'
import type { ConversationContext } from '../store/store.ts'
import type { Brain } from './brain.ts'
import {
  answerWith,
  contextAfter,
  readWords,
  type Offer,
  type Outcome,
  type Reading,
} from './outcome.ts'
import { resolveQuestion } from './resolve.ts'
import { questionsMax, splitMessage } from './split.ts'

export type Understanding = {
  readonly outcomes: readonly [Outcome, ...Outcome[]]
  /** Questions of the message beyond those that are answered at once. */
  readonly left: number
  /** What search found for the message as a whole. */
  readonly ranking: Ranking
}

export function understand(
  brain: Brain,
  text: string,
  language: string,
  context: ConversationContext | null,
): Understanding {
  const reading: Reading = { brain, language, cues: brain.cues(language) }
  const ranking = brain.index.rank(text, language)
  const parts = splitMessage(text, language, reading.cues)
  const questions = parts.filter(({ asks }) => asks).map((part) => part.text)
  const asked = parts.length > 1 ? questions.slice(0, questionsMax) : []
  const outcomes = answerInTurn(reading, asked, context)
  const useful = worthSaying(outcomes)
  if (useful.some(({ kind }) => kind === 'answer')) {
    return { outcomes: nonEmpty(useful), left: questions.length - asked.length, ranking }
  }
  // No question was understood by itself: what was told around it may say what it is about.
  const whole = resolveQuestion(reading, text, context)
  if (whole.some(({ kind }) => kind === 'answer')) {
    return { outcomes: nonEmpty(whole), left: 0, ranking }
  }
  const offer = useful.findLast((outcome) => outcome.kind === 'offer')
  return {
    outcomes: nonEmpty(offer === undefined ? whole : [agree(reading, offer, whole)]),
    left: 0,
    ranking,
  }
}

/** The question alone and the message around it, each unsure, but pointing at the same entry: that is what is meant. */
function agree(reading: Reading, offer: Offer, whole: readonly Outcome[]): Outcome {
  const [other] = whole
  const [entry] = offer.entries
  if (other?.kind !== 'offer' || entry === undefined || other.entries[0]?.id !== entry.id)
    return offer
  const { passage, asked } = reading.brain.choosePassage(
    entry,
    readWords(reading, offer.question),
    reading.cues,
  )
  return answerWith(offer.question, entry, passage, asked, false)
}

/** Politeness beside a question is not answered; neither is the same thing twice. */
function worthSaying(outcomes: readonly Outcome[]): Outcome[] {
  const seen = new Set<string>()
  const answers = outcomes.filter((outcome) => {
    if (outcome.kind !== 'answer') return false
    const key = `${outcome.entry.id}:${outcome.passage.facet}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  return outcomes.filter(
    (outcome) =>
      outcome.kind === 'offer' || outcome.kind === 'abstain' || answers.includes(outcome),
  )
}

/** Each question knows what the one before it was answered with. */
function answerInTurn(
  reading: Reading,
  questions: readonly string[],
  context: ConversationContext | null,
): Outcome[] {
  const outcomes: Outcome[] = []
  let current = context
  for (const question of questions) {
    const found = resolveQuestion(reading, question, current)
    outcomes.push(...found)
    const last = found.findLast((outcome) => outcome.kind === 'answer')
    if (last !== undefined) current = contextAfter(last, current)
  }
  return outcomes
}

function nonEmpty(outcomes: readonly Outcome[]): [Outcome, ...Outcome[]] {
  const [first, ...others] = outcomes
  if (first === undefined) throw new Error('Every question has an outcome')
  return [first, ...others]
}
