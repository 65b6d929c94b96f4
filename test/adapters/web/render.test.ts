// Reply -> the page's JSON: every block kind, and links that are safe to follow.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderReply, splitParagraphs } from '../../../adapters/web/render.ts'
import type { AnswerBlock } from '../../../src/chat/reply.ts'
import { fileBlock, formBlock, timelineBlock } from '../timeline-samples.ts'
import { createReply } from './stand.ts'

const answer = (url: string): AnswerBlock => ({
  kind: 'answer',
  entry: 'transparency',
  facet: 'examples',
  title: 'Transparency',
  facetLabel: 'Examples',
  text: 'One.\n\nTwo.',
  list: ['a'],
  sources: [{ text: 'Handbook, section 1', url }],
})

test('each block keeps its words, and no more than the page needs', () => {
  const reply = createReply(
    { kind: 'heading', text: 'H' },
    { kind: 'text', text: 'T' },
    { kind: 'list', items: ['x', 'y'] },
    answer('https://example.org/#1'),
    { kind: 'choices', role: 'related', prompt: 'P', choices: [{ id: 'i', label: 'L' }] },
  )
  expect(renderReply(reply)).toEqual({
    language: 'en',
    blocks: [
      { kind: 'heading', text: 'H' },
      { kind: 'text', text: 'T' },
      { kind: 'list', items: ['x', 'y'] },
      {
        kind: 'answer',
        title: 'Transparency',
        facetLabel: 'Examples',
        paragraphs: ['One.', 'Two.'],
        list: ['a'],
        sources: [{ text: 'Handbook, section 1', url: 'https://example.org/#1' }],
      },
      { kind: 'choices', role: 'related', prompt: 'P', choices: [{ id: 'i', label: 'L' }] },
    ],
  })
})

test('timelines and forms arrive as they are, a file with an address or without', () => {
  const { kind, name, mediaType, content, label } = fileBlock
  const file = { kind, name, mediaType, content, label }
  expect(renderReply(createReply(timelineBlock, formBlock, fileBlock, file)).blocks).toEqual([
    timelineBlock,
    formBlock,
    fileBlock,
    { ...file, url: null },
  ])
})

test.each(['javascript:alert(1)', ' JavaScript:alert(1)', 'data:text/html,x', 'file:///etc', 'x'])(
  '%s is no link',
  (url) => {
    expect(renderReply(createReply(answer(url))).blocks[0]).toMatchObject({
      sources: [{ text: 'Handbook, section 1', url: null }],
    })
    expect(renderReply(createReply({ ...fileBlock, url })).blocks[0]).toMatchObject({ url: null })
  },
)

test('splitting into paragraphs loses no word', () => {
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== '')
  const text = fc
    .array(fc.constantFrom('a', 'b c', '\n', '\n\n', '\r\n\r\n', ' \n \n'))
    .map((parts) => parts.join(' '))
  fc.assert(
    fc.property(text, (given) => {
      const paragraphs = splitParagraphs(given)
      expect(words(paragraphs.join(' '))).toEqual(words(given))
      expect(paragraphs).not.toContain('')
    }),
  )
})
