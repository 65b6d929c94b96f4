// The commands as Discord is told of them, and whether it must be told again. Pure.
// The limits: https://docs.discord.com/developers/interactions/application-commands

import { isDeepStrictEqual } from 'node:util'
import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js'
import type { RESTPutAPIApplicationCommandsJSONBody } from 'discord.js'
import { textOf, toLocalizations } from './command-texts.ts'

/** In servers and in people's own accounts; there, in direct conversations, in groups. */
const everywhere = { integration_types: [0, 1], contexts: [0, 1, 2] }
const bareNames = ['topics', 'reminders', 'settings', 'privacy', 'help'] as const
type Name = 'ask' | 'deadlines' | 'remind' | (typeof bareNames)[number]

const describe = (key: Name | 'question' | 'jurisdiction') => ({
  name: textOf(key),
  name_localizations: toLocalizations(key),
  description: textOf(`${key}?`),
  description_localizations: toLocalizations(`${key}?`),
})
const toOption = (key: 'question' | 'jurisdiction') => ({
  type: ApplicationCommandOptionType.String as const,
  ...describe(key),
  required: key === 'question',
  autocomplete: true as const,
})
const toCommand = (name: Name, ...options: ReturnType<typeof toOption>[]) => ({
  type: ApplicationCommandType.ChatInput as const,
  ...describe(name),
  options,
  ...everywhere,
})

export const commands: RESTPutAPIApplicationCommandsJSONBody = [
  toCommand('ask', toOption('question')),
  toCommand('deadlines', toOption('jurisdiction')),
  toCommand('remind', toOption('jurisdiction')),
  ...bareNames.map((name) => toCommand(name)),
  {
    type: ApplicationCommandType.Message,
    name: textOf('message menu'),
    name_localizations: toLocalizations('message menu'),
    ...everywhere,
  },
]

const isOurs = (key: string) => key in toCommand('ask') || key in toOption('question')

/** A command for comparing: Discord adds fields, leaves out what is false or empty, and orders commands as it likes. */
function reduceCommand(command: object): unknown {
  const { options = [] } = command as { readonly options?: readonly object[] }
  const entries = Object.entries(command).filter(([key, value]) => isOurs(key) && Boolean(value))
  return Object.fromEntries([...entries, ['options', options.map(reduceCommand)]])
}
const reduceAll = (all: readonly object[]) => new Set(all.map(reduceCommand))

/** How to ask for those that Discord knows. */
export const inAllLanguages = { query: new URLSearchParams({ with_localizations: 'true' }) }

/** @param registered what Discord says that it knows; anything */
export const areRegistered = (registered: unknown): boolean =>
  Array.isArray(registered) && isDeepStrictEqual(reduceAll(registered), reduceAll(commands))
