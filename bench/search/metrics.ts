// Owns the arithmetic: hits among the first, quantiles, AUROC, and the share of off-topic questions
// refused. Pure.

export type Outcome = {
  /** Place of the first right entry, from 0; -1 when it is not among those returned. */
  place: number
  answerable: boolean
  confidence: number
}

export type Quality = {
  /** Shares between 0 and 1, of the answerable questions. */
  top1: number
  top3: number
  /** Probability that an answerable question has more confidence than an unanswerable one; null without both kinds. */
  auroc: number | null
  /** Share of unanswerable questions below the threshold that keeps 95 % of the answerable. */
  refused: number | null
  asked: number
}

const keptShare = 0.95

/** The value that the given share of the sorted values does not exceed. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)
  return sorted[Math.max(0, position)] ?? Number.NaN
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(mean(values.map(Math.log)))
}

/** How many items of the ascending list are below the value, or, with `equal`, not above it. */
function countBelow(sorted: readonly number[], value: number, equal: boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = sorted[middle] ?? 0
    if (item < value || (equal && item === value)) low = middle + 1
    else high = middle
  }
  return low
}

/** Ties count half. */
export function calculateAuroc(positives: readonly number[], negatives: readonly number[]): number {
  const sorted = [...negatives].sort((left, right) => left - right)
  let wins = 0
  for (const value of positives) {
    wins += (countBelow(sorted, value, false) + countBelow(sorted, value, true)) / 2
  }
  return wins / (positives.length * sorted.length)
}

/** Share of the negatives strictly below the highest threshold that keeps 95 % of the positives. */
export function calculateRefused(
  positives: readonly number[],
  negatives: readonly number[],
): number {
  const sorted = [...positives].sort((left, right) => left - right)
  const threshold = sorted[Math.floor((1 - keptShare) * sorted.length)] ?? 0
  return negatives.filter((value) => value < threshold).length / negatives.length
}

export function summarise(outcomes: readonly Outcome[]): Quality {
  const answerable = outcomes.filter((outcome) => outcome.answerable)
  const shareWithin = (places: number): number =>
    answerable.filter(({ place }) => place >= 0 && place < places).length / answerable.length
  const positives = answerable.map((outcome) => outcome.confidence)
  const negatives = outcomes
    .filter((outcome) => !outcome.answerable)
    .map((outcome) => outcome.confidence)
  const both = positives.length > 0 && negatives.length > 0
  return {
    top1: shareWithin(1),
    top3: shareWithin(3),
    auroc: both ? calculateAuroc(positives, negatives) : null,
    refused: both ? calculateRefused(positives, negatives) : null,
    asked: outcomes.length,
  }
}
