// In which language a message is answered. Knows no answers.

import { isAboutDates } from '../calendar/time-question.ts'
import { questionLengthMax } from './ask.ts'
import type { Brain } from './brain.ts'
import type { Phrasebook } from './phrasebook.ts'

/**
 * Dates are understood in every language that has cues, whatever the platform says somebody speaks: asked for in Spanish,
 * they are told in Spanish. Nothing else is, since a few words seldom tell for sure which language they are of.
 *
 * @param otherwise the language of the conversation, BCP 47
 */
export function phrasebookFor(
  { base, desk, phrasebook }: Brain,
  text: string,
  otherwise: string,
): Phrasebook {
  const question = desk.read(text.trim().slice(0, questionLengthMax))
  const { language, asksTime, otherWords } = question
  // "And when does it end?" names nobody, because dates were talked about just before.
  const isAsked = isAboutDates(question) || (asksTime && otherWords.length === 0)
  return phrasebook(
    isAsked && language !== null && base.messages.has(language) ? language : otherwise,
  )
}
