// From subscriptions to words: the confirmation with the next reminders, and the list with what can be done. Decides nothing.

import { pickText, type Milestone } from '../calendar/calendar.ts'
import { formatChoiceId } from '../chat/choice-id.ts'
import type { Block, Choice } from '../chat/reply.ts'
import type { PlannedDelivery } from '../reminders/delivery.ts'
import { planDeliveries } from '../reminders/planner.ts'
import type { Subscription } from '../reminders/subscription.ts'
import type { Exchange } from './exchange.ts'
import { choices, say } from './blocks.ts'
import { findMilestone } from './milestones-of.ts'

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

function actsOn({ brain, phrasebook }: Exchange, { id, state, jurisdiction }: Subscription) {
  const act = (kind: 'pause' | 'resume' | 'change' | 'stop'): Choice => ({
    id: formatChoiceId({ kind, subscription: id }),
    label: phrasebook.sayOfReminders(`act-${kind}`, {
      jurisdiction: nameOf(brain.desk, jurisdiction, phrasebook.language),
    }),
  })
  return [act('change'), act(state === 'paused' ? 'resume' : 'pause'), act('stop')]
}

const nameOf = (desk: Exchange['brain']['desk'], id: string, language: string) => {
  const jurisdiction = desk.jurisdiction(id)
  return jurisdiction === undefined ? id : desk.finder.nameOf(jurisdiction, language)
}

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
    jurisdiction: nameOf(desk, subscription.jurisdiction, phrasebook.language),
    what: what.length === 0 ? phrasebook.sayOfReminders('everything') : phrasebook.list(what),
    leads: phrasebook.list(
      leadDays.map((days) =>
        days === 0
          ? phrasebook.sayOfReminders('on-the-day')
          : phrasebook.span(Temporal.Duration.from({ days })),
      ),
    ),
    time: phrasebook.time(Temporal.PlainTime.from({ hour })),
    zone,
  }
}
