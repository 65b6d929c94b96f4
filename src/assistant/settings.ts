// The use case "settings": what a conversation chooses for all that it is sent: language, zone, hour, weekends.

import type { Block } from '../chat/reply.ts'
import type { Settings } from '../store/store.ts'
import type { Exchange } from './exchange.ts'
import { say } from './blocks.ts'
import { composeSettingsForm, nameLanguage } from './compose-forms.ts'
import { readHourField, readZone } from './reminder-wish.ts'

/** `/settings`, `/settings language es`, `/settings zone Africa/Nairobi`, `/settings hour 8`, `/settings weekends yes`. */
export async function showSettings(exchange: Exchange, argument: string): Promise<Block[]> {
  const { settings } = exchange
  const [name = '', value = ''] = argument.trim().split(/\s+/u)
  if (name !== '') return saveSettings(exchange, { [name]: value }, [name])
  return [...describe(exchange, settings), composeSettingsForm(exchange, settings)]
}

/** The form "settings". What was left as it stood there changes no subscription. */
export async function takeSettings(
  exchange: Exchange,
  fields: Readonly<Record<string, string>>,
): Promise<Block[]> {
  const shown = composeSettingsForm(exchange, exchange.settings).fields
  const changed = shown.filter(({ id, value }) => fields[id] !== value).map(({ id }) => id)
  return saveSettings(exchange, fields, changed)
}

/**
 * What makes no sense is said, and nothing is saved.
 *
 * @param changed names of settings that the subscriptions of the conversation take over
 */
async function saveSettings(
  exchange: Exchange,
  fields: Readonly<Record<string, string>>,
  changed: readonly string[],
): Promise<Block[]> {
  const { message, phrasebook, store } = exchange
  if (!message.mayAdminister) return [say(phrasebook.sayOfReminders('not-allowed'))]
  let settings = exchange.settings
  let takenOver: Settings = {}
  for (const [name, value] of Object.entries(fields)) {
    const read = readSetting(exchange, name.toLowerCase(), value.trim())
    if (read === null) return [say(phrasebook.sayOfReminders('settings-unread', { name, value }))]
    settings = { ...settings, ...read }
    if (changed.includes(name)) takenOver = { ...takenOver, ...read }
  }
  await store.writeSettings(message.conversation, settings)
  await takeOver(exchange, takenOver)
  const spoken = exchange.brain.phrasebook(settings.language ?? phrasebook.language)
  return [
    say(spoken.sayOfReminders('settings-saved')),
    ...describe({ ...exchange, phrasebook: spoken }, settings),
  ]
}

function readSetting({ brain }: Exchange, name: string, value: string): Settings | null {
  switch (name) {
    case 'language': {
      const language = value.toLowerCase()
      return brain.base.messages.has(language) ? { language } : null
    }
    case 'hour': {
      const hour = readHourField(value)
      return hour === null ? null : { hour }
    }
    case 'zone': {
      // A form's field that is left empty chooses nothing.
      if (value === '') return {}
      const zone = readZone(value)
      return zone === null ? null : { zone }
    }
    case 'weekends':
      return value === 'yes' || value === 'no' ? { weekends: value === 'yes' } : null
    default:
      return null
  }
}

/** Whoever chooses an hour does not want the reminders that there are at another one. */
async function takeOver({ message, store, replan }: Exchange, settings: Settings): Promise<void> {
  if (Object.keys(settings).length === 0) return
  const held = await store.listSubscriptions(message.conversation)
  for (const subscription of held) {
    await store.writeSubscription({ ...subscription, ...settings })
  }
  replan(held.map(({ id }) => id))
}

function describe({ phrasebook }: Exchange, settings: Settings): Block[] {
  const { language, zone, hour, weekends } = settings
  const values = {
    language: language && nameLanguage(language),
    zone,
    hour: hour === undefined ? undefined : phrasebook.time(Temporal.PlainTime.from({ hour })),
    weekends: weekends === undefined ? undefined : sayYesOrNo(phrasebook, weekends),
  }
  const items = (['language', 'hour', 'zone', 'weekends'] as const).flatMap((name) => {
    const value = values[name]
    return value === undefined ? [] : [`${phrasebook.sayOfReminders(`field-${name}`)}: ${value}`]
  })
  return items.length === 0
    ? [say(phrasebook.sayOfReminders('settings-none'))]
    : [{ kind: 'list', items }]
}

const sayYesOrNo = (phrasebook: Exchange['phrasebook'], is: boolean) =>
  phrasebook.sayOfReminders(is ? 'yes' : 'no')
