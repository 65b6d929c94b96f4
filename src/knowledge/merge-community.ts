// How a community's file of a jurisdiction joins the reviewed one: what it says of the jurisdiction counts first, its
// plans take the place of those that they are about.

import { firstDayOf, lastDayOf } from '../calendar/civil-date.ts'
import type { CommunityFile, JurisdictionFile, PlanFile } from './calendar-schema.ts'

export type Head = Pick<CommunityFile, 'level' | 'country' | 'zone' | 'name' | 'status' | 'notice'>

export function mergeHead(
  reviewed: JurisdictionFile | undefined,
  community: CommunityFile | undefined,
): Head {
  return {
    level: community?.level ?? reviewed?.level,
    country: community?.country ?? reviewed?.country,
    zone: community?.zone ?? reviewed?.zone,
    name: community?.name ?? reviewed?.name,
    status: community?.status ?? reviewed?.status,
    notice: community?.notice ?? reviewed?.notice,
  }
}

/** The number, else the years; the schema has checked that there is one of them. */
export const planKey = ({ number, years }: PlanFile): string =>
  number?.toString() ?? (years === undefined ? '' : `${years.first}-${years.last}`)

/** Oldest first. */
export function mergePlans<Item extends { readonly plan: PlanFile }>(
  reviewed: readonly Item[],
  community: readonly Item[],
): Item[] {
  const kept = reviewed.filter(({ plan }) => !community.some((own) => isSamePlan(own.plan, plan)))
  return [...kept, ...community].toSorted((one, other) => compareAges(one.plan, other.plan))
}

/** By number, or by years where one of them has no number. */
function isSamePlan(one: PlanFile, other: PlanFile): boolean {
  if (one.number !== undefined && other.number !== undefined) return one.number === other.number
  if (one.years === undefined || other.years === undefined) return false
  return one.years.first === other.years.first && one.years.last === other.years.last
}

/** By when plans end, as far as that is known; those of which nothing is known come last. */
function compareAges(one: PlanFile, other: PlanFile): number {
  const order = Temporal.PlainDate.compare(lastKnownDay(one), lastKnownDay(other))
  return order === 0 ? (one.number ?? 0) - (other.number ?? 0) : order
}

const farFuture = Temporal.PlainDate.from('9999-12-31')

function lastKnownDay({ end, years, start, submitted }: PlanFile): Temporal.PlainDate {
  if (end !== undefined) return lastDayOf(end.when)
  if (years !== undefined) return lastDayOf({ kind: 'year', year: years.last })
  const begun = start ?? submitted
  return begun === undefined ? farFuture : firstDayOf(begun.when)
}
