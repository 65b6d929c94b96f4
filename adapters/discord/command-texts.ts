// The words that Discord wants of the adapter itself: names and descriptions of commands, and what it lacks to post.
// Everything else that people read comes from the core. Names of commands are lower case, without spaces.

import texts from './command-texts.json' with { type: 'json' }

type Key = keyof typeof texts

/** @param language BCP 47; English for one that is not here */
export const textOf = (key: Key, language = 'en'): string =>
  (texts[key] as Readonly<Record<string, string>>)[language.split('-')[0] ?? ''] ?? texts[key].en

/** As Discord names languages; English too, for people whose client is in one that is not here. */
const locales = ['en-US', 'en-GB', 'es-ES', 'es-419', 'fr', 'pt-BR']

export const toLocalizations = (key: Key) =>
  Object.fromEntries(locales.map((locale) => [locale, textOf(key, locale)]))

/** To post unasked. https://docs.discord.com/developers/topics/permissions */
export const neededPermissions = new Map<Key, bigint>([
  ['view channel', 1n << 10n],
  ['send messages', 1n << 11n],
  ['read message history', 1n << 16n],
  ['attach files', 1n << 15n],
])

/** Names what the assistant lacks in a channel; null when that is nothing. */
export function describeMissing(permissions: bigint, language: string): string | null {
  const lacking = [...neededPermissions].filter(([, bit]) => (permissions & bit) === 0n)
  const names = lacking.map(([key]) => textOf(key, language))
  return names.length === 0 ? null : `${textOf('missing', language)} ${names.join(', ')}`
}
