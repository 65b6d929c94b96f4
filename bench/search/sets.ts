// Owns the question sets: finding the folders, reading and checking entries.json and queries.json.
// Every mistake is one BenchError that says what is and what is needed.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { BenchEntry, BenchQuery } from './engine.ts'

export class BenchError extends Error {}

export type SetFolder = { name: string; path: string }

const entriesFile = 'entries.json'
const queriesFile = 'queries.json'

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

function isSet(path: string): boolean {
  return isFile(join(path, entriesFile)) && isFile(join(path, queriesFile))
}

/** Each path is a set itself or a folder of sets. */
export function findSets(paths: readonly string[]): SetFolder[] {
  const sets: SetFolder[] = []
  for (const path of paths) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new BenchError(
        `Cannot read sets: "${path}" is not a folder, a folder with ${entriesFile} and ${queriesFile}, or one of such folders, is needed`,
      )
    }
    const folders = isSet(path)
      ? [path]
      : readdirSync(path)
          .sort()
          .map((name) => join(path, name))
          .filter(isSet)
    if (folders.length === 0) {
      throw new BenchError(
        `Cannot read sets: "${path}" holds none, a folder with ${entriesFile} and ${queriesFile} is needed`,
      )
    }
    for (const folder of folders) sets.push({ name: basename(folder), path: folder })
  }
  const names = new Set<string>()
  for (const { name } of sets) {
    if (names.has(name)) {
      throw new BenchError(`Cannot read sets: two are named "${name}", one name a set is needed`)
    }
    names.add(name)
  }
  return sets
}

function readList(path: string): unknown[] {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new BenchError(`Cannot read "${path}": ${reason}, a JSON list is needed`)
  }
  if (!Array.isArray(value) || value.length === 0) {
    throw new BenchError(
      `Cannot read "${path}": it is no list or empty, a JSON list with at least one item is needed`,
    )
  }
  return value as unknown[]
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function isOptionalString(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

function isEntry(value: unknown): value is BenchEntry {
  if (typeof value !== 'object' || value === null) return false
  const { id, title, questions, langs, body } = value as Record<string, unknown>
  if (typeof id !== 'string' || !isStrings(questions)) return false
  if (langs !== undefined && (!isStrings(langs) || langs.length !== questions.length)) return false
  return isOptionalString(title) && isOptionalString(body)
}

function isQuery(value: unknown): value is BenchQuery {
  if (typeof value !== 'object' || value === null) return false
  const { q, typo, a, lang } = value as Record<string, unknown>
  return typeof q === 'string' && typeof typo === 'string' && isStrings(a) && isOptionalString(lang)
}

export function readEntries(folder: string): BenchEntry[] {
  const path = join(folder, entriesFile)
  return readList(path).map((value, position) => {
    if (isEntry(value)) return value
    throw new BenchError(
      `Cannot read "${path}": item ${position} is no entry, {id, title?, questions, langs?, body?} with one language a question is needed`,
    )
  })
}

export function readQueries(folder: string): BenchQuery[] {
  const path = join(folder, queriesFile)
  return readList(path).map((value, position) => {
    if (isQuery(value)) return value
    throw new BenchError(
      `Cannot read "${path}": item ${position} is no question, {q, typo, a, lang?} is needed`,
    )
  })
}
