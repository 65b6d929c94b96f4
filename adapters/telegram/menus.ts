// The menus of commands and the description, per language and scope. Written only where they differ: Telegram limits it.

import { commandNames } from '../../src/chat/message.ts'
import type { TelegramApi } from './api.ts'
import { languageCodes, textsOf } from './command-texts.ts'

/** In groups, what concerns one person is typed and answered unseen, where the person's app can do that. */
const whispered: readonly string[] = ['reminders', 'settings', 'privacy', 'help']

/** Rejects at the first refusal: a server that has no menus has none in any language. */
export async function registerMenus(api: TelegramApi): Promise<void> {
  for (const code of languageCodes) {
    const language = code === undefined ? {} : { language_code: code }
    const texts = textsOf(code)
    for (const type of ['all_private_chats', 'all_group_chats'] as const) {
      const commands = commandNames.map((command) => ({
        command,
        description: texts.commands[command],
        is_ephemeral: type === 'all_group_chats' && whispered.includes(command),
      }))
      const options = { scope: { type }, ...language }
      const held = await api.getMyCommands(options)
      const lines = [held, commands].map((menu) =>
        menu.map((line) => [line.command, line.description, line.is_ephemeral ?? false].join()),
      )
      if (lines[0]?.join('\n') !== lines[1]?.join('\n')) await api.setMyCommands(commands, options)
    }
    // What an operator wrote at @BotFather stays.
    const { description } = await api.getMyDescription(language)
    if (description === '') await api.setMyDescription(texts.description, language)
  }
}
