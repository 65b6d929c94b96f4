// What a curator should look at, though nothing is wrong: old reviews, phrasings that lead elsewhere, long answers.

import { fleschKincaid } from 'flesch-kincaid'
import { syllable } from 'syllable'
import type { Brain } from '../assistant/brain.ts'
import { allPhrasings, toText, type Entry } from '../knowledge/knowledge-base.ts'
import type { SearchIndex } from '../search/search.ts'

/** More does not fit a chat at one glance. */
const firstPassageLengthMax = 600
/** Years of school that a text asks for; rules are harder than news, but not this hard. */
const gradeMax = 18
/** A grade read off fewer words says nothing. */
const gradedWordsMin = 20

/** @param unaided an index of the same base that does not know phrasings word for word */
export function adviseCurator(
  brain: Brain,
  unaided: SearchIndex,
  today: Temporal.PlainDate,
): string[] {
  const { entries } = brain.base
  return [
    ...entries.flatMap((entry) => adviseReview(entry, today)),
    ...entries.flatMap((entry) => adviseLength(entry)),
    ...entries.flatMap((entry) => adviseReading(entry)),
    ...entries.flatMap((entry) => advisePhrasings(entry, unaided)),
  ]
}

function adviseReview({ id, reviewBy }: Entry, today: Temporal.PlainDate): string[] {
  return reviewBy === undefined || Temporal.PlainDate.compare(reviewBy, today) >= 0
    ? []
    : [`${id}: was to be reviewed by ${reviewBy.toString()}`]
}

function adviseLength({ id, passages: [first] }: Entry): string[] {
  const { length } = toText(first)
  return length <= firstPassageLengthMax
    ? []
    : [
        `${id}: ${first.facet} has ${length.toString()} characters, at most ${firstPassageLengthMax.toString()} fit a chat`,
      ]
}

function adviseReading({ id, language, passages }: Entry): string[] {
  if (language !== 'en') return []
  return passages.flatMap(({ facet, text }) => {
    const words = text.split(/\s+/).length
    const sentences = [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)]
    const counts = { sentence: sentences.length, word: words, syllable: syllable(text) }
    const grade = fleschKincaid(counts)
    return words < gradedWordsMin || grade <= gradeMax
      ? []
      : [
          `${id}: ${facet} reads like year ${grade.toFixed(0)} of school, shorter sentences would help`,
        ]
  })
}

/** Each phrasing searched: the wrong winner takes questions that are put a little differently. */
function advisePhrasings(entry: Entry, unaided: SearchIndex): string[] {
  return allPhrasings(entry).flatMap((phrasing) => {
    const [winner] = unaided.rank(phrasing, entry.language).candidates
    return winner === undefined || winner.id === entry.id
      ? []
      : [`${entry.id}: its phrasing "${phrasing}" leads to ${winner.id}`]
  })
}
