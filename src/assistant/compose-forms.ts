// The forms of a reply: what is filled in, with the values that hold now. Decides nothing about what becomes of them.

import { pickText } from '../calendar/calendar.ts'
import { remindedForces } from '../calendar/reminder-words.ts'
import type { FormBlock, FormField } from '../chat/reply.ts'
import { isDated } from '../reminders/planner.ts'
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
  exchange: Exchange,
  subscription: Subscription | null,
): FormBlock {
  const { brain, phrasebook, message, settings } = exchange
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
      selectWhat(exchange, subscription),
      selectMany(
        'lead',
        phrasebook.sayOfReminders('field-lead'),
        leadDays.join(','),
        offered.map((days) => ({ value: days.toString(), label: sayLead(days, phrasebook) })),
      ),
      ...timeFields(phrasebook, {
        hour: subscription?.hour ?? settings.hour ?? hourDefault,
        zone: subscription?.zone ?? settings.zone ?? message.zone ?? '',
        weekends: subscription?.weekends ?? settings.weekends ?? false,
      }),
    ],
  }
}

/** Which dates: by their force, or by their rules once somebody has named some. */
function selectWhat({ brain, phrasebook }: Exchange, subscription: Subscription | null): FormField {
  const label = phrasebook.sayOfReminders('field-forces')
  const { milestones = [], forces = [], jurisdiction: id = '' } = subscription ?? {}
  if (milestones.length === 0) {
    const offered = remindedForces.map((value) => ({ value, label: phrasebook.force(value) }))
    return selectMany('forces', label, forces.join(','), offered)
  }
  const { desk } = brain
  const jurisdiction = desk.jurisdiction(id)
  const reminded = jurisdiction === undefined ? [] : desk.milestonesOf(jurisdiction).filter(isDated)
  const known = new Set([...milestones, ...reminded.map(({ rule }) => rule?.id)])
  const offered = desk.calendar.rules
    .filter((rule) => known.has(rule.id))
    .map((rule) => ({ value: rule.id, label: pickText(rule.name, phrasebook.language) }))
  return selectMany('milestones', label, milestones.join(','), offered)
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
