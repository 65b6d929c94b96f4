// What the page sends, and what it never would: decoding takes the one, and refuses the other without harm.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeMessage,
  decodeReceiptId,
  pickLanguage,
  questionLengthMax,
} from '../../../adapters/web/decode.ts'
import { toConversationId } from '../../../src/chat/message.ts'

const origin = {
  conversation: toConversationId('c'),
  acceptLanguage: 'fr-CH, fr;q=0.9, en;q=0.8',
  receivedAt: Temporal.Instant.from('2026-01-02T03:04:05Z'),
}
const encode = (text: string) => new TextEncoder().encode(text).buffer
const decode = (body: unknown) => decodeMessage(encode(JSON.stringify(body)), origin)

test('a question becomes one inbound message of its conversation', () => {
  expect(decode({ kind: 'question', text: 'what?', key: 'k1' })).toEqual({
    kind: 'message',
    message: {
      platform: 'web',
      eventKey: 'web:c:k1',
      conversation: 'c',
      author: 'c',
      language: 'fr-CH',
      audience: 'private',
      mayAdminister: true,
      sentAt: origin.receivedAt,
      kind: 'question',
      text: 'what?',
    },
  })
})

test('any text of a permitted length arrives as it was typed, well-formed', () => {
  const text = fc.string({ unit: 'binary', maxLength: questionLengthMax })
  fc.assert(
    fc.property(text, (typed) => {
      fc.pre(typed.length <= questionLengthMax)
      const decoded = decode({ kind: 'question', text: typed, key: 'k' })
      expect(decoded).toMatchObject({ kind: 'message', message: { text: typed.toWellFormed() } })
    }),
  )
})

test('half a character is replaced, not passed on', () => {
  const bytes = encode('{"kind":"question","text":"\\ud83d!","key":"k"}')
  expect(decodeMessage(bytes, origin)).toMatchObject({ message: { text: '\ufffd!' } })
})

test('any bytes and any JSON give a message or an error, never an exception', () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => new Uint8Array(array).buffer)
  const json = fc.json().map(encode)
  fc.assert(
    fc.property(fc.oneof(bytes, json), (body) => {
      expect(decodeMessage(body, origin).kind).toBe('error')
      expect(decodeReceiptId(body)).toBeNull()
    }),
  )
})

test.each([
  ['a question without a key', { kind: 'question', text: 'x' }],
  ['a key of other characters', { kind: 'question', text: 'x', key: 'a:b' }],
  ['a key without end', { kind: 'question', text: 'x', key: 'k'.repeat(65) }],
  ['an unknown command', { kind: 'command', name: 'rm', argument: '', key: 'k' }],
  ['a choice id beyond 64 bytes', { kind: 'choice', id: 'é'.repeat(33), key: 'k' }],
  ['a field too many', { kind: 'choice', id: 'a', key: 'k', author: 'somebody else' }],
  ['a text that is none', { kind: 'question', text: ['x'], key: 'k' }],
  ['nothing', null],
])('%s is malformed', (_name, body) => {
  expect(decode(body)).toMatchObject({ kind: 'error', code: 'malformed' })
})

test('a question beyond the limit is told so', () => {
  const text = 'x'.repeat(questionLengthMax + 1)
  expect(decode({ kind: 'question', text, key: 'k' })).toMatchObject({
    kind: 'error',
    code: 'question-too-long',
    message: 'Cannot take the question: it is too long, at most 2000 characters are allowed',
  })
})

test('broken UTF-8 is malformed', () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('{"kind":"'), 0xff, 0xfe])
  expect(decodeMessage(bytes.buffer, origin)).toMatchObject({ kind: 'error', code: 'malformed' })
})

test('the language chosen in the page goes before the browser’s; nonsense counts as none', () => {
  expect(pickLanguage('PT-br', 'fr')).toBe('pt-BR')
  expect(pickLanguage('not a language!', 'fr')).toBe('fr')
  expect(pickLanguage(undefined, '*')).toBeUndefined()
  expect(pickLanguage(undefined, undefined)).toBeUndefined()
  fc.assert(
    fc.property(fc.string(), fc.string(), (chosen, header) => {
      const language = pickLanguage(chosen, header)
      if (language !== undefined) expect(Intl.getCanonicalLocales(language)).toEqual([language])
    }),
  )
})
