// Several workspaces: what each granted when it installed the app, kept sealed. It must not know a connection.

import { hkdfSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { HTTPReceiverOptions, Installation, webApi } from '@slack/bolt'
import { parse } from 'yaml'
import { sealSecrets, type SecretStore } from '../../src/chat/secret-store.ts'
import type { SlackConfig } from './config.ts'

/** No client for a workspace, with the code by which Slack would say so. */
class InstallationError extends Error {
  readonly data: { readonly error: string }
  constructor(error: 'not_installed' | 'service_unavailable', options?: ErrorOptions) {
    super(error, options)
    this.data = { error }
  }
}

/** What the app asks to be allowed, as its manifest says. */
export function readScopes(): string[] {
  const text = readFileSync(new URL('manifest.yaml', import.meta.url), 'utf8')
  return (parse(text) as { oauth_config: { scopes: { bot: string[] } } }).oauth_config.scopes.bot
}

export const toSecretName = (team: string) => `slack/${team}`

/** Serves /slack/install and /slack/oauth_redirect; nothing where there is one workspace with its own token. */
export function toInstallerOptions(
  { access, apiUrl }: SlackConfig,
  store: SecretStore,
  clientOptions: webApi.WebClientOptions,
): Partial<HTTPReceiverOptions> {
  if (access.kind === 'token') return {}
  const key = Buffer.from(access.encryptionKey, 'hex')
  const secrets = sealSecrets(store, key)
  const authorizationUrl = new URL('/oauth/v2/authorize', apiUrl).href
  return {
    clientId: access.clientId,
    clientSecret: access.clientSecret,
    // Signs the state that comes back from Slack's page: another key from the same one.
    stateSecret: Buffer.from(hkdfSync('sha256', key, '', 'slack oauth state', 32)).toString('hex'),
    scopes: readScopes(),
    installerOptions: { clientOptions, authorizationUrl, directInstall: true },
    installationStore: {
      async storeInstallation(installed) {
        const value = Buffer.from(JSON.stringify(installed))
        await secrets.write(toSecretName(installed.team?.id ?? ''), value)
      },
      async fetchInstallation({ teamId = '' }) {
        const kept = await secrets.read(toSecretName(teamId)).catch((cause: unknown) => {
          throw new InstallationError('service_unavailable', { cause })
        })
        if (kept === null) throw new InstallationError('not_installed')
        return JSON.parse(Buffer.from(kept).toString()) as Installation<'v2'>
      },
    },
  }
}
