// Checks that one file alone cannot answer: duplicate ids and phrasings, dangling links, missing sources.

import { queryBounds, splitWords } from '../search/normalise.ts'
import type { Mistake } from './mistake.ts'
import type { ReadFile } from './read-file.ts'
import type { CitationFile, EntryFile, Source } from './schema.ts'

export type EntryRead = {
  readonly read: ReadFile<EntryFile>
  readonly language: string
  readonly chapter: string
}

type Report = (mistake: Mistake) => void

export function checkEntries(
  entries: readonly EntryRead[],
  sources: ReadFile<Source[]> | null,
  report: Report,
): void {
  if (sources !== null) {
    checkSourceIds(sources, report)
    checkCitations(entries, sources, report)
  }
  checkIds(entries, report)
  checkLinks(entries, report)
  checkPhrasings(entries, report)
}

function checkSourceIds(sources: ReadFile<Source[]>, report: Report): void {
  const seen = new Set<string>()
  for (const [index, { id }] of sources.content.entries()) {
    if (seen.has(id)) {
      const message = `${index.toString()}.id: "${id}": stands here twice, expected one source an id`
      report({ file: sources.file, line: sources.lineOf([index, 'id']), message })
    }
    seen.add(id)
  }
}

function checkCitations(
  entries: readonly EntryRead[],
  sources: ReadFile<Source[]>,
  report: Report,
): void {
  const known = new Set(sources.content.map(({ id }) => id))
  for (const { read } of entries) {
    const cite = (path: PropertyKey[], citations: readonly CitationFile[]) =>
      citations.map(({ id }): [PropertyKey[], string] => [path, id])
    const cited = [
      ...cite(['source'], read.content.source),
      ...Object.entries(read.content.facets).flatMap(([facet, { source }]) =>
        cite(['facets', facet, 'source'], source ?? []),
      ),
    ]
    for (const [path, id] of cited) {
      if (known.has(id)) continue
      const message = `${path.join('.')}: "${id}": expected the id of a source in sources.yaml`
      report({ file: read.file, line: read.lineOf(path), message })
    }
  }
}

function checkIds(entries: readonly EntryRead[], report: Report): void {
  const seen = new Map<string, string>()
  for (const { read, language } of entries) {
    const key = `${language}/${read.content.id}`
    const other = seen.get(key)
    if (other === undefined) seen.set(key, read.file)
    else {
      const message = `id: "${read.content.id}": also the id of ${other}, expected one entry an id`
      report({ file: read.file, line: read.lineOf(['id']), message })
    }
  }
}

function checkLinks(entries: readonly EntryRead[], report: Report): void {
  const known = new Set(entries.map(({ read }) => read.content.id))
  for (const { read } of entries) {
    for (const [index, id] of read.content.related.entries()) {
      if (known.has(id) && id !== read.content.id) continue
      const expected = id === read.content.id ? 'another entry' : 'the id of an entry'
      const message = `related.${index.toString()}: "${id}": expected ${expected}`
      report({ file: read.file, line: read.lineOf(['related', index]), message })
    }
  }
}

/** One way of asking can have one answer only: the same phrasing in two entries, or twice in one, is a mistake. */
function checkPhrasings(entries: readonly EntryRead[], report: Report): void {
  const seen = new Map<string, string>()
  for (const { read, language } of entries) {
    for (const [path, phrasing] of phrasingsOf(read.content)) {
      const key = `${language}/${splitWords(phrasing, queryBounds).join(' ')}`
      const other = seen.get(key)
      if (other === undefined) seen.set(key, read.file)
      else {
        const message = `${path.join('.')}: "${phrasing}": also a phrasing of ${other}, expected it once`
        report({ file: read.file, line: read.lineOf(path), message })
      }
    }
  }
}

function phrasingsOf(entry: EntryFile): [(string | number)[], string][] {
  const own = entry.phrasings.map((text, index): [(string | number)[], string] => [
    ['phrasings', index],
    text,
  ])
  const ofFacets = Object.entries(entry.facets).flatMap(([facet, passage]) =>
    passage.phrasings.map((text, index): [(string | number)[], string] => [
      ['facets', facet, 'phrasings', index],
      text,
    ]),
  )
  return [...own, ...ofFacets]
}
