// Questions with the answers they should get, and the figures of one run over them. Pure but for reading the files.

import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { ask } from '../assistant/ask.ts'
import type { Brain } from '../assistant/brain.ts'
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
  'right' | 'wrong-facet' | 'wrong-answer' | 'offered' | 'abstained' | 'refused' | 'false-answer'

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
  const gaps = understanding.outcomes.flatMap((outcome) =>
    outcome.kind === 'abstain' && outcome.gap !== undefined ? [outcome.gap.id] : [],
  )
  if (gaps.length > 0) return isSameList(gaps, question) ? 'right' : 'abstained'
  if (decision === 'offer') return 'offered'
  if (decision !== 'answer') return 'abstained'
  const answers = understanding.outcomes.filter((outcome) => outcome.kind === 'answer')
  const ids = answers.map(({ entry }) => entry.id)
  if (question.want.length === 1) {
    const [id] = ids
    if (ids.length !== 1 || id === undefined) return 'wrong-answer'
    if (question.also.includes(id)) return 'right'
    if (id !== question.want[0]) return 'wrong-answer'
  } else if (!isSameList(ids, question)) return 'wrong-answer'
  const facets = answers.map(({ passage }) => passage.facet)
  const wanted = question.facet === undefined ? facets : [question.facet].flat()
  return wanted.join() === facets.join() ? 'right' : 'wrong-facet'
}

/** Two things compared may stand in either order; two questions are answered in theirs. */
function isSameList(ids: readonly string[], { kind, want }: EvaluationQuestion): boolean {
  return kind === 'comparison'
    ? ids.toSorted().join() === want.toSorted().join()
    : ids.join() === want.join()
}

function isAmongThree(question: EvaluationQuestion, understanding: Understanding): boolean {
  const shown = understanding.outcomes.flatMap((outcome) => {
    if (outcome.kind === 'answer') return [outcome.entry.id]
    if (outcome.kind === 'offer') return outcome.entries.map(({ id }) => id)
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
        case 'talk':
          return `talk(${outcome.talk})`
      }
    })
    .join(' + ')
}

export type Figures = {
  readonly questions: number
  readonly answerable: number
  readonly right: number
  readonly amongThree: number
  readonly wrongFacet: number
  readonly wrongAnswer: number
  readonly offered: number
  readonly abstained: number
  readonly unanswerable: number
  readonly falseAnswer: number
}

export function countFigures(judged: readonly Judged[]): Figures {
  const count = (verdict: Verdict) => judged.filter((one) => one.verdict === verdict).length
  const answerable = judged.filter(({ question }) => question.want.length > 0)
  return {
    questions: judged.length,
    answerable: answerable.length,
    right: count('right'),
    amongThree: answerable.filter(({ amongThree }) => amongThree).length,
    wrongFacet: count('wrong-facet'),
    wrongAnswer: count('wrong-answer'),
    offered: count('offered'),
    abstained: count('abstained'),
    unanswerable: judged.length - answerable.length,
    falseAnswer: count('false-answer'),
  }
}
