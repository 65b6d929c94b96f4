// Keeps what is planned in step with subscriptions and calendar: reads a page, plans it, replaces it. Running it again, or
// twice at the same time, changes nothing.

import type { Milestone, OwnMilestone, Period } from '../calendar/calendar.ts'
import type { Clock } from '../clock.ts'
import type { ConversationMilestone, KnownMilestone, Store } from '../store/store.ts'
import type { Sleep } from './bell.ts'
import {
  isDated,
  planDeliveries,
  planMoveDeliveries,
  planMoves,
  type DatedMilestone,
  type Move,
} from './planner.ts'
import type { Subscription } from './subscription.ts'

/** Subscriptions or keys a transaction. */
const pageMax = 1_000
/** A hundred million subscriptions. */
const pagesMax = 100_000
/** Dates that move from or to so far ahead are not told. */
const yearsAheadMax = 5
/** The window of what may be made up for, on either side of the date line. */
const daysBehind = 10

/** The milestones of the moment, as the knowledge base has them. */
export type MilestoneSource = {
  /** Another one whenever a date may have changed. */
  readonly version: string
  /** Ids. */
  readonly jurisdictions: readonly string[]
  /** Those of a jurisdiction, with what a conversation added to it; none for an id that is not known. */
  readonly listMilestones: (
    jurisdiction: string,
    own: readonly OwnMilestone[],
    period: Period,
  ) => readonly Milestone[]
}

export type PlanningOptions = {
  readonly store: Store
  readonly calendar: () => MilestoneSource
  readonly clock: Clock
  readonly sleep: Sleep
}

export type PlanningRound = {
  readonly added: number
  readonly removed: number
  readonly moved: number
}

/** What one round of planning looks at: the same calendar and the same moment for all. */
type View = {
  readonly source: MilestoneSource
  readonly now: Temporal.Instant
  readonly period: Period
  readonly known: Map<string, KnownMilestone>
  readonly milestones: Map<string, readonly Milestone[]>
  readonly moves: readonly Move[]
}

/** All active subscriptions, page by page while `mayGoOn`, and messages about dates that moved. Null when it was ended. */
export async function planAll(
  options: PlanningOptions,
  mayGoOn: () => Promise<boolean>,
): Promise<PlanningRound | null> {
  const { store, sleep } = options
  const { view, changes } = await openView(options)
  const total = { added: 0, removed: 0, moved: 0 }
  let after: string | null = null
  for (let page = 0; page < pagesMax; page++) {
    if (!(await mayGoOn())) return null
    const subscriptions = await store.listActiveSubscriptions(after, pageMax)
    const round = await planPage(subscriptions, view, store)
    total.added += round.added
    total.removed += round.removed
    total.moved += round.moved
    const last = subscriptions.at(-1)
    if (last === undefined || subscriptions.length < pageMax) break
    after = last.id
    // Messages are answered between two pages.
    await sleep(0, never)
  }
  // Only now: after a crash they are found to have moved again, and whoever has a message gets no second one.
  await writeInPages(store, changes, view.now)
  return total
}

/** These subscriptions; what is planned for those that are not active goes. */
export async function planSome(
  ids: readonly string[],
  options: PlanningOptions,
): Promise<PlanningRound> {
  const { store } = options
  const found = await Promise.all(ids.map((id) => store.readSubscription(id)))
  const subscriptions = found.filter((subscription) => subscription !== null)
  const jurisdictions = [...new Set(subscriptions.map(({ jurisdiction }) => jurisdiction))]
  const { view } = await openView(options, jurisdictions)
  return await planPage(subscriptions, { ...view, moves: [] }, store)
}

async function openView({ store, calendar, clock }: PlanningOptions, only?: readonly string[]) {
  const source = calendar()
  const now = clock.now()
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const period = {
    from: today.subtract({ days: daysBehind }),
    through: today.add({ years: yearsAheadMax }),
  }
  const milestones = new Map(
    (only ?? source.jurisdictions).map((id) => [id, source.listMilestones(id, [], period)]),
  )
  const current = [...milestones.values()].flat().filter(isDated)
  const known = await readInPages(
    store,
    current.map(({ key }) => key),
  )
  const { moves, changes } = planMoves(known, current, now)
  const isNew = ({ expectedVersion }: (typeof changes)[number]) => expectedVersion === 0
  // Written before anything is planned, or what falls due while a process is down would seem to be older than its date.
  await writeInPages(store, changes.filter(isNew), now)
  const view: View = { source, now, period, known, milestones, moves }
  return { view, changes: changes.filter((change) => !isNew(change)) }
}

async function planPage(
  subscriptions: readonly Subscription[],
  view: View,
  store: Store,
): Promise<PlanningRound> {
  if (subscriptions.length === 0) return { added: 0, removed: 0, moved: 0 }
  const { now, moves } = view
  const conversations = [...new Set(subscriptions.map(({ conversation }) => conversation))]
  const done = await store.listDone(conversations)
  const own = await store.listOwnMilestones(conversations)
  const doneOf = ({ conversation }: Subscription) => done.get(conversation) ?? nothing
  const planned = subscriptions.flatMap((subscription) => {
    const added = own.get(subscription.conversation) ?? []
    return planDeliveries({
      subscription,
      milestones: listMilestones(subscription, added, view),
      done: doneOf(subscription),
      knownSince: (milestone) => sinceWhen(milestone, added, view),
      now,
    })
  })
  const ids = subscriptions.map(({ id }) => id)
  const { added, removed } = await store.replaceDeliveries(ids, planned, now)
  const told = subscriptions
    .filter(({ state }) => state === 'active')
    .flatMap((subscription) => planMoveDeliveries(subscription, moves, doneOf(subscription), now))
  const moved = told.length === 0 ? 0 : await store.addDeliveries(told)
  return { added, removed, moved }
}

function listMilestones(
  { jurisdiction }: Subscription,
  added: readonly ConversationMilestone[],
  { source, period, milestones }: View,
): readonly Milestone[] {
  const own = added.filter((one) => one.jurisdiction === jurisdiction)
  if (own.length === 0) return milestones.get(jurisdiction) ?? []
  const ofConversation = own.map(({ milestone }) => milestone)
  return source.listMilestones(jurisdiction, ofConversation, period)
}

/** A date that is not the one last written is as new as this round. */
function sinceWhen(
  { key, when, provenance }: DatedMilestone,
  added: readonly ConversationMilestone[],
  { known, now }: View,
): Temporal.Instant {
  if (provenance === 'conversation') {
    const own = added.find((one) => key === `${one.jurisdiction}/own/${one.milestone.id}`)
    return own?.addedAt ?? now
  }
  const last = known.get(key)
  return last?.date.equals(when.date) === true ? last.since : now
}

async function readInPages(store: Store, keys: readonly string[]) {
  const known = new Map<string, KnownMilestone>()
  for (let start = 0; start < keys.length; start += pageMax) {
    const page = await store.readKnownMilestones(keys.slice(start, start + pageMax))
    for (const [key, milestone] of page) known.set(key, milestone)
  }
  return known
}

async function writeInPages(
  store: Store,
  changes: Parameters<Store['writeKnownMilestones']>[0],
  now: Temporal.Instant,
) {
  for (let start = 0; start < changes.length; start += pageMax) {
    await store.writeKnownMilestones(changes.slice(start, start + pageMax), now)
  }
}

const nothing: ReadonlySet<string> = new Set()
const never = new AbortController().signal
