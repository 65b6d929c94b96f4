// Reads a knowledge folder into a knowledge base, or reports every mistake in it at once.

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { z } from 'zod'
import type { Synonym } from '../search/search.ts'
import { checkCalendar } from './check-calendar.ts'
import { checkEntries, type EntryRead } from './check.ts'
import {
  buildCalendar,
  emptyCalendar,
  listCalendarFiles,
  readCalendarFiles,
} from './load-calendar.ts'
import type { Entry, KnowledgeBase, Passage } from './knowledge-base.ts'
import { KnowledgeError, type Mistake } from './mistake.ts'
import { listFiles, readFile, type ReadFile } from './read-file.ts'
import {
  cuesSchema,
  entrySchema,
  facetNames,
  glossarySchema,
  sourcesSchema,
  type CitationFile,
  type FacetName,
  type GlossaryFile,
  type Source,
} from './schema.ts'
import { messagesSchema } from './messages-schema.ts'

/**
 * Loads the folder. What the assistant itself says and hears (messages, cues) may be missing from a base of another
 * subject; it is then taken from `defaults`, another knowledge folder.
 * @throws KnowledgeError with all mistakes, each with file and line.
 */
export function loadKnowledge(folder: string, defaults = folder): KnowledgeBase {
  const mistakes: Mistake[] = []
  const report = (mistake: Mistake) => void mistakes.push(mistake)
  const read = <Schema extends z.ZodType>(file: string, schema: Schema, from = folder) =>
    readFile(from, file, schema, report)

  const sources = read('sources.yaml', sourcesSchema)
  const glossary = existsSync(`${folder}/glossary.yaml`)
    ? read('glossary.yaml', glossarySchema)
    : null
  const entries = listFiles(folder, 'entries/**/*.yaml')
    .map((file) => readEntry(folder, file, report))
    .filter((entry) => entry !== null)
  if (entries.length === 0 && mistakes.length === 0) {
    report({
      file: 'entries',
      line: 1,
      message: 'no entry found, expected <language>/<chapter>/<id>.yaml',
    })
  }
  const messages = readPerLanguage(folder, defaults, 'messages', messagesSchema, report)
  const cues = readPerLanguage(folder, defaults, 'cues', cuesSchema, report)
  checkEntries(entries, sources, report)
  const calendar = readCalendarFiles(folder, report)
  if (calendar !== null) {
    const entryIds = new Set(entries.map(({ read }) => read.content.id))
    const sourceIds = sources && new Set(sources.content.map(({ id }) => id))
    checkCalendar(calendar, { entries: entryIds, sources: sourceIds }, report)
  }
  if (mistakes.length > 0) throw new KnowledgeError(folder, mistakes)

  const sourcesById = new Map((sources?.content ?? []).map((source) => [source.id, source]))
  const files = [
    sources,
    glossary,
    ...entries.map(({ read }) => read),
    ...messages,
    ...cues,
    ...(calendar === null ? [] : listCalendarFiles(calendar)),
  ]
  return {
    entries: entries.map((entry) => toEntry(entry, sourcesById)).toSorted(byIdThenLanguage),
    synonyms: toSynonyms(glossary?.content ?? {}),
    messages: new Map(messages.map((file) => [languageOf(file.file), file.content])),
    cues: new Map(cues.map((file) => [languageOf(file.file), file.content])),
    calendar: calendar === null ? emptyCalendar : buildCalendar(calendar, sourcesById),
    version: hash(files.filter((file) => file !== null)),
  }
}

function readEntry(
  folder: string,
  file: string,
  report: (mistake: Mistake) => void,
): EntryRead | null {
  const read = readFile(folder, file, entrySchema, report)
  const [, language, chapter, name] = file.split('/')
  if (language === undefined || chapter === undefined || name === undefined) {
    report({ file, line: 1, message: 'expected entries/<language>/<chapter>/<id>.yaml' })
    return null
  }
  if (read === null) return null
  if (name !== `${read.content.id}.yaml`) {
    const message = `id: "${read.content.id}": expected the file's name, "${name.replace(/\.yaml$/, '')}"`
    report({ file, line: read.lineOf(['id']), message })
  }
  return { read, language, chapter }
}

function readPerLanguage<Schema extends z.ZodType>(
  folder: string,
  defaults: string,
  kind: 'messages' | 'cues',
  schema: Schema,
  report: (mistake: Mistake) => void,
): ReadFile<z.output<Schema>>[] {
  const own = listFiles(folder, `${kind}/*.yaml`)
  const from = own.length > 0 ? folder : defaults
  const files = own.length > 0 ? own : listFiles(from, `${kind}/*.yaml`)
  if (files.length === 0)
    report({ file: kind, line: 1, message: 'no file, expected <language>.yaml' })
  return files.map((file) => readFile(from, file, schema, report)).filter((read) => read !== null)
}

const languageOf = (file: string) => file.replace(/^.*\//, '').replace(/\.yaml$/, '')

function toEntry({ read, language, chapter }: EntryRead, sources: Map<string, Source>): Entry {
  const file = read.content
  const cite = (citations: readonly CitationFile[]) =>
    nonEmpty(
      citations.map(({ id, section, confidence }) => {
        const source = sources.get(id)
        if (source === undefined) throw new Error(`Source "${id}" was not checked`)
        return { source, confidence, ...(section === undefined ? {} : { section }) }
      }),
    )
  const passages: Passage[] = []
  for (const [facet, passage] of Object.entries(file.facets)) {
    if (!isFacetName(facet)) continue
    const { text, list, phrasings } = passage
    passages.push({ facet, text, list, phrasings, citations: cite(passage.source ?? file.source) })
  }
  const reviewBy = file['review-by']
  return {
    id: file.id,
    language,
    chapter,
    title: file.title,
    passages: nonEmpty(passages),
    unanswered: file.unanswered,
    phrasings: file.phrasings,
    keywords: file.keywords,
    related: file.related,
    reviewed: Temporal.PlainDate.from(file.reviewed),
    ...(reviewBy === undefined ? {} : { reviewBy: Temporal.PlainDate.from(reviewBy) }),
  }
}

/** The schema has checked that there is one. */
function nonEmpty<Item>(items: readonly Item[]): readonly [Item, ...Item[]] {
  const [first, ...others] = items
  if (first === undefined) throw new Error('An entry has a facet, and a facet a source')
  return [first, ...others]
}

const isFacetName = (name: string): name is FacetName =>
  (facetNames as readonly string[]).includes(name)

function toSynonyms(glossary: GlossaryFile): Synonym[] {
  return Object.entries(glossary).flatMap(([language, { abbreviations, synonyms }]) =>
    Object.entries({ ...abbreviations, ...synonyms }).map(([term, meaning]) => ({
      language,
      term,
      meaning,
    })),
  )
}

const byIdThenLanguage = (a: Entry, b: Entry) =>
  compare(a.id, b.id) || compare(a.language, b.language)

/** By code unit, so that the order is the same on every machine. */
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function hash(files: readonly ReadFile<unknown>[]): string {
  const sum = createHash('sha256')
  for (const { file, text } of files) sum.update(`${file}\0${text}\0`)
  return sum.digest('hex').slice(0, 16)
}
