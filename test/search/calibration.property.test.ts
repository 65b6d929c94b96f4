import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCorpus } from '../../src/search/corpus.ts'
import { estrange } from '../../src/search/estrange.ts'
import { makeFolds } from '../../src/search/folds.ts'
import type { Rehearsed } from '../../src/search/thresholds.ts'
import { decideCount, readThresholds, sureness } from '../../src/search/thresholds.ts'
import { library, synonyms } from './sample-base.ts'

const corpus = readCorpus(library, synonyms, [])

describe('folds', () => {
  const folds = makeFolds(corpus)

  test('leave every entry out once', () => {
    const absent = folds.flatMap((fold) => [...fold.absent]).sort((a, b) => a - b)
    expect(absent).toEqual([...library.keys()])
  })

  test('ask about nothing that they have learned', () => {
    for (const fold of folds) {
      const learned = new Set(Array.from(fold.learned, (position) => corpus.texts[position]))
      for (const text of [...fold.kept, ...fold.missing]) expect(learned.has(text)).toBe(false)
      for (const text of fold.kept) expect(fold.absent.has(text.entry)).toBe(false)
      for (const text of fold.missing) expect(fold.absent.has(text.entry)).toBe(true)
    }
  })

  test('never leave an entry without its title', () => {
    for (const fold of folds) {
      const titled = Array.from(fold.learned, (position) => corpus.texts[position]).filter(
        (text) => text?.kind === 'title',
      )
      expect(titled).toHaveLength(library.length - fold.absent.size)
    }
  })
})

describe('questions on subjects that do not exist', () => {
  test('are as many and as long as the phrasings, and always the same', () => {
    const phrasings = corpus.texts.filter((text) => text.kind === 'phrasing')
    const questions = estrange(corpus, phrasings)
    expect(questions).toHaveLength(phrasings.length)
    expect(estrange(corpus, phrasings)).toEqual(questions)
    expect(questions.map(({ text }) => text)).not.toEqual(phrasings.map(({ text }) => text))
  })
})

const rehearsed = fc
  .record({
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    scores: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 10 }),
    rightRank: fc.integer({ min: -1, max: 9 }),
    kind: fc.constantFrom('answerable' as const, 'missing' as const, 'off-topic' as const),
  })
  .map((item): Rehearsed => {
    const sum = item.scores.reduce((total, score) => total + score, 0) || 1
    const scores = item.scores.map((score) => score / sum).sort((a, b) => b - a)
    const found = item.kind === 'answerable' && item.rightRank < scores.length
    return { ...item, scores, rightRank: found ? item.rightRank : -1 }
  })

describe('thresholds', () => {
  test('lie between nothing and certainty, and do not depend on the order of questions', () => {
    fc.assert(
      fc.property(fc.array(rehearsed, { minLength: 60, maxLength: 120 }), (items) => {
        const thresholds = readThresholds(items)
        for (const limit of Object.values(thresholds)) {
          expect(limit).toBeGreaterThanOrEqual(0)
          expect(limit).toBeLessThanOrEqual(1)
        }
        const reversed = readThresholds([...items].reverse())
        expect(reversed.answer).toBeCloseTo(thresholds.answer, 9)
        expect(reversed.offer).toBeCloseTo(thresholds.offer, 9)
      }),
    )
  })

  test('separate what can be told apart', () => {
    const items = Array.from({ length: 200 }, (_, i): Rehearsed => {
      const answerable = i % 2 === 0
      return {
        confidence: answerable ? 0.7 + i / 1000 : 0.3 - i / 1000,
        scores: [0.9, 0.1],
        rightRank: answerable ? 0 : -1,
        kind: answerable ? 'answerable' : 'missing',
      }
    })
    const thresholds = readThresholds(items)
    for (const item of items) {
      const expected = item.kind === 'answerable' ? 'answer' : 'abstain'
      expect(decideCount(item, thresholds).kind).toBe(expected)
    }
  })

  test('hardly move by a few questions where it is all the same to answer or to offer', () => {
    const ask = (surenessAsked: number, isRight: boolean): Rehearsed => ({
      confidence: 1,
      scores: [surenessAsked, 1 - surenessAsked],
      rightRank: isRight ? 0 : 1,
      kind: 'answerable',
    })
    const spread = (count: number, from: number, to: number, isRight: (i: number) => boolean) =>
      Array.from({ length: count }, (_, i) => ask(from - ((from - to) * i) / count, isRight(i)))
    const strangers = Array.from({ length: 50 }, (): Rehearsed => {
      return { confidence: 0.05, scores: [1], rightRank: -1, kind: 'off-topic' }
    })
    // Four wrong answers among 25 weigh as much as the other 21 gain.
    const items = [
      ...spread(100, 0.95, 0.8, () => true),
      ...spread(100, 0.8, 0.6, (i) => i % 25 < 21),
      ...spread(50, 0.6, 0.55, () => false),
      ...strangers,
    ]
    const { answer } = readThresholds(items)
    expect(answer).toBeGreaterThan(0.6)
    expect(answer).toBeLessThan(0.8)
    const more = Array.from({ length: 3 }, () => ask(0.61, true))
    expect(Math.abs(readThresholds([...items, ...more]).answer - answer)).toBeLessThan(0.02)
  })

  test('a decision follows them', () => {
    fc.assert(
      fc.property(rehearsed, fc.double({ min: 0, max: 1, noNaN: true }), (item, limit) => {
        const { kind, count } = decideCount(item, { answer: limit, offer: limit })
        if (kind === 'answer') expect(sureness(item)).toBeGreaterThanOrEqual(limit)
        if (kind === 'offer') {
          expect(count).toBeGreaterThanOrEqual(2)
          expect(count).toBeLessThanOrEqual(Math.min(4, item.scores.length))
        }
      }),
    )
  })
})
