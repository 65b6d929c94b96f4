// Replies of every kind, for tests of the page.

import type { AnswerBlock, ChoicesBlock, Reply } from '../../../src/chat/reply.ts'
import { createReply } from './stand.ts'

export const answerBlock: AnswerBlock = {
  kind: 'answer',
  entry: 'transparency',
  facet: 'examples',
  title: 'Transparency',
  facetLabel: 'Examples',
  text: 'Information that the government holds is open.\n\nPeople can follow what is done.',
  list: ['Open contracts', 'Answers to requests'],
  sources: [
    {
      text: 'Source: Handbook, section 1.2. Reviewed 2026-01-15.',
      url: 'https://www.opengovpartnership.org/handbook',
    },
  ],
}

export const facets: ChoicesBlock = {
  kind: 'choices',
  role: 'facets',
  prompt: 'More about “Transparency”:',
  choices: [
    { id: 'facet/who', label: 'Who' },
    { id: 'facet/why', label: 'Why it matters' },
  ],
}

export const feedback: ChoicesBlock = {
  kind: 'choices',
  role: 'feedback',
  prompt: 'Did this help?',
  choices: [
    { id: 'yes', label: 'Helpful' },
    { id: 'no', label: 'Not helpful' },
  ],
}

export const offer: ChoicesBlock = {
  kind: 'choices',
  role: 'offer',
  prompt: 'Did you mean:',
  choices: [
    { id: 'offer/a', label: 'The three principles' },
    { id: 'offer/b', label: 'None of these' },
  ],
}

export const related: ChoicesBlock = { ...facets, role: 'related', prompt: 'Related topics:' }

export const fullReply = createReply(answerBlock, facets, related, feedback)

export const arabicReply: Reply = {
  audience: 'private',
  language: 'ar',
  blocks: [
    {
      ...answerBlock,
      title: 'الشفافية',
      facetLabel: 'أمثلة',
      text: 'المعلومات التي تحتفظ بها الحكومة مفتوحة (Open Data).',
      list: ['العقود المفتوحة'],
      sources: [{ text: 'المصدر: OGP، القسم 1.2', url: 'https://www.opengovpartnership.org/' }],
    },
  ],
}

export const suggestions = [
  { id: 'suggest/a', label: 'Transparency: what it is' },
  { id: 'suggest/b', label: 'Transparency: examples' },
  { id: 'suggest/c', label: 'Why transparency matters' },
]
