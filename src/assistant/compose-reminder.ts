// The reminder itself: one message for all that is due in a conversation, written at the moment of sending.

import { pickText, type Milestone } from '../calendar/calendar.ts'
import { formatChoiceId } from '../chat/choice-id.ts'
import { createReply, type Block, type Choice } from '../chat/reply.ts'
import type { Compose, ComposeRetired } from '../reminders/compose.ts'
import type { Delivery } from '../reminders/delivery.ts'
import { isChosen } from '../reminders/planner.ts'
import type { Subscription } from '../reminders/subscription.ts'
import type { Store } from '../store/store.ts'
import { choices, say, toEntryChoice } from './blocks.ts'
import type { Brain } from './brain.ts'
import { deskFor } from './calendar-desk.ts'
import { sayMilestone } from './compose-deadlines.ts'
import { findMilestone, tagOf } from './milestones-of.ts'
import type { Phrasebook } from './phrasebook.ts'
import { againAfterDays } from './reminder-actions.ts'

/** In one message; the rest is counted, and `/deadlines` shows it. */
const milestonesMax = 8
/** With buttons of their own: more would bury the message. */
const actedOnMax = 3

type ComposerParts = { readonly brain: () => Brain; readonly store: Store }

/** What still holds of a delivery. */
type Due = {
  readonly delivery: Delivery
  readonly subscription: Subscription
  readonly milestone: Milestone
}

export const createCompose =
  ({ brain: currentBrain, store }: ComposerParts): Compose =>
  async ({ conversation, deliveries }, now, note) => {
    const ownDates = await store.listOwnMilestones([conversation])
    const current = currentBrain()
    const dates = { ownDates: ownDates.get(conversation) ?? [], followed: [] }
    const brain = { ...current, desk: deskFor(current.desk, dates) }
    const done = (await store.listDone([conversation])).get(conversation) ?? new Set<string>()
    const found: (Due | null)[] = []
    for (const delivery of deliveries) {
      const subscription = await store.readSubscription(delivery.subscription)
      found.push(findDue(brain, delivery, subscription, done))
    }
    const due = found.filter((one) => one !== null)
    const [first] = due
    if (first === undefined) return null
    const phrasebook = brain.phrasebook(first.subscription.language)
    const blocks = [
      { kind: 'heading', text: phrasebook.sayOfReminders('reminder-heading') } as const,
      ...(note.isLate ? [say(phrasebook.sayOfReminders('late'))] : []),
      ...(note.mayRepeat ? [say(phrasebook.sayOfReminders('may-repeat'))] : []),
      ...composeDue(brain, onePerMilestone(due), now, phrasebook),
    ]
    const kept = new Set(due.map(({ delivery }) => delivery.id))
    return {
      reply: createReply('shared', phrasebook.language, blocks),
      stale: deliveries.flatMap(({ id }) => (kept.has(id) ? [] : [id])),
    }
  }

/** Null when the date is not the milestone's any more, it is done, or nobody wants it any more. */
function findDue(
  { desk }: Brain,
  delivery: Delivery,
  subscription: Subscription | null,
  done: ReadonlySet<string>,
): Due | null {
  if (subscription?.state !== 'active' || done.has(delivery.milestone)) return null
  const jurisdiction = desk.jurisdiction(subscription.jurisdiction)
  if (jurisdiction === undefined) return null
  const milestone = findMilestone(desk.milestonesOf(jurisdiction), delivery.milestone)
  const holds =
    milestone?.mayRemind === true &&
    milestone.when.kind === 'day' &&
    milestone.when.date.equals(delivery.dueDate) &&
    isChosen(subscription, milestone)
  return holds ? { delivery, subscription, milestone } : null
}

/** A milestone is said once, though several lead times of it are due; that it moved is said first. */
function onePerMilestone(due: readonly Due[]): Due[] {
  const byKey = Map.groupBy(due, ({ milestone }) => milestone.key)
  return [...byKey.values()].flatMap((same) => {
    const told = same.find(({ delivery }) => delivery.occasion.startsWith('moved:')) ?? same[0]
    return told === undefined ? [] : [told]
  })
}

function composeDue(
  brain: Brain,
  due: readonly Due[],
  now: Temporal.Instant,
  phrasebook: Phrasebook,
): Block[] {
  const shown = due.slice(0, milestonesMax)
  const more = due.length - shown.length
  return [
    ...shown.flatMap((one, index) => composeOne(brain, one, now, phrasebook, index < actedOnMax)),
    ...(more === 0 ? [] : [say(phrasebook.sayOfReminders('more', { count: more }))]),
    choices('actions', '', stopChoices(brain, due, phrasebook)),
  ]
}

function composeOne(
  brain: Brain,
  { delivery, subscription, milestone }: Due,
  now: Temporal.Instant,
  phrasebook: Phrasebook,
  isActedOn: boolean,
): Block[] {
  const { language } = phrasebook
  const { rule, jurisdiction } = milestone
  const today = now.toZonedDateTimeISO(jurisdiction.zone).toPlainDate()
  const sentence = sayMilestone(brain, milestone, today, phrasebook)
  const isMoved = delivery.occasion.startsWith('moved:')
  const entry = rule === undefined ? undefined : brain.entry(rule.entry, language)
  const tag = tagOf(milestone.key)
  const act = (kind: 'done' | 'again'): Choice => ({
    id: formatChoiceId({ kind, subscription: subscription.id, tag }),
    label: phrasebook.sayOfReminders(`act-${kind}`, { days: againAfterDays }),
  })
  const guidance =
    entry === undefined
      ? []
      : [{ ...toEntryChoice(entry), label: phrasebook.sayOfReminders('act-guidance') }]
  return [
    say(isMoved ? phrasebook.sayOfReminders('moved', { sentence }) : sentence),
    ...(rule === undefined
      ? []
      : [say(phrasebook.sayOfDates('advice', { advice: pickText(rule.advice, language) }))]),
    ...(isActedOn ? [choices('actions', '', [act('done'), act('again'), ...guidance])] : []),
  ]
}

function stopChoices({ desk }: Brain, due: readonly Due[], phrasebook: Phrasebook): Choice[] {
  const byId = new Map(due.map(({ subscription, milestone }) => [subscription.id, milestone]))
  return [...byId].map(([subscription, { jurisdiction }]) => ({
    id: formatChoiceId({ kind: 'stop', subscription }),
    label: phrasebook.sayOfReminders('act-stop', {
      jurisdiction: desk.finder.nameOf(jurisdiction, phrasebook.language),
    }),
  }))
}

/** To the owner: reminders that can no longer be delivered have ended. */
export const createComposeRetired =
  ({ brain: currentBrain }: Pick<ComposerParts, 'brain'>): ComposeRetired =>
  (subscriptions, reason) => {
    const brain = currentBrain()
    const phrasebook = brain.phrasebook(subscriptions[0].language)
    const names = subscriptions.map(({ jurisdiction }) =>
      brain.desk.nameOf(jurisdiction, phrasebook.language),
    )
    const values = {
      jurisdictions: phrasebook.list(names),
      reason: phrasebook.sayOfReminders(`retired-${reason}`),
    }
    const text = phrasebook.sayOfReminders('retired', values)
    return Promise.resolve(createReply('private', phrasebook.language, [say(text)]))
  }
