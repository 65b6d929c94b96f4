import { describe, expect, test } from 'vitest'
import { buildIndex } from '../../src/search/build-index.ts'
import { library, makeDocument, synonyms } from './sample-base.ts'

const index = buildIndex(library, synonyms)

describe('ranking', () => {
  test('finds the entry for words that no phrasing has in this order', () => {
    expect(index.rank('may I extend my loan online').candidates[0]?.id).toBe('renew')
    expect(index.rank('fee for a late return').candidates[0]?.id).toBe('fine')
  })

  test('corrects misspelt words and says so', () => {
    const ranking = index.rank('how much is the fine for ovredue boks')
    expect(ranking.candidates[0]?.id).toBe('fine')
    expect(ranking.corrections).toContainEqual({ from: 'ovredue', to: 'overdue' })
  })

  test('an abbreviation and its full form find the same entry', () => {
    const short = index.rank('what is an ill')
    const long = index.rank('what is an interlibrary loan')
    expect(short.candidates[0]?.id).toBe('ill')
    expect(short.candidates).toEqual(long.candidates)
    expect(index.rank('WHAT IS AN ILL').candidates).toEqual(long.candidates)
  })

  test('an answer is found by its own words when no phrasing is near', () => {
    const body = 'The herbarium in the basement keeps pressed alpine flowers.'
    const withBody = [...library, makeDocument('attic', 'Collections', ['What else?'], { body })]
    expect(buildIndex(withBody, []).rank('pressed alpine flowers').candidates[0]?.id).toBe('attic')
  })

  test('gives at most ten candidates, each entry once', () => {
    const { candidates } = index.rank('book')
    expect(candidates.length).toBeLessThanOrEqual(10)
    expect(new Set(candidates.map(({ id }) => id)).size).toBe(candidates.length)
  })
})

describe('languages', () => {
  const documents = [
    ...library,
    makeDocument(
      'hours',
      'Heures d’ouverture',
      ['Quand êtes-vous ouverts ?', 'À quelle heure fermez-vous'],
      {
        language: 'fr',
      },
    ),
    makeDocument('card', '図書館カード', ['図書館カードを作りたい', '会員になるには'], {
      language: 'ja',
    }),
  ]
  const both = buildIndex(documents, [])

  test('entries that share an id are one candidate', () => {
    const ids = both.rank('quand êtes vous ouvert').candidates.map(({ id }) => id)
    expect(ids[0]).toBe('hours')
    expect(ids.filter((id) => id === 'hours')).toHaveLength(1)
  })

  test('the language need not be stated, nor stated right', () => {
    expect(both.rank('a quelle heure est-ce que vous fermez').candidates[0]?.id).toBe('hours')
    expect(both.rank('when do you open', 'fr').candidates[0]?.id).toBe('hours')
    expect(both.rank('when do you open', 'tlh').candidates[0]?.id).toBe('hours')
  })

  test('scripts without spaces are read in pairs of characters', () => {
    expect(both.rank('カードを作る').candidates[0]?.id).toBe('card')
  })
})

describe('decision', () => {
  test('answers what a phrasing asks', () => {
    expect(index.decide(index.rank('How much is the fine for overdue books'))).toEqual({
      kind: 'answer',
      entry: 'fine',
    })
  })

  test('abstains from what has nothing to do with the base', () => {
    expect(index.decide(index.rank('who won the world cup in Qatar')).kind).toBe('abstain')
    expect(index.decide(index.rank('')).kind).toBe('abstain')
  })

  test('offers two to four entries, best first, or none', () => {
    for (const query of ['book', 'loan', 'library', 'room book loan', 'open card']) {
      const ranking = index.rank(query)
      const decision = index.decide(ranking)
      if (decision.kind !== 'offer') continue
      expect(decision.entries.length).toBeGreaterThanOrEqual(2)
      expect(decision.entries.length).toBeLessThanOrEqual(4)
      const ids = ranking.candidates.map(({ id }) => id)
      expect(decision.entries).toEqual(ids.slice(0, decision.entries.length))
    }
  })

  test('confidence tells neighbours from strangers', () => {
    const known = index.rank('can I borrow a book for two weeks').confidence
    const strange = index.rank('how do I bake sourdough bread').confidence
    expect(known).toBeGreaterThan(strange)
  })
})

describe('small bases', () => {
  test('no entry: nothing is found and nothing thrown', () => {
    const empty = buildIndex([], [])
    expect(empty.rank('anything').candidates).toEqual([])
    expect(empty.decide(empty.rank('anything'))).toEqual({ kind: 'abstain', nearest: [] })
  })

  test.each([1, 2, 3])('%i entries of one phrasing each', (count) => {
    const documents = library
      .slice(0, count)
      .map((document) => ({ ...document, phrasings: document.phrasings.slice(0, 1) }))
    const small = buildIndex(documents, [])
    for (const { id, phrasings } of documents) {
      expect(small.decide(small.rank(phrasings[0] ?? ''))).toEqual({ kind: 'answer', entry: id })
    }
    expect(small.decide(small.rank('who won the football match last night')).kind).toBe('abstain')
  })

  test('an entry without title, phrasings or body does no harm', () => {
    const blank = makeDocument('blank', '', [])
    expect(buildIndex([...library, blank], []).rank('renew my books').candidates[0]?.id).toBe(
      'renew',
    )
    expect(buildIndex([blank], []).rank('renew my books').confidence).toBeLessThan(0.5)
  })
})

test('a query without a single known character group finds nothing', () => {
  expect(index.rank('Ωξψ 漢字').candidates).toEqual([])
  expect(index.rank('Ωξψ 漢字').confidence).toBe(0)
})
