// The Telegram adapter's own variables: with whose token, against which server, and how updates arrive.
// It must not read process.env: the composition root hands the variables over. A mistake never repeats a secret.

import type { Variables, VariablesResult } from '../../src/chat/variables.ts'

export type TelegramConfig = {
  readonly token: string
  /** Where the Bot API is, without a slash at its end. */
  readonly apiRoot: string
  /** Null: updates are asked for by long polling. */
  readonly webhook: WebhookConfig | null
}
export type WebhookConfig = { readonly url: string; readonly secret: string }

const defaultApiRoot = 'https://api.telegram.org'
/** https://core.telegram.org/bots/api#setwebhook */
const webhookPorts: readonly string[] = ['', '80', '88', '443', '8443']
const isWeb = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

/** Reads the TELEGRAM_ variables. Null without a token; an empty variable counts as absent. */
export function readTelegramConfig(variables: Variables): VariablesResult<TelegramConfig | null> {
  const read = (name: string) => variables[name]?.trim() ?? ''
  const token = read('TELEGRAM_TOKEN')
  if (token === '') return { kind: 'config', config: null }
  const apiRoot = (read('TELEGRAM_API_ROOT') || defaultApiRoot).replace(/\/+$/, '')
  const url = read('TELEGRAM_WEBHOOK_URL')
  const secret = read('TELEGRAM_WEBHOOK_SECRET')
  const mistakes: string[] = []
  const need = (isRight: boolean, mistake: string) => {
    if (!isRight) mistakes.push(`Cannot read ${mistake} is needed`)
  }
  // Another server may give tokens of another form; what would break an address is wrong everywhere.
  const tokenForm = apiRoot === defaultApiRoot ? /^\d+:[\w-]+$/ : /^[\w:.-]+$/
  need(
    tokenForm.test(token),
    'TELEGRAM_TOKEN: it has another form, the token that @BotFather gives',
  )
  need(isWeb(apiRoot), `TELEGRAM_API_ROOT: "${apiRoot}", an address`)
  if (url !== '') {
    need(
      isWebhookUrl(url, apiRoot),
      `TELEGRAM_WEBHOOK_URL: "${url}", an https address with a path, on port 443, 80, 88 or 8443,`,
    )
    need(
      /^[\w-]{16,256}$/.test(secret),
      'TELEGRAM_WEBHOOK_SECRET: it is absent or of another form, 16 to 256 of A-Z, a-z, 0-9, _ and -',
    )
  }
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes }
  return {
    kind: 'config',
    config: { token, apiRoot, webhook: url === '' ? null : { url, secret } },
  }
}

/** A Bot API server of one's own takes any address. */
function isWebhookUrl(text: string, apiRoot: string) {
  if (!isWeb(text)) return false
  const url = new URL(text)
  const isTaken = url.protocol === 'https:' && webhookPorts.includes(url.port)
  return url.pathname !== '/' && (isTaken || apiRoot !== defaultApiRoot)
}
