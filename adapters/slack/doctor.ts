// Checks the operator's set-up of Slack by asking Slack: tokens, scopes, the way in. It posts nothing.

import type { DoctorFinding } from '../../src/chat/doctor.ts'
import type { SlackConfig } from './config.ts'
import { createClient } from './connection.ts'
import { readScopes } from './installation.ts'
import { describeError } from './receipt.ts'

const tokenAdvice = 'Install the app ("Install App") and copy its token into'

/** What is right and what is not, with what to do about it. */
export async function checkSlack(config: SlackConfig): Promise<readonly DoctorFinding[]> {
  const { connection, access } = config
  const findings: DoctorFinding[] = []
  const check = async (what: string, mend: string, ask: () => Promise<string>) => {
    const found = await ask().then(
      (text) => ({ ok: true, what: `${what}: ${text}`, mend: '' }),
      (error: unknown) => ({ ok: false, what: `${what}: ${describeError(error)}`, mend }),
    )
    findings.push(found)
  }
  let granted: string[] | undefined
  if (access.kind === 'token') {
    await check('Bot token', `${tokenAdvice} SLACK_BOT_TOKEN.`, async () => {
      const tested = await createClient(access.botToken, config).auth.test()
      granted = tested.response_metadata?.scopes
      return `${tested.user ?? tested.user_id ?? ''} in ${tested.team ?? tested.team_id ?? ''}`
    })
  }
  if (granted !== undefined) {
    const missing = readScopes().filter((scope) => granted?.includes(scope) === false)
    const what = missing.length === 0 ? 'Scopes: complete' : `Scopes: ${missing.join(', ')} missing`
    const mend =
      'Add them under "OAuth & Permissions" (or paste the manifest) and reinstall the app.'
    findings.push({ ok: missing.length === 0, what, mend: missing.length === 0 ? '' : mend })
  }
  if (connection.kind === 'socket') {
    const mend = 'Turn Socket Mode on, and give SLACK_APP_TOKEN a token with connections:write.'
    await check('Socket Mode', mend, async () => {
      await createClient(connection.appToken, config).apps.connections.open({})
      return 'open'
    })
  } else {
    const what = `HTTP: Slack has to reach port ${connection.port} at /slack/events`
    findings.push({ ok: true, what, mend: '' })
  }
  return findings
}
