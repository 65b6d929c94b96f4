import { describe, expect, test } from 'vitest'
import { outcomesOf } from './fixture.ts'

describe('one question', () => {
  test('is answered with the facet that it asks for', () => {
    expect(outcomesOf('give me examples of public accountability')).toEqual([
      'public-accountability/examples',
    ])
    expect(outcomesOf('when was OGP founded?')).toEqual(['founding/when'])
  })

  test('is answered with the first facet when it asks for none', () => {
    expect(outcomesOf('public accountability')).toEqual(['public-accountability/definition'])
  })

  test('is refused when its words are known but it is about something else', () => {
    expect(outcomesOf('who won the election in Kenya')).toEqual(['abstain'])
    expect(outcomesOf('how do I register a company')).toEqual(['abstain'])
  })
})

describe('several questions in one message', () => {
  test('are answered in turn, and the second may refer to the first', () => {
    expect(outcomesOf('what is transparancy and why does it mater')).toEqual([
      'transparency/definition',
      'transparency/purpose',
    ])
  })

  test('keep a refusal beside an answer', () => {
    expect(outcomesOf('What is the IRM? Who won the world cup?')).toEqual([
      'irm/definition',
      'abstain',
    ])
  })

  test('compared things are shown side by side', () => {
    expect(outcomesOf('difference between transparency and public accountability')).toEqual([
      'transparency/definition',
      'public-accountability/definition',
    ])
  })
})

describe('a conversation', () => {
  test('follows up on the last answer', () => {
    expect(outcomesOf('what is transparency?', 'and examples?')).toEqual(['transparency/examples'])
    expect(outcomesOf('what is transparency?', 'why does it matter')).toEqual([
      'transparency/purpose',
    ])
    expect(outcomesOf('what is transparency?', 'tell me more')).toEqual(['transparency/purpose'])
  })

  test('carries the facet asked for to the next thing', () => {
    expect(outcomesOf('give me examples of transparency', 'and of citizen participation?')).toEqual(
      ['citizen-participation/examples'],
    )
  })

  test('understands a place in the list shown last', () => {
    expect(outcomesOf('what are the three principles?', 'the second one please')).toEqual([
      'citizen-participation/definition',
    ])
  })

  test('has nothing to follow up on at its beginning', () => {
    expect(outcomesOf('and examples?')).not.toContainEqual(expect.stringContaining('/'))
  })
})

describe('talk', () => {
  test.each([
    ['Hi there!', 'talk/greeting'],
    ['thank you so much :)', 'talk/thanks'],
    ['What can you do?', 'talk/help'],
    ['are you a robot', 'talk/identity'],
    ['bye', 'talk/goodbye'],
  ])('%s', (text, expected) => {
    expect(outcomesOf(text)).toEqual([expected])
  })

  test('does not swallow the question after it', () => {
    expect(outcomesOf('Hello! What is the IRM?')).toEqual(['irm/definition'])
    expect(outcomesOf('what is transparency', 'ok, and some examples?')).toEqual([
      'transparency/examples',
    ])
  })
})
