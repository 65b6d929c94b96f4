import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildIndex } from '../../src/search/build-index.ts'
import type { Ranking } from '../../src/search/search.ts'
import { library, synonyms } from './sample-base.ts'

const index = buildIndex(library, synonyms)

function expectSound(ranking: Ranking): void {
  expect(ranking.confidence).toBeGreaterThanOrEqual(0)
  expect(ranking.confidence).toBeLessThanOrEqual(1)
  expect(ranking.candidates.length).toBeLessThanOrEqual(10)
  expect(new Set(ranking.candidates.map(({ id }) => id)).size).toBe(ranking.candidates.length)
  let previous = 1
  for (const { score } of ranking.candidates) {
    expect(score).toBeGreaterThanOrEqual(0)
    expect(score).toBeLessThanOrEqual(previous)
    previous = score
  }
  for (const value of Object.values(ranking.features)) expect(Number.isFinite(value)).toBe(true)
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('book', 'loan', 'ILL', 'renew', 'ovredue', '?', '😀', '\u0000'))
    .map((w) => w.join(' ')),
)

describe('any query', () => {
  test('gives a sound ranking and a decision that follows it', () => {
    fc.assert(
      fc.property(
        text,
        fc.option(fc.constantFrom('en', 'fr', 'xx-YY'), { nil: undefined }),
        (query, language) => {
          const ranking = index.rank(query, language)
          expectSound(ranking)
          const decision = index.decide(ranking)
          if (decision.kind === 'answer') expect(decision.entry).toBe(ranking.candidates[0]?.id)
        },
      ),
    )
  })

  test('gives the same ranking twice', () => {
    fc.assert(
      fc.property(text, (query) => {
        expect(index.rank(query)).toEqual(index.rank(query))
      }),
    )
  })

  test.each([
    ['a megabyte of words', 'book loan '.repeat(100_000)],
    ['a word of a million characters', 'a'.repeat(1_000_000)],
    ['a million spaces', ' '.repeat(1_000_000)],
    ['ligatures that grow eighteenfold', 'ﷺ'.repeat(500_000)],
    ['marks upon marks', `a${'\u0301'.repeat(500_000)}`],
    ['lone surrogates', '\ud800 \udfff\ud800'.repeat(1000)],
    ['emoji only', '👩‍👩‍👧‍👦🎉'.repeat(1000)],
    ['control characters', '\u0000\u0007\u001b[31m\u200f'.repeat(1000)],
    ['names of built-in properties', '__proto__ constructor toString hasOwnProperty'],
  ])('survives %s', (_, query) => {
    expectSound(index.rank(query))
  })
})

describe('any order of documents', () => {
  test('gives the same index', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...library], { minLength: library.length }),
        fc.constantFrom('renew my book', 'lost overdue card', 'ILL for groups'),
        (shuffled, query) => {
          const other = buildIndex(shuffled, [...synonyms].reverse())
          expect(other.thresholds).toEqual(index.thresholds)
          expect(other.rank(query)).toEqual(index.rank(query))
        },
      ),
      { numRuns: 5 },
    )
  })
})

describe('every phrasing', () => {
  test('finds its own entry, confidently', () => {
    for (const { id, phrasings, title } of library) {
      for (const phrasing of [...phrasings, title]) {
        const ranking = index.rank(phrasing)
        expect({ phrasing, found: ranking.candidates[0]?.id }).toEqual({ phrasing, found: id })
        expect(index.decide(ranking).kind).toBe('answer')
      }
    }
  })
})
