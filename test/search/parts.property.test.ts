import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { choose, fitChoices } from '../../src/search/choice-model.ts'
import { editDistance } from '../../src/search/edit-distance.ts'
import { FeatureLists } from '../../src/search/feature-lists.ts'
import {
  scoreLogisticRegression,
  trainLogisticRegression,
} from '../../src/search/logistic-regression.ts'
import { queryBounds, splitWords } from '../../src/search/normalise.ts'
import { createSpeller } from '../../src/search/spelling.ts'
import { indexText, scoreText } from '../../src/search/text-match.ts'
import { selectTop } from '../../src/search/top.ts'

/** The definition, without any shortcut: one edit at a time, breadth first over the alignment. */
function naiveDistance(a: string, b: string): number {
  const at = (i: number, j: number): number => {
    if (i === 0) return j
    if (j === 0) return i
    let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1)
    best = Math.min(best, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1))
    if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
      best = Math.min(best, at(i - 2, j - 2) + 1)
    }
    return best
  }
  return at(a.length, b.length)
}

const shortWord = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 6 })
const word = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'é'),
  minLength: 4,
  maxLength: 9,
})

describe('edit distance', () => {
  test('is what the definition says, up to the limit', () => {
    fc.assert(
      fc.property(shortWord, shortWord, fc.nat({ max: 4 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(naiveDistance(a, b), limit + 1))
      }),
    )
  })
})

describe('speller', () => {
  test('passes over no word that is one edit away', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 1, maxLength: 30 }),
        word,
        (words, misspelt) => {
          const found = createSpeller(
            words,
            words.map(() => 1),
          ).correct(misspelt)
          const near = words.filter((known) => naiveDistance(known, misspelt) <= 1)
          if (near.length > 0) expect(near).toContain(found)
        },
      ),
    )
  })

  test('treats words that occur no more as absent', () => {
    expect(createSpeller(['transparency'], [0]).correct('transparancy')).toBeNull()
    expect(createSpeller(['transparency'], [2]).correct('transparancy')).toBe('transparency')
  })

  test('reaches words beyond two edits when they begin alike', () => {
    const speller = createSpeller(['transparency', 'participation', 'translation'], [3, 3, 3])
    expect(speller.correct('transparrentsy')).toBe('transparency')
  })

  test('leaves short words alone', () => {
    expect(createSpeller(['open'], [5]).correct('opn')).toBeNull()
  })
})

describe('words', () => {
  test('are bounded, lower case, and split the same way again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const words = splitWords(text, queryBounds)
        expect(words.length).toBeLessThanOrEqual(queryBounds.wordCountMax)
        for (const one of words) expect(one.length).toBeLessThanOrEqual(40)
      }),
    )
  })

  test.each([
    ['What’s the Party’s plan?', ['what', 'the', 'party', 'plan']],
    ["I don't know", ['i', 'dont', 'know']],
    ['l’azienda Straße İstanbul', ['l', 'azienda', 'strasse', 'istanbul']],
    ['शासन में', ['शासन', 'में']],
    ['日本語 ABC', ['日本', '本語', 'abc']],
    ['co-creation 2.0', ['co', 'creation', '2', '0']],
  ])('of %s', (text, words) => {
    expect(splitWords(text, queryBounds)).toEqual(words)
  })
})

describe('top', () => {
  test('is the head of a stable sort', () => {
    const scores = fc.array(fc.constantFrom(-2, 0, 1, 1.5, 7), { maxLength: 40 })
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 12 }), (values, count) => {
        const sorted = [...values.keys()].sort(
          (a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b,
        )
        expect(selectTop(Float64Array.from(values), count)).toEqual(sorted.slice(0, count))
      }),
    )
  })
})

describe('BM25', () => {
  test('is what the formula says', () => {
    const texts = fc.array(fc.uniqueArray(fc.nat({ max: 9 }), { maxLength: 8 }), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(texts, fc.uniqueArray(fc.nat({ max: 9 })), (lists, query) => {
        const store = new FeatureLists()
        for (const list of lists) {
          const none = new Int32Array()
          const stems = Int32Array.from(list)
          store.add({ stems, runs: none, grams: none, unknownStems: 0, unknownGrams: 0 })
        }
        // Two texts an entry.
        const entryOf = lists.map((_, i) => i >> 1)
        const entryCount = ((lists.length - 1) >> 1) + 1
        const all = Int32Array.from(lists.keys())
        const sizes = { entryCount, featureCount: 10 }
        const scores = new Float64Array(entryCount)
        scoreText(indexText(store, all, entryOf, 'stems', sizes), Int32Array.from(query), scores)
        const entries = Array.from({ length: entryCount }, (_, e) =>
          lists.filter((_list, i) => i >> 1 === e).flat(),
        )
        const mean = lists.flat().length / entryCount || 1
        for (const [e, features] of entries.entries()) {
          let expected = 0
          for (const feature of query) {
            const frequency = entries.filter((other) => other.includes(feature)).length
            const count = features.filter((other) => other === feature).length
            const rarity = Math.log(1 + (entryCount - frequency + 0.5) / (frequency + 0.5))
            const norm = 3 * (0.3 + (0.7 * features.length) / mean)
            if (count > 0) expected += (rarity * count * 4) / (count + norm)
          }
          expect(scores[e]).toBeCloseTo(expected, 4)
        }
      }),
    )
  })
})

describe('logistic regression', () => {
  test('learns to tell entries apart by their own features', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        (entries, each) => {
          const rivals = Int32Array.from({ length: entries }, (_, e) => e)
          const examples = Array.from({ length: entries * each }, (_, i) => ({
            // The entry's own feature, and one that all share.
            features: Int32Array.of(i % entries, entries),
            values: Float32Array.of(1, 1),
            entry: i % entries,
            rivals,
            trust: 20,
          }))
          const model = trainLogisticRegression(examples, entries, entries + 1, 8, null)
          const scores = new Float64Array(entries)
          for (let e = 0; e < entries; e++) {
            const features = Int32Array.of(e)
            scoreLogisticRegression(model, { features, values: Float32Array.of(1) }, scores)
            expect(selectTop(scores, 1)).toEqual([e])
          }
        },
      ),
    )
  })
})

describe('choice model', () => {
  test('gives probabilities that add up to one', () => {
    const vector = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), {
      minLength: 3,
      maxLength: 3,
    })
    fc.assert(
      fc.property(
        fc.array(vector, { minLength: 1, maxLength: 6 }),
        vector,
        (alternatives, weights) => {
          const sum = choose(alternatives, weights).reduce((a, b) => a + b, 0)
          expect(sum).toBeCloseTo(1, 9)
        },
      ),
    )
  })

  test('finds the weight that makes observed frequencies likeliest', () => {
    // Chosen three times of four: the log-odds of a weight on one number must be ln 3.
    const alternatives = [Float64Array.of(1), Float64Array.of(0)]
    const choices = Array.from({ length: 400 }, (_, i) => ({
      alternatives,
      right: i % 4 === 0 ? 1 : 0,
      weight: 1,
    }))
    expect(fitChoices(choices, [0], 1e-9)[0]).toBeCloseTo(Math.log(3), 3)
  })

  test('stays with the prior when there is nothing to learn from', () => {
    expect([...fitChoices([], [0.5, -2], 1)]).toEqual([0.5, -2])
  })
})
