// Random replies keep every limit of Telegram, and nothing that is to be read is lost.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDeepLink, parseStartPayload } from '../../../adapters/telegram/deep-link.ts'
import { labelLengthMax, renderReply, textLengthMax } from '../../../adapters/telegram/render.ts'
import { splitSpans, toHtml } from '../../../adapters/telegram/styled-text.ts'
import type { Block } from '../../../src/chat/reply.ts'
import { hostileText } from '../../conformance/chat-adapter.ts'
import { parseHtml } from '../../platforms/telegram-html.ts'
import { TelegramWorld } from '../../platforms/telegram-world.ts'

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('<b>', '&lt;', '</a>', '"', hostileText, '\ud800', 'https://a.example/?x=1&y="'),
)
const text = fc.oneof(
  fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
  fc.integer({ min: 1, max: 3_000 }).map((count) => 'long '.repeat(count)),
)
const filled = text.map((value) => `x${value}`)
const choice = fc.record({
  id: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 64 }),
  label: text,
})
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text }),
  fc.record({ kind: fc.constant('heading' as const), text }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(text, { maxLength: 4 }) }),
  fc.record({
    kind: fc.constant('answer' as const),
    entry: fc.constant('e'),
    facet: fc.constant('f'),
    title: filled,
    facetLabel: text,
    text,
    list: fc.array(text, { maxLength: 3 }),
    sources: fc.tuple(fc.record({ text, url: fc.oneof(fc.webUrl(), word) })),
  }),
  fc.record({
    kind: fc.constant('choices' as const),
    role: fc.constantFrom('offer' as const, 'feedback' as const, 'facets' as const),
    prompt: text,
    choices: fc.array(choice, { maxLength: 60 }),
  }),
  fc.record({
    kind: fc.constant('file' as const),
    name: fc.constant('a.ics'),
    mediaType: fc.constant('text/calendar'),
    content: fc.constant('X'),
    label: text,
  }),
)

const bare = (value: string) => value.toWellFormed().replaceAll(/\s+/g, '')
/** What of a block has to be read. */
function wordsOf(one: Block): string[] {
  switch (one.kind) {
    case 'text':
    case 'heading':
      return [one.text]
    case 'list':
      return [...one.items]
    case 'answer':
      return [
        one.title,
        one.facetLabel,
        one.text,
        ...one.list,
        ...one.sources.map((source) => source.text),
      ]
    case 'file':
      return [one.label]
    case 'choices':
      return one.role === 'offer' ? [one.prompt] : []
    default:
      return []
  }
}

test('random replies are taken by Telegram as they are, whole and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 5 }), async (blocks) => {
      const world = new TelegramWorld()
      for (const message of renderReply({ blocks: blocks as [Block, ...Block[]] })) {
        if (message.kind === 'file') continue
        await world.call('sendMessage', {
          chat_id: 1001,
          text: message.html,
          parse_mode: 'HTML',
          reply_markup: { inline_keyboard: message.keyboard },
        })
      }
      const { messages } = world.chat(1001)
      const read = bare(messages.map((posted) => posted.text).join(''))
      let at = 0
      for (const part of blocks.flatMap(wordsOf)) {
        const found = read.indexOf(bare(part), at)
        expect(found, part).toBeGreaterThanOrEqual(at)
        at = found + bare(part).length
      }
      const offered = blocks.flatMap((one) => (one.kind === 'choices' ? one.choices : []))
      const buttons = messages.flatMap((posted) => posted.buttons.flat())
      expect(buttons.map((button) => button.callback_data)).toEqual(offered.map(({ id }) => id))
      for (const button of buttons) expect(button.text.length).toBeLessThanOrEqual(labelLengthMax)
      for (const posted of messages) expect(posted.text.length).toBeLessThanOrEqual(textLengthMax)
    }),
    { numRuns: 150 },
  )
})

test('marks survive every cut', () => {
  const mark = fc.constantFrom('b' as const, 'i' as const, { href: 'https://a.example/?a="&b' })
  const span = fc.record({ text, mark })
  fc.assert(
    fc.property(
      fc.array(span, { maxLength: 6 }),
      fc.integer({ min: 20, max: 200 }),
      (raw, lengthMax) => {
        const spans = raw.map((one) => ({ ...one, text: one.text.toWellFormed() }))
        const parts = splitSpans(spans, lengthMax)
        const readParts = parts.map((part) => parseHtml(toHtml(part)))
        expect(bare(readParts.map((part) => part.text).join(''))).toBe(
          bare(spans.map((one) => one.text).join('')),
        )
        for (const [index, part] of readParts.entries()) {
          expect(part.text.length).toBeLessThanOrEqual(lengthMax)
          expect(part.entities).toHaveLength(parts[index]?.length ?? -1)
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('a choice comes back from its deep link, or the link has none', () => {
  const slug = fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+){0,3}$/)
  const id = fc
    .tuple(fc.constantFrom('a', 'd', 'r'), slug, fc.option(slug))
    .map(([kind, ...rest]) => [kind, ...rest.filter((part) => part !== null)].join(':'))
  fc.assert(
    fc.property(fc.oneof(id, fc.string()), (choiceId) => {
      const link = formatDeepLink('ogp_bot', choiceId)
      const payload = new URL(link).searchParams.get('start')
      if (payload === null) return
      expect(payload).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
      expect(parseStartPayload(payload)).toBe(choiceId)
    }),
  )
  expect(formatDeepLink('ogp_bot', 'a:action-plan:who')).toContain('?start=a-action-plan_who')
})
