// Questions with the answers they should get, and the figures of one run over them. Pure but for reading the files.

import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { ask } from '../assistant/ask.ts'
import type { Brain } from '../assistant/brain.ts'
import { guidanceOf } from '../assistant/deadline-answer.ts'
import type { Answer, Outcome } from '../assistant/outcome.ts'
import type { Understanding } from '../assistant/understand.ts'
import { facetNames } from '../knowledge/schema.ts'
import { fallbackLanguage } from '../knowledge/knowledge-base.ts'
import type { ConversationContext } from '../store/store.ts'
import { overallDecision } from './answer-line.ts'

const facet = z.enum(facetNames)
const questionSchema = z.strictObject({
  kind: z.string().min(1),
  /** Earlier messages of the same conversation. */
  before: z.array(z.string()).default([]),
  ask: z.string(),
  /** The entries that answer it, in the order asked for; empty when nothing in the base does. */
  want: z.array(z.string()),
  /** Entries that would be a fair answer too. */
  also: z.array(z.string()).default([]),
  /** The facet asked for; for several entries one each. */
  facet: z.union([facet, z.array(facet)]).optional(),
})
export type EvaluationQuestion = z.output<typeof questionSchema>

export type Verdict =
  /** The right entries were answered, with the side that was asked for. */
  | 'right'
  /** The right entries were answered, with another side of them. */
  | 'wrong-side'
  /** The right entry stands first among those offered. */
  | 'offered-first'
  | 'offered'
  | 'wrong-answer'
  | 'abstained'
  /** Nothing answers the question, and nothing was answered. */
  | 'refused'
  | 'false-answer'

export type Judged = {
  readonly question: EvaluationQuestion
  readonly verdict: Verdict
  /** Whether what was wanted is among the first three entries shown or considered. */
  readonly amongThree: boolean
  readonly got: string
}

export function readQuestions(file: string): EvaluationQuestion[] {
  const result = z.array(questionSchema).safeParse(parse(readFileSync(file, 'utf8')))
  if (result.success) return result.data
  throw new Error(`Cannot read the questions in "${file}": ${z.prettifyError(result.error)}`)
}

export function judge(brain: Brain, question: EvaluationQuestion): Judged {
  const phrasebook = brain.phrasebook(fallbackLanguage)
  let context: ConversationContext | null = null
  for (const message of question.before) context = ask(brain, phrasebook, message, context).context
  const { understanding } = ask(brain, phrasebook, question.ask, context)
  if (understanding === null) {
    const verdict = question.want.length === 0 ? 'refused' : 'abstained'
    return { question, verdict, amongThree: false, got: 'nothing asked' }
  }
  return {
    question,
    verdict: findVerdict(question, understanding),
    amongThree: isAmongThree(question, understanding),
    got: describeOutcomes(understanding),
  }
}

function findVerdict(question: EvaluationQuestion, understanding: Understanding): Verdict {
  const decision = overallDecision(understanding)
  if (question.want.length === 0) {
    if (question.kind === 'talk') return decision === 'talk' ? 'refused' : 'false-answer'
    return decision === 'answer' ? 'false-answer' : 'refused'
  }
  const { outcomes } = understanding
  const answers = outcomes.filter((outcome) => outcome.kind === 'answer')
  const wanted = [...question.want, ...question.also]
  if (answers.some(({ entry }) => !wanted.includes(entry.id))) return 'wrong-answer'
  const offered = outcomes.some(({ kind }) => kind === 'offer')
  if (!isRightFirst(outcomes.flatMap(firstShown), question))
    return offered ? 'offered' : 'abstained'
  if (offered) return 'offered-first'
  return isRightSide(answers, question) ? 'right' : 'wrong-side'
}

/** The entry that a reader meets first in an outcome, if any. */
function firstShown(outcome: Outcome): string[] {
  switch (outcome.kind) {
    case 'answer':
      return [outcome.entry.id]
    case 'offer':
      return outcome.entries.slice(0, 1).map(({ id }) => id)
    case 'abstain':
      return outcome.gap === undefined ? [] : [outcome.gap.id]
    case 'deadlines':
      return guidanceOf(outcome.answer)
    case 'talk':
      return []
  }
}

/** Two things compared may stand in either order; two questions are answered in theirs. */
function isRightFirst(shown: readonly string[], question: EvaluationQuestion): boolean {
  const { kind, want, also } = question
  const distinct = (ids: readonly string[]) => ids.filter((id, index) => id !== ids[index - 1])
  const [first] = shown
  if (want.length === 1) return first !== undefined && [...want, ...also].includes(first)
  const sort = (ids: readonly string[]) => (kind === 'comparison' ? ids.toSorted() : ids)
  const wanted = sort(distinct(want))
  const got = sort(distinct(shown))
  return (
    got.length === wanted.length && got.every((id, at) => id === wanted[at] || also.includes(id))
  )
}

function isRightSide(
  answers: readonly Answer[],
  { want, facet: side }: EvaluationQuestion,
): boolean {
  // A fair answer from another entry need not have the side that the wanted one has.
  const own = answers.filter(({ entry }) => want.includes(entry.id))
  const sides = own.map(({ passage }) => passage.facet)
  return side === undefined || own.length === 0 || [side].flat().join() === sides.join()
}

function isAmongThree(question: EvaluationQuestion, understanding: Understanding): boolean {
  const shown = understanding.outcomes.flatMap((outcome) => {
    if (outcome.kind === 'answer') return [outcome.entry.id]
    if (outcome.kind === 'offer') return outcome.entries.map(({ id }) => id)
    if (outcome.kind === 'deadlines') return guidanceOf(outcome.answer)
    return outcome.kind === 'abstain' && outcome.gap !== undefined ? [outcome.gap.id] : []
  })
  const considered = understanding.ranking.candidates.map(({ id }) => id)
  const first = [...new Set([...shown, ...considered])].slice(0, Math.max(3, shown.length))
  const found = question.want.every((id) => first.includes(id))
  return found || question.also.some((id) => first.includes(id))
}

function describeOutcomes({ outcomes }: Understanding): string {
  return outcomes
    .map((outcome) => {
      switch (outcome.kind) {
        case 'answer':
          return `${outcome.entry.id}/${outcome.passage.facet}`
        case 'offer':
          return `offer(${outcome.entries.map(({ id }) => id).join(', ')})`
        case 'abstain':
          return outcome.gap === undefined ? 'abstain' : `abstain(${outcome.gap.id})`
        case 'deadlines':
          return `dates(${outcome.answer.kind})`
        case 'talk':
          return `talk(${outcome.talk})`
      }
    })
    .join(' + ')
}

export type Figures = {
  readonly questions: number
  readonly answerable: number
  /** The right entry was answered, or stood first among those offered. */
  readonly rightFirst: number
  readonly amongThree: number
  /** The right entry was answered at once. */
  readonly answered: number
  readonly wrongSide: number
  readonly wrongAnswer: number
  readonly offered: number
  readonly abstained: number
  readonly unanswerable: number
  readonly falseAnswer: number
}

export function countFigures(judged: readonly Judged[]): Figures {
  const count = (...verdicts: readonly Verdict[]) =>
    judged.filter(({ verdict }) => verdicts.includes(verdict)).length
  const answerable = judged.filter(({ question }) => question.want.length > 0)
  return {
    questions: judged.length,
    answerable: answerable.length,
    rightFirst: count('right', 'wrong-side', 'offered-first'),
    amongThree: answerable.filter(({ amongThree }) => amongThree).length,
    answered: count('right', 'wrong-side'),
    wrongSide: count('wrong-side'),
    wrongAnswer: count('wrong-answer'),
    offered: count('offered-first', 'offered'),
    abstained: count('abstained'),
    unanswerable: judged.length - answerable.length,
    falseAnswer: count('false-answer'),
  }
}
