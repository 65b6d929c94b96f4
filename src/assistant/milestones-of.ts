// Finding one milestone again: by its key, or by the short tag that stands for the key in a button's id.

import { createHash } from 'node:crypto'
import type { Milestone, OwnMilestone, Period } from '../calendar/calendar.ts'
import { placeIn } from '../calendar/civil-date.ts'
import { computeMilestones } from '../calendar/milestones.ts'
import type { MilestoneSource } from '../reminders/planning.ts'
import type { Brain } from './brain.ts'

const tagLength = 10

/** Ten letters and digits instead of a key of any length: two milestones of one member hardly share one. */
export const tagOf = (key: string): string =>
  createHash('sha256').update(key).digest('hex').slice(0, tagLength)

export const findMilestone = (milestones: readonly Milestone[], key: string) =>
  milestones.find((milestone) => milestone.key === key)

export const findTagged = (milestones: readonly Milestone[], tag: string) =>
  milestones.find(({ key }) => tagOf(key) === tag)

/** The milestones of the moment, for whoever plans reminders. */
export function toMilestoneSource({ base, desk }: Brain): MilestoneSource {
  return {
    version: base.version,
    jurisdictions: desk.calendar.jurisdictions.map(({ id }) => id),
    listMilestones(id, own, period) {
      const jurisdiction = desk.jurisdiction(id)
      if (jurisdiction === undefined) return []
      if (own.length === 0) return desk.milestonesOf(jurisdiction).filter(isIn(period))
      const extended = { ...jurisdiction, own: [...jurisdiction.own, ...own] }
      return computeMilestones(desk.calendar.rules, extended, period)
    },
  }
}

const isIn =
  (period: Period) =>
  ({ when }: Milestone) =>
    placeIn(period, when) === 'inside'

export type { OwnMilestone }
