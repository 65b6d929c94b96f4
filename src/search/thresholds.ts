// Owns the limits between answering, offering and abstaining: the ones that would have served best in the rehearsal.
// Must not know how confidences and scores come about.

import type { Decision, Ranking, Thresholds } from './search.ts'

/** What a decision is taken from. */
export type Evaluation = {
  /** How likely it is that the base answers the query at all. */
  readonly confidence: number
  /** Of the candidates, best first: how likely each is, if it does. */
  readonly scores: readonly number[]
}

/** A rehearsed question: what the index thought, and what was true. */
export type Rehearsed = Evaluation & {
  /** Where the right entry stood, or -1. */
  readonly rightRank: number
  readonly kind: QuestionKind
}

/**
 * What a rehearsed question is: a phrasing left out; one that is known, put a little differently; one of an entry that
 * the base lacks; one whose subject is exchanged for a stranger's; or about something else altogether.
 */
export const questionKinds = ['answerable', 'near', 'missing', 'swapped', 'off-topic'] as const
export type QuestionKind = (typeof questionKinds)[number]

export const isAnswerable = (kind: QuestionKind) => kind === 'answerable' || kind === 'near'

/**
 * The policy, in right answers. A wrong answer does more harm than a right one does good; an offer with the right
 * entry in it costs the reader one more step; an offer to somebody whose question the base cannot answer costs little,
 * because none of it is stated as an answer.
 */
const worth = {
  rightAnswer: 1,
  wrongAnswer: -1.5,
  rightOffer: 0.6,
  wrongOffer: -0.4,
  rightAbstention: 0.5,
  wrongAbstention: -0.3,
} as const

/** What people are taken to ask. */
const expectedShares: Readonly<Record<QuestionKind, number>> = {
  answerable: 0.25,
  near: 0.5,
  missing: 0.03,
  swapped: 0.1,
  'off-topic': 0.12,
}

const offerCountMin = 2
export const offerCountMax = 4
/** Candidates this much less likely than the best are not worth a reader's time. */
const offeredShareMin = 0.1

/** For bases too small to rehearse. */
const fallbackThresholds: Thresholds = { answer: 0.5, offer: 0.3 }
const rehearsedMin = 30
/** In right answers a question: two limits that differ by less are worth the same. */
const chanceDifference = 0.005
/** The two limits depend on each other a little; they settle after two rounds. */
const rounds = 3

/** How likely it is that the best candidate is right. */
export function sureness({ confidence, scores }: Evaluation): number {
  return confidence * (scores[0] ?? 0)
}

/** The same, of a ranking. */
export const surenessOf = ({ confidence, candidates }: Ranking): number =>
  sureness({ confidence, scores: candidates.slice(0, 1).map(({ score }) => score) })

/** A decision without names: how many candidates are shown. */
export function decideCount(
  evaluation: Evaluation,
  thresholds: Thresholds,
): { kind: Decision['kind']; count: number } {
  if (evaluation.scores.length === 0) return { kind: 'abstain', count: 0 }
  if (sureness(evaluation) >= thresholds.answer) return { kind: 'answer', count: 1 }
  const count = countOffered(evaluation.scores)
  // An offer of one is not a choice.
  if (evaluation.confidence < thresholds.offer || count < offerCountMin) {
    return { kind: 'abstain', count: 0 }
  }
  return { kind: 'offer', count }
}

function countOffered(scores: readonly number[]): number {
  const best = scores[0] ?? 0
  const near = scores.filter((score) => score >= best * offeredShareMin).length
  return Math.min(scores.length, offerCountMax, Math.max(near, offerCountMin))
}

/** Reads the limits off the rehearsal: those under which it would have been worth most. */
export function readThresholds(rehearsed: readonly Rehearsed[]): Thresholds {
  const shares = new Map<QuestionKind, number>()
  for (const { kind } of rehearsed) shares.set(kind, (shares.get(kind) ?? 0) + 1)
  const answerable = rehearsed.filter(({ kind }) => isAnswerable(kind)).length
  if (answerable < rehearsedMin || rehearsed.length - answerable < rehearsedMin) {
    return fallbackThresholds
  }
  const items = rehearsed.map((item) => {
    const weight = expectedShares[item.kind] / (shares.get(item.kind) ?? 1)
    return {
      sureness: sureness(item),
      confidence: item.confidence,
      answer: weight * worthOfAnswer(item),
      offer: weight * worthOfOffer(item),
      abstention: weight * worthOfAbstention(item),
    }
  })
  let { answer, offer } = fallbackThresholds
  for (let round = 0; round < rounds; round++) {
    const offerLimit = offer
    answer = bestLimit(
      items.map((item) => ({
        value: item.sureness,
        gain: item.answer - (item.confidence >= offerLimit ? item.offer : item.abstention),
      })),
    )
    const answerLimit = answer
    offer = bestLimit(
      items
        .filter((item) => item.sureness < answerLimit)
        .map((item) => ({ value: item.confidence, gain: item.offer - item.abstention })),
    )
  }
  return { answer, offer }
}

function worthOfAnswer({ rightRank }: Rehearsed): number {
  return rightRank === 0 ? worth.rightAnswer : worth.wrongAnswer
}

function worthOfOffer({ rightRank, scores }: Rehearsed): number {
  const right = rightRank >= 0 && rightRank < countOffered(scores)
  return right ? worth.rightOffer : worth.wrongOffer
}

function worthOfAbstention({ kind }: Rehearsed): number {
  return isAnswerable(kind) ? worth.wrongAbstention : worth.rightAbstention
}

/**
 * The limit from which on taking every gain, and every loss, adds up to most. Around its best the sum hardly changes, and
 * where exactly it is best is chance: the middle of all limits that are worth as much.
 */
function bestLimit(items: readonly { value: number; gain: number }[]): number {
  const sorted = [...items].sort((a, b) => b.value - a.value)
  const cuts = [{ limit: 1, total: 0 }]
  let total = 0
  for (const [i, item] of sorted.entries()) {
    total += item.gain
    const next = sorted[i + 1]?.value ?? 0
    if (next !== item.value) cuts.push({ limit: (item.value + next) / 2, total })
  }
  const best = Math.max(...cuts.map((cut) => cut.total))
  const limits = cuts.flatMap((cut) => (cut.total >= best - chanceDifference ? [cut.limit] : []))
  return ((limits[0] ?? 1) + (limits.at(-1) ?? 1)) / 2
}
