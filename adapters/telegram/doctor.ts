// Checks how the bot is set up at Telegram, for the operator. It takes no updates: a running assistant is not disturbed.

import { toFinding, type DoctorFinding } from '../../src/chat/doctor.ts'
import { createApi, type TelegramApi } from './api.ts'
import type { TelegramConfig } from './config.ts'
import { describeError, isUnauthorized } from './receipt.ts'

const callSecondsMax = 10

export async function checkTelegram(config: TelegramConfig): Promise<readonly DoctorFinding[]> {
  const api = createApi(config, callSecondsMax)
  try {
    return [...(await checkBot(api)), await checkUpdates(api, config)]
  } catch (error) {
    const mend = isUnauthorized(error)
      ? 'Put the token that @BotFather gives into TELEGRAM_TOKEN'
      : 'Check the connection to the internet, proxies, and TELEGRAM_API_ROOT'
    return [toFinding(false, `Telegram does not answer the bot: ${describeError(error)}`, mend)]
  }
}

async function checkBot(api: TelegramApi): Promise<DoctorFinding[]> {
  const bot = await api.getMe()
  const { can_join_groups: joins, supports_inline_queries: isInline } = bot
  const privacy = bot.can_read_all_group_messages
    ? 'off: in groups it is shown every message, and ignores what is not for it'
    : 'on: in groups it is shown commands and replies to it, which is all that it needs'
  const inlineMend = `Send /setinline to @BotFather, so that people can type @${bot.username} in any chat`
  return [
    toFinding(true, `Telegram knows the token: the bot is @${bot.username}`),
    toFinding(true, `Its privacy mode is ${privacy}`),
    toFinding(
      joins,
      `It can${joins ? '' : 'not'} be added to groups`,
      'Send /setjoingroups to @BotFather',
    ),
    toFinding(isInline, `Its inline mode is ${isInline ? 'on' : 'off'}`, inlineMend),
  ]
}

async function checkUpdates(api: TelegramApi, { webhook }: TelegramConfig): Promise<DoctorFinding> {
  const info = await api.getWebhookInfo()
  const { url = '', last_error_message: error, pending_update_count: waiting } = info
  const way = url === '' ? 'by long polling' : `at ${url}`
  const what = `Updates arrive ${way}, and ${waiting} wait`
  if (url !== (webhook?.url ?? '')) {
    const mend = 'Start the assistant, which sets this, and give no other process the same token'
    return toFinding(false, `${what}: not as the variables say`, mend)
  }
  if (error === undefined) return toFinding(true, what)
  const mend = 'Let Telegram reach that address: its certificate, the proxy, WEB_ALLOWED_HOSTS'
  return toFinding(false, `${what}: the last attempt failed with "${error}"`, mend)
}
