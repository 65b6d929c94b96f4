// The names of every place that a text may mean, in one table. Knows which have a file in the calendar, no dates.

import type { Jurisdiction } from './calendar.ts'
import { allCountryNames, countryCodes, sharedNames } from './country-names.ts'
import { PhraseTable } from './words.ts'

/** A jurisdiction, or a country that the calendar has no file for. */
export type Place = { readonly code: string; readonly jurisdiction?: Jurisdiction }

export type PlaceName = { readonly text: string; readonly places: readonly Place[] }

export type PlaceNames = {
  readonly table: PhraseTable<readonly Place[]>
  /** Those that a misspelt word is compared with: of the languages that most people write in, and own names. */
  readonly common: readonly PlaceName[]
  /** Those in scripts without spaces, the longest first. */
  readonly unspaced: readonly PlaceName[]
  readonly byCode: ReadonlyMap<string, Place>
}

/** With fewer letters a name must be written with its own accents. */
const foldedLengthMin = 5
export const unspacedScripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Myanmar}]/u

export function createPlaceNames(jurisdictions: readonly Jurisdiction[]): PlaceNames {
  const table = new PhraseTable<readonly Place[]>(foldedLengthMin)
  const common: PlaceName[] = []
  const unspaced: PlaceName[] = []
  const countries = toCountries(jurisdictions)
  const placesOf = (codes: readonly string[]) =>
    codes.map((code) => countries.get(code)).filter((place) => place !== undefined)
  const add = (text: string, places: readonly Place[], isCommon: boolean) => {
    table.set(text, (known = []) => [...new Set([...known, ...places])])
    if (isCommon) common.push({ text, places })
    if (unspacedScripts.test(text)) unspaced.push({ text, places })
  }
  for (const { text, code, isCommon } of allCountryNames()) {
    add(text, placesOf([code]), isCommon)
  }
  for (const jurisdiction of jurisdictions) {
    if (jurisdiction.level === 'global') continue
    const place = placeOf(jurisdiction, countries)
    for (const text of ownNames(jurisdiction)) add(text, [place], true)
  }
  for (const [text, codes] of sharedNames) table.set(text, () => placesOf(codes))
  unspaced.sort((a, b) => b.text.length - a.text.length)
  return { table, common, unspaced, byCode: toCodes(countries) }
}

function toCountries(jurisdictions: readonly Jurisdiction[]): Map<string, Place> {
  const countries = new Map<string, Place>([...countryCodes.keys()].map((code) => [code, { code }]))
  for (const jurisdiction of jurisdictions) {
    const { level, country } = jurisdiction
    if (level === 'national' && country !== undefined) {
      countries.set(country, { code: country, jurisdiction })
    }
  }
  return countries
}

const placeOf = (jurisdiction: Jurisdiction, countries: ReadonlyMap<string, Place>): Place => {
  const { level, country = '' } = jurisdiction
  const national = level === 'national' ? countries.get(country) : undefined
  return national ?? { code: country, jurisdiction }
}

/** A name such as "Yerevan (Armenia)" is found without what is in brackets too. */
export const ownNames = ({ name, aliases }: Jurisdiction): string[] =>
  [...Object.values(name ?? {}), ...aliases].flatMap((text) => {
    const bare = text.replace(/\s*\([^)]*\)/u, '')
    return bare === text ? [text] : [text, bare]
  })

/** Alpha-2 and alpha-3, but for those that are English words or abbreviations in capitals. */
function toCodes(countries: ReadonlyMap<string, Place>): Map<string, Place> {
  const codes = new Map<string, Place>()
  for (const [code, place] of countries) {
    for (const written of [code, countryCodes.get(code) ?? code]) {
      if (!ordinaryCapitals.has(written)) codes.set(written, place)
    }
  }
  return codes
}

/** Including those of the community: SC is its steering committee, AP an action plan. */
const ordinaryCapitals: ReadonlySet<string> = new Set(
  (
    'AD AE AG AL AM AND ARE AS AT BA BE BEN BI BO BY CA CAN CC CD CI CO COD CR CS CV DE DM DO DOM EC ES ET FM FR ' +
    'GA GIN GM GP HR HT ID IE IL IN IQ IS IT LA LB LI LIE LS LT MA MAC MAN MAR MC MD ME MS MT NA NE NI NO PA PAN PE PER PG ' +
    'PH PM PR PRY PS PT SA SC SE SI SN SO SR SS ST SV TD TLS TO TON TT TV UN VA VAT VC YE'
  ).split(' '),
)
