// The one thing that the adapter has to say itself, as it is about Slack. Everything else comes from the core.

import { pickText } from '../../src/chat/pick-text.ts'
import texts from './texts.json' with { type: 'json' }

/** @param language BCP 47 */
export const inviteIn = (language: string) => pickText(texts.invite, language)
