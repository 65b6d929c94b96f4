// Owns texts as weighted vectors: each view of a text has the same length, and rare features weigh more in it.
// Must not know what the features mean, nor what is learned from the vectors.

import type { FeatureLists } from './feature-lists.ts'
import type { ViewName } from './views.ts'
import { viewNames } from './views.ts'

export type SparseVector = { readonly features: Int32Array; readonly values: Float32Array }

/** How much a feature weighs, by its id; 0 when none of the texts has it. */
export type Rarity = Float32Array

/** @param isUseful whether a feature of this view that so many texts have is worth reading */
export function measureRarity(
  lists: FeatureLists,
  texts: Int32Array,
  featureCount: number,
  isUseful: (view: ViewName, frequency: number) => boolean,
): Rarity {
  const rarity = new Float32Array(featureCount)
  const frequencies = new Int32Array(featureCount)
  const { ids } = lists
  for (const view of viewNames) {
    for (const text of texts) {
      const end = lists.end(text, view)
      for (let i = lists.start(text, view); i < end; i++) {
        const feature = ids[i] as number
        frequencies[feature] = (frequencies[feature] as number) + 1
      }
    }
    for (let f = 0; f < featureCount; f++) {
      const frequency = frequencies[f] as number
      if (frequency === 0 || !isUseful(view, frequency)) continue
      rarity[f] = Math.log((texts.length + 1) / (frequency + 1)) + 1
    }
    frequencies.fill(0)
  }
  return rarity
}

export function toVector(
  reading: Readonly<Record<ViewName, Int32Array>>,
  views: readonly ViewName[],
  rarity: Rarity,
): SparseVector {
  let size = 0
  for (const view of views) size += reading[view].length
  const features = new Int32Array(size)
  const values = new Float32Array(size)
  let length = 0
  for (const view of views) {
    const viewStart = length
    let squares = 0
    for (const feature of reading[view]) {
      const value = rarity[feature] ?? 0
      if (value === 0) continue
      features[length] = feature
      values[length++] = value
      squares += value * value
    }
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares)
    for (let i = viewStart; i < length; i++) values[i] = (values[i] ?? 0) * scale
  }
  if (length === size) return { features, values }
  return { features: features.slice(0, length), values: values.slice(0, length) }
}

/**
 * Cosine between a query and a stored text in one view.
 * @param query the query's vector, spread out: its value at each feature's id
 */
export function similarity(
  lists: FeatureLists,
  text: number,
  view: ViewName,
  rarity: Rarity,
  query: Float32Array,
): number {
  const { ids } = lists
  const end = lists.end(text, view)
  let dot = 0
  let squares = 0
  for (let i = lists.start(text, view); i < end; i++) {
    const feature = ids[i] ?? 0
    const value = rarity[feature] ?? 0
    dot += value * (query[feature] ?? 0)
    squares += value * value
  }
  return squares === 0 ? 0 : dot / Math.sqrt(squares)
}
