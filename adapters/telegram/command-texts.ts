// The few words that Telegram wants of the adapter itself: menus, the bot's description, the button of an inline result,
// and what the bot hears in a group. Everything else that people read comes from the core.

import { pickText } from '../../src/chat/pick-text.ts'
import texts from './command-texts.json' with { type: 'json' }

/** Without a code, what is written down at Telegram is for everybody else. */
export const languageCodes = [undefined, 'es', 'fr', 'pt'] as const

/** @param language BCP 47 */
export const textsOf = (language: string | undefined) => pickText(texts, language)
