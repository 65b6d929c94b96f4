// Why a question got what it got, as tables for people: corrected words, candidates, evidence, limits.

import type { Brain } from '../assistant/brain.ts'
import { splitMessage } from '../assistant/split.ts'
import { surenessOf } from '../search/thresholds.ts'

export function explain(brain: Brain, question: string, language: string): string {
  const parts = splitMessage(question, language, brain.cues(language))
  const asked = parts.length > 1 ? parts.filter(({ asks }) => asks) : []
  const texts = asked.length > 0 ? asked.map(({ text }) => text) : [question]
  return texts.map((text) => explainOne(brain, text, language)).join('\n\n')
}

function explainOne(brain: Brain, text: string, language: string): string {
  const { index } = brain
  const ranking = index.rank(text, language)
  const decision = index.decide(ranking)
  const corrections = ranking.corrections.map(({ from, to }) => `${from} -> ${to}`)
  const facts = [
    ['question', text],
    ['read as', ranking.query],
    ['corrected', corrections.length === 0 ? 'nothing' : corrections.join(', ')],
    ['decision', decision.kind],
    ['confidence', `${percent(ranking.confidence)} that the base answers it`],
    [
      'sureness',
      `${percent(surenessOf(ranking))} that the first candidate does (confidence x its score)`,
    ],
    [
      'limits',
      `answer from a sureness of ${percent(index.thresholds.answer)}, offer from a confidence of ${percent(index.thresholds.offer)}`,
    ],
  ]
  const candidates = ranking.candidates.map(({ id, score }) => [
    id,
    percent(score),
    brain.entry(id, language)?.title ?? '',
  ])
  const features = Object.entries(ranking.features).map(([name, value]) => [name, value.toFixed(3)])
  return [
    table(facts),
    table([['candidate', 'score', 'title'], ...candidates]),
    table([['evidence', 'value'], ...features]),
  ].join('\n\n')
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

/** Rows of one shape, each column as wide as its widest cell. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
