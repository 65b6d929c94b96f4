import { describe, expect, test } from 'vitest'
import { understand } from '../../src/assistant/understand.ts'
import { brain, converse, outcomesOf } from './fixture.ts'

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

describe('a comparison', () => {
  test.each([
    ['OGP vision versus inclusion, could they be one thing?', ['inclusion', 'vision']],
    [
      'steering committee and support unit look alike from outside, is there a difference?',
      ['steering-committee', 'support-unit'],
    ],
    [
      'everybody here mixes up inclusion and the OGP vision, how would you distinguish the two',
      ['inclusion', 'vision'],
    ],
  ])('is made when a word compares: %s', (text, both) => {
    const shown = outcomesOf(text).filter((outcome) => outcome.includes('/'))
    expect(shown.map((outcome) => outcome.split('/')[0]).toSorted()).toEqual(both)
  })

  test('is not made of a question that has an answer', () => {
    expect(outcomesOf('partnership between governments that is equal')).toEqual([
      expect.stringContaining('equal-partnership/'),
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

  test('takes what names nothing, or only points back, for the last answer', () => {
    expect(outcomesOf('who are the co-chairs', 'and what does it do?')).toEqual([
      'co-chairs/definition',
    ])
    expect(outcomesOf('steering committee', 'how many members?')).toEqual([
      'steering-committee/number',
    ])
  })

  test('prefers a neighbour of the last answer among what would be offered', () => {
    expect(outcomesOf('how does a city apply to OGP Local', 'what are the criteria')).toEqual([
      'local-eligibility/definition',
    ])
  })

  test('does not give the last answer again to a strange word', () => {
    for (const word of ['xylophone', 'ajuda']) {
      expect(outcomesOf('what is the refresh of a four-year plan', word)).toEqual(['abstain'])
    }
  })

  test('has nothing to follow up on at its beginning', () => {
    expect(outcomesOf('and examples?')).not.toContainEqual(expect.stringContaining('/'))
  })
})

describe('two sides of one thing', () => {
  test('are both shown when both are asked for', () => {
    expect(
      outcomesOf('how many seats does the steering committee have and when do terms begin'),
    ).toEqual(['steering-committee/number', 'steering-committee/when'])
  })
})

describe('an entry that only says that no source answers', () => {
  const scale = brain.entry('gap-contribution-scale', 'en')

  test('is passed on as such, not as an answer, when it is asked for', () => {
    expect(outcomesOf('what is the scale of country contributions')).toEqual([
      'abstain/gap-contribution-scale',
    ])
  })

  test('goes before an entry that never speaks of what is asked', () => {
    expect(outcomesOf('email address of Aidan Eyakuze')).toEqual(['abstain/gap-contact-details'])
    expect(outcomesOf('wage of the chief executive')).toEqual(['abstain/gap-pay-and-expenses'])
  })

  test('in a comparison', () => {
    expect(
      outcomesOf('difference between the values check and the pass score of the values check'),
    ).toEqual(['values-check/definition', 'abstain/gap-values-check-score'])
  })

  test('as a place in the list shown last', () => {
    const neighbours = brain.entry('country-contributions', 'en')?.related
    expect(neighbours?.[0]).toBe(scale?.id)
    expect(outcomesOf('what are country contributions', 'the first one')).toEqual([
      'abstain/gap-contribution-scale',
    ])
  })

  test.each(['tell me more', 'and why?'])('after it was offered first: %s', (text) => {
    const before = { entry: 'gap-contribution-scale', shown: [], offered: [] }
    const { outcomes } = understand(brain, text, 'en', before)
    expect(outcomes).toEqual([expect.objectContaining({ kind: 'abstain', gap: scale })])
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

describe('a question about one country that is no question about dates', () => {
  const firstWords = (text: string) => {
    const [block] = converse(text).blocks
    return block?.kind === 'text' ? block.text : block?.kind
  }

  test('is answered as what holds in general', () => {
    expect(firstWords('who is the point of contact of Peru')).toBe(
      'This is what holds in general; it is not about Peru in particular:',
    )
  })

  test('says nothing of it where the entry itself speaks of the country', () => {
    expect(firstWords('is Georgia still in OGP')).toBe('answer')
    expect(firstWords('does Norway pay a contribution')).toBe('answer')
  })
})
