// The names of months in the languages that dates are read in, from Intl. Knows no dates.

import { foldLetters } from '../fold-letters.ts'

export const dateLanguages = ['en', 'es', 'fr', 'pt', 'de'] as const
export type DateLanguage = (typeof dateLanguages)[number]

export type MonthName = {
  /** 1 to 12. */
  readonly month: number
  readonly languages: readonly DateLanguage[]
  readonly isShort: boolean
  /** "May" and "march" mean months only where the words around them say so. */
  readonly isOrdinaryWord: boolean
}

/** Full names that are ordinary words too. */
const ordinaryWords: ReadonlySet<string> = new Set(['may', 'march', 'mai', 'mars'])
/** Short names that are English words, which stand beside numbers too: "11 out of 16", "2 years ago". */
const englishWords: ReadonlySet<string> = new Set(['ago', 'out', 'set'])
const monthsInYear = 12

let names: ReadonlyMap<string, MonthName> | undefined

/** By folded name, without a full stop. */
export function monthNames(): ReadonlyMap<string, MonthName> {
  names ??= readMonthNames()
  return names
}

function readMonthNames(): Map<string, MonthName> {
  const all = new Map<string, MonthName>()
  for (const style of ['long', 'short'] as const) {
    for (const language of dateLanguages) {
      for (let month = 1; month <= monthsInYear; month++) {
        const name = nameOf(month, language, style)
        if (englishWords.has(name)) continue
        const known = all.get(name)
        all.set(name, {
          month,
          languages: [...new Set([...(known?.languages ?? []), language])],
          isShort: known?.isShort ?? style === 'short',
          isOrdinaryWord: ordinaryWords.has(name),
        })
      }
    }
  }
  return all
}

function nameOf(month: number, language: string, style: 'long' | 'short'): string {
  const first = Temporal.PlainDate.from({ year: 2027, month, day: 1 })
  return foldLetters(new Intl.DateTimeFormat(language, { month: style }).format(first)).replace(
    '.',
    '',
  )
}
