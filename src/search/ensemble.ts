// Owns the ranking model: which views each scorer reads, how their scores become evidence for an entry, and how
// candidates are chosen. This is the place to exchange a model. Must not know texts, languages or decisions.

import type { Corpus } from './corpus.ts'
import { measureKinship } from './kinship.ts'
import type { LogisticRegression, TrainingVector } from './logistic-regression.ts'
import { scoreLogisticRegression, trainLogisticRegression } from './logistic-regression.ts'
import type { TextMatch } from './text-match.ts'
import { indexText, scoreText } from './text-match.ts'
import { selectTop } from './top.ts'
import type { Rarity } from './vector-space.ts'
import { measureRarity, toVector } from './vector-space.ts'
import type { Reading, ViewName } from './views.ts'
import { viewNames } from './views.ts'

/** What speaks for one entry: each scorer's log-probability. The order is the order of the numbers. */
export const evidenceNames = ['regression', 'words', 'grams'] as const
export type Evidence = {
  readonly entry: number
  readonly values: Float64Array
  /** The regression's score before it became a probability: how strongly, not only how much rather than another. */
  readonly strength: number
}

/** How much each piece of evidence weighs until a base has taught better. Measured on BANKING77 and StackFAQ. */
export const priorWeights: readonly number[] = [0.75, 0.4, 0.15]

/** Entries that are looked at closely; the right one is further down in fewer than two queries of a hundred. */
const candidateCountMax = 12
/** BM25 adds up over words; this brings it to the scale of a log-probability for a query of `usualStems` stems. */
const scales = { words: 0.4, grams: 0.15 } as const
const usualStems = 6

/** How closely the regression follows a phrasing. */
const trust = 20
/** Passes over the texts: until hardly anything moves, and enough to rehearse with. */
export const epochs = {
  final: 5,
  rehearsal: 3,
} as const
/** Products of texts, features of a text and entries it is compared with that one pass may take; well under 0.1 s. */
const passCostMax = 20_000_000
/** Entries that a text is compared with at least. */
const rivalCountMin = 32
/**
 * A run or group of characters that only one text has says nothing that its stems do not say, and half of them are of
 * that kind. Small bases keep them, because hardly anything occurs twice there; large ones ask for a third text.
 */
function frequencyMin(textCount: number): number {
  if (textCount < 600) return 1
  return textCount < 1500 ? 2 : 3
}
/** Every pair of entries is compared; above this, that takes too much room. */
const kinEntriesMax = 2000
/** An answer's text is written to be read, not asked: it teaches less than a phrasing. */
const bodyTrust = 0.3
/** Above it, the regression reads stems only; and above it again, it is left out. */
const regressionWeightsMax = 16_000_000

export type Ensemble = {
  readonly entryCount: number
  /** Entries that may be proposed. */
  readonly present: Uint8Array
  readonly rarity: Rarity
  readonly regression: LogisticRegression | null
  readonly regressionViews: readonly ViewName[]
  readonly words: TextMatch
  readonly grams: TextMatch
}

/**
 * @param texts those to learn from, in ascending order
 * @param absent entries to pretend the base does not have
 * @param training how long to train, or what came of an earlier training on the same texts
 */
export function trainEnsemble(
  corpus: Corpus,
  texts: Int32Array,
  absent: ReadonlySet<number>,
  training: { readonly epochs: number } | { readonly done: LogisticRegression | null },
): Ensemble {
  const { lists } = corpus
  const entryCount = corpus.entryIds.length
  const featureCount = corpus.features.count
  const sizes = { entryCount, featureCount }
  const entryOf = Int32Array.from(corpus.texts, ({ entry }) => entry)
  const rarity = measureRarity(lists, texts, featureCount, (view, frequency) => {
    return view === 'stems' || frequency >= frequencyMin(texts.length)
  })
  const present = Uint8Array.from({ length: entryCount }, (_, e) => (absent.has(e) ? 0 : 1))
  const untrained = {
    entryCount,
    present,
    rarity,
    regression: null,
    regressionViews: affordableViews(corpus, rarity),
    words: indexText(lists, texts, entryOf, 'stems', sizes),
    grams: indexText(lists, texts, entryOf, 'grams', sizes),
  }
  if ('done' in training) return { ...untrained, regression: training.done }
  if (untrained.regressionViews.length === 0) return untrained
  return { ...untrained, regression: trainRegression(untrained, corpus, texts, training.epochs) }
}

/** Evidence for the entries nearest to the query, the likeliest first by the prior weights. */
export function gatherEvidence(ensemble: Ensemble, reading: Reading): Evidence[] {
  const { entryCount, present, regression, regressionViews, rarity } = ensemble
  const { words, grams } = matchText(ensemble, reading)
  let strengths = words
  let trained = words
  if (regression !== null) {
    strengths = new Float64Array(entryCount)
    const vector = toVector(reading, regressionViews, rarity)
    scoreLogisticRegression(regression, vector, strengths)
    trained = strengths.slice()
    toLogProbabilities(trained, 1)
  }
  const [trainedWeight = 0, wordsWeight = 0, gramsWeight = 0] = priorWeights
  const mixed = new Float64Array(entryCount)
  for (let e = 0; e < entryCount; e++) {
    mixed[e] =
      present[e] === 0
        ? -Infinity
        : trainedWeight * (trained[e] ?? 0) +
          wordsWeight * (words[e] ?? 0) +
          gramsWeight * (grams[e] ?? 0)
  }
  return selectTop(mixed, candidateCountMax).map((entry) => ({
    entry,
    values: Float64Array.of(trained[entry] ?? 0, words[entry] ?? 0, grams[entry] ?? 0),
    strength: strengths[entry] ?? 0,
  }))
}

function matchText(
  ensemble: Ensemble,
  reading: Reading,
): { words: Float64Array; grams: Float64Array } {
  const words = new Float64Array(ensemble.entryCount)
  const grams = new Float64Array(ensemble.entryCount)
  scoreText(ensemble.words, reading.stems, words)
  scoreText(ensemble.grams, reading.grams, grams)
  const stemCount = reading.stems.length + reading.unknownStems
  const scale = Math.sqrt(usualStems / Math.max(1, stemCount))
  toLogProbabilities(words, scale * scales.words)
  toLogProbabilities(grams, scale * scales.grams)
  return { words, grams }
}

function affordableViews(corpus: Corpus, rarity: Rarity): readonly ViewName[] {
  const entryCount = corpus.entryIds.length
  let used = 0
  for (const weight of rarity) if (weight > 0) used++
  if (used * entryCount <= regressionWeightsMax) return viewNames
  return corpus.features.countOf('stems') * entryCount <= regressionWeightsMax ? ['stems'] : []
}

function trainRegression(
  ensemble: Ensemble,
  corpus: Corpus,
  texts: Int32Array,
  epochCount: number,
): LogisticRegression {
  const { entryCount, rarity, regressionViews } = ensemble
  const vectors = Array.from(texts, (text) =>
    toVector(corpus.lists.read(text), regressionViews, rarity),
  )
  const productCount = vectors.reduce((sum, { features }) => sum + features.length, 0)
  const rivalCount = Math.max(rivalCountMin, Math.floor(passCostMax / Math.max(1, productCount)))
  const findRivals = createRivalFinder(ensemble, corpus, rivalCount)
  const examples = vectors.map((vector, index): TrainingVector => {
    const text = texts[index] ?? 0
    const { entry, kind } = corpus.texts[text] ?? { entry: 0, kind: 'phrasing' }
    const rivals = findRivals(text, entry)
    return { ...vector, entry, rivals, trust: trust * (kind === 'body' ? bodyTrust : 1) }
  })
  const kinship = entryCount <= kinEntriesMax ? measureKinship(corpus, texts, rarity) : null
  const featureCount = corpus.features.count
  return trainLogisticRegression(examples, entryCount, featureCount, epochCount, kinship)
}

/** Whom an entry's text may be taken for: everybody, or, where that is too many, those whose words are most alike. */
function createRivalFinder(
  ensemble: Ensemble,
  corpus: Corpus,
  rivalCount: number,
): (text: number, entry: number) => Int32Array {
  const { entryCount, present } = ensemble
  const everybody = Int32Array.from(present.keys()).filter((entry) => present[entry] === 1)
  if (rivalCount >= everybody.length) return () => everybody
  return (text, entry) => {
    const { words, grams } = matchText(ensemble, corpus.lists.read(text))
    for (let e = 0; e < entryCount; e++) {
      words[e] = present[e] === 0 ? -Infinity : (words[e] ?? 0) + (grams[e] ?? 0)
    }
    words[entry] = Infinity
    return Int32Array.from(selectTop(words, rivalCount)).sort()
  }
}

/** Scales scores, then shifts them so that their exponentials add up to one. */
function toLogProbabilities(scores: Float64Array, scale: number): void {
  let best = -Infinity
  for (const score of scores) if (score > best) best = score
  let sum = 0
  for (let i = 0; i < scores.length; i++) {
    const scaled = ((scores[i] ?? 0) - best) * scale
    scores[i] = scaled
    sum += Math.exp(scaled)
  }
  const shift = Math.log(sum)
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] ?? 0) - shift
}
