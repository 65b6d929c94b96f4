import { describe, expect, test } from 'vitest'
import { parseChoiceId } from '../../src/chat/choice-id.ts'
import { brain, phrasebook } from './fixture.ts'

describe('suggest', () => {
  const labels = (typed: string, limit = 5) =>
    brain.suggest(typed, 'en', limit).map(({ label }) => label)

  test('completes from titles and phrasings, typos included', () => {
    expect(labels('transpar')[0]).toMatch(/transparency/i)
    expect(labels('acountabilty').join()).toMatch(/accountability/i)
  })

  test('gives every choice once, at most as many as asked for', () => {
    const choices = brain.suggest('strategy', 'en', 25)
    expect(new Set(choices.map(({ id }) => id)).size).toBe(choices.length)
    expect(labels('strategy', 3)).toHaveLength(3)
  })

  test('every suggestion leads to an entry', () => {
    for (const { id } of brain.suggest('what is', 'en', 25)) {
      const action = parseChoiceId(id)
      expect(action?.kind === 'show' && brain.entry(action.entry, 'en')).toBeTruthy()
    }
  })

  test('begins with example questions, in any language', () => {
    expect(labels('', 2)).toEqual(phrasebook.suggestions.slice(0, 2))
    expect(brain.suggest(' ', 'xx', 2)).toHaveLength(2)
  })

  test('answers any text', () => {
    for (const typed of ['\ud800', '*'.repeat(5000), '\u0000', '=:|!"^']) {
      expect(labels(typed).length).toBeLessThanOrEqual(5)
    }
  })
})
