// Examines Discord's set-up for the operator: the token, the servers, the commands, the connection.

import { Routes, type APIGatewayBotInfo } from 'discord.js'
import type { DoctorFinding } from '../../src/chat/doctor.ts'
import { neededPermissions } from './command-texts.ts'
import { areRegistered } from './commands.ts'
import type { DiscordConfig } from './config.ts'
import { createRest, tokenAdvice } from './connection.ts'
import { describeError, toReceipt } from './receipt.ts'

const checkMsMax = 10_000

/** What it finds, in the order in which things have to be mended. Rejects for nothing. */
export async function checkDiscord(config: DiscordConfig): Promise<readonly DoctorFinding[]> {
  const rest = createRest(config, checkMsMax)
  const findings: DoctorFinding[] = []
  const examine = async (what: string, mend: string, look: () => Promise<string | null>) => {
    const found = await look().catch((error: unknown) => {
      const receipt = toReceipt(error)
      const isToken = receipt.kind === 'refused' && receipt.reason === 'unauthorized'
      return isToken ? tokenAdvice : `Discord said ${describeError(error)}`
    })
    findings.push({
      ok: found === null,
      what: found === null ? what : `${what}: ${found}`,
      mend: found === null ? '' : mend,
    })
    return found === null
  }
  const portal = 'Copy the token of the page "Bot" in the Developer Portal into DISCORD_TOKEN'
  let application = ''
  const isKnown = await examine('The token is accepted', portal, async () => {
    application = ((await rest.get(Routes.currentApplication())) as { id: string }).id
    return null
  })
  if (!isKnown) return findings
  const permissions = [...neededPermissions.values()].reduce((all, bit) => all | bit, 1n << 38n)
  const invitation = `https://discord.com/oauth2/authorize?client_id=${application}&scope=bot+applications.commands&permissions=${permissions}`
  await examine('The assistant is in a server', `Open ${invitation}`, async () => {
    const guilds = (await rest.get(Routes.userGuilds())) as readonly unknown[]
    return guilds.length === 0 ? 'it is in none' : null
  })
  await examine('The commands are registered', 'Start the assistant once: npm start', async () => {
    const query = new URLSearchParams({ with_localizations: 'true' })
    const registered = await rest.get(Routes.applicationCommands(application), { query })
    return areRegistered(registered) ? null : 'they are not those of this version'
  })
  await examine('The gateway can be reached', 'Let this machine reach the gateway', async () => {
    const { url } = (await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo
    return greet(`${url}/?v=10&encoding=json`)
  })
  return findings
}

/** Waits for HELLO, which costs none of the day's connections. */
async function greet(url: string): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const socket = new WebSocket(url)
  const timer = setTimeout(resolve, checkMsMax, 'nobody greets')
  socket.onmessage = () => {
    resolve(null)
  }
  socket.onerror = () => {
    resolve('it does not answer')
  }
  return promise.finally(() => {
    clearTimeout(timer)
    socket.close()
  })
}
