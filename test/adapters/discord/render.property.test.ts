// Whatever a reply holds, Discord takes it, and people read every word of it as it was written.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeText } from '../../../adapters/discord/markup.ts'
import { renderMessages } from '../../../adapters/discord/render.ts'
import { renderForm } from '../../../adapters/discord/render-form.ts'
import { commands } from '../../../adapters/discord/commands.ts'
import type { Block, FormField } from '../../../src/chat/reply.ts'
import {
  checkCommands,
  checkMessage,
  checkModal,
  type Json,
} from '../../platforms/discord-limits.ts'
import { showExactly, showMessage } from '../../platforms/discord-screen.ts'

const marks = [
  '*',
  '**',
  '_',
  '__',
  '~~',
  '`',
  '```',
  '|',
  '||',
  '[',
  '](',
  ')',
  '<',
  '>',
  '# ',
  '- ',
  '-# ',
  '> ',
  '>>> ',
  '1. ',
  '12) ',
  '\\',
  ':',
  ':smile:',
  '@',
  '@everyone',
  '@here',
  '<@1>',
  '<@&1>',
  '<#1>',
  '<t:1:F>',
  '</a:1>',
  '<a:b:1>',
  'https://a.example/b_c*d',
  'http://',
  '[x](https://e.example)',
  '\n',
  ' ',
  'word',
  'é',
  '👩🏽‍💻',
  '\u202E',
]
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...marks), fc.string({ unit: 'grapheme', maxLength: 5 })), {
    maxLength: 30,
  })
  .map((parts) => parts.join(''))
/** Words that can be told apart, and no mark that a reader could miss. */
const words = (lengthMax: number) =>
  fc
    .array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: lengthMax })
    .map((all) => all.join(' '))
const text = fc.oneof(hostile, words(400), words(3_000))
const short = fc.oneof(hostile, words(6))

const choice = fc.record({ id: fc.string({ maxLength: 64 }), label: short })
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('text' as const, 'heading' as const), text }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(text, { maxLength: 30 }) }),
  fc.record({
    kind: fc.constant('answer' as const),
    entry: fc.constant('e'),
    facet: fc.constant('f'),
    title: short,
    facetLabel: short,
    text,
    list: fc.array(short, { maxLength: 10 }),
    sources: fc.tuple(fc.record({ text: short, url: fc.oneof(fc.webUrl(), short) })),
  }),
  fc.record({
    kind: fc.constant('choices' as const),
    role: fc.constant('offer' as const),
    prompt: short,
    choices: fc.array(choice, { minLength: 1, maxLength: 70 }),
  }),
  fc.record({
    kind: fc.constant('file' as const),
    name: fc.string({ minLength: 1, maxLength: 200 }),
    mediaType: fc.constant('text/calendar'),
    content: fc.string(),
    label: short,
  }),
)

describe('a reply', () => {
  test('of any blocks is within every limit of Discord', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), (blocks) => {
        for (const { components, files } of renderMessages(blocks)) {
          const names = files.map(({ name }) => name)
          const body = JSON.parse(JSON.stringify({ components, flags: 1 << 15 })) as Json
          expect(checkMessage(body, names)).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })

  test('loses no word, and keeps their order', () => {
    fc.assert(
      fc.property(fc.array(words(2_000), { minLength: 1, maxLength: 5 }), (texts) => {
        const blocks: Block[] = texts.flatMap((one, at): Block[] =>
          at % 2 === 0 ? [{ kind: 'text', text: one }] : [{ kind: 'list', items: [one, one] }],
        )
        const shown = renderMessages(blocks).map((message) => showMessage({ ...message }))
        const expected = texts.flatMap((one, at) => (at % 2 === 0 ? [one] : [one, one]))
        expect(shown.join(' ').replaceAll('• ', '').split(/\s+/)).toEqual(
          expected.join(' ').split(/\s+/),
        )
      }),
      { numRuns: 100 },
    )
  })
})

test('any text is read as it was written, and nothing in it is alive', () => {
  fc.assert(
    fc.property(hostile, (written) => {
      expect(showExactly(escapeText(written))).toBe(written)
    }),
    { numRuns: 5_000, examples: [[':smile:0http://~~']] },
  )
})

test('any form is a modal within every limit of Discord, or none', () => {
  const common = {
    id: fc.stringMatching(/^[a-z]{1,20}$/),
    label: short,
    isOptional: fc.boolean(),
    value: short,
  }
  const field: fc.Arbitrary<FormField> = fc.oneof(
    fc.record({ ...common, kind: fc.constant('text' as const), placeholder: short }),
    fc.record({
      ...common,
      kind: fc.constant('select' as const),
      isMultiple: fc.boolean(),
      options: fc.uniqueArray(fc.record({ value: fc.string({ maxLength: 110 }), label: short }), {
        maxLength: 30,
        selector: ({ value }) => value,
      }),
    }),
  )
  const form = fc.record({
    kind: fc.constant('form' as const),
    name: fc.constant('remind' as const),
    title: short,
    submitLabel: short,
    fallback: short,
    fields: fc.array(field, { maxLength: 7 }),
  })
  fc.assert(
    fc.property(form, fc.array(block, { maxLength: 2 }), (one, others) => {
      const modal = renderForm([...others, one])
      if (modal !== null) expect(checkModal(JSON.parse(JSON.stringify(modal)) as Json)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('the commands are within every limit of Discord', () => {
  expect(checkCommands(JSON.parse(JSON.stringify(commands)) as Json[])).toEqual([])
})
