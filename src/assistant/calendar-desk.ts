// What one version of the calendar makes possible, built once per load: finding members, reading questions about time,
// computing milestones. Joins the pure parts of src/calendar; says nothing itself.

import {
  pickText,
  type Calendar,
  type Jurisdiction,
  type Milestone,
  type Period,
  type Today,
} from '../calendar/calendar.ts'
import {
  createJurisdictionFinder,
  type JurisdictionFinder,
} from '../calendar/jurisdiction-finder.ts'
import { isCommonWord } from '../search/common-words.ts'
import type { ConversationMilestone } from '../store/store.ts'
import { computeMilestones } from '../calendar/milestones.ts'
import type { CueFile } from '../calendar/time-cues.ts'
import { createTimeReader, type TimeQuestion } from '../calendar/time-question.ts'

/** What is past stays of interest for a while: an overdue plan, a review that came. */
const yearsBack = 3
/** A four-year plan, the year after it, and some air. */
const yearsAhead = 7

export type NameAnchor = (anchor: string, language: string) => string

export type CalendarDesk = {
  readonly calendar: Calendar
  readonly finder: JurisdictionFinder
  readonly today: Today
  readonly read: (text: string) => TimeQuestion
  /** What rules count from, in words: "end of the plan". */
  readonly nameAnchor: NameAnchor
  /** The jurisdictions that a conversation follows: whose dates "our" dates are when nobody is named. */
  readonly followed: readonly Jurisdiction[]
  readonly jurisdiction: (id: string) => Jurisdiction | undefined
  /** Its name in a language; the id of one that is not known any more. */
  readonly nameOf: (id: string, language: string) => string
  /** Sorted by date, from some years back to some years ahead. */
  readonly milestonesOf: (jurisdiction: Jurisdiction) => readonly Milestone[]
}

type ReadText = {
  readonly text: string
  readonly day: Temporal.PlainDate
  readonly question: TimeQuestion
}

export function createCalendarDesk(
  calendar: Calendar,
  cueFiles: ReadonlyMap<string, CueFile>,
  today: Today,
): CalendarDesk {
  const languages = [...cueFiles.keys()]
  const isOrdinaryWord = (word: string) => languages.some((one) => isCommonWord(word, one))
  const finder = createJurisdictionFinder(calendar.jurisdictions, { isOrdinaryWord })
  const { rules } = calendar
  const read = createTimeReader({ finder, rules, cues: cueFiles })
  const anchorNames = new Map(calendar.anchors.map(({ id, name }) => [id, name]))
  const byId = new Map(calendar.jurisdictions.map((one) => [one.id, one]))
  /** A message is read for its language, for a wish and for an answer. */
  let last: ReadText | undefined
  const computed = new Map<Jurisdiction, { readonly year: number; readonly all: Milestone[] }>()
  return {
    calendar,
    finder,
    today,
    read(text) {
      const day = today('UTC')
      if (last?.text !== text || !last.day.equals(day)) {
        last = { text, day, question: read(text, day) }
      }
      return last.question
    },
    nameAnchor(anchor, language) {
      const name = anchorNames.get(anchor)
      return name === undefined ? anchor : pickText(name, language)
    },
    followed: [],
    jurisdiction: (id) => byId.get(id),
    nameOf(id, language) {
      const jurisdiction = byId.get(id)
      return jurisdiction === undefined ? id : finder.nameOf(jurisdiction, language)
    },
    milestonesOf(jurisdiction) {
      const { year } = today(jurisdiction.zone)
      const known = computed.get(jurisdiction)
      if (known?.year === year) return known.all
      const all = computeMilestones(rules, jurisdiction, horizonAround(year))
      computed.set(jurisdiction, { year, all })
      return all
    },
  }
}

/** What is only one conversation's: dates of its own, and whom it follows. */
export type ConversationDates = {
  readonly ownDates: readonly ConversationMilestone[]
  readonly followed: readonly string[]
}

/** The same desk as one conversation sees it. */
export function deskFor(
  desk: CalendarDesk,
  { ownDates, followed }: ConversationDates,
): CalendarDesk {
  if (ownDates.length === 0 && followed.length === 0) return desk
  const ownOf = Map.groupBy(ownDates, ({ jurisdiction }) => jurisdiction)
  return {
    ...desk,
    followed: followed.flatMap((id) => desk.jurisdiction(id) ?? []),
    milestonesOf(jurisdiction) {
      const own = ownOf.get(jurisdiction.id)?.map(({ milestone }) => milestone)
      if (own === undefined) return desk.milestonesOf(jurisdiction)
      const extended = { ...jurisdiction, own: [...jurisdiction.own, ...own] }
      const { year } = desk.today(jurisdiction.zone)
      return computeMilestones(desk.calendar.rules, extended, horizonAround(year))
    },
  }
}

const horizonAround = (year: number): Period => ({
  from: new Temporal.PlainDate(year - yearsBack, 1, 1),
  through: new Temporal.PlainDate(year + yearsAhead, 12, 31),
})
