// Owns how alike two entries are in what is asked of them. Must not know what is learned from it.

import type { Corpus } from './corpus.ts'
import type { Rarity } from './vector-space.ts'
import { toVector } from './vector-space.ts'

/** Row by row the cosine of each entry with every other; symmetric, ones on the diagonal (zero if nothing is known). */
export type Kinship = Float32Array

/** Compares what the stems of an entry's phrasings, title and keywords add up to. */
export function measureKinship(corpus: Corpus, texts: Int32Array, rarity: Rarity): Kinship {
  const entryCount = corpus.entryIds.length
  const sums = new Map<number, Map<number, number>>()
  for (const text of texts) {
    const { entry, kind } = corpus.texts[text] ?? { entry: 0, kind: 'body' }
    if (kind === 'body') continue
    const sum = sums.get(entry) ?? new Map<number, number>()
    sums.set(entry, sum)
    const { features, values } = toVector(corpus.lists.read(text), ['stems'], rarity)
    for (let i = 0; i < features.length; i++) {
      const feature = features[i] as number
      sum.set(feature, (sum.get(feature) ?? 0) + (values[i] as number))
    }
  }
  const holders = new Map<number, { entries: number[]; values: number[] }>()
  for (const [entry, sum] of sums) {
    let squares = 0
    for (const value of sum.values()) squares += value * value
    for (const [feature, value] of sum) {
      const holder = holders.get(feature) ?? { entries: [], values: [] }
      holders.set(feature, holder)
      holder.entries.push(entry)
      holder.values.push(value / Math.sqrt(squares))
    }
  }
  const kinship = new Float32Array(entryCount * entryCount)
  for (const { entries, values } of holders.values()) {
    for (let a = 0; a < entries.length; a++) {
      const row = (entries[a] as number) * entryCount
      const value = values[a] as number
      for (let b = 0; b < entries.length; b++) {
        const slot = row + (entries[b] as number)
        kinship[slot] = (kinship[slot] as number) + value * (values[b] as number)
      }
    }
  }
  return kinship
}
