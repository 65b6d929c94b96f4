// Owns what a base teaches about itself: how much each piece of evidence weighs, what a confidence is worth, and from
// which confidence on to answer. Read off the folds of folds.ts. Must not know texts or models.

import type { Choice } from './choice-model.ts'
import { fitChoices } from './choice-model.ts'
import { confidenceOf, createSignalReader, fitConfidence, rankEvidence } from './confidence.ts'
import { commonWords } from './common-words.ts'
import type { Corpus, Text } from './corpus.ts'
import { analyseQuery } from './corpus.ts'
import type { Evidence } from './ensemble.ts'
import { epochs, gatherEvidence, priorWeights, trainEnsemble } from './ensemble.ts'
import type { Fold } from './folds.ts'
import { makeFolds } from './folds.ts'
import { offTopicQuestions } from './off-topic.ts'
import type { Thresholds } from './search.ts'
import { estrange } from './estrange.ts'
import type { QuestionKind, Rehearsed } from './thresholds.ts'
import { isAnswerable, readThresholds } from './thresholds.ts'
import { putDifferently, swapSubject } from './vary.ts'

export type Calibration = {
  readonly rankWeights: Float64Array
  readonly signalWeights: Float64Array
  readonly thresholds: Thresholds
}

/** Worth this many questions of doubt; a base of a dozen phrasings hardly moves from what is generally true. */
const rankPriorStrength = 100

type Question = {
  readonly text: string
  readonly language: string | undefined
  readonly entry: number
}

/** A question asked of a fold, and what came back. */
type Asked = {
  readonly evidence: readonly Evidence[]
  /** The entry that should be found; -1 when the fold has none. */
  readonly right: number
  readonly signals: Float64Array
  readonly kind: QuestionKind
}

export function calibrate(corpus: Corpus): Calibration {
  const asked = makeFolds(corpus).flatMap((fold) => rehearse(corpus, fold))
  const rankWeights = fitRanking(asked)
  const signalWeights = fitConfidence(asked)
  const rehearsed = asked.map(({ evidence, right, signals, kind }): Rehearsed => {
    const ranked = rankEvidence(evidence, rankWeights)
    return {
      confidence: confidenceOf(signals, signalWeights),
      scores: ranked.map(({ score }) => score),
      rightRank: ranked.findIndex((item) => item.evidence.entry === right),
      kind,
    }
  })
  return { rankWeights, signalWeights, thresholds: readThresholds(rehearsed) }
}

function fitRanking(asked: readonly Asked[]): Float64Array {
  const choices: Choice[] = []
  for (const { evidence, right } of asked) {
    const index = evidence.findIndex(({ entry }) => entry === right)
    // What was not proposed cannot be chosen, whatever the weights.
    if (index < 0) continue
    choices.push({ alternatives: evidence.map(({ values }) => values), right: index, weight: 1 })
  }
  return fitChoices(choices, priorWeights, rankPriorStrength)
}

function rehearse(corpus: Corpus, fold: Fold): Asked[] {
  const ensemble = trainEnsemble(corpus, fold.learned, fold.absent, { epochs: epochs.rehearsal })
  const readSignals = createSignalReader(ensemble, corpus, fold.learned)
  const asked: Asked[] = []
  const ask = ({ text, language, entry }: Question, kind: QuestionKind) => {
    const { reading } = analyseQuery(corpus, null, text, language)
    const evidence = gatherEvidence(ensemble, reading)
    const best = evidence[0]
    if (best === undefined) return
    const right = isAnswerable(kind) ? entry : -1
    asked.push({ evidence, right, kind, signals: readSignals(reading, evidence, best) })
  }
  for (const text of fold.kept) ask(text, 'answerable')
  for (const text of putDifferently(fold.repeated)) ask(text, 'near')
  for (const text of swapSubject(corpus, fold.repeated)) ask(text, 'swapped')
  for (const text of fold.missing) ask(text, 'missing')
  for (const text of estrange(corpus, fold.kept.filter(isUnlisted))) ask(text, 'off-topic')
  for (const text of offTopicQuestions) ask({ text, language: undefined, entry: -1 }, 'off-topic')
  return asked
}

/** Where there is no list of a language's words to take strangers from, they are invented. */
const isUnlisted = ({ language }: Text) => commonWords(language).length === 0
