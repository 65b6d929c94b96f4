// A message to its outcomes: taken apart into questions, each resolved in turn.

import type { Ranking } from '../search/search.ts'
import { surenessOf } from '../search/thresholds.ts'
import type { ConversationContext } from '../store/store.ts'
import type { Brain } from './brain.ts'
import {
  answerFrom,
  contextAfter,
  contextAfterOffer,
  createReading,
  readWords,
  type Offer,
  type Outcome,
  type Reading,
} from './outcome.ts'
import { subjectWords } from './language-cues.ts'
import { answerDates, resolveQuestion } from './resolve.ts'
import { questionsMax, splitMessage } from './split.ts'

export type Understanding = {
  readonly outcomes: readonly [Outcome, ...Outcome[]]
  /** Questions of the message beyond those that are answered at once. */
  readonly left: number
  /** What search found for the message as a whole. */
  readonly ranking: Ranking
}

/** A question of a message, and the sentence just before it that only tells: it may say what the question is about. */
type Asked = { readonly question: string; readonly told: string }

export function understand(
  brain: Brain,
  text: string,
  language: string,
  context: ConversationContext | null,
): Understanding {
  const reading = createReading(brain, language, context)
  const ranking = reading.rank(text)
  const parts = splitMessage(text, language, reading.cues)
  const questions = parts.flatMap(({ text: question, asks }, at): Asked[] => {
    const before = parts[at - 1]
    return asks ? [{ question, told: before?.asks === false ? before.text : '' }] : []
  })
  // "Our plan ended on 31 December, when is the next one due?": the date and the question belong together.
  const dates = questions.length <= 1 ? answerDates(reading, text) : null
  if (dates !== null) return { outcomes: [dates], left: 0, ranking }
  const asked = parts.length > 1 ? questions.slice(0, questionsMax) : []
  const useful = worthSaying(answerInTurn(reading, asked, context))
  const partsWin = speakForThemselves(useful) || isSurer(reading, asked, ranking)
  const answered = useful.some(({ kind }) => kind === 'answer' || kind === 'deadlines')
  if (partsWin && (answered || useful.length > 1)) {
    return { outcomes: nonEmpty(useful), left: questions.length - asked.length, ranking }
  }
  // What was told around the questions may say better what they are about.
  const whole = resolveQuestion(reading, text, context)
  const isWholeAnswered = whole.some(({ kind }) => kind === 'answer' || kind === 'deadlines')
  if (isWholeAnswered || !answered) {
    const offer = useful.findLast((outcome) => outcome.kind === 'offer')
    const settled =
      isWholeAnswered || offer === undefined ? whole : [agree(reading, offer, whole, partsWin)]
    return { outcomes: nonEmpty(settled), left: 0, ranking }
  }
  return { outcomes: nonEmpty(useful), left: questions.length - asked.length, ranking }
}

/** Two entries, or two sides that were asked for: two questions, whatever the message as a whole looks like. */
function speakForThemselves(outcomes: readonly Outcome[]): boolean {
  const answers = outcomes.filter((outcome) => outcome.kind === 'answer')
  const sides = answers.flatMap(({ asked }) => asked ?? [])
  return new Set(answers.map(({ entry }) => entry.id)).size > 1 || new Set(sides).size > 1
}

/** Whether search is at least as sure of one of the questions as of the whole message. */
function isSurer(reading: Reading, asked: readonly Asked[], whole: Ranking): boolean {
  return asked.some(({ question }) => surenessOf(reading.rank(question)) >= surenessOf(whole))
}

/**
 * The question alone and the message around it, each unsure: pointing at the same entry, that is what is meant; else
 * the surer of the two is offered.
 */
function agree(
  reading: Reading,
  offer: Offer,
  whole: readonly Outcome[],
  isOfferSurer: boolean,
): Outcome {
  const [other] = whole
  const [entry] = offer.entries
  if (other?.kind !== 'offer' || entry === undefined) return offer
  if (other.entries[0]?.id !== entry.id) return isOfferSurer ? offer : other
  return answerFrom(reading, offer.question, entry)
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
  // An offer of what another question was answered with has been settled by it.
  const isSettled = ({ entries }: Offer) =>
    outcomes.some((other) => other.kind === 'answer' && other.entry.id === entries[0]?.id)
  const useful = outcomes.filter(
    (outcome) =>
      (outcome.kind === 'offer' && !isSettled(outcome)) ||
      outcome.kind === 'deadlines' ||
      answers.includes(outcome),
  )
  // A refusal is worth saying only beside something that was understood.
  return useful.length === 0
    ? []
    : outcomes.filter((outcome) => outcome.kind === 'abstain' || useful.includes(outcome))
}

/** Each question knows what the one before it was answered with. */
function answerInTurn(
  reading: Reading,
  questions: readonly Asked[],
  context: ConversationContext | null,
): Outcome[] {
  const outcomes: Outcome[] = []
  let current = context
  for (const asked of questions) {
    const found = resolveAsked(reading, asked, current)
    outcomes.push(...found)
    const last = found.findLast((outcome) => outcome.kind === 'answer')
    const offer = found.findLast((outcome) => outcome.kind === 'offer')
    if (last !== undefined) current = contextAfter(last, current)
    else if (offer !== undefined) current = contextAfterOffer(offer, current)
  }
  return outcomes
}

/** "There is a Support Unit, they say. What can they do for me?": the telling sentence helps where the question fails. */
function resolveAsked(
  reading: Reading,
  { question, told }: Asked,
  context: ConversationContext | null,
): Outcome[] {
  const alone = resolveQuestion(reading, question, context)
  const isOpen = ({ kind }: Outcome) => kind === 'offer' || kind === 'abstain'
  if (told === '' || !alone.every(isOpen)) return alone
  const together = resolveQuestion(reading, `${told} ${question}`, context)
  if (together.every(({ kind }) => kind === 'answer')) return together
  const offers = together[0]?.kind === 'offer'
  return offers && (alone[0]?.kind === 'abstain' || isThin(reading, question)) ? together : alone
}

/** "What is planned?", "Can you give it to me?": hardly a word of its own, or one that points back. */
function isThin(reading: Reading, question: string): boolean {
  const words = readWords(reading, question)
  const pointsBack = words.some((word) => reading.cues.pronouns.has(word))
  return pointsBack || subjectWords(words, reading.cues).length < 2
}

function nonEmpty(outcomes: readonly Outcome[]): [Outcome, ...Outcome[]] {
  const [first, ...others] = outcomes
  if (first === undefined) throw new Error('Every question has an outcome')
  return [first, ...others]
}
