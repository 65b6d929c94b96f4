// The use case "browse": topics to choose from, and an entry that was chosen instead of asked for.

import { formatChoiceId } from '../chat/choice-id.ts'
import type { Block, Choice } from '../chat/reply.ts'
import { findPassage, type Entry } from '../knowledge/knowledge-base.ts'
import type { Synonym } from '../search/search.ts'
import type { Exchange } from './exchange.ts'
import { choices, toEntryChoice } from './blocks.ts'
import { composeOutcomes } from './compose.ts'
import { answerWith, contextAfter } from './outcome.ts'

/** A platform shows 25 choices at most in one list (Discord), and few lists. */
const topicsPerListMax = 24
const topicListsMax = 3

export function showTopics(exchange: Exchange): Block[] {
  const entries = entriesOf(exchange)
  const sizes = Map.groupBy(entries, ({ chapter }) => chapter)
  // The largest are what most people come for.
  const chapters = [...sizes].sort(([, a], [, b]) => b.length - a.length).map(([name]) => name)
  const heading: Block = { kind: 'heading', text: exchange.phrasebook.say('topics-heading') }
  const prompt = exchange.phrasebook.say('topics-prompt')
  if (chapters.length === 1) {
    return [heading, ...listTopics(prompt, entries.map(toEntryChoice))]
  }
  const list = chapters.map((chapter) => ({
    id: formatChoiceId({ kind: 'chapter', chapter }),
    label: toChapterTitle(chapter, exchange.brain.base.synonyms),
  }))
  return [heading, ...listTopics(prompt, list)]
}

export function showChapter(exchange: Exchange, chapter: string): Block[] {
  const entries = entriesOf(exchange).filter((entry) => entry.chapter === chapter)
  if (entries.length === 0) return [{ kind: 'text', text: exchange.phrasebook.say('choice-gone') }]
  const prompt = exchange.phrasebook.say('topics-prompt')
  return listTopics(prompt, entries.map(toEntryChoice))
}

function listTopics(prompt: string, topics: readonly Choice[]): Block[] {
  const lists = Math.min(Math.ceil(topics.length / topicsPerListMax), topicListsMax)
  return Array.from({ length: lists }, (_, list) => {
    const start = list * topicsPerListMax
    return choices(
      'related',
      list === 0 ? prompt : '',
      topics.slice(start, start + topicsPerListMax),
    )
  })
}

/** "action-plans" -> "Action plans", "irm" -> "IRM": abbreviations of the glossary are written as there. */
function toChapterTitle(chapter: string, synonyms: readonly Synonym[]): string {
  const terms = new Map(synonyms.map(({ term }) => [term.toLowerCase(), term]))
  const title = chapter
    .split('-')
    .map((word) => terms.get(word) ?? word)
    .join(' ')
  return `${title.slice(0, 1).toUpperCase()}${title.slice(1)}`
}

/** In the language of the conversation, as far as they are translated, by their titles. */
function entriesOf({ brain, phrasebook }: Exchange): Entry[] {
  const ids = new Set(brain.base.entries.map(({ id }) => id))
  return [...ids]
    .flatMap((id) => brain.entry(id, phrasebook.language) ?? [])
    .sort((a, b) => a.title.localeCompare(b.title, phrasebook.language))
}

export async function showEntry(
  { message, brain, phrasebook, store }: Exchange,
  id: string,
  facet: string | undefined,
): Promise<Block[]> {
  const entry = brain.entry(id, phrasebook.language)
  const passage =
    entry === undefined || facet === undefined ? entry?.passages[0] : findPassage(entry, facet)
  if (entry === undefined || passage === undefined) {
    return [{ kind: 'text', text: phrasebook.say('choice-gone') }]
  }
  const asked = facet === undefined ? undefined : passage.facet
  const reading = { brain, language: phrasebook.language }
  const outcome = answerWith(reading, '', entry, passage, asked)
  if (outcome.kind === 'answer') {
    const before = await store.readContext(message.conversation)
    await store.writeContext(message.conversation, contextAfter(outcome, before))
  }
  return composeOutcomes(brain, [outcome], phrasebook)
}
