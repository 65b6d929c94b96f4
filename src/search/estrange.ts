// Owns questions on subjects that do not exist: phrasings whose telling words are replaced by invented ones. They sound
// like a stranger's question in the base's own languages. Must not know what is learned from them.

import type { Corpus, Text } from './corpus.ts'
import { queryBounds, splitWords } from './normalise.ts'

/** The most frequent words of a base are those of any subject; they stay. */
const commonWordCount = 40
const syllableSourceLengthMin = 4

/** The same phrasings always give the same questions. */
export function estrange({ vocabulary }: Corpus, phrasings: readonly Text[]): Text[] {
  const sources = vocabulary.words.filter((word) => word.length >= syllableSourceLengthMin)
  if (sources.length === 0) return []
  const byCount = [...vocabulary.counts.keys()].sort(
    (a, b) => (vocabulary.counts[b] ?? 0) - (vocabulary.counts[a] ?? 0) || a - b,
  )
  const common = new Set(byCount.slice(0, commonWordCount).map((id) => vocabulary.words[id]))
  let position = 0
  // Coprime steps visit every pair of halves before one comes back.
  const next = (step: number) => sources[(position = (position + step) % sources.length)] ?? ''
  const invent = () => {
    const [head, tail] = [next(7919), next(104_729)]
    return head.slice(0, Math.ceil(head.length / 2)) + tail.slice(tail.length >> 1)
  }
  return phrasings.map((phrasing) => {
    const words = splitWords(phrasing.text, queryBounds)
    const text = words.map((word) => (common.has(word) ? word : invent())).join(' ')
    return { ...phrasing, text }
  })
}
