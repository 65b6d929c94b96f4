import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ask, questionLengthMax } from '../../src/assistant/ask.ts'
import { choiceIdBytesMax } from '../../src/chat/reply.ts'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { brain, converse, phrasebook } from './fixture.ts'

const replyLengthMax = 12_000

function check(text: string): void {
  const { blocks } = ask(brain, phrasebook, text, null)
  const [first, ...others] = blocks
  if (first === undefined) throw new Error('no block')
  const reply = { audience: 'private', language: 'en', blocks: [first, ...others] } as const
  const plain = toPlainText(reply)
  expect(plain.length).toBeGreaterThan(0)
  expect(plain.length).toBeLessThan(replyLengthMax)
  for (const block of blocks) {
    if (block.kind !== 'choices') continue
    for (const { id, label } of block.choices) {
      expect(Buffer.byteLength(id)).toBeLessThanOrEqual(choiceIdBytesMax)
      expect(label).not.toBe('')
    }
  }
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(...'what is the why and or vs ? ! it more difference between OGP'.split(' ')),
    )
    .map((words) => words.join(' ')),
)

test('every text gets a reply of bounded length, and the same text the same reply', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      check(text)
      const [once, twice] = [ask(brain, phrasebook, text, null), ask(brain, phrasebook, text, null)]
      expect(once.blocks).toEqual(twice.blocks)
    }),
    { numRuns: 300 },
  )
})

test('every pair of texts is a conversation', () => {
  fc.assert(
    fc.property(anyText, anyText, (first, second) => {
      expect(converse('what is transparency', first, second).blocks.length).toBeGreaterThan(0)
    }),
    { numRuns: 100 },
  )
})

test.each<[string, string]>([
  ['nothing', ''],
  ['blanks', ' \n\t  '],
  ['emoji only', '🙂🙂🎉'],
  ['control characters', '\u0000\u0007\u001b[31m'],
  ['lone surrogates', '\ud800\udfff\ud83d'],
  ['a megabyte of text', 'what is open government? '.repeat(42_000)],
  ['a word of a million characters', 'a'.repeat(1_000_000)],
  ['markup and mentions', '<script>alert(1)</script> <!channel> @everyone **what is OGP**'],
])('%s: a short reply', (_, text) => {
  check(text)
})

test('text that is too long is told so, with the limit', () => {
  const { blocks } = ask(brain, phrasebook, 'x'.repeat(questionLengthMax + 1), null)
  expect(blocks).toEqual([
    { kind: 'text', text: 'That is too long for me: please ask in at most 2,000 characters.' },
  ])
})
