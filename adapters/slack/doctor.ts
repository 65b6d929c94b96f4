// Checks the operator's set-up of Slack by asking Slack: tokens, scopes, the way in. It posts nothing.

import { examine, toFinding, type DoctorFinding } from '../../src/chat/doctor.ts'
import type { SlackConfig } from './config.ts'
import { createClient } from './connection.ts'
import { readScopes } from './installation.ts'
import { describeError } from './receipt.ts'

const mends = {
  token: 'Install the app ("Install App") and copy its bot token into SLACK_BOT_TOKEN.',
  scopes: 'Paste the manifest again ("App Manifest") and reinstall the app.',
  socket: 'Turn Socket Mode on, and give SLACK_APP_TOKEN a token with connections:write.',
}

/** What is right and what is not, with what to do about it. */
export async function checkSlack(config: SlackConfig): Promise<readonly DoctorFinding[]> {
  const { connection, access } = config
  const findings: DoctorFinding[] = []
  const check = async (subject: string, mend: string, look: () => Promise<string>) =>
    findings.push(await examine(subject, mend, look, describeError))
  if (access.kind === 'token') {
    let granted: readonly string[] | undefined
    await check('Bot token', mends.token, async () => {
      const bot = await createClient(access.botToken, config).auth.test()
      granted = bot.response_metadata?.scopes
      return `${bot.user ?? ''} in ${bot.team ?? ''}`
    })
    const missing = readScopes().filter((scope) => granted?.includes(scope) === false)
    const scopes = missing.length === 0 ? 'as in the manifest' : `without ${missing.join(', ')}`
    const finding = toFinding(missing.length === 0, `Scopes: ${scopes}`, mends.scopes)
    if (granted) findings.push(finding)
  }
  if (connection.kind === 'socket') {
    await check('Socket Mode', mends.socket, async () => {
      await createClient(connection.appToken, config).apps.connections.open({})
      return 'open'
    })
  }
  return findings
}
