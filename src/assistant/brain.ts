// What one version of the knowledge base makes possible, built once per load: search, cues, messages, suggestions.

import {
  allPhrasings,
  fallbackLanguage,
  findEntry,
  toText,
  type Entry,
  type KnowledgeBase,
} from '../knowledge/knowledge-base.ts'
import type { Today } from '../calendar/calendar.ts'
import { buildIndex } from '../search/build-index.ts'
import type { TrainingCache } from '../search/cache.ts'
import type { SearchDocument, SearchIndex } from '../search/search.ts'
import { createCalendarDesk, type CalendarDesk } from './calendar-desk.ts'
import { compileCues, type LanguageCues } from './language-cues.ts'
import { toWords } from './phrases.ts'
import { createPhrasebook, type Phrasebook } from './phrasebook.ts'
import { createChoosePassage, type ChoosePassage } from './facet.ts'
import { toSuggestionChoices } from './compose.ts'
import { createSuggest } from './suggest.ts'
import type { Suggest } from '../chat/adapter.ts'

export type Brain = {
  readonly base: KnowledgeBase
  readonly index: SearchIndex
  readonly suggest: Suggest
  readonly desk: CalendarDesk
  readonly choosePassage: ChoosePassage
  readonly entry: (id: string, language: string) => Entry | undefined
  readonly cues: (language: string) => LanguageCues
  readonly phrasebook: (language: string) => Phrasebook
}

export type BrainOptions = {
  readonly today: Today
  /** Spares the training when the knowledge base is the one trained last. */
  readonly cache?: TrainingCache
}

export function createBrain(base: KnowledgeBase, { today, cache }: BrainOptions): Brain {
  const documents = base.entries.map(toSearchDocument)
  const words = new Set(
    documents.flatMap(({ title, body, phrasings }) =>
      toWords([title, body, ...phrasings].join('\n')),
    ),
  )
  const cues = new Map(
    [...base.cues].map(([language, file]) => [
      language,
      compileCues(file, (word) => words.has(word)),
    ]),
  )
  const phrasebooks = new Map(
    [...base.messages].map(([language, messages]) => [
      language,
      createPhrasebook(language, messages),
    ]),
  )
  const spoken = new Set(documents.map(({ language }) => language))
  const desk = createCalendarDesk(base.calendar, base.cues, today)
  return {
    base,
    desk,
    index: buildIndex(documents, base.synonyms, {
      formWords: [...cues].flatMap(([language, own]) =>
        spoken.has(language) ? [...own.emptyWords] : [],
      ),
      ...(cache === undefined ? {} : { cache }),
    }),
    suggest: createSuggest(base.entries, desk.finder, (language) =>
      toSuggestionChoices(pick(phrasebooks, language)),
    ),
    choosePassage: createChoosePassage(base.entries),
    entry: (id, language) => findEntry(base, id, language),
    cues: (language) => pick(cues, language),
    phrasebook: (language) => pick(phrasebooks, language),
  }
}

/** The language itself, its main language ("pt" for "pt-BR"), else the fallback. */
function pick<Value>(values: ReadonlyMap<string, Value>, language: string): Value {
  const main = language.split('-')[0] ?? language
  const value =
    values.get(language) ??
    values.get(main) ??
    values.get(fallbackLanguage) ??
    [...values.values()][0]
  if (value === undefined) throw new Error('A knowledge base has at least one language')
  return value
}

export function toSearchDocument(entry: Entry): SearchDocument {
  return {
    id: entry.id,
    language: entry.language,
    title: entry.title,
    phrasings: allPhrasings(entry),
    keywords: entry.keywords,
    body: entry.passages.map(toText).join('\n'),
  }
}

const relatedMax = 5

/** The neighbours that are shown with an answer, in order. */
export const relatedEntries = (brain: Brain, entry: Entry, language: string): Entry[] =>
  entry.related
    .slice(0, relatedMax)
    .map((id) => brain.entry(id, language))
    .filter((found) => found !== undefined)
