// The few words that Slack wants of the adapter itself: buttons of the Home tab, and an advice about Slack.
// Everything else that people read comes from the core.

import texts from './texts.json' with { type: 'json' }

type Texts = (typeof texts)['en']

/** @param language BCP 47 */
export const textsOf = (language: string | undefined): Texts =>
  (texts as Readonly<Record<string, Texts>>)[language?.split('-')[0] ?? ''] ?? texts.en
