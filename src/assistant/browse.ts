// The use case "browse": topics to choose from, and an entry that was chosen instead of asked for.

import { formatChoiceId } from '../chat/choice-id.ts'
import type { Block } from '../chat/reply.ts'
import { findPassage, type Entry } from '../knowledge/knowledge-base.ts'
import type { Synonym } from '../search/search.ts'
import type { Exchange } from './exchange.ts'
import { choices, toEntryChoice } from './blocks.ts'
import { composeOutcomes } from './compose.ts'
import { answerWith, contextAfter } from './outcome.ts'

/** A platform shows 25 choices at most (Discord); longer lists are for typing into. */
const topicsMax = 24

export function showTopics(exchange: Exchange): Block[] {
  const entries = entriesOf(exchange)
  const chapters = [...new Set(entries.map(({ chapter }) => chapter))]
  const heading: Block = { kind: 'heading', text: exchange.phrasebook.say('topics-heading') }
  const prompt = exchange.phrasebook.say('topics-prompt')
  if (chapters.length === 1) {
    return [heading, choices('related', prompt, entries.slice(0, topicsMax).map(toEntryChoice))]
  }
  const list = chapters.map((chapter) => ({
    id: formatChoiceId({ kind: 'chapter', chapter }),
    label: toChapterTitle(chapter, exchange.brain.base.synonyms),
  }))
  return [heading, choices('related', prompt, list.slice(0, topicsMax))]
}

export function showChapter(exchange: Exchange, chapter: string): Block[] {
  const entries = entriesOf(exchange).filter((entry) => entry.chapter === chapter)
  if (entries.length === 0) return [{ kind: 'text', text: exchange.phrasebook.say('choice-gone') }]
  const prompt = exchange.phrasebook.say('topics-prompt')
  return [choices('related', prompt, entries.slice(0, topicsMax).map(toEntryChoice))]
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

/** In the language of the conversation, as far as they are translated. */
function entriesOf({ brain, phrasebook }: Exchange): Entry[] {
  const ids = new Set(brain.base.entries.map(({ id }) => id))
  return [...ids].flatMap((id) => brain.entry(id, phrasebook.language) ?? [])
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
