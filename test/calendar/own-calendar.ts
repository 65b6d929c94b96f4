// The product's own calendar with a finder and a reader for it, shared by the tests of reading.

import { createJurisdictionFinder } from '../../src/calendar/jurisdiction-finder.ts'
import { createTimeReader } from '../../src/calendar/time-question.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { isCommonWord } from '../../src/search/common-words.ts'
import { ownKnowledge } from '../knowledge/knowledge-folder.ts'

export const base = loadKnowledge(ownKnowledge)
export const { jurisdictions, rules } = base.calendar
const languages = [...base.cues.keys()]

export const finder = createJurisdictionFinder(jurisdictions, {
  isOrdinaryWord: (word) => languages.some((language) => isCommonWord(word, language)),
})
export const readAt = createTimeReader({ finder, rules, cues: base.cues })

export const today = Temporal.PlainDate.from('2026-11-24')
export const read = (text: string) => readAt(text, today)

/** Every way in which an entry says that people ask for it. */
export const phrasings: readonly string[] = [
  ...new Set(
    base.entries.flatMap(({ title, phrasings: own, passages }) => [
      title,
      ...own,
      ...passages.flatMap((passage) => passage.phrasings),
    ]),
  ),
]
