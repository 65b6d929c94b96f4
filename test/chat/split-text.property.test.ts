// Text cut to any limit: within it, nothing lost but space, no character broken.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunk, packItems, shortenText, splitText } from '../../src/chat/split-text.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 400 })
const limit = fc.integer({ min: 30, max: 120 })
const bytes = (value: string) => Buffer.byteLength(value)
const squeeze = (value: string) => value.replaceAll(/\s/g, '')

describe('text', () => {
  test.each([
    ['code units', undefined],
    ['bytes', bytes],
  ])('is split within a limit of %s, without loss', (_, measure) => {
    fc.assert(
      fc.property(text, limit, (whole, lengthMax) => {
        const parts = splitText(whole, lengthMax, measure)
        for (const part of parts) {
          expect((measure ?? ((value: string) => value.length))(part)).toBeLessThanOrEqual(
            lengthMax,
          )
          expect(part.isWellFormed()).toBe(true)
        }
        expect(squeeze(parts.join(''))).toBe(squeeze(whole))
      }),
    )
  })

  test('is split where a paragraph, a line or a word ends', () => {
    expect(splitText('one two\n\nthree four', 12)).toEqual(['one two', 'three four'])
    expect(splitText('one two three', 9)).toEqual(['one two', 'three'])
  })

  test('is shortened to one line within a limit, and says so', () => {
    fc.assert(
      fc.property(text, limit, (whole, lengthMax) => {
        const short = shortenText(whole, lengthMax)
        expect(short.length).toBeLessThanOrEqual(lengthMax)
        expect(short).not.toContain('\n')
      }),
    )
    expect(shortenText('a long label', 7)).toBe('a long…')
  })
})

test('lists are grouped in order, as tightly as fits', () => {
  expect(chunk([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  const fits = (group: readonly number[]) => group.reduce((sum, item) => sum + item) <= 5
  expect(packItems([1, 4, 2, 9, 1], fits)).toEqual([[1, 4], [2], [9], [1]])
})
