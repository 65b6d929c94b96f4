// The shapes of the knowledge files as people write them. Says what is allowed, not where it is loaded from.

import { z } from 'zod'
import { remindedForces } from '../calendar/reminder-words.ts'
import { askCueNames, periodCueNames, unitNames } from '../calendar/time-cues.ts'

/** Which side of an entry is asked for. */
export const facetNames = [
  'definition',
  'purpose',
  'examples',
  'who',
  'when',
  'how',
  'number',
  'consequence',
] as const
export type FacetName = (typeof facetNames)[number]

/** `stated`: the source says it now; `dated`: an older edition says it; `conflicting`: sources disagree. */
export const confidences = ['stated', 'dated', 'conflicting'] as const
export type Confidence = (typeof confidences)[number]

/** Small talk that the assistant answers itself. */
export const talkNames = ['greeting', 'thanks', 'goodbye', 'identity', 'help'] as const
export type TalkName = (typeof talkNames)[number]

/** Commands that people also ask for in plain words. */
export const spokenCommands = ['settings', 'topics', 'privacy'] as const
export type SpokenCommand = (typeof spokenCommands)[number]

/** A choice id has 64 bytes at most (chat/reply.ts): two for its kind, the entry id, ":" and the facet. */
const entryIdLengthMax = 50
export const lineLengthMax = 300
export const proseLengthMax = 4000
/** Longer than this, nobody asks the same thing twice in the same words. */
export const phrasingLengthMax = 1000

export const id = z
  .string()
  .max(entryIdLengthMax)
  .regex(/^[^\s:/\\.][^\s:/\\]*$/, 'expected no space, colon or slash')
export const line = z.string().trim().min(1).max(lineLengthMax)
const phrasing = z.string().trim().min(1).max(phrasingLengthMax)
export const prose = z.string().trim().min(1).max(proseLengthMax)
export const isoDate = z.iso.date('expected a date such as 2026-11-23')
export const webAddress = z.url({
  protocol: /^https?$/,
  error: 'expected an http or https address',
})
export const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a language tag')

/** An object that names the keys it knows when it meets one that it does not. */
export const strict = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, { error: explainUnknownKeys(Object.keys(shape)) })

const explainUnknownKeys = (known: readonly string[]) => (issue: z.core.$ZodRawIssue) =>
  issue.code === 'unrecognized_keys'
    ? `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}, expected one of ${known.join(', ')}`
    : undefined

/** One schema for every name: a total record whose values may be required or optional. */
export const total = <Name extends string, Value extends z.ZodType>(
  names: readonly Name[],
  value: Value,
) => strict(Object.fromEntries(names.map((name) => [name, value])) as Record<Name, Value>)

const citationSchema = strict({
  id,
  section: z.string().trim().min(1).optional(),
  confidence: z.enum(confidences).default('stated'),
})

/** One source, or several when a passage puts together what several say. */
export const citationsSchema = z.union([
  citationSchema.transform((one) => [one]),
  z.array(citationSchema).min(1).max(4),
])

const passageSchema = strict({
  text: prose,
  list: z.array(prose).min(1).max(30).default([]),
  /** Overrides the entry's own source. */
  source: citationsSchema.optional(),
  /** Ways people ask for this very facet. */
  phrasings: z.array(phrasing).max(50).default([]),
})

export const entrySchema = strict({
  id,
  title: z.string().trim().min(1).max(120),
  reviewed: isoDate,
  'review-by': isoDate.optional(),
  source: citationsSchema,
  /** People ask, no source says: the entry tells that, and where to look. */
  unanswered: z.boolean().default(false),
  /** The first facet written is the answer when no facet is asked for. */
  facets: z
    .partialRecord(z.enum(facetNames), passageSchema, { error: explainUnknownKeys(facetNames) })
    .refine((facets) => Object.keys(facets).length > 0, 'expected at least one facet'),
  phrasings: z.array(phrasing).min(1).max(500),
  keywords: z.array(line).max(50).default([]),
  related: z.array(id).max(12).default([]),
})
export type EntryFile = z.output<typeof entrySchema>
export type CitationFile = z.output<typeof citationSchema>

export const sourcesSchema = z.array(
  strict({
    id,
    title: line,
    publisher: line,
    edition: line,
    url: webAddress,
  }),
)
export type Source = z.output<typeof sourcesSchema>[number]

const wordPairs = z.record(line, line).default({})
export const glossarySchema = z.record(
  language,
  strict({ abbreviations: wordPairs, synonyms: wordPairs }),
)
export type GlossaryFile = z.output<typeof glossarySchema>

const cueList = z.array(line).default([])
const anchor = z.string().regex(/^[a-z][a-z-]*$/, 'expected the name of an anchor')
/** How people ask about time; calendar/time-cues.ts says what each is. */
const timeCuesSchema = strict({
  ...total(askCueNames, cueList).shape,
  numbers: cueList,
  units: total(unitNames, cueList).prefault({}),
  period: total(periodCueNames, cueList).prefault({}),
  /** What a wish for reminders says; calendar/reminder-words.ts says what each is. */
  reminder: strict({
    before: cueList,
    sameDay: cueList,
    at: cueList,
    counts: z.record(z.string().regex(/^\d{1,3}$/, 'expected a number'), cueList).default({}),
    forces: total(remindedForces, cueList).prefault({}),
  }).prefault({}),
  events: z.record(anchor, strict({ happened: cueList, coming: cueList })).default({}),
})

/** How people ask in one language, so that a question can be taken apart. */
export const cuesSchema = strict({
  /** Words and phrases by which a question asks for a facet; the longest that matches wins. */
  facets: total(facetNames, cueList),
  /** Whole messages, once politeness is taken off. */
  talk: total(talkNames, cueList),
  /** The same, of what a command does too. */
  commands: total(spokenCommands, cueList).prefault({}),
  /** With `{a}` and `{b}` for the two things compared. */
  comparisons: cueList,
  /** Words that open a question, so that a message can be split before them. */
  openers: cueList,
  /** Words that join two questions or two things. */
  joiners: cueList,
  /** Words that may stand before a question without being part of it. */
  politeness: cueList,
  /** In order: the first is what "the first one" means. */
  ordinals: cueList,
  /** Words that point back at what was said before. */
  pronouns: cueList,
  /** Ways to ask for more of the same. */
  more: cueList,
  /** Words without content of their own: politeness, framing. */
  fillers: cueList,
  time: timeCuesSchema.prefault({}),
})
export type Cues = z.output<typeof cuesSchema>
