// The commands as Discord is told of them, and whether it must be told again. Pure.
// The limits: https://docs.discord.com/developers/interactions/application-commands

import { isDeepStrictEqual } from 'node:util'
import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js'
import type { RESTPutAPIApplicationCommandsJSONBody } from 'discord.js'
import { textOf, toLocalizations } from './command-texts.ts'

/** In servers and in people's own accounts; there, in direct conversations, in groups. */
const everywhere = { integration_types: [0, 1], contexts: [0, 1, 2] }
const names = ['topics', 'deadlines', 'remind', 'reminders', 'settings', 'privacy', 'help']
const ofJurisdictions = ['deadlines', 'remind']

const toName = (key: string) => ({ name: textOf(key), name_localizations: toLocalizations(key) })
const describe = (key: string) => ({
  ...toName(key),
  description: textOf(`${key}?`),
  description_localizations: toLocalizations(`${key}?`),
})
const toCommand = (key: string, option?: string, required = false) => ({
  type: ApplicationCommandType.ChatInput as const,
  ...describe(key),
  options:
    option === undefined
      ? []
      : [
          {
            type: ApplicationCommandOptionType.String as const,
            ...describe(option),
            required,
            autocomplete: true as const,
          },
        ],
  ...everywhere,
})

export const commands: RESTPutAPIApplicationCommandsJSONBody = [
  toCommand('ask', 'question', true),
  ...names.map((name) =>
    toCommand(name, ofJurisdictions.includes(name) ? 'jurisdiction' : undefined),
  ),
  { type: ApplicationCommandType.Message, ...toName('message menu'), ...everywhere },
]

/** What Discord adds to a command by itself. */
const isOurs = (key: string) =>
  key in toCommand('ask') || key === 'required' || key === 'autocomplete'

/** A command for comparing: Discord leaves out what is false, empty or null, and orders them as it likes. */
function reduceCommand(command: object): unknown {
  const { options = [] } = command as { readonly options?: readonly object[] }
  const entries = Object.entries(command).filter(([key, value]) => isOurs(key) && Boolean(value))
  return Object.fromEntries([...entries, ['options', options.map(reduceCommand)]])
}
const reduceAll = (all: readonly object[]) => new Set(all.map(reduceCommand))

/** @param registered what Discord says that it knows; anything */
export const areRegistered = (registered: unknown): boolean =>
  Array.isArray(registered) && isDeepStrictEqual(reduceAll(registered), reduceAll(commands))
