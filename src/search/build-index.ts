// Owns the making of a search index from documents and synonyms. Everything it trains, it trains here, from the base.
// Must not know files, platforms or conversations.

import type { TrainingCache } from './cache.ts'
import { hashBase } from './cache.ts'
import { calibrate } from './calibrate.ts'
import { confidenceOf, createSignalReader, nameSignals, rankEvidence } from './confidence.ts'
import { analyseQuery, readCorpus } from './corpus.ts'
import { epochs, gatherEvidence, trainEnsemble } from './ensemble.ts'
import type {
  Candidate,
  Decision,
  Ranking,
  SearchDocument,
  SearchIndex,
  Synonym,
} from './search.ts'
import { createSpeller } from './spelling.ts'
import { decideCount, offerCountMax } from './thresholds.ts'
import { indexVerbatim } from './verbatim.ts'

const candidateCountMax = 10
/** Of a query that repeats a phrasing: both that the base answers it, and with which entry. */
const verbatimConfidence = 0.99

export type IndexOptions = {
  /** Spares the training when the base is the one trained last. */
  readonly cache?: TrainingCache
  /** Words by which people ask, whatever the subject: "what", "please", "examples". */
  readonly formWords?: readonly string[]
  /** False leaves out that a query may repeat a phrasing word for word: to see how search fares without. */
  readonly verbatim?: boolean
}

/**
 * The same documents and synonyms, in whatever order, give the same index on every machine.
 */
export function buildIndex(
  documents: readonly SearchDocument[],
  synonyms: readonly Synonym[],
  { cache, formWords = [], verbatim: isVerbatimKnown = true }: IndexOptions = {},
): SearchIndex {
  const corpus = readCorpus(documents, synonyms, formWords)
  const { vocabulary, entryIds } = corpus
  // The weights are numbered as the features are: another way of reading must not meet them.
  const key =
    cache === undefined
      ? ''
      : `${hashBase(documents, synonyms, formWords)} ${corpus.features.count}`
  const kept = cache?.load(key) ?? null
  const calibration = kept?.calibration ?? calibrate(corpus)
  const { rankWeights, signalWeights, thresholds } = calibration
  const texts = Int32Array.from(corpus.texts.keys())
  const ensemble = trainEnsemble(
    corpus,
    texts,
    new Set(),
    kept === null ? { epochs: epochs.final } : { done: kept.regression },
  )
  if (kept === null) cache?.save(key, { calibration, regression: ensemble.regression })
  const readSignals = createSignalReader(ensemble, corpus, texts)
  const speller = createSpeller(vocabulary.words, vocabulary.counts)
  const findVerbatim = isVerbatimKnown ? indexVerbatim(corpus, new Set(formWords)) : () => undefined

  function rank(text: string, language?: string): Ranking {
    const analysis = analyseQuery(corpus, speller, text, language)
    const { query, corrections, reading } = analysis
    // Without a single known feature every entry is equally likely, and the first ten would be mere alphabet.
    const nothingKnown = reading.stems.length + reading.grams.length === 0
    const evidence = nothingKnown ? [] : gatherEvidence(ensemble, reading)
    const ranked = rankEvidence(evidence, rankWeights)
    const best = ranked[0]
    if (best === undefined)
      return { query, corrections, candidates: [], confidence: 0, features: {} }
    const signals = readSignals(reading, evidence, best.evidence)
    const candidates = ranked.slice(0, candidateCountMax).map((item) => ({
      id: entryIds[item.evidence.entry] ?? '',
      score: item.score,
    }))
    const confidence = confidenceOf(signals, signalWeights)
    const features = nameSignals(signals)
    const verbatim = entryIds[findVerbatim(query, analysis.language) ?? -1]
    if (verbatim === undefined) return { query, corrections, candidates, confidence, features }
    return {
      query,
      corrections,
      candidates: putFirst(verbatim, candidates),
      confidence: Math.max(confidence, verbatimConfidence),
      features: { ...features, verbatim: 1 },
    }
  }

  function decide(ranking: Ranking): Decision {
    const ids = ranking.candidates.map((candidate) => candidate.id)
    const scores = ranking.candidates.map((candidate) => candidate.score)
    const { kind, count } = decideCount({ confidence: ranking.confidence, scores }, thresholds)
    switch (kind) {
      case 'answer':
        return { kind, entry: ids[0] ?? '' }
      case 'offer':
        return { kind, entries: ids.slice(0, count) }
      case 'abstain':
        return { kind, nearest: ids.slice(0, offerCountMax) }
    }
  }

  return { thresholds, rank, decide }
}

function putFirst(id: string, candidates: readonly Candidate[]): Candidate[] {
  const others = candidates.filter((candidate) => candidate.id !== id)
  const rest = others.reduce((sum, { score }) => sum + score, 0)
  const scale = rest === 0 ? 0 : (1 - verbatimConfidence) / rest
  const scaled = others.map((other) => ({ id: other.id, score: other.score * scale }))
  return [{ id, score: verbatimConfidence }, ...scaled].slice(0, candidateCountMax)
}
