// Owns the rehearsal: which phrasings and which entries the base leaves out to see how it would fare without them.
// A phrasing left out should still be answered; an entry left out should be refused. Must not know any model.

import type { Corpus, Text } from './corpus.ts'

export type Fold = {
  /** Positions in the corpus's texts, ascending. */
  readonly learned: Int32Array
  readonly absent: ReadonlySet<number>
  /** Phrasings left out of an entry that stays. */
  readonly kept: readonly Text[]
  /** As many phrasings that are still there, to be asked in other words. */
  readonly repeated: readonly Text[]
  /** Phrasings of an entry that is left out. */
  readonly missing: readonly Text[]
}

const foldCount = 5
/** With fewer entries, leaving some out would leave too little to compare with. */
const absentEntriesFrom = 8
/** The larger the base, the fewer folds hold enough questions to learn from; more would only cost time. */
const foldsHeld = [
  { textsMax: 1000, folds: 5 },
  { textsMax: 1500, folds: 3 },
  { textsMax: Infinity, folds: 1 },
] as const
const questionsMax = 1500

export function makeFolds(corpus: Corpus): Fold[] {
  const count = foldsHeld.find(({ textsMax }) => corpus.texts.length <= textsMax)?.folds ?? 1
  return Array.from({ length: count }, (_, fold) => makeFold(corpus, fold))
}

function makeFold(corpus: Corpus, fold: number): Fold {
  const absent = new Set<number>()
  if (corpus.entryIds.length >= absentEntriesFrom) {
    for (let entry = fold; entry < corpus.entryIds.length; entry += foldCount) absent.add(entry)
  }
  const learned: number[] = []
  const kept: Text[] = []
  const missing: Text[] = []
  let ordinal = 0
  let previous = -1
  for (const [position, text] of corpus.texts.entries()) {
    if (text.entry !== previous) ordinal = 0
    previous = text.entry
    const isPhrasing = text.kind === 'phrasing'
    if (isPhrasing) ordinal++
    if (absent.has(text.entry)) {
      if (isPhrasing) missing.push(text)
    } else if (isPhrasing && (ordinal + text.entry) % foldCount === fold) {
      kept.push(text)
    } else {
      learned.push(position)
    }
  }
  const present = learned
    .map((position) => corpus.texts[position])
    .filter((text) => text?.kind === 'phrasing')
  return {
    learned: Int32Array.from(learned),
    absent,
    kept: sample(kept, questionsMax),
    repeated: sample(present, Math.min(kept.length, questionsMax)),
    missing: sample(missing, questionsMax),
  }
}

/** Evenly spaced, so that every part of the base is asked. */
function sample(phrasings: readonly (Text | undefined)[], countMax: number): readonly Text[] {
  const step = Math.max(1, phrasings.length / Math.max(1, countMax))
  return Array.from({ length: Math.min(phrasings.length, countMax) }, (_, i) => {
    return phrasings[Math.floor(i * step)]
  }).filter((phrasing) => phrasing !== undefined)
}
