// In which language a message is answered. Knows no answers.

import { isAboutDates } from '../calendar/time-question.ts'
import { questionLengthMax } from './ask.ts'
import type { Brain } from './brain.ts'
import type { LanguageCues } from './language-cues.ts'
import { toWords } from './phrases.ts'
import type { Phrasebook } from './phrasebook.ts'
import { findSpokenCommand } from './spoken-command.ts'

/**
 * Dates are understood in every language that has cues, whatever the platform says somebody speaks: asked for in Spanish,
 * they are told in Spanish. So are small talk and commands that one language alone has ("ayuda"). Nothing else is, since a
 * few words seldom tell for sure which language they are of.
 *
 * @param otherwise the language of the conversation, BCP 47
 */
export function phrasebookFor(brain: Brain, text: string, otherwise: string): Phrasebook {
  const { base, desk, phrasebook } = brain
  const asked = text.trim().slice(0, questionLengthMax)
  const question = desk.read(asked)
  const { language, asksTime, otherWords } = question
  // "And when does it end?" names nobody, because dates were talked about just before.
  const isAsked = isAboutDates(question) || (asksTime && otherWords.length === 0)
  const spoken = isAsked ? language : languageOfTalk(brain, asked, otherwise)
  return phrasebook(spoken !== null && base.messages.has(spoken) ? spoken : otherwise)
}

/** Null when the text is talk in no language, in several, or in that of the conversation. */
function languageOfTalk({ base, cues }: Brain, text: string, otherwise: string): string | null {
  const words = toWords(text)
  const isTalk = (own: LanguageCues) =>
    own.talk.get(words) !== undefined || findSpokenCommand(text, own) !== undefined
  if (words.length === 0 || isTalk(cues(otherwise))) return null
  const [language = null, ...others] = [...base.cues.keys()].filter((name) => isTalk(cues(name)))
  return others.length === 0 ? language : null
}
