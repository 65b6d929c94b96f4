// The Discord adapter's own variables: with whose token, where Discord is, who may set up a channel's reminders.
// It must not read process.env: the composition root hands the variables over. A mistake never repeats a secret.

import { VariableReader, type Variables, type VariablesResult } from '../../src/chat/variables.ts'

export type DiscordConfig = {
  readonly token: string
  /** Where the API is, without its version and without a slash at the end. */
  readonly apiUrl: string
  /** The permission that lets people change what a whole channel gets; none lets everybody. */
  readonly administering: bigint
}

/** https://docs.discord.com/developers/topics/permissions */
const administerings = new Map([
  ['manage-channels', 1n << 4n],
  ['manage-server', 1n << 5n],
  ['manage-messages', 1n << 13n],
  ['administrator', 1n << 3n],
  ['everyone', 0n],
])

/** Reads DISCORD_TOKEN, DISCORD_API_URL and DISCORD_MANAGED_BY. Null without a token; an empty variable counts as absent. */
export function readDiscordConfig(variables: Variables): VariablesResult<DiscordConfig | null> {
  const reader = new VariableReader(variables)
  const token = reader.read('DISCORD_TOKEN').replace(/^Bot\s+/i, '')
  if (token === '') return { kind: 'config', config: null }
  const managedBy = reader.read('DISCORD_MANAGED_BY', 'manage-channels')
  const administering = administerings.get(managedBy)
  const names = [...administerings.keys()].join(', ')
  reader.need(!/\s/.test(token), 'DISCORD_TOKEN: it has a space in it, a bot token')
  const apiUrl = reader.readAddress('DISCORD_API_URL', 'https://discord.com/api')
  reader.need(administering !== undefined, `DISCORD_MANAGED_BY: "${managedBy}", one of ${names}`)
  return reader.finish({
    token,
    // People paste the address with its version, which the client adds by itself.
    apiUrl: apiUrl.replace(/\/+$/, '').replace(/\/v\d+$/, ''),
    administering: administering ?? 0n,
  })
}
