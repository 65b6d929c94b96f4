// From outcomes to the words and blocks of a reply. Decides nothing about what is true or meant.

import { formatChoiceId } from '../chat/choice-id.ts'
import type { AnswerBlock, Block, Choice, ChoicesBlock } from '../chat/reply.ts'
import type { Entry, Passage } from '../knowledge/knowledge-base.ts'
import type { Brain } from './brain.ts'
import type { Phrasebook } from './phrasebook.ts'
import type { Answer, Outcome } from './outcome.ts'

const relatedMax = 5
const questionShownLengthMax = 120

/** Blocks for everything that was asked, the choices last. */
export function composeOutcomes(
  brain: Brain,
  outcomes: readonly Outcome[],
  phrasebook: Phrasebook,
): Block[] {
  const [only] = outcomes
  if (outcomes.length === 1 && only !== undefined) return composeOne(brain, only, phrasebook)
  const blocks = outcomes.flatMap((outcome) => composePart(outcome, phrasebook))
  const entries = outcomes.flatMap((outcome) => (outcome.kind === 'answer' ? [outcome.entry] : []))
  const more = entries
    .filter((entry, index) => entries.findIndex(({ id }) => id === entry.id) === index)
    .map((entry) => toEntryChoice(entry))
  return more.length < 2 ? blocks : [...blocks, choices('related', phrasebook.say('related'), more)]
}

function composeOne(brain: Brain, outcome: Outcome, phrasebook: Phrasebook): Block[] {
  switch (outcome.kind) {
    case 'answer':
      return [...composeAnswer(outcome, phrasebook), ...composeNext(brain, outcome, phrasebook)]
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
        { kind: 'text', text: `${phrasebook.say('abstain')} ${phrasebook.say('abstain-contact')}` },
        ...(outcome.nearest.length === 0
          ? [composeSuggestions(phrasebook)]
          : [choices('related', phrasebook.say('nearest'), outcome.nearest.map(toEntryChoice))]),
      ]
    case 'talk':
      return outcome.talk === 'greeting' || outcome.talk === 'help' || outcome.talk === 'identity'
        ? [{ kind: 'text', text: phrasebook.talk(outcome.talk) }, composeSuggestions(phrasebook)]
        : [{ kind: 'text', text: phrasebook.talk(outcome.talk) }]
  }
}

/** One of several questions: the answer, or which question has none or only near ones. */
function composePart(outcome: Outcome, phrasebook: Phrasebook): Block[] {
  if (outcome.kind === 'answer') return composeAnswer(outcome, phrasebook)
  const question =
    outcome.question.length > questionShownLengthMax
      ? `${outcome.question.slice(0, questionShownLengthMax)}…`
      : outcome.question
  if (outcome.kind !== 'offer') {
    return [{ kind: 'text', text: phrasebook.say('abstain-to', { question }) }]
  }
  const prompt = phrasebook.say('offer-to', { question })
  return [choices('offer', prompt, outcome.entries.map(toEntryChoice))]
}

function composeAnswer({ entry, passage, asked }: Answer, phrasebook: Phrasebook): Block[] {
  const missing = asked !== undefined && asked !== passage.facet
  const answer = toAnswerBlock(entry, passage, phrasebook)
  return missing
    ? [{ kind: 'text', text: phrasebook.say('no-passage', { title: entry.title }) }, answer]
    : [answer]
}

export function toAnswerBlock(entry: Entry, passage: Passage, phrasebook: Phrasebook): AnswerBlock {
  const { source, section } = passage.citation
  const values = {
    document: source.title,
    edition: source.edition,
    reviewed: phrasebook.date(entry.reviewed),
  }
  const text =
    section === undefined
      ? phrasebook.say('source-without-section', values)
      : phrasebook.say('source', { ...values, section })
  return {
    kind: 'answer',
    entry: entry.id,
    facet: passage.facet,
    title: entry.title,
    facetLabel: phrasebook.facet(passage.facet),
    text: passage.text,
    list: passage.list,
    sources: [{ text, url: source.url }],
  }
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

/** The neighbours that are shown with an answer, in order. */
export const relatedEntries = (brain: Brain, entry: Entry, language: string): Entry[] =>
  entry.related
    .slice(0, relatedMax)
    .map((id) => brain.entry(id, language))
    .filter((found) => found !== undefined)

/** Questions for somebody who does not know what to ask. */
export const toSuggestionChoices = (phrasebook: Phrasebook): Choice[] =>
  phrasebook.suggestions.map((label, index) => ({
    id: formatChoiceId({ kind: 'suggestion', index }),
    label,
  }))

export const composeSuggestions = (phrasebook: Phrasebook): ChoicesBlock =>
  choices('suggestions', phrasebook.say('try-asking'), toSuggestionChoices(phrasebook))

export const toEntryChoice = (entry: Entry): Choice => ({
  id: formatChoiceId({ kind: 'show', entry: entry.id }),
  label: entry.title,
})

export const choices = (
  role: ChoicesBlock['role'],
  prompt: string,
  list: readonly Choice[],
): ChoicesBlock => ({ kind: 'choices', role, prompt, choices: list })
