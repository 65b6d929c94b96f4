// Owns what a confidence is computed from: signals about a query and its best entry, and the weights they are given.
// Must not know thresholds.

import type { Choice } from './choice-model.ts'
import { choose, fitChoices } from './choice-model.ts'
import type { Corpus } from './corpus.ts'
import type { Ensemble, Evidence } from './ensemble.ts'
import type { Features } from './search.ts'
import { entryFrequency, hasFeature } from './text-match.ts'
import { similarity, toVector } from './vector-space.ts'
import type { QuestionKind } from './thresholds.ts'
import { isAnswerable } from './thresholds.ts'
import type { QuestionReading, Reading, ViewName } from './views.ts'

export const signalNames = [
  'regression',
  'words',
  'grams',
  'strength',
  'strongest',
  'nearestWords',
  'nearestGrams',
  'coverage',
  'rareCoverage',
  'known',
  'knownGrams',
  'length',
  'subjectCovered',
  'subjectKnown',
  'strangest',
  'subjectMissed',
  'likeness',
  'bias',
] as const

/** Used nearly as they are when a base is too small to teach anything. Averages of what larger bases taught. */
const priorWeights: readonly number[] = [
  0.2, 0.3, 0.15, 0.2, 0.2, 0.5, 1.6, 0.3, 0.5, 1.3, 2, 0.3, 1, 1, -0.5, -0.3, 2, -6.2,
]
/** A query this like a phrasing is hardly about anything else. */
const likenessFrom = 0.7
/** Words commoner than this are the question's form rather than its subject. */
const formRarityMax = 0.3
/** Worth this many questions of doubt, for a signal of ordinary spread. */
const priorStrength = 20

/** Logarithms of probabilities below this say no more than this. */
const logProbabilityMin = -10

export type Ranked = { readonly evidence: Evidence; readonly score: number }

/** Orders candidates by their probability; equal ones by number, which is the order of their ids. */
export function rankEvidence(evidence: readonly Evidence[], weights: ArrayLike<number>): Ranked[] {
  const values = evidence.map((item) => item.values)
  const scores = choose(values, weights)
  return evidence
    .map((item, index) => ({ evidence: item, score: scores[index] ?? 0 }))
    .sort((a, b) => b.score - a.score || a.evidence.entry - b.evidence.entry)
}

export type SignalReader = (
  reading: QuestionReading,
  evidence: readonly Evidence[],
  best: Evidence,
) => Float64Array

/** The returned function gives the signals of a query in the order of `signalNames`. */
export function createSignalReader(
  ensemble: Ensemble,
  corpus: Corpus,
  texts: Int32Array,
): SignalReader {
  const textsOf = groupByEntry(corpus, texts, ensemble.entryCount)
  const spread = new Float32Array(corpus.features.count)
  const nearest = (reading: Reading, view: ViewName, entry: number): number => {
    const vector = toVector(reading, [view], ensemble.rarity)
    for (let i = 0; i < vector.features.length; i++) {
      spread[vector.features[i] ?? 0] = vector.values[i] ?? 0
    }
    let best = 0
    for (const text of textsOf(entry)) {
      best = Math.max(best, similarity(corpus.lists, text, view, ensemble.rarity, spread))
    }
    for (const feature of vector.features) spread[feature] = 0
    return best
  }
  return (reading, evidence, best) => {
    const { entry, values, strength } = best
    const cover = readCoverage(ensemble, reading, entry, texts.length)
    const subject = readSubject(ensemble, reading, entry)
    const nearestGrams = nearest(reading, 'grams', entry)
    return Float64Array.of(
      ...values.map((value) => Math.max(logProbabilityMin, value)),
      strength,
      evidence.reduce((most, item) => Math.max(most, item.strength), -Infinity),
      nearest(reading, 'stems', entry) * cover.knownLength,
      nearestGrams,
      cover.coverage,
      cover.rareCoverage,
      cover.known,
      cover.knownGrams,
      Math.log(1 + reading.stems.length + reading.unknownStems),
      subject.covered,
      subject.known,
      subject.strangest,
      subject.missed,
      Math.max(0, nearestGrams - likenessFrom),
      1,
    )
  }
}

export function nameSignals(signals: Float64Array): Features {
  return Object.fromEntries(
    signalNames.flatMap((name, i) => (name === 'bias' ? [] : [[name, signals[i] ?? 0]])),
  )
}

/** How likely it is that the base answers the query with these signals, 0 to 1. */
export function confidenceOf(signals: Float64Array, weights: Float64Array): number {
  return choose([signals, new Float64Array(signals.length)], weights)[0] ?? 0
}

/** How much each kind of question weighs, however many were asked: yes and no alike, and what is hard to tell more. */
const kindShares: Readonly<Record<QuestionKind, number>> = {
  answerable: 0.35,
  near: 0.15,
  missing: 0.1,
  swapped: 0.15,
  'off-topic': 0.25,
}

/** Fits the weights to signals of questions that were answerable and of questions that were not. */
export function fitConfidence(
  samples: readonly { signals: Float64Array; kind: QuestionKind }[],
): Float64Array {
  const counts = new Map<QuestionKind, number>()
  for (const { kind } of samples) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const answerable = (counts.get('answerable') ?? 0) + (counts.get('near') ?? 0)
  // A handful of phrasings must not be blown up to the number of off-topic questions.
  const total = 2 * Math.min(answerable, samples.length - answerable)
  const spreads = measureSpreads(samples.map(({ signals }) => signals))
  const choices = samples.map(({ signals, kind }): Choice => {
    const scaled = signals.map((value, i) => value / (spreads[i] ?? 1))
    return {
      alternatives: [scaled, new Float64Array(scaled.length)],
      right: isAnswerable(kind) ? 0 : 1,
      weight: (total * kindShares[kind]) / (counts.get(kind) ?? 1),
    }
  })
  const prior = priorWeights.map((weight, i) => weight * (spreads[i] ?? 1))
  return fitChoices(choices, prior, priorStrength).map((weight, i) => weight / (spreads[i] ?? 1))
}

/** Standard deviation of each signal, so that the prior holds all of them equally. */
function measureSpreads(samples: readonly Float64Array[]): Float64Array {
  const size = signalNames.length
  const means = new Float64Array(size)
  const squares = new Float64Array(size)
  for (const signals of samples) {
    for (let i = 0; i < size; i++) means[i] = (means[i] ?? 0) + (signals[i] ?? 0) / samples.length
  }
  for (const signals of samples) {
    for (let i = 0; i < size; i++) {
      const apart = (signals[i] ?? 0) - (means[i] ?? 0)
      squares[i] = (squares[i] ?? 0) + (apart * apart) / samples.length
    }
  }
  return squares.map((square) => Math.sqrt(square) || 1)
}

function groupByEntry(
  corpus: Corpus,
  texts: Int32Array,
  entryCount: number,
): (entry: number) => Int32Array {
  const asked = texts.filter((text) => corpus.texts[text]?.kind !== 'body')
  const starts = new Int32Array(entryCount + 1)
  for (const text of asked) {
    const entry = corpus.texts[text]?.entry ?? 0
    starts[entry + 1] = (starts[entry + 1] ?? 0) + 1
  }
  for (let e = 0; e < entryCount; e++) starts[e + 1] = (starts[e + 1] ?? 0) + (starts[e] ?? 0)
  return (entry) => asked.subarray(starts[entry] ?? 0, starts[entry + 1] ?? 0)
}

type Coverage = {
  /** Shares of the query's weight that the best entry covers, by rarity among texts and among entries. */
  readonly coverage: number
  readonly rareCoverage: number
  /** Share of the query's weight that the base knows at all, and its length as a vector. */
  readonly known: number
  readonly knownLength: number
  readonly knownGrams: number
}

function readCoverage(
  ensemble: Ensemble,
  reading: Reading,
  entry: number,
  textCount: number,
): Coverage {
  const { words, grams, rarity, entryCount } = ensemble
  const unknownRarity = Math.log(textCount + 1) + 1
  let whole = reading.unknownStems * unknownRarity
  let squares = reading.unknownStems * unknownRarity ** 2
  let rareWhole = reading.unknownStems * Math.log((entryCount + 1) / 0.5)
  let [covered, rareCovered, known, knownSquares] = [0, 0, 0, 0]
  for (const stem of reading.stems) {
    const weight = rarity[stem] || unknownRarity
    const rare = Math.max(0, Math.log((entryCount + 1) / (entryFrequency(words, stem) + 0.5)))
    whole += weight
    squares += weight * weight
    rareWhole += rare
    if (rarity[stem] === 0) continue
    known += weight
    knownSquares += weight * weight
    if (!hasFeature(words, stem, entry)) continue
    covered += weight
    rareCovered += rare
  }
  let knownGrams = 0
  for (const gram of reading.grams) if (entryFrequency(grams, gram) > 0) knownGrams++
  const share = (part: number, total: number) => (total === 0 ? 0 : part / total)
  return {
    coverage: share(covered, whole),
    rareCoverage: share(rareCovered, rareWhole),
    known: share(known, whole),
    knownLength: Math.sqrt(share(knownSquares, squares)),
    knownGrams: share(knownGrams, reading.grams.length + reading.unknownGrams),
  }
}

type Subject = {
  /** Shares of the subject, by how rare its words are in the language at large. */
  readonly covered: number
  readonly known: number
  /** Rarity of the rarest word that the base lacks, and the logarithm of all that the entry lacks. */
  readonly strangest: number
  readonly missed: number
}

/** What the question is about, as the language at large sees it, and how much of that the base and the entry have. */
function readSubject(ensemble: Ensemble, reading: QuestionReading, entry: number): Subject {
  const { words, rarity } = ensemble
  const weigh = (rarityAtLarge: number) => Math.max(0, rarityAtLarge - formRarityMax)
  let [whole, covered, known, strangest] = [0, 0, 0, 0]
  for (const unknown of reading.unknownRarities) {
    whole += weigh(unknown)
    strangest = Math.max(strangest, unknown)
  }
  for (const [index, stem] of reading.stems.entries()) {
    const rarityAtLarge = reading.stemRarities[index] ?? 0
    const weight = weigh(rarityAtLarge)
    whole += weight
    if (rarity[stem] === 0) {
      strangest = Math.max(strangest, rarityAtLarge)
      continue
    }
    known += weight
    if (hasFeature(words, stem, entry)) covered += weight
  }
  // A question that is all form, such as "and why?", lacks nothing.
  const share = (part: number) => (whole === 0 ? 1 : part / whole)
  return {
    covered: share(covered),
    known: share(known),
    strangest,
    missed: Math.log(1 + whole - covered),
  }
}
