// Owns BM25 over everything an entry says, in one view: title, phrasings, keywords and answers. It decides when no
// phrasing is near. Must not know how features come about.

import type { FeatureLists } from './feature-lists.ts'
import type { ViewName } from './views.ts'

export type TextMatch = {
  /** The entries of feature f are at offsets[f] up to offsets[f + 1], in ascending order. */
  readonly offsets: Int32Array
  readonly entries: Int32Array
  readonly impacts: Float32Array
}

/** Measured; counts saturate late because a word that many phrasings of an entry share is the entry's own. */
const saturation = 3
const lengthNormalisation = 0.7

/**
 * @param texts which of the lists to read, in ascending order of their entries
 * @param entryOf the entry of each list
 */
export function indexText(
  lists: FeatureLists,
  texts: Int32Array,
  entryOf: ArrayLike<number>,
  view: ViewName,
  sizes: { readonly entryCount: number; readonly featureCount: number },
): TextMatch {
  const { entryCount, featureCount } = sizes
  const { ids } = lists
  const offsets = new Int32Array(featureCount + 1)
  const lastEntry = new Int32Array(featureCount).fill(-1)
  const lengths = new Float64Array(entryCount)
  for (const text of texts) {
    const entry = entryOf[text] ?? 0
    const end = lists.end(text, view)
    const start = lists.start(text, view)
    lengths[entry] = (lengths[entry] ?? 0) + end - start
    for (let i = start; i < end; i++) {
      const feature = ids[i] ?? 0
      if (lastEntry[feature] === entry) continue
      lastEntry[feature] = entry
      offsets[feature + 1] = (offsets[feature + 1] ?? 0) + 1
    }
  }
  for (let f = 0; f < featureCount; f++) offsets[f + 1] = (offsets[f + 1] ?? 0) + (offsets[f] ?? 0)
  const entries = new Int32Array(offsets[featureCount] ?? 0)
  const impacts = new Float32Array(entries.length)
  const next = offsets.slice(0, featureCount)
  lastEntry.fill(-1)
  for (const text of texts) {
    const entry = entryOf[text] ?? 0
    const end = lists.end(text, view)
    for (let i = lists.start(text, view); i < end; i++) {
      const feature = ids[i] ?? 0
      let slot = next[feature] ?? 0
      if (lastEntry[feature] === entry) slot -= 1
      else next[feature] = slot + 1
      lastEntry[feature] = entry
      entries[slot] = entry
      impacts[slot] = (impacts[slot] ?? 0) + 1
    }
  }
  countsToImpacts(offsets, entries, impacts, lengths)
  return { offsets, entries, impacts }
}

/** Writes each entry's BM25 score into `scores`. */
export function scoreText(index: TextMatch, features: Int32Array, scores: Float64Array): void {
  const { offsets, entries, impacts } = index
  scores.fill(0)
  for (const feature of features) {
    const end = offsets[feature + 1] ?? 0
    for (let i = offsets[feature] ?? 0; i < end; i++) {
      const entry = entries[i] ?? 0
      scores[entry] = (scores[entry] ?? 0) + (impacts[i] ?? 0)
    }
  }
}

/** In how many entries a feature occurs. */
export function entryFrequency(index: TextMatch, feature: number): number {
  return (index.offsets[feature + 1] ?? 0) - (index.offsets[feature] ?? 0)
}

export function hasFeature(index: TextMatch, feature: number, entry: number): boolean {
  let low = index.offsets[feature] ?? 0
  let high = index.offsets[feature + 1] ?? 0
  const limit = high
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((index.entries[middle] ?? 0) < entry) low = middle + 1
    else high = middle
  }
  return low < limit && index.entries[low] === entry
}

function countsToImpacts(
  offsets: Int32Array,
  entries: Int32Array,
  impacts: Float32Array,
  lengths: Float64Array,
): void {
  const entryCount = lengths.length
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, entryCount) || 1
  for (let f = 0; f + 1 < offsets.length; f++) {
    const start = offsets[f] ?? 0
    const end = offsets[f + 1] ?? 0
    const frequency = end - start
    const rarity = Math.log(1 + (entryCount - frequency + 0.5) / (frequency + 0.5))
    for (let i = start; i < end; i++) {
      const count = impacts[i] ?? 0
      const length = (lengths[entries[i] ?? 0] ?? 0) / mean
      const norm = saturation * (1 - lengthNormalisation + lengthNormalisation * length)
      impacts[i] = (rarity * count * (saturation + 1)) / (count + norm)
    }
  }
}
