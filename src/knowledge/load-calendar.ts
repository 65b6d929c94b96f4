// Reads the calendar's files of a knowledge folder and builds the calendar from them. Checks across files are another's.

import { existsSync } from 'node:fs'
import {
  planAnchors,
  type Calendar,
  type CalendarSource,
  type Jurisdiction,
  type KnownDate,
  type Plan,
  type Provenance,
  type Rule,
  type Timing,
} from '../calendar/calendar.ts'
import {
  communitySchema,
  jurisdictionSchema,
  rulesSchema,
  type CommunityFile,
  type DueFile,
  type JurisdictionFile,
  type PlanFile,
  type RuleFile,
  type RulesFile,
} from './calendar-schema.ts'
import { mergeHead, mergePlans, planKey } from './merge-community.ts'
import type { Mistake } from './mistake.ts'
import { listFiles, readFile, type ReadFile } from './read-file.ts'
import { confidences, type CitationFile, type Source } from './schema.ts'

export type CalendarFiles = {
  readonly rules: ReadFile<RulesFile> | null
  readonly reviewed: readonly ReadFile<JurisdictionFile>[]
  /** Of the reviewed files that are there, also of those that could not be read. */
  readonly reviewedIds: ReadonlySet<string>
  readonly community: readonly ReadFile<CommunityFile>[]
}

export const emptyCalendar: Calendar = { anchors: [], rules: [], jurisdictions: [] }

/** Null when the folder has no calendar, which is no mistake. */
export function readCalendarFiles(
  folder: string,
  report: (mistake: Mistake) => void,
): CalendarFiles | null {
  if (!existsSync(`${folder}/calendar`)) return null
  const reviewedFiles = listFiles(folder, 'calendar/plans/*.yaml')
  return {
    rules: readFile(folder, 'calendar/rules.yaml', rulesSchema, report),
    reviewedIds: new Set(reviewedFiles.map(toFileId)),
    reviewed: reviewedFiles
      .map((file) => readFile(folder, file, jurisdictionSchema, report))
      .filter((read) => read !== null),
    community: listFiles(folder, 'calendar/community/*.yaml')
      .map((file) => readFile(folder, file, communitySchema, report))
      .filter((read) => read !== null),
  }
}

/** A jurisdiction's id is its file's name. */
export const toFileId = (file: string) => file.replace(/^.*\//, '').replace(/\.yaml$/, '')

/** All that was read, for the version of the knowledge base. */
export const listCalendarFiles = ({ rules, reviewed, community }: CalendarFiles) => [
  rules,
  ...reviewed,
  ...community,
]

/** Only for files in which nothing was found wrong. */
export function buildCalendar(
  { rules, reviewed, reviewedIds, community }: CalendarFiles,
  sources: ReadonlyMap<string, Source>,
): Calendar {
  const own = new Map(community.map(({ content }) => [content.id, content]))
  const added = [...own.values()].filter(({ id }) => !reviewedIds.has(id))
  const { anchors = {}, rules: ruleFiles = [] } = rules?.content ?? {}
  return {
    anchors: Object.entries(anchors).map(([id, name]) => ({ id, name })),
    rules: ruleFiles.map((rule) => toRule(rule, sources)),
    jurisdictions: [
      ...reviewed.map(({ content }) => toJurisdiction(content, own.get(content.id))),
      ...added.map((file) => toJurisdiction(undefined, file)),
    ].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }
}

function toRule(file: RuleFile, sources: ReadonlyMap<string, Source>): Rule {
  const { id, code, name, levels, force, entry, advice, names } = file
  const [first, ...others] = file.source.map((citation) => toSource(citation, sources))
  if (first === undefined) throw new Error('A rule has a source')
  return {
    id,
    code,
    name,
    timing: toTiming(file.due, file.repeat),
    levels,
    lengthsYears: file.lengths,
    force,
    isDayEstimated: file.day === 'estimated',
    isOn: file.on,
    confidence: weakestConfidence(file.source),
    sources: [first, ...others],
    entry,
    advice,
    names,
  }
}

function toSource(
  { id, section }: CitationFile,
  sources: ReadonlyMap<string, Source>,
): CalendarSource {
  const source = sources.get(id)
  if (source === undefined) throw new Error(`Source "${id}" was not checked`)
  const { title, edition, url } = source
  return { text: `${title} (${edition})${section === undefined ? '' : `, ${section}`}`, url }
}

/** `confidences` stand from strong to weak. */
function weakestConfidence(citations: readonly CitationFile[]): Rule['confidence'] {
  const ranks = citations.map(({ confidence }) => confidences.indexOf(confidence))
  return confidences[Math.max(...ranks)] ?? 'stated'
}

function toTiming(due: DueFile, repeat: RuleFile['repeat']): Timing {
  if (due.yearly !== undefined) return { kind: 'yearly', days: due.yearly }
  const anchor = due.on ?? due.after ?? due.before ?? ''
  const ends = due['plan-ends']
  if (ends !== undefined) {
    return {
      kind: 'plan-end',
      anchor,
      ends: ends.map(({ day, ...end }) => ({ throughMonth: end['through-month'], day })),
    }
  }
  const offset = toDuration(due)
  return {
    kind: 'offset',
    anchor,
    offset: due.before === undefined ? offset : offset.negated(),
    ...(repeat === undefined ? {} : { repeat: toDuration(repeat) }),
  }
}

const toDuration = ({ months, days }: { months?: number | undefined; days?: number | undefined }) =>
  Temporal.Duration.from({ months: months ?? 0, days: days ?? 0 })

/** One of the two is there. */
function toJurisdiction(
  reviewed: JurisdictionFile | undefined,
  community: CommunityFile | undefined,
): Jurisdiction {
  const id = (reviewed ?? community)?.id
  const { level, zone, country, name, status, notice } = mergeHead(reviewed, community)
  if (id === undefined || level === undefined || zone === undefined) {
    throw new Error(`Jurisdiction "${id ?? ''}" was not checked`)
  }
  const sides = [
    ...(reviewed === undefined ? [] : [{ file: reviewed, provenance: 'reviewed' as const }]),
    ...(community === undefined ? [] : [{ file: community, provenance: 'community' as const }]),
  ]
  const own = sides.flatMap(({ file, provenance }) =>
    file.milestones.map((milestone) => ({ ...milestone, provenance })),
  )
  return {
    id,
    level,
    zone,
    ...(country === undefined ? {} : { country }),
    ...(name === undefined ? {} : { name }),
    ...(notice === undefined ? {} : { notice }),
    aliases: sides.flatMap(({ file }) => file.aliases),
    status: status ?? 'active',
    plans: mergePlans(
      toItems(reviewed?.plans ?? [], 'reviewed'),
      toItems(community?.plans ?? [], 'community'),
    ).map(({ plan, provenance }) => toPlan(plan, provenance)),
    recorded: sides.flatMap(({ file, provenance }) =>
      file.recorded.map(({ what, on }) => ({ anchor: what, date: on, provenance })),
    ),
    // The community's milestone takes the place of a reviewed one of the same id.
    own: [...new Map(own.map((milestone) => [milestone.id, milestone])).values()],
    reviewed: sides
      .map(({ file }) => file.reviewed)
      .reduce((one, other) => (Temporal.PlainDate.compare(one, other) < 0 ? other : one)),
  }
}

const toItems = (plans: readonly PlanFile[], provenance: Provenance) =>
  plans.map((plan) => ({ plan, provenance }))

function toPlan(file: PlanFile, provenance: Provenance): Plan {
  const { number, years, length, note, source } = file
  const dates: Record<string, KnownDate> = {}
  for (const anchor of planAnchors) {
    const known = file[anchor]
    if (known !== undefined) dates[anchor] = known
  }
  return {
    key: planKey(file),
    ...(number === undefined ? {} : { number }),
    ...(years === undefined ? {} : { years }),
    ...(length === undefined ? {} : { lengthYears: length }),
    dates,
    ...(note === undefined ? {} : { note }),
    source,
    provenance,
  }
}
