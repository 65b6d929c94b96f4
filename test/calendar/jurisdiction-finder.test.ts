import { describe, expect, test } from 'vitest'
import { nameLanguages } from '../../src/calendar/country-names.ts'
import { createJurisdictionFinder } from '../../src/calendar/jurisdiction-finder.ts'
import { foldLetters } from '../../src/fold-letters.ts'
import { finder, jurisdictions, phrasings } from './own-calendar.ts'
import { makeJurisdiction } from './rule-sheet.ts'

/** In short: ids, groups to choose from with a question mark, codes without a file with a minus. */
const find = (text: string, by = finder) => {
  const { named, ambiguous, withoutPlan } = by.find(text)
  return [
    ...named.map(({ id }) => id),
    ...ambiguous.map((group) => `?${group.map(({ id }) => id).join('/')}`),
    ...withoutPlan.map((code) => `-${code}`),
  ].join(' ')
}

describe('names', () => {
  test.each([
    ['when is kenya’s next action plan due', 'kenya'],
    ["when is kenya's next action plan due", 'kenya'],
    ['when is italys next plan due', 'italy'],
    ['deadlines for germany and france this quarter', 'germany france'],
    ['kenya, Kenia and KENYA', 'kenya'],
    ['IVORY COAST', 'cote-d-ivoire'],
    ['the Ivory Coast and Cape Verde', 'cote-d-ivoire cabo-verde'],
    ['caboverde', 'cabo-verde'],
    ['what about New Zealand?', 'new-zealand'],
    ['Republic of Moldova', 'moldova'],
    ['el plan de españa', 'spain'],
    ['plano do Brasil', 'brazil'],
    ['le prochain plan du Sénégal', 'senegal'],
    ['Greater Karak', 'greater-karak'],
    ['肯尼亚的下一个计划什么时候到期？', 'kenya'],
    ['متى تنتهي خطة كينيا وللفلبين', 'kenya philippines'],
    ["Kenya'nın planı", 'kenya'],
    ['is Bosnia & Herzegovina late', 'bosnia-and-herzegovina'],
  ])('"%s" names %s', (text, expected) => {
    expect(find(text)).toBe(expected)
  })

  test.each(nameLanguages)(
    'every member is found inside a sentence by its name in %s',
    (language) => {
      const missed = jurisdictions
        .filter(({ level }) => level !== 'global')
        .map((jurisdiction) => ({
          id: jurisdiction.id,
          name: finder.nameOf(jurisdiction, language),
        }))
        .filter(({ id, name }) => find(`plan 2027: ${name}, xyz?`) !== id)
      // Names that are ordinary words elsewhere: Estonia in Finnish, Morocco in Turkish.
      const words = new Set(['Viro', 'Fas'])
      expect(missed.filter(({ name }) => !words.has(name))).toEqual([])
    },
  )

  test('the text without the names is left', () => {
    expect(finder.find("when is kenya's next plan due").rest).toBe('when is next plan due')
    expect(finder.find('nothing  to find').rest).toBe('nothing  to find')
  })

  test('the longest name wins', () => {
    expect(find('Papua New Guinea')).toBe('-PG')
    expect(find('South Africa and Guinea-Bissau')).toBe('-ZA -GW')
  })

  test('a country after its locality only says which one is meant', () => {
    expect(find('Yerevan, Armenia')).toBe('yerevan')
    expect(find('Yerevan (Armenia)')).toBe('yerevan')
    expect(find('Yerevan and Armenia')).toBe('yerevan armenia')
    expect(find('Armenia, Yerevan')).toBe('armenia yerevan')
  })

  test('a country without a file is told by its code', () => {
    expect(find('when is the plan of Peru due')).toBe('-PE')
    expect(finder.nameOfCountry('PE', 'es')).toBe('Perú')
  })
})

describe('codes', () => {
  test.each([
    ['when is the US plan due', 'united-states'],
    ['the U.S. plan', 'united-states'],
    ['UK', 'united-kingdom'],
    ['uk plan', 'united-kingdom'],
    ['KEN and PHL', 'kenya philippines'],
    ['tell us what it is in no time', ''],
    ['the IT department and the SC say NO, AND so on', ''],
    ['TELL US WHAT THE GB KE THING IS', ''],
  ])('"%s" names "%s"', (text, expected) => {
    expect(find(text)).toBe(expected)
  })
})

describe('misspelt names', () => {
  test.each([
    ['remind me of côte d’ivoir', 'cote-d-ivoire'],
    ['cote divoire', 'cote-d-ivoire'],
    ['philipines', 'philippines'],
    ['germny and frnace', 'germany france'],
    ['gemrany', 'germany'],
    ['monoglia', 'mongolia'],
    ['siera leone', 'sierra-leone'],
    ['new zeland', 'new-zealand'],
    ['untied states', 'united-states'],
    ['South Afrika', '-ZA'],
    ['ghanna', 'ghana'],
  ])('"%s" is %s', (text, expected) => {
    expect(find(text)).toBe(expected)
  })

  test('a short one is only offered', () => {
    expect(find('kenyq')).toBe('?kenya')
  })

  test('one that is as near to two is offered', () => {
    const by = createJurisdictionFinder([
      makeJurisdiction({ id: 'nigeria', country: 'NG' }),
      makeJurisdiction({ id: 'algeria', country: 'DZ' }),
      makeJurisdiction({ id: 'slovakia', country: 'SK' }),
      makeJurisdiction({ id: 'slovenia', country: 'SI' }),
    ])
    expect(find('slovania', by)).toBe('?slovenia/slovakia')
    expect(find('slovakiia', by)).toBe('slovakia')
  })

  test.each([
    'our plan, a man, a chat and child labour',
    'we begin to go home and come on to the talk',
    'america, jersey and the whole world',
    'Marta and Jonas met Gabor in the panel',
    'an island, an open government, a spanner',
    'mall mail main mile',
    'is there a version en français',
  ])('"%s" names none', (text) => {
    expect(find(text)).toBe('')
  })

  test('a country is not mistaken for its neighbour in the alphabet', () => {
    expect(find('niger')).toBe('-NE')
    expect(find('nigeria')).toBe('-NG')
    expect(find('mali')).toBe('-ML')
    expect(find('malawi')).toBe('malawi')
    expect(find('austria and australia')).toBe('australia -AT')
  })
})

test('a name that several share is offered, never guessed', () => {
  const by = createJurisdictionFinder([
    makeJurisdiction({ id: 'guinea', country: 'GN' }),
    makeJurisdiction({ id: 'guinea-bissau', country: 'GW' }),
    makeJurisdiction({ id: 'korea', country: 'KR' }),
  ])
  expect(find('guinea', by)).toBe('?guinea/guinea-bissau')
  expect(find('guinea-bissau', by)).toBe('guinea-bissau')
  expect(find('korea', by)).toBe('?korea')
  expect(find('south korea', by)).toBe('korea')
  expect(find('congo', by)).toBe('-CD -CG')
})

test('no phrasing of the knowledge base names a country that it does not write', () => {
  const named = phrasings.flatMap((text) => {
    const { named: found, ambiguous, withoutPlan } = finder.find(text)
    const ids = [...found, ...ambiguous.flat()]
    const names = [
      ...ids.map((jurisdiction) => finder.nameOf(jurisdiction, 'en')),
      ...withoutPlan.map((code) => finder.nameOfCountry(code, 'en')),
    ]
    return names
      .filter((name) => !foldLetters(text).includes(foldLetters(name)))
      .map((name) => `${name}: ${text}`)
  })
  expect(named).toEqual(['United States: was the USA one of the founding governments'])
})

describe('suggestions', () => {
  const suggest = (prefix: string, language = 'en') =>
    finder.suggest(prefix, language, 3).map(({ id }) => id)

  test('begin with what was typed, in any language', () => {
    expect(suggest('ken')).toEqual(['kenya'])
    expect(suggest('united')).toEqual(['united-kingdom', 'united-states'])
    expect(suggest('alem', 'es')).toEqual(['germany'])
    expect(suggest('Cote')).toEqual(['cote-d-ivoire'])
    expect(suggest('zealand')).toEqual(['new-zealand'])
  })

  test('are near when nothing begins so, and the first of all when nothing was typed', () => {
    expect(suggest('phillip')).toContain('philippines')
    expect(suggest('')).toEqual(['argentina', 'armavir', 'armenia'])
    expect(suggest('qqqq')).toEqual([])
  })
})

test('a language that is no language tag falls back to English', () => {
  const kenya = jurisdictions.find(({ id }) => id === 'kenya')
  expect(kenya && finder.nameOf(kenya, 'no such language!')).toBe('Kenya')
  expect(finder.suggest('kenya', '!', 1)).toHaveLength(1)
})
