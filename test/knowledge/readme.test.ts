import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { entryText, makeKnowledgeFolder, ownKnowledge } from './knowledge-folder.ts'

test('every example of knowledge/README.md is loaded as it stands', () => {
  const text = readFileSync(join(ownKnowledge, 'README.md'), 'utf8')
  const examples = [...text.matchAll(/^```yaml (\S+)\n([\s\S]*?)^```$/gm)].map(
    ([, file = '', content = '']) => [file, content] as const,
  )
  expect(examples.map(([file]) => file)).toEqual([
    'entries/en/example/forum.yaml',
    'sources.yaml',
    'glossary.yaml',
    'calendar/rules.yaml',
    'calendar/plans/kenya.yaml',
    'calendar/community/kenya.yaml',
  ])
  // The example links to a second entry.
  const plan = entryText('plan').replace('id: book', 'id: handbook')
  const folder = makeKnowledgeFolder({
    'entries/en/example/plan.yaml': plan,
    ...Object.fromEntries(examples),
  })
  const base = loadKnowledge(folder)
  expect(base.entries.map(({ id }) => id)).toEqual(['forum', 'plan'])
  expect(base.entries[0]?.passages.map(({ facet }) => facet)).toEqual([
    'definition',
    'number',
    'examples',
  ])
  expect(base.synonyms).toHaveLength(2)
  expect(base.calendar.rules.map(({ id }) => id)).toEqual(['next-plan', 'forum-meeting'])
  expect(base.calendar.jurisdictions).toMatchObject([
    {
      id: 'kenya',
      plans: [{ key: '5', provenance: 'community', dates: { end: { basis: 'confirmed' } } }],
      recorded: [{ anchor: 'forum-met' }],
      own: [{ id: 'draft-hearing', title: { en: 'Hearing on the draft' } }],
    },
  ])
})
