// What a jurisdiction is called in a language. Knows no texts of others.

import { pickText, type Jurisdiction } from './calendar.ts'

/** Far more than there are languages of messages. */
const languagesMax = 200
const displays = new Map<string, Intl.DisplayNames>()

export function nameOfJurisdiction(jurisdiction: Jurisdiction, language: string): string {
  const { name, country, id } = jurisdiction
  if (name !== undefined) return pickText(name, language)
  return country === undefined ? id : nameOfCountry(country, language)
}

/** By its ISO alpha-2 code, which is the answer where no name is known. */
export const nameOfCountry = (code: string, language: string): string =>
  displayOf(language).of(code) ?? code

function displayOf(language: string): Intl.DisplayNames {
  const known = displays.get(language)
  if (known !== undefined) return known
  const display = new Intl.DisplayNames(checkLanguage(language), { type: 'region' })
  if (displays.size >= languagesMax) displays.clear()
  displays.set(language, display)
  return display
}

/** A platform may state anything as a language; Intl throws for what is no language tag at all. */
export function checkLanguage(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en'
  } catch {
    return 'en'
  }
}
