// The machine interface: what one question got, as one JSON object.

import { ask } from '../assistant/ask.ts'
import type { Brain } from '../assistant/brain.ts'
import { guidanceOf } from '../assistant/deadline-answer.ts'
import type { Outcome } from '../assistant/outcome.ts'
import { phrasebookFor } from '../assistant/spoken-phrasebook.ts'
import type { Understanding } from '../assistant/understand.ts'
import { toMilestoneLines, type MilestoneLine } from './milestone-line.ts'
import { createReply } from '../chat/reply.ts'
import { toPlainText } from '../chat/plain-text.ts'

/** One line of the machine interface. */
export type AskLine = {
  readonly question: string
  readonly language: string
  readonly decision: Exclude<Outcome['kind'], 'deadlines'>
  /** Shown entries first, each with the facet shown; then what else search considered, best first. */
  readonly entries: readonly { id: string; facet: string | null; score: number }[]
  /** How likely it is that the knowledge base answers the question, 0 to 1. */
  readonly confidence: number
  readonly text: string
  readonly sources: readonly { id: string; section: string | null }[]
  /** The dated duties that answer it, soonest first; empty for questions that are not about dates. */
  readonly milestones: readonly MilestoneLine[]
  readonly micros: number
}

const entriesMax = 10

type ShownEntry = { readonly id: string; readonly facet: string | null }

export function answerLine(brain: Brain, question: string, language: string): AskLine {
  const start = process.hrtime.bigint()
  const phrasebook = phrasebookFor(brain, question, language)
  const { blocks, understanding } = ask(brain, phrasebook, question, null)
  const micros = Number((process.hrtime.bigint() - start) / 1000n)
  const text = toPlainText(createReply('private', phrasebook.language, blocks))
  return {
    question,
    language: phrasebook.language,
    decision: understanding === null ? 'talk' : overallDecision(understanding),
    entries: understanding === null ? [] : listEntries(understanding),
    confidence: understanding?.ranking.confidence ?? 0,
    text,
    sources: understanding === null ? [] : listSources(understanding),
    milestones: understanding === null ? [] : listMilestones(understanding, phrasebook.language),
    micros,
  }
}

const isAnswered = (outcome: Outcome) =>
  outcome.kind === 'answer' ||
  (outcome.kind === 'deadlines' && !['which', 'no-plan'].includes(outcome.answer.kind))

const isOffered = (outcome: Outcome) =>
  outcome.kind === 'offer' || (outcome.kind === 'deadlines' && outcome.answer.kind === 'which')

/** What the message as a whole got: an answer to any part of it is an answer. */
export function overallDecision({
  outcomes,
}: Understanding): Exclude<Outcome['kind'], 'deadlines'> {
  const kinds = new Set(outcomes.map(({ kind }) => kind))
  if (outcomes.some(isAnswered)) return 'answer'
  if (kinds.has('deadlines')) return outcomes.some(isOffered) ? 'offer' : 'abstain'
  const order = ['offer', 'talk', 'abstain'] as const
  return order.find((kind) => kinds.has(kind)) ?? 'abstain'
}

function listEntries({ outcomes, ranking }: Understanding): AskLine['entries'] {
  const scores = new Map(ranking.candidates.map(({ id, score }) => [id, score]))
  const shown = outcomes.flatMap<ShownEntry>((outcome) => {
    switch (outcome.kind) {
      case 'answer':
        return [{ id: outcome.entry.id, facet: outcome.passage.facet }]
      case 'offer':
        return outcome.entries.map(({ id }) => ({ id, facet: null }))
      case 'abstain':
        return outcome.gap === undefined ? [] : [{ id: outcome.gap.id, facet: null }]
      case 'deadlines':
        return guidanceOf(outcome.answer).map((id) => ({ id, facet: null }))
      case 'talk':
        return []
    }
  })
  const known = new Set(shown.map(({ id }) => id))
  const considered = ranking.candidates
    .filter(({ id }) => !known.has(id))
    .map(({ id }) => ({ id, facet: null }))
  return [...shown, ...considered]
    .slice(0, Math.max(entriesMax, shown.length))
    .map(({ id, facet }) => ({ id, facet, score: scores.get(id) ?? 0 }))
}

function listSources({ outcomes }: Understanding): AskLine['sources'] {
  const cited = outcomes.flatMap((outcome) =>
    outcome.kind === 'answer' ? outcome.passage.citations : [],
  )
  const sources = cited.map(({ source, section }) => ({ id: source.id, section: section ?? null }))
  return sources.filter(
    ({ id, section }, index) =>
      sources.findIndex((other) => other.id === id && other.section === section) === index,
  )
}

function listMilestones({ outcomes }: Understanding, language: string): MilestoneLine[] {
  return outcomes.flatMap((outcome) =>
    outcome.kind === 'deadlines' ? toMilestoneLines(outcome.answer, language) : [],
  )
}
