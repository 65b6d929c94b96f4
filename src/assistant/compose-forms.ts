// The forms of a reply: what is filled in, with the values that hold now. Decides nothing about what becomes of them.

import { forces } from '../calendar/calendar.ts'
import type { FormBlock, FormField } from '../chat/reply.ts'
import { hourDefault, leadDaysDefault, type Subscription } from '../reminders/subscription.ts'
import type { Settings } from '../store/store.ts'
import type { Exchange } from './exchange.ts'
import type { Phrasebook } from './phrasebook.ts'

const leadDaysOffered = [90, 60, 30, 21, 14, 7, 3, 2, 1, 0]
/** Reminders at night help nobody; whoever wants one writes it. */
const hoursOffered = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]

type Options = readonly { readonly value: string; readonly label: string }[]

/** How to be reminded of one jurisdiction; null for one that is still to be named. */
export function composeReminderForm(
  { brain, phrasebook, message }: Exchange,
  subscription: Subscription | null,
): FormBlock {
  const { language } = phrasebook
  const jurisdiction =
    subscription === null ? undefined : brain.desk.jurisdiction(subscription.jurisdiction)
  const name = jurisdiction === undefined ? '' : brain.desk.finder.nameOf(jurisdiction, language)
  const leadDays = subscription?.leadDays ?? leadDaysDefault
  const offered = [...new Set([...leadDaysOffered, ...leadDays])].sort((a, b) => b - a)
  return {
    kind: 'form',
    name: 'remind',
    title: phrasebook.sayOfReminders('form-title'),
    submitLabel: phrasebook.sayOfReminders('form-submit'),
    fallback: phrasebook.sayOfReminders('form-fallback'),
    fields: [
      text('jurisdiction', phrasebook.sayOfReminders('field-jurisdiction'), name, 'Kenya', false),
      selectMany(
        'forces',
        phrasebook.sayOfReminders('field-forces'),
        (subscription?.forces ?? []).join(','),
        forces
          .filter((force) => force !== 'estimate')
          .map((value) => ({ value, label: phrasebook.force(value) })),
      ),
      selectMany(
        'lead',
        phrasebook.sayOfReminders('field-lead'),
        leadDays.join(','),
        offered.map((days) => ({ value: days.toString(), label: sayLead(days, phrasebook) })),
      ),
      ...timeFields(phrasebook, {
        hour: subscription?.hour ?? hourDefault,
        zone: subscription?.zone ?? message.zone ?? jurisdiction?.zone ?? '',
        weekends: subscription?.weekends ?? false,
      }),
    ],
  }
}

/** What a conversation chooses for everything that it is sent. */
export function composeSettingsForm(
  { brain, phrasebook, message }: Exchange,
  settings: Settings,
): FormBlock {
  const languages = [...brain.base.messages.keys()].map((value) => ({
    value,
    label: nameLanguage(value),
  }))
  return {
    kind: 'form',
    name: 'settings',
    title: phrasebook.sayOfReminders('settings-title'),
    submitLabel: phrasebook.sayOfReminders('settings-submit'),
    fallback: phrasebook.sayOfReminders('settings-fallback'),
    fields: [
      selectOne(
        'language',
        phrasebook.sayOfReminders('field-language'),
        settings.language ?? phrasebook.language,
        languages,
      ),
      ...timeFields(phrasebook, {
        hour: settings.hour ?? hourDefault,
        zone: settings.zone ?? message.zone ?? '',
        weekends: settings.weekends ?? false,
      }),
    ],
  }
}

export const sayLead = (days: number, phrasebook: Phrasebook): string =>
  days === 0
    ? phrasebook.sayOfReminders('on-the-day')
    : phrasebook.span(Temporal.Duration.from({ days }))

/** A language in its own words: "español". */
export const nameLanguage = (tag: string): string =>
  new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag

type TimeValues = { readonly hour: number; readonly zone: string; readonly weekends: boolean }

function timeFields(phrasebook: Phrasebook, { hour, zone, weekends }: TimeValues): FormField[] {
  const hours = [...new Set([...hoursOffered, hour])].sort((a, b) => a - b)
  return [
    selectOne(
      'hour',
      phrasebook.sayOfReminders('field-hour'),
      hour.toString(),
      hours.map((value) => ({
        value: value.toString(),
        label: phrasebook.time(Temporal.PlainTime.from({ hour: value })),
      })),
    ),
    text('zone', phrasebook.sayOfReminders('field-zone'), zone, 'Africa/Nairobi', true),
    selectOne('weekends', phrasebook.sayOfReminders('field-weekends'), weekends ? 'yes' : 'no', [
      { value: 'no', label: phrasebook.sayOfReminders('no') },
      { value: 'yes', label: phrasebook.sayOfReminders('yes') },
    ]),
  ]
}

const text = (
  id: string,
  label: string,
  value: string,
  placeholder: string,
  isOptional: boolean,
): FormField => ({ kind: 'text', id, label, value, placeholder, isOptional })

const selectOne = (id: string, label: string, value: string, options: Options): FormField => ({
  kind: 'select',
  id,
  label,
  value,
  options,
  isMultiple: false,
  isOptional: false,
})

const selectMany = (id: string, label: string, value: string, options: Options): FormField => ({
  kind: 'select',
  id,
  label,
  value,
  options,
  isMultiple: true,
  isOptional: true,
})
