// Owns what was trained, kept in a file from one start to the next under a hash of the knowledge base. A file that is
// not exactly what was written is as good as none. Must not know how anything is trained.

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Calibration } from './calibrate.ts'
import type { LogisticRegression } from './logistic-regression.ts'
import type { SearchDocument, Synonym } from './search.ts'

/** What takes long to make; everything else is counted again at each start. */
export type Trained = {
  readonly calibration: Calibration
  readonly regression: LogisticRegression | null
}

export interface TrainingCache {
  /** Null when there is nothing for this base, or when it is broken. */
  load(key: string): Trained | null
  /** Failing to keep something is not worth failing for: returns whether it was kept. */
  save(key: string, trained: Trained): boolean
}

/** Counts up whenever the same base would be trained to something else. */
const trainingVersion = 3
const checksumLength = 32

/** The same for the same base in any order. */
export function hashBase(
  documents: readonly SearchDocument[],
  synonyms: readonly Synonym[],
  formWords: readonly string[] = [],
): string {
  const lines = [
    ...documents.map((d) =>
      JSON.stringify([d.id, d.language, d.title, d.phrasings, d.keywords, d.body]),
    ),
    ...synonyms.map((s) => JSON.stringify([s.language, s.term, s.meaning])),
    JSON.stringify(formWords.toSorted()),
  ].sort()
  const hash = createHash('sha256').update(`${trainingVersion}\n`)
  for (const line of lines) hash.update(`${line}\n`)
  return hash.digest('hex')
}

/** @param directory made when it does not exist; holds one file, of the base used last */
export function createFileCache(directory: string): TrainingCache {
  const file = join(directory, 'search.cache')
  return {
    load(key) {
      try {
        const bytes = readFileSync(file)
        const payload = bytes.subarray(checksumLength)
        if (!checksumOf(payload).equals(bytes.subarray(0, checksumLength))) return null
        const kept = deserialize(payload) as { key: string; trained: Trained }
        return kept.key === key ? kept.trained : null
      } catch {
        // Missing, unreadable or cut off: all mean training again.
        return null
      }
    },
    save(key, trained) {
      // Written aside and renamed, so that a reader never sees half a file.
      const draft = `${file}.${process.pid}`
      try {
        mkdirSync(directory, { recursive: true })
        const payload = serialize({ key, trained })
        writeFileSync(draft, Buffer.concat([checksumOf(payload), payload]))
        renameSync(draft, file)
        return true
      } catch {
        discard(draft)
        return false
      }
    },
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // Where nothing can be written, nothing was left behind.
  }
}

function checksumOf(payload: Uint8Array): Buffer {
  return createHash('sha256').update(payload).digest()
}
