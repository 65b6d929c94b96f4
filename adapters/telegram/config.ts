// The Telegram adapter's own variables: with whose token, against which server, and how updates arrive.
// It must not read process.env: the composition root hands the variables over. A mistake never repeats a secret.

import { VariableReader, type Variables, type VariablesResult } from '../../src/chat/variables.ts'

export type TelegramConfig = {
  readonly token: string
  /** Where the Bot API is, without a slash at its end. */
  readonly apiRoot: string
  /** Null: updates are asked for by long polling. */
  readonly webhook: WebhookConfig | null
}
export type WebhookConfig = { readonly url: string; readonly secret: string }

const defaultApiRoot = 'https://api.telegram.org'
/** Ports that Telegram reaches: https://core.telegram.org/bots/api#setwebhook */
const publicUrl = /^https:\/\/[^/:]+(?::(?:443|80|88|8443))?\/./
const anyUrl = /^https?:\/\/[^/]+\/./

/** Reads the TELEGRAM_ variables. Null without a token; an empty variable counts as absent. */
export function readTelegramConfig(variables: Variables): VariablesResult<TelegramConfig | null> {
  const reader = new VariableReader(variables)
  const token = reader.read('TELEGRAM_TOKEN')
  if (token === '') return reader.finish(null)
  const apiRoot = reader.readAddress('TELEGRAM_API_ROOT', defaultApiRoot).replace(/\/+$/, '')
  const url = reader.read('TELEGRAM_WEBHOOK_URL')
  const secret = reader.read('TELEGRAM_WEBHOOK_SECRET')
  // A server of one's own may give tokens of another form, and reach any address.
  const isReal = apiRoot === defaultApiRoot
  const isToken = (isReal ? /^\d+:[\w-]+$/ : /^[\w:.-]+$/).test(token)
  const isUrl = url === '' || ((isReal ? publicUrl : anyUrl).test(url) && URL.canParse(url))
  const isSecret = url === '' || /^[\w-]{16,256}$/.test(secret)
  reader.need(isToken, 'TELEGRAM_TOKEN: it has another form, the token that @BotFather gives')
  const address = 'https, port 443, 80, 88 or 8443, and a path'
  reader.need(isUrl, `TELEGRAM_WEBHOOK_URL: "${url}", ${address}`)
  const characters = '16 to 256 of A-Z a-z 0-9 _ -'
  reader.need(isSecret, `TELEGRAM_WEBHOOK_SECRET: it has another form, ${characters}`)
  return reader.finish({ token, apiRoot, webhook: url === '' ? null : { url, secret } })
}
