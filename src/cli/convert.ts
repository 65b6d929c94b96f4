// A question set (entries.json) as a knowledge base in the product's own format, so that anyone can check the figures
// of search through the whole program.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { stringify } from 'yaml'
import { z } from 'zod'
import { queryBounds, splitWords } from '../search/normalise.ts'
import { phrasingLengthMax, proseLengthMax } from '../knowledge/schema.ts'

const setSchema = z.array(
  z.object({
    id: z.string(),
    title: z.string().optional(),
    questions: z.array(z.string()).min(1),
    /** The language of each question, where the set has several. */
    langs: z.array(z.string()).optional(),
    body: z.string().optional(),
  }),
)
type SetEntry = z.output<typeof setSchema>[number]

/** What an operator has to put right. */
export class ConvertError extends Error {
  override readonly name = 'ConvertError'
}

const defaultLanguage = 'en'
const sourceId = 'set'

export type Converted = {
  readonly entries: number
  readonly phrasings: number
  /** Phrasings that an earlier entry, or the same one, has too: one way of asking can have one answer only. */
  readonly dropped: number
}

/** @param today the review date of the entries written, as YYYY-MM-DD */
export function convertSet(set: string, folder: string, today: string): Converted {
  const entries = readSet(set)
  const seen = new Set<string>()
  let phrasings = 0
  let dropped = 0
  mkdirSync(folder, { recursive: true })
  const name = basename(resolve(set))
  const source = {
    id: sourceId,
    title: name,
    publisher: name,
    edition: name,
    url: 'https://example.org/',
  }
  writeFileSync(join(folder, 'sources.yaml'), stringify([source]))
  for (const entry of entries) {
    for (const [language, questions] of groupByLanguage(entry)) {
      const kept = questions.filter((question) => {
        const key = `${language} ${splitWords(question, queryBounds).join(' ')}`
        return seen.size !== seen.add(key).size
      })
      dropped += questions.length - kept.length
      phrasings += kept.length
      if (kept.length > 0) writeEntry(folder, language, entry, kept, today)
    }
  }
  return { entries: entries.length, phrasings, dropped }
}

function readSet(set: string): SetEntry[] {
  const file = join(set, 'entries.json')
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConvertError(`Cannot convert "${set}": ${reason}, a readable entries.json is needed`)
  }
  const result = setSchema.safeParse(content)
  if (result.success) return result.data
  throw new ConvertError(`Cannot convert "${file}": ${z.prettifyError(result.error)}`)
}

const groupByLanguage = ({ questions, langs }: SetEntry) =>
  [...Map.groupBy(questions.keys(), (index) => langs?.[index] ?? defaultLanguage)].map(
    ([language, indices]) => [language, indices.map((index) => questions[index] ?? '')] as const,
  )

function writeEntry(
  folder: string,
  language: string,
  { id, title, body }: SetEntry,
  phrasings: readonly string[],
  today: string,
): void {
  const chapter = join(folder, 'entries', language, sourceId)
  const text = (body ?? title ?? id).slice(0, proseLengthMax)
  const file = {
    id,
    title: (title ?? id).slice(0, 120),
    reviewed: today,
    source: { id: sourceId },
    facets: { definition: { text } },
    phrasings: phrasings.map((phrasing) => phrasing.trim().slice(0, phrasingLengthMax)),
  }
  mkdirSync(chapter, { recursive: true })
  writeFileSync(join(chapter, `${id}.yaml`), stringify(file))
}
