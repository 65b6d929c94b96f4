// Any reply is rendered within Slack's limits, without loss, and shown exactly as it is.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeText, escapeText } from '../../../adapters/slack/markup.ts'
import { messageLengthMax, renderMessages } from '../../../adapters/slack/render.ts'
import { renderDialog, renderForm, renderHome } from '../../../adapters/slack/render-view.ts'
import type { Block, FormBlock } from '../../../src/chat/reply.ts'
import { hostileText } from '../../conformance/chat-adapter.ts'
import { checkMessage, checkView, type Json } from '../../platforms/slack-limits.ts'
import { findButtons } from '../../platforms/slack-people.ts'
import { showMessage } from '../../platforms/slack-screen.ts'

const unit = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '<!channel>',
    '<@U1>',
    '*b*',
    '_i_',
    '`c`',
    '&amp;',
    '& < >',
    hostileText,
    '\n',
    '\n\n',
    ':smile:',
    '🇰🇪',
    '\u202E',
  ),
)
const text = fc.array(unit, { minLength: 1, maxLength: 30 }).map((parts) => `x${parts.join(' ')}`)
const longText = fc
  .tuple(text, fc.integer({ min: 1, max: 60 }))
  .map(([part, times]) => part.repeat(times))
const choice = fc.record({ id: fc.stringMatching(/^[a-z0-9:-]{1,64}$/), label: text })
const url = fc.constantFrom(
  'https://a.example/b?c=d&e=f|g',
  'javascript:alert(1)',
  'https://a.example/',
)

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('text', 'heading'), text: longText }),
  fc.record({ kind: fc.constant('list'), items: fc.array(text, { minLength: 1, maxLength: 30 }) }),
  fc.record({
    kind: fc.constant('answer'),
    entry: fc.constant('e'),
    facet: fc.constant('f'),
    title: text,
    facetLabel: text,
    text: longText,
    list: fc.array(text, { maxLength: 5 }),
    sources: fc.tuple(fc.record({ text, url })),
  }),
  fc.record({
    kind: fc.constant('choices'),
    role: fc.constant('offer'),
    prompt: text,
    choices: fc.array(choice, { minLength: 1, maxLength: 25 }),
  }),
)
const blocks = fc.array(block, { minLength: 1, maxLength: 12 })

const squeeze = (value: string) => value.replaceAll(/\s+/g, '')

/** The texts of a block that have to be readable somewhere. */
function readTexts(one: Block): string[] {
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
    case 'choices':
      return [one.prompt, ...one.choices.map(({ label }) => label)]
    default:
      return []
  }
}

describe('messages', () => {
  test('are within every limit, say everything, and keep every choice', () => {
    fc.assert(
      fc.property(blocks, (given) => {
        const messages = renderMessages(given) as unknown as Json[]
        for (const message of messages) {
          expect(checkMessage(message)).toBeNull()
          expect(String(message['text']).length).toBeLessThanOrEqual(messageLengthMax)
        }
        const shown = squeeze(messages.map(showMessage).join('\n'))
        for (const said of given.flatMap(readTexts)) expect(shown).toContain(squeeze(said))
        const ids = given.flatMap((one) =>
          one.kind === 'choices' ? one.choices.map(({ id }) => id) : [],
        )
        expect(findButtons(messages).map(({ value }) => value)).toEqual(ids)
      }),
      { numRuns: 150 },
    )
  })

  test('have no markup that was not ours', () => {
    fc.assert(
      fc.property(blocks, (given) => {
        const ours = /<https:\/\/a\.example\/[^<>|]*\|[^<>]*>/g
        const sent = JSON.stringify(renderMessages(given)).replaceAll(ours, '')
        expect(sent).not.toMatch(/[<>]/)
      }),
      { numRuns: 100 },
    )
  })
})

describe('views', () => {
  test('are within every limit', () => {
    fc.assert(
      fc.property(blocks, (given) => {
        expect(checkView(renderDialog(given))).toBeNull()
        expect(checkView(renderHome(given))).toBeNull()
      }),
      { numRuns: 60 },
    )
  })

  test('of forms are within every limit, with any number of options', () => {
    const options = fc
      .array(text, { minLength: 1, maxLength: 320 })
      .map((labels) => labels.map((label, at) => ({ label, value: `v${at}` })))
    const field = fc.oneof(
      fc.record({
        kind: fc.constant('text'),
        placeholder: fc.oneof(fc.constant(''), text),
        value: fc.oneof(fc.constant(''), longText),
      }),
      fc.record({
        kind: fc.constant('select'),
        isMultiple: fc.boolean(),
        options,
        value: fc.constantFrom('', 'v0', 'v0,v1'),
      }),
    )
    const form = fc.record({
      title: text,
      submitLabel: text,
      fields: fc.array(fc.tuple(field, text), { minLength: 1, maxLength: 5 }),
    })
    fc.assert(
      fc.property(form, ({ fields, ...rest }) => {
        const whole = fields.map(([own, label], at) => ({
          ...own,
          id: `f${at}`,
          label,
          isOptional: at > 0,
        }))
        const block = {
          kind: 'form',
          name: 'remind',
          fallback: 'x',
          ...rest,
          fields: whole,
        } as FormBlock
        expect(checkView(renderForm(block, '{}'))).toBeNull()
        expect(checkView(renderHome([block]))).toBeNull()
      }),
      { numRuns: 60 },
    )
  })
})

describe('what people type', () => {
  test('is read as they typed it', () => {
    fc.assert(
      fc.property(text, (typed) => {
        expect(decodeText(escapeText(typed))).toBe(typed.trim())
      }),
    )
  })

  test.each([
    ['<@U1|ana> and <#C1|general>', '@ana and #general'],
    [
      '<https://a.example/b|a.example/b> <mailto:a@b.example|a@b.example>',
      'a.example/b a@b.example',
    ],
    ['<!here> <!date^1^{date}|1 May> <https://a.example>', '@here 1 May https://a.example'],
    ['&amp;lt; is &lt;', '&lt; is <'],
  ])('%s', (sent, read) => {
    expect(decodeText(sent)).toBe(read)
  })
})
