// Examines Discord's set-up for the operator by asking Discord: the token, servers, commands, the gateway. It posts nothing.

import { once } from 'node:events'
import { Routes, type APIGatewayBotInfo } from 'discord.js'
import { examine, type DoctorFinding } from '../../src/chat/doctor.ts'
import { neededPermissions } from './command-texts.ts'
import { areRegistered, inAllLanguages } from './commands.ts'
import type { DiscordConfig } from './config.ts'
import { createRest } from './connection.ts'
import { describeError } from './receipt.ts'

const lookMsMax = 10_000
const sendInThreads = 1n << 38n

/** What is right and what is not, with what to do about it. */
export async function checkDiscord(config: DiscordConfig): Promise<readonly DoctorFinding[]> {
  const rest = createRest(config, lookMsMax)
  const findings: DoctorFinding[] = []
  const check = async (subject: string, mend: string, look: () => Promise<string>) =>
    findings.push(await examine(subject, mend, look, describe))
  let id = ''
  await check('Bot token', 'Reset it on the page "Bot" and copy it to DISCORD_TOKEN.', async () => {
    const own = (await rest.get(Routes.currentApplication())) as { id: string; name?: string }
    id = own.id
    return own.name ?? id
  })
  if (id === '') return findings
  const bits = [...neededPermissions.values()].reduce((all, bit) => all | bit, sendInThreads)
  const invitation = `client_id=${id}&scope=bot+applications.commands&permissions=${bits}`
  const mend = `Open https://discord.com/oauth2/authorize?${invitation}`
  await check('Servers', mend, async () => {
    const { length } = (await rest.get(Routes.userGuilds())) as readonly unknown[]
    return length > 0 ? String(length) : Promise.reject(new Finding('none'))
  })
  await check('Commands', 'Start the assistant once: npm start', async () => {
    const isRight = areRegistered(await rest.get(Routes.applicationCommands(id), inAllLanguages))
    return isRight ? 'registered' : Promise.reject(new Finding('not those of this version'))
  })
  await check('Gateway', 'Let this machine reach it.', async () => {
    const { url, session_start_limit } = (await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo
    await greet(`${url}/?v=10&encoding=json`)
    return `reached, ${session_start_limit.remaining} connections left today`
  })
  return findings
}

class Finding extends Error {}
const describe = (error: unknown) =>
  error instanceof Finding ? error.message : describeError(error)

/** Waits for HELLO, which costs none of the day's connections. */
async function greet(url: string): Promise<void> {
  const socket = new WebSocket(url)
  const signal = AbortSignal.timeout(lookMsMax)
  const hello = once(socket, 'message', { signal })
  const end = once(socket, 'close', { signal }).then(() => Promise.reject(new Finding('it ended')))
  await Promise.race([hello, end]).finally(() => {
    socket.close()
  })
}
