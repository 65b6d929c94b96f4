// A command in plain words: "settings", "change my time zone to Nairobi". Knows no use case.

import type { SpokenCommand } from '../knowledge/schema.ts'
import { subjectWords, type LanguageCues } from './language-cues.ts'
import { toWords } from './phrases.ts'

/** What a phrase of several words may be about: "Nairobi", "São Tomé". A single word must be the whole message. */
const restLengthMax = 2

export function findSpokenCommand(text: string, cues: LanguageCues): SpokenCommand | undefined {
  const words = toWords(text)
  const whole = cues.commands.get(words.filter((word) => !cues.politeness.has(word)))
  if (whole !== undefined) return whole
  const found = cues.commands.matchAll(words).find(({ length }) => length > 1)
  if (found === undefined) return undefined
  const { start, length, value } = found
  const rest = words.filter((_, at) => at < start || at >= start + length)
  return subjectWords(rest, cues).length <= restLengthMax ? value : undefined
}
