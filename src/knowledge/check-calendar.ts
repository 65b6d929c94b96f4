// Checks what a jurisdiction's files say of its plans and dates, each by itself and the reviewed one with the community's.

import { planAnchors } from '../calendar/calendar.ts'
import { firstDayOf, lastDayOf } from '../calendar/civil-date.ts'
import type { CommunityFile, JurisdictionFile, PlanFile, RulesFile } from './calendar-schema.ts'
import { checkRules, type KnownIds } from './check-rules.ts'
import { toFileId, type CalendarFiles } from './load-calendar.ts'
import { mergeHead, mergePlans, planKey, type Head } from './merge-community.ts'
import type { Mistake } from './mistake.ts'
import type { ReadFile } from './read-file.ts'

type Report = (mistake: Mistake) => void
type JurisdictionRead = ReadFile<JurisdictionFile | CommunityFile>
type PlanRead = { readonly plan: PlanFile; readonly read: JurisdictionRead; readonly index: number }

/** The next plan is drawn up and handed in while the old one runs; by more than this, one of the dates is wrong. */
const overlapMonthsMax = 6

export function checkCalendar(files: CalendarFiles, known: KnownIds, report: Report): void {
  const { rules, reviewed, reviewedIds, community } = files
  if (rules !== null) checkRules(rules, known, report)
  for (const read of [...reviewed, ...community]) {
    checkId(read, report)
    for (const plan of plansOf(read)) checkPlan(plan, report)
    checkTwice(read, ['plans'], read.content.plans.map(planKey), report)
    checkTwice(
      read,
      ['milestones'],
      read.content.milestones.map(({ id }) => id),
      report,
    )
    if (rules !== null) checkRecorded(read, rules.content, report)
  }
  const communityById = new Map(community.map((read) => [read.content.id, read]))
  for (const read of reviewed) {
    const own = communityById.get(read.content.id)
    checkOverlaps(mergePlans(plansOf(read), own === undefined ? [] : plansOf(own)), report)
    checkHead(own ?? read, mergeHead(read.content, own?.content), report)
  }
  for (const read of community.filter(({ content }) => !reviewedIds.has(content.id))) {
    checkOverlaps(mergePlans([], plansOf(read)), report)
    checkHead(read, mergeHead(undefined, read.content), report)
  }
}

const plansOf = (read: JurisdictionRead): PlanRead[] =>
  read.content.plans.map((plan, index) => ({ plan, read, index }))

function checkId(read: JurisdictionRead, report: Report): void {
  const name = toFileId(read.file)
  if (read.content.id === name) return
  const message = `id: "${read.content.id}": expected the file's name, "${name}"`
  report({ file: read.file, line: read.lineOf(['id']), message })
}

/** What every jurisdiction needs; a community's file may leave to the reviewed one what it does not change. */
function checkHead(
  read: JurisdictionRead,
  { level, zone, country, name }: Head,
  report: Report,
): void {
  const complain = (key: string, message: string) => {
    report({ file: read.file, line: read.lineOf([key]), message: `${key}: ${message}` })
  }
  const noFile = 'because no file of this name stands in plans/'
  if (level === undefined) complain('level', `expected national, local or global, ${noFile}`)
  if (zone === undefined) complain('zone', `expected a time zone, ${noFile}`)
  if (level === 'global' && country !== undefined) complain('country', 'expected none for global')
  if ((level === 'national' || level === 'local') && country === undefined) {
    complain('country', `expected the ISO code of the country for ${level}`)
  }
  if ((level === 'local' || level === 'global') && name === undefined) {
    complain('name', `expected a name for ${level}`)
  }
}

function checkRecorded(read: JurisdictionRead, { anchors }: RulesFile, report: Report): void {
  const ofPlans: readonly string[] = planAnchors
  const known = Object.keys(anchors).filter((anchor) => !ofPlans.includes(anchor))
  for (const [index, { what }] of read.content.recorded.entries()) {
    if (known.includes(what)) continue
    const path = ['recorded', index, 'what']
    const message = `${path.join('.')}: "${what}": expected one of ${known.join(', ')}`
    report({ file: read.file, line: read.lineOf(path), message })
  }
}

function checkTwice(
  read: JurisdictionRead,
  path: readonly string[],
  keys: readonly string[],
  report: Report,
): void {
  for (const [index, key] of keys.entries()) {
    if (keys.indexOf(key) === index) continue
    const message = `${path.join('.')}.${index}: "${key}": stands here twice, expected it once`
    report({ file: read.file, line: read.lineOf([...path, index]), message })
  }
}

function checkPlan({ plan, read, index }: PlanRead, report: Report): void {
  const { years, length, end } = plan
  const complain = (key: string, message: string) => {
    const path = ['plans', index, key]
    report({ file: read.file, line: read.lineOf(path), message: `${path.join('.')}: ${message}` })
  }
  for (const anchor of ['submitted', 'start'] as const) {
    const begun = plan[anchor]
    if (begun === undefined) continue
    const day = firstDayOf(begun.when)
    if (years !== undefined && (day.year < years.first - 1 || day.year > years.last)) {
      const expected = `${years.first - 1} to ${years.last}, as the plan's years are ${years.first}-${years.last}`
      complain(anchor, `"${day.toString()}": expected ${expected}`)
    }
    if (end !== undefined && Temporal.PlainDate.compare(lastDayOf(end.when), day) <= 0) {
      const expected = `a day after ${anchor}, ${day.toString()}`
      complain('end', `"${lastDayOf(end.when).toString()}": expected ${expected}`)
    }
  }
  if (years === undefined) return
  if (end !== undefined && lastDayOf(end.when).year !== years.last) {
    const expected = `${years.last}, as the plan's years are ${years.first}-${years.last}`
    complain('end', `"${lastDayOf(end.when).toString()}": expected ${expected}`)
  }
  const span = years.last - years.first
  if (length !== undefined && span !== length && span !== length - 1) {
    complain('years', `"${years.first}-${years.last}": expected a length of ${length} years`)
  }
}

/** Oldest first. With days on both sides they decide, else years do: a plan may begin in the year in which another ends. */
function checkOverlaps(plans: readonly PlanRead[], report: Report): void {
  for (const [index, { plan, read, index: place }] of plans.entries()) {
    const before = plans[index - 1]
    if (before === undefined || !overlaps(before.plan, plan)) continue
    const path = ['plans', place]
    const message =
      `${path.join('.')}: "${planKey(plan)}": begins long before plan "${planKey(before.plan)}" ends, ` +
      `expected at most ${overlapMonthsMax} months before`
    report({ file: read.file, line: read.lineOf(path), message })
  }
}

function overlaps(older: PlanFile, newer: PlanFile): boolean {
  const end = older.end?.when
  const begin = (newer.start ?? newer.submitted)?.when
  if (end?.kind === 'day' && begin?.kind === 'day') {
    const latest = begin.date.add({ months: overlapMonthsMax })
    return Temporal.PlainDate.compare(latest, end.date) < 0
  }
  const yearEnds = end === undefined ? older.years?.last : lastDayOf(end).year
  const yearBegins =
    newer.years?.first ?? (begin === undefined ? undefined : firstDayOf(begin).year)
  return yearEnds !== undefined && yearBegins !== undefined && yearBegins < yearEnds
}
