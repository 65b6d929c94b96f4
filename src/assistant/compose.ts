// From outcomes to the words and blocks of a reply. Decides nothing about what is true or meant.

import { formatChoiceId } from '../chat/choice-id.ts'
import { nameOfCountry } from '../calendar/jurisdiction-name.ts'
import type { AnswerBlock, Block, Choice, ChoicesBlock, SourceLine } from '../chat/reply.ts'
import type { Citation, Entry, Passage } from '../knowledge/knowledge-base.ts'
import { relatedEntries, type Brain } from './brain.ts'
import { choices, say, toEntryChoice } from './blocks.ts'
import { textsOf } from './entry-words.ts'
import { composeDeadlines } from './compose-deadlines.ts'
import type { Phrasebook } from './phrasebook.ts'
import type { Answer, Outcome } from './outcome.ts'

const questionShownLengthMax = 120

/** Blocks for everything that was asked, the choices last. */
export function composeOutcomes(
  brain: Brain,
  outcomes: readonly Outcome[],
  phrasebook: Phrasebook,
): Block[] {
  const [only] = outcomes
  if (outcomes.length === 1 && only !== undefined) return composeOne(brain, only, phrasebook)
  const blocks = outcomes.flatMap((outcome) => composePart(brain, outcome, phrasebook))
  const entries = outcomes.flatMap((outcome) => (outcome.kind === 'answer' ? [outcome.entry] : []))
  const more = entries
    .filter((entry, index) => entries.findIndex(({ id }) => id === entry.id) === index)
    .map((entry) => toEntryChoice(entry))
  return more.length < 2 ? blocks : [...blocks, choices('related', phrasebook.say('related'), more)]
}

function composeOne(brain: Brain, outcome: Outcome, phrasebook: Phrasebook): Block[] {
  switch (outcome.kind) {
    case 'answer':
      return [
        ...composeAnswer(brain, outcome, phrasebook),
        ...composeNext(brain, outcome, phrasebook),
      ]
    case 'offer':
      return [
        choices('offer', phrasebook.say('offer'), [
          ...outcome.entries.map((entry) => toEntryChoice(entry)),
          {
            id: formatChoiceId({ kind: 'none-of-these' }),
            label: phrasebook.say('none-of-these'),
          },
        ]),
      ]
    case 'abstain':
      return [
        ...composeAbstention(outcome.gap, phrasebook),
        ...(outcome.nearest.length === 0
          ? [composeSuggestions(phrasebook)]
          : [choices('related', phrasebook.say('nearest'), outcome.nearest.map(toEntryChoice))]),
      ]
    case 'deadlines':
      return composeDeadlines(brain, outcome.answer, phrasebook)
    case 'talk':
      return outcome.talk === 'greeting' || outcome.talk === 'help' || outcome.talk === 'identity'
        ? [{ kind: 'text', text: phrasebook.talk(outcome.talk) }, composeSuggestions(phrasebook)]
        : [{ kind: 'text', text: phrasebook.talk(outcome.talk) }]
  }
}

/** That there is no reviewed answer; where to look, when somebody has written that down. */
function composeAbstention(gap: Entry | undefined, phrasebook: Phrasebook): Block[] {
  if (gap === undefined) {
    return [say(`${phrasebook.say('abstain')} ${phrasebook.say('abstain-contact')}`)]
  }
  const [{ text, citations }] = gap.passages
  const links = [...new Set(citations.map(({ source }) => source.url))].join(' ')
  return [say(text), say(phrasebook.say('where-to-look', { links }))]
}

/** One of several questions: the answer, or which question has none or only near ones. */
function composePart(brain: Brain, outcome: Outcome, phrasebook: Phrasebook): Block[] {
  if (outcome.kind === 'answer') return composeAnswer(brain, outcome, phrasebook)
  if (outcome.kind === 'deadlines') return composeDeadlines(brain, outcome.answer, phrasebook)
  const question =
    outcome.question.length > questionShownLengthMax
      ? `${outcome.question.slice(0, questionShownLengthMax)}…`
      : outcome.question
  if (outcome.kind === 'abstain' && outcome.gap !== undefined) {
    return composeAbstention(outcome.gap, phrasebook)
  }
  if (outcome.kind !== 'offer') {
    return [{ kind: 'text', text: phrasebook.say('abstain-to', { question }) }]
  }
  const prompt = phrasebook.say('offer-to', { question })
  return [choices('offer', prompt, outcome.entries.map(toEntryChoice))]
}

function composeAnswer(brain: Brain, answer: Answer, phrasebook: Phrasebook): Block[] {
  const { entry, passage, asked } = answer
  const missing = asked !== undefined && asked !== passage.facet
  const places = findPlacesUnsaid(brain, answer, phrasebook)
  return [
    ...(places.length === 0
      ? []
      : [say(phrasebook.say('in-general', { places: phrasebook.list(places) }))]),
    ...(missing ? [say(phrasebook.say('no-passage', { title: entry.title }))] : []),
    ...composePassage(entry, passage, phrasebook),
  ]
}

/** "Who is the point of contact of Peru?": countries of the question, of which the entry says nothing. */
function findPlacesUnsaid(
  { desk }: Brain,
  { question, entry }: Answer,
  { language }: Phrasebook,
): string[] {
  const findNames = (text: string) => {
    const { named, withoutPlan } = desk.finder.findExact(text)
    return [
      ...named.map((one) => desk.finder.nameOf(one, language)),
      ...withoutPlan.map((code) => nameOfCountry(code, language)),
    ]
  }
  const asked = findNames(question)
  // Most questions name no country: then nothing is looked for in the entry.
  if (asked.length === 0) return []
  const said = new Set(findNames(textsOf(entry).join('\n')))
  return asked.filter((name) => !said.has(name))
}

/** The passage, and a sentence of warning when its sources are old or disagree. */
export function composePassage(entry: Entry, passage: Passage, phrasebook: Phrasebook): Block[] {
  const answer = toAnswerBlock(entry, passage, phrasebook)
  for (const doubt of ['conflicting', 'dated'] as const) {
    const doubted = passage.citations.filter(({ confidence }) => confidence === doubt)
    if (doubted.length === 0) continue
    const editions = phrasebook.list(doubted.map(({ source }) => source.edition))
    return [answer, say(phrasebook.say(`notice-${doubt}`, { editions }))]
  }
  return [answer]
}

function toAnswerBlock(entry: Entry, passage: Passage, phrasebook: Phrasebook): AnswerBlock {
  const [first, ...others] = passage.citations
  const toLine = (citation: Citation) => toSourceLine(citation, entry.reviewed, phrasebook)
  return {
    kind: 'answer',
    entry: entry.id,
    facet: passage.facet,
    title: entry.title,
    facetLabel: phrasebook.facet(passage.facet),
    text: passage.text,
    list: passage.list,
    sources: [toLine(first), ...others.map(toLine)],
  }
}

function toSourceLine(
  { source, section }: Citation,
  reviewed: Temporal.PlainDate,
  phrasebook: Phrasebook,
): SourceLine {
  const values = {
    document: source.title,
    edition: source.edition,
    reviewed: phrasebook.date(reviewed),
  }
  const text =
    section === undefined
      ? phrasebook.say('source-without-section', values)
      : phrasebook.say('source', { ...values, section })
  return { text, url: source.url }
}

/** What somebody may want next: the entry's other facets, its neighbours, and to say whether it helped. */
export function composeNext(
  brain: Brain,
  { entry, passage }: Pick<Answer, 'entry' | 'passage'>,
  phrasebook: Phrasebook,
): Block[] {
  const facets = entry.passages
    .filter(({ facet }) => facet !== passage.facet)
    .map(({ facet }) => ({
      id: formatChoiceId({ kind: 'show', entry: entry.id, facet }),
      label: phrasebook.facet(facet),
    }))
  const related = relatedEntries(brain, entry, phrasebook.language)
  const feedback = [true, false].map((helpful) => ({
    id: formatChoiceId({ kind: 'feedback', helpful, entry: entry.id, facet: passage.facet }),
    label: phrasebook.say(helpful ? 'feedback-yes' : 'feedback-no'),
  }))
  return [
    ...(facets.length === 0
      ? []
      : [choices('facets', phrasebook.say('more-about', { title: entry.title }), facets)]),
    ...(related.length === 0
      ? []
      : [choices('related', phrasebook.say('related'), related.map(toEntryChoice))]),
    choices('feedback', phrasebook.say('feedback-prompt'), feedback),
  ]
}

/** Questions for somebody who does not know what to ask. */
export const toSuggestionChoices = (phrasebook: Phrasebook): Choice[] =>
  phrasebook.suggestions.map((label, index) => ({
    id: formatChoiceId({ kind: 'suggestion', index }),
    label,
  }))

export const composeSuggestions = (phrasebook: Phrasebook): ChoicesBlock =>
  choices('suggestions', phrasebook.say('try-asking'), toSuggestionChoices(phrasebook))
