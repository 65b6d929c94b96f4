// The use case "settings": what a conversation chooses for all that it is sent: language, zone, hour, weekends.

import type { Block } from '../chat/reply.ts'
import type { Settings } from '../store/store.ts'
import type { Exchange } from './exchange.ts'
import { say } from './blocks.ts'
import { composeSettingsForm, nameLanguage } from './compose-forms.ts'
import { isHour, readZone } from './reminder-wish.ts'

/** `/settings`, `/settings language es`, `/settings zone Africa/Nairobi`, `/settings hour 8`, `/settings weekends yes`. */
export async function showSettings(exchange: Exchange, argument: string): Promise<Block[]> {
  const { message, store } = exchange
  const [name = '', value = ''] = argument.trim().split(/\s+/u)
  if (name !== '') return takeSettings(exchange, { [name]: value })
  const settings = await store.readSettings(message.conversation)
  return [...describe(exchange, settings), composeSettingsForm(exchange, settings)]
}

/** Values by name, from a form or a command. What makes no sense is said, and nothing is changed. */
export async function takeSettings(
  exchange: Exchange,
  fields: Readonly<Record<string, string>>,
): Promise<Block[]> {
  const { message, phrasebook, store } = exchange
  if (!message.mayAdminister) return [say(phrasebook.sayOfReminders('not-allowed'))]
  const chosen: Settings[] = []
  for (const [name, value] of Object.entries(fields)) {
    const read = readSetting(exchange, name, value.trim())
    if (read === null) return [say(phrasebook.sayOfReminders('settings-unread', { name, value }))]
    chosen.push(read)
  }
  const before = await store.readSettings(message.conversation)
  const settings: Settings = Object.assign({}, before, ...chosen) as Settings
  await store.writeSettings(message.conversation, settings)
  const spoken = exchange.brain.phrasebook(settings.language ?? phrasebook.language)
  return [
    say(spoken.sayOfReminders('settings-saved')),
    ...describe({ ...exchange, phrasebook: spoken }, settings),
  ]
}

function readSetting({ brain }: Exchange, name: string, value: string): Settings | null {
  switch (name) {
    case 'language':
      return brain.base.messages.has(value) ? { language: value } : null
    case 'hour':
      return value !== '' && isHour(Number(value)) ? { hour: Number(value) } : null
    case 'zone': {
      // A form's field that is left empty chooses nothing.
      const zone = readZone(value)
      return zone === null ? (value === '' ? {} : null) : { zone }
    }
    case 'weekends':
      return value === 'yes' || value === 'no' ? { weekends: value === 'yes' } : null
    default:
      return null
  }
}

function describe({ phrasebook }: Exchange, settings: Settings): Block[] {
  const { language, zone, hour, weekends } = settings
  const items = [
    ...(language === undefined
      ? []
      : [`${phrasebook.sayOfReminders('field-language')}: ${nameLanguage(language)}`]),
    ...(zone === undefined ? [] : [`${phrasebook.sayOfReminders('field-zone')}: ${zone}`]),
    ...(hour === undefined
      ? []
      : [
          `${phrasebook.sayOfReminders('field-hour')}: ${phrasebook.time(Temporal.PlainTime.from({ hour }))}`,
        ]),
    ...(weekends === undefined
      ? []
      : [
          `${phrasebook.sayOfReminders('field-weekends')}: ${phrasebook.sayOfReminders(weekends ? 'yes' : 'no')}`,
        ]),
  ]
  return items.length === 0
    ? [say(phrasebook.sayOfReminders('settings-none'))]
    : [{ kind: 'list', items }]
}
