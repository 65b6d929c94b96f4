// From subscriptions to words: the confirmation with the next reminders, and the list with what can be done. Decides nothing.

import { pickText, type Jurisdiction, type Milestone } from '../calendar/calendar.ts'
import { formatChoiceId, type SubscriptionAct } from '../chat/choice-id.ts'
import type { Block, Choice } from '../chat/reply.ts'
import type { PlannedDelivery } from '../reminders/delivery.ts'
import { planDeliveries } from '../reminders/planner.ts'
import type { Subscription } from '../reminders/subscription.ts'
import type { Exchange } from './exchange.ts'
import { choices, say } from './blocks.ts'
import { findMilestone } from './milestones-of.ts'
import type { Phrasebook } from './phrasebook.ts'

/** Shown when somebody subscribes. */
const nextShownMax = 3
/** Two plans ahead. */
const lookAhead = Temporal.Duration.from({ hours: 24 * 366 * 6 })

export type NextReminder = { readonly delivery: PlannedDelivery; readonly milestone: Milestone }

/** The reminders that this subscription will bring next. */
export async function nextReminders(
  { brain, store, now }: Exchange,
  subscription: Subscription,
): Promise<readonly NextReminder[]> {
  const jurisdiction = brain.desk.jurisdiction(subscription.jurisdiction)
  if (jurisdiction === undefined) return []
  const done = await store.listDone([subscription.conversation])
  const milestones = brain.desk.milestonesOf(jurisdiction)
  const planned = planDeliveries({
    subscription,
    milestones,
    done: done.get(subscription.conversation) ?? new Set(),
    knownSince: () => subscription.activeSince,
    now,
    horizon: lookAhead,
  })
  return planned
    .filter(({ dueAt }) => Temporal.Instant.compare(dueAt, now) > 0)
    .slice(0, nextShownMax)
    .flatMap((delivery) => {
      const milestone = findMilestone(milestones, delivery.milestone)
      return milestone === undefined ? [] : [{ delivery, milestone }]
    })
}

/** What was subscribed to, in a sentence, and the next reminders with their dates. */
export function composeConfirmation(
  exchange: Exchange,
  subscription: Subscription,
  next: readonly NextReminder[],
): Block[] {
  const { phrasebook } = exchange
  return [
    say(phrasebook.sayOfReminders('subscribed', describe(exchange, subscription))),
    ...composeNextReminders(exchange, subscription, next),
    choices('actions', '', actsOn(exchange, subscription)),
  ]
}

function composeNextReminders(
  { phrasebook }: Exchange,
  { zone }: Subscription,
  next: readonly NextReminder[],
): Block[] {
  if (next.length === 0) return [say(phrasebook.sayOfReminders('none-planned'))]
  const items = next.map(({ delivery, milestone }) => {
    const at = delivery.dueAt.toZonedDateTimeISO(zone)
    return phrasebook.sayOfReminders('next', {
      day: phrasebook.day(at.toPlainDate()),
      time: phrasebook.time(at.toPlainTime()),
      title: pickText(milestone.title, phrasebook.language),
      due: phrasebook.date(delivery.dueDate),
    })
  })
  return [say(phrasebook.sayOfReminders('next-heading')), { kind: 'list', items }]
}

/** Each subscription with what can be done about it. */
export function composeSubscriptions(
  exchange: Exchange,
  held: readonly Subscription[],
  next: ReadonlyMap<string, readonly NextReminder[]>,
): Block[] {
  const { phrasebook } = exchange
  if (held.length === 0) return [say(phrasebook.sayOfReminders('none'))]
  const all: Choice = {
    id: formatChoiceId({ kind: 'stop-all' }),
    label: phrasebook.sayOfReminders('stop-all'),
  }
  return [
    { kind: 'heading', text: phrasebook.sayOfReminders('heading') },
    ...held.flatMap((subscription): Block[] => [
      say(
        phrasebook.sayOfReminders(
          subscription.state === 'paused' ? 'held-paused' : 'held',
          describe(exchange, subscription),
        ),
      ),
      ...(subscription.state === 'paused'
        ? []
        : composeNextReminders(exchange, subscription, next.get(subscription.id) ?? [])),
      choices('actions', '', actsOn(exchange, subscription)),
    ]),
    ...(held.length < 2 ? [] : [choices('actions', '', [all])]),
  ]
}

const actsOn = (exchange: Exchange, subscription: Subscription): Choice[] => [
  toAct(exchange, 'change', subscription),
  toAct(exchange, subscription.state === 'paused' ? 'resume' : 'pause', subscription),
  toAct(exchange, 'stop', subscription),
]

/** What can be done with a subscription, as a button. */
export const toAct = (
  { brain, phrasebook }: Exchange,
  kind: SubscriptionAct,
  { id, jurisdiction }: Subscription,
): Choice => ({
  id: formatChoiceId({ kind, subscription: id }),
  label: phrasebook.sayOfReminders(`act-${kind}`, {
    jurisdiction: brain.desk.nameOf(jurisdiction, phrasebook.language),
  }),
})

/** Wishes for reminders of all that is dated, as buttons. */
export const toRemindChoices = (
  { brain, phrasebook }: Exchange,
  jurisdictions: readonly Jurisdiction[],
): Choice[] =>
  jurisdictions.map(({ id }) => ({
    id: formatChoiceId({ kind: 'remind', jurisdiction: id }),
    label: phrasebook.sayOfDates('action-remind', {
      jurisdiction: brain.desk.nameOf(id, phrasebook.language),
    }),
  }))

function describe(
  { brain, phrasebook }: Exchange,
  subscription: Subscription,
): Readonly<Record<string, string>> {
  const { desk } = brain
  const { forces, milestones, leadDays, hour, zone } = subscription
  const rules = desk.calendar.rules.filter(({ id }) => milestones.includes(id))
  const what = [
    ...rules.map(({ name }) => pickText(name, phrasebook.language)),
    ...forces.map((force) => phrasebook.force(force)),
  ]
  return {
    jurisdiction: desk.nameOf(subscription.jurisdiction, phrasebook.language),
    what: what.length === 0 ? phrasebook.sayOfReminders('everything') : phrasebook.list(what),
    leads: sayLeads(leadDays, phrasebook),
    time: phrasebook.time(Temporal.PlainTime.from({ hour })),
    zone,
  }
}

/** "60, 30 and 7 days before, and on the day". */
function sayLeads(leadDays: readonly number[], phrasebook: Phrasebook): string {
  const before = leadDays.filter((days) => days > 0)
  const values = {
    days: phrasebook.list(before.map(String)),
    // "1 day", but "7 and 1 days".
    count: before.length === 1 ? (before[0] ?? 0) : before.length,
  }
  if (before.length === 0) return phrasebook.sayOfReminders('on-the-day')
  const isOnTheDay = before.length < leadDays.length
  return phrasebook.sayOfReminders(isOnTheDay ? 'leads-and-day' : 'leads', values)
}
