import { describe, expect, test } from 'vitest'
import { toWords } from '../../src/assistant/phrases.ts'
import { splitComparison, splitCoordination, splitMessage } from '../../src/assistant/split.ts'
import { brain } from './fixture.ts'

const cues = brain.cues('en')

describe('splitMessage', () => {
  const questions = (text: string) =>
    splitMessage(text, 'en', cues)
      .filter(({ asks }) => asks)
      .map((part) => part.text)

  test('keeps one question whole, with its joined things', () => {
    expect(questions('What does protecting and expanding civic space mean?')).toEqual([
      'What does protecting and expanding civic space mean?',
    ])
  })

  test('divides where a second question begins', () => {
    expect(questions('what is transparency and why does it matter')).toEqual([
      'what is transparency',
      'why does it matter',
    ])
  })

  test('leaves a comparison and what is asked about it together', () => {
    const asked = 'transparency vs accountability, are they equal?'
    expect(questions(asked)).toEqual([asked])
  })

  test('does not divide before there is something to divide', () => {
    expect(questions('how and why was OGP founded')).toEqual(['how and why was OGP founded'])
  })

  test('tells sentences that ask from those that only tell', () => {
    expect(
      splitMessage('I am new at the ministry. What is the IRM? Thanks.', 'en', cues).map(
        ({ asks }) => asks,
      ),
    ).toEqual([false, true, false])
  })

  test('is not misled by politeness before the question', () => {
    expect(questions('Please define inclusion. Also what is the vision')).toHaveLength(2)
  })

  test('bounds the parts of a message', () => {
    expect(splitMessage('why? '.repeat(1000), 'en', cues).length).toBeLessThanOrEqual(40)
  })
})

describe('splitComparison', () => {
  const split = (text: string) => splitComparison(toWords(text).map(cues.correct), cues)

  test.each([
    ['What is the difference between transparency and accountability?'],
    ['transparency vs. accountability'],
    ['How does transparency differ from accountability?'],
    ['compare transparency with accountability'],
    ['whats the diference betwen transparency and accountability'],
    ['transparency and accountability - what is the difference?'],
  ])('takes apart: %s', (text) => {
    const halves = split(text)?.map((half) => half.replace(/^the /, ''))
    expect(halves).toEqual(['transparency', 'accountability'])
  })

  test('leaves alone what compares nothing', () => {
    expect(split('what is the difference')).toBeNull()
    expect(split('how does OGP work')).toBeNull()
    expect(split('')).toBeNull()
  })
})

test('splitCoordination gives every way to halve at a joiner that has a subject on both sides', () => {
  expect(splitCoordination(toWords('vision and mission'), cues)).toEqual([['vision', 'mission']])
  expect(splitCoordination(toWords('why and how'), cues)).toEqual([])
})
