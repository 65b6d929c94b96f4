// Owns what was trained, kept in files from one start to the next under a hash of the knowledge base and of the code that
// trains. A file that is not exactly what was written is as good as none. Must not know how anything is trained.

import { createHash } from 'node:crypto'
import {
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
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

const checksumLength = 32
/** Those written last: of the base before an edit, of others asked with `--knowledge`. */
const filesMax = 4

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
  const hash = createHash('sha256').update(hashCode())
  for (const line of lines) hash.update(`${line}\n`)
  return hash.digest('hex')
}

/** The same base is trained to something else by other code. */
function hashCode(): string {
  const hash = createHash('sha256')
  for (const name of globSync(['*.ts', '../fold-letters.ts'], {
    cwd: import.meta.dirname,
  }).sort()) {
    hash.update(readFileSync(join(import.meta.dirname, name)))
  }
  return hash.digest('hex')
}

/** @param directory made when it does not exist; other files in it are left alone */
export function createFileCache(directory: string): TrainingCache {
  const fileOf = (key: string) => join(directory, `search-${key.slice(0, 16)}.cache`)
  return {
    load(key) {
      try {
        const bytes = readFileSync(fileOf(key))
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
      const draft = `${fileOf(key)}.${process.pid}`
      try {
        mkdirSync(directory, { recursive: true })
        const payload = serialize({ key, trained })
        writeFileSync(draft, Buffer.concat([checksumOf(payload), payload]))
        renameSync(draft, fileOf(key))
        discardOldest(directory)
        return true
      } catch {
        discard(draft)
        return false
      }
    },
  }
}

function discardOldest(directory: string): void {
  const files = globSync('search-*.cache', { cwd: directory }).map((name) => join(directory, name))
  const writtenAt = new Map(files.map((file) => [file, statSync(file).mtimeMs]))
  files.sort((a, b) => (writtenAt.get(b) ?? 0) - (writtenAt.get(a) ?? 0))
  for (const file of files.slice(filesMax)) discard(file)
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
