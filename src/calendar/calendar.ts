// The calendar in memory: rules, jurisdictions and their plans, immutable and already checked.
// Knows no files, no chat and no "today".

/** `hard`: breaking it has a formal consequence; `duty`: the IRM checks it; `information`: what others will do. */
export const forces = ['hard', 'duty', 'information', 'estimate'] as const
export type Force = (typeof forces)[number]

/**
 * How a date came to be known. `stated`: a source gives the day or month; `tag`: OGP's title of the plan says June or
 * December; `years`: only the year; `estimate`: our inference; `confirmed`: a person who should know has said so.
 */
export const dateBases = ['stated', 'tag', 'confirmed', 'estimate', 'years'] as const
export type DateBasis = (typeof dateBases)[number]

/** Anchors that are dates of a plan; every other anchor is recorded for a jurisdiction. */
export const planAnchors = ['submitted', 'start', 'end'] as const

/** A civil date, or the year alone when nobody knows the day. */
export type When =
  | { readonly kind: 'day'; readonly date: Temporal.PlainDate }
  | { readonly kind: 'year'; readonly year: number }

export type KnownDate = { readonly when: When; readonly basis: DateBasis }

/** A text by BCP 47 language; English is always there. */
export type LocalText = Readonly<Record<string, string>> & { readonly en: string }

export type CalendarSource = {
  /** Document, edition and section in one line. */
  readonly text: string
  readonly url: string
}

/** Whose word a plan or a milestone is: reviewed data, the community's own files, or one conversation's. */
export type Provenance = 'reviewed' | 'community' | 'conversation'

export const levels = ['national', 'local', 'global'] as const
export type Level = (typeof levels)[number]

/** When a rule falls due. Anchors are dates of a plan (`end`, `submitted`, `start`) or recorded dates by their name. */
export type Timing =
  | {
      readonly kind: 'offset'
      readonly anchor: string
      /** Whole months and days, before or after; months are added first and clamped to the month's end. */
      readonly offset: Temporal.Duration
      /** Falls due again after every such time, counted from the first. */
      readonly repeat?: Temporal.Duration
    }
  /** On fixed days of each year; for members while their plan runs, for `global` always. */
  | { readonly kind: 'yearly'; readonly days: readonly Temporal.PlainMonthDay[] }
  /** The day on which a plan of a known length ends, guessed from the month of its submission. */
  | {
      readonly kind: 'plan-end'
      readonly anchor: string
      /** In order; the first whose month is not before the anchor's gives the day. */
      readonly ends: readonly {
        readonly throughMonth: number
        readonly day: Temporal.PlainMonthDay
      }[]
    }

/** A duty or forecast that software can compute. A rule is data: adding one needs no code. */
export type Rule = {
  readonly id: string
  /** Its number in the rule sheet, such as "D1". */
  readonly code: string
  readonly name: LocalText
  readonly timing: Timing
  readonly levels: readonly Level[]
  /** Plan lengths in years that it applies to; empty for any. */
  readonly lengthsYears: readonly number[]
  readonly force: Force
  /** The duty is certain but its day is our reading: milestones are estimates whatever their anchor is. */
  readonly isDayEstimated: boolean
  /** Rules that rest on weak sources are off: they are known, and never computed. */
  readonly isOn: boolean
  readonly confidence: 'stated' | 'dated' | 'conflicting'
  readonly sources: readonly [CalendarSource, ...CalendarSource[]]
  /** The knowledge entry that explains it. */
  readonly entry: string
  /** What to do about it, in a sentence. */
  readonly advice: LocalText
  /** How people name it, by language: "next plan", "refresh". */
  readonly names: Readonly<Record<string, readonly string[]>>
}

export type Plan = {
  /** Unique within its jurisdiction and stable: the plan's number, else its years ("2023-2025"). */
  readonly key: string
  /** As people write it: "Fifth action plan" is the adapter's; this is "5", or undefined when no source says. */
  readonly number?: number
  readonly years?: { readonly first: number; readonly last: number }
  /** Two or four for national plans; undefined where nobody says. */
  readonly lengthYears?: number
  /** Dates by anchor name: `submitted`, `start`, `end`. */
  readonly dates: Readonly<Record<string, KnownDate>>
  readonly note?: string
  readonly source: CalendarSource
  readonly provenance: Provenance
}

/** A date that happened and that a rule counts from: a forum meeting, a website update. */
export type RecordedDate = {
  readonly anchor: string
  readonly date: Temporal.PlainDate
  readonly provenance: Provenance
}

/** A dated thing that no rule makes: a comment period, a forum meeting that was called. */
export type OwnMilestone = {
  /** Unique within its jurisdiction, or within its conversation. */
  readonly id: string
  readonly title: LocalText
  readonly date: Temporal.PlainDate
  readonly provenance: Provenance
}

/** Whether a member takes part: `suspended` and `withdrawn` ones get no reminders. */
export const statuses = ['active', 'suspended', 'withdrawn'] as const
export type JurisdictionStatus = (typeof statuses)[number]

export type Jurisdiction = {
  /** The file's name: "kenya", "greater-karak". */
  readonly id: string
  readonly level: Level
  /** ISO 3166-1 alpha-2; undefined for `global`. */
  readonly country?: string
  /** Its own name where `Intl.DisplayNames` has none (localities), by language. */
  readonly name?: LocalText
  /** Former and short names, in any language. */
  readonly aliases: readonly string[]
  /** IANA zone: a deadline ends with the civil day there. */
  readonly zone: string
  readonly status: JurisdictionStatus
  /** An honest sentence for members that are suspended, have left or have no plan. */
  readonly notice?: LocalText
  /** Oldest first. */
  readonly plans: readonly Plan[]
  readonly recorded: readonly RecordedDate[]
  readonly own: readonly OwnMilestone[]
  /** The day on which somebody last compared the file with its sources. */
  readonly reviewed: Temporal.PlainDate
}

/** A date that rules count from, and what people call it: "end of the plan", "last meeting of the forum". */
export type Anchor = { readonly id: string; readonly name: LocalText }

export type Calendar = {
  readonly anchors: readonly Anchor[]
  readonly rules: readonly Rule[]
  /** Sorted by id. */
  readonly jurisdictions: readonly Jurisdiction[]
}

/** A dated duty of one jurisdiction. */
export type Milestone = {
  /** Stable, and the same when its date moves: "kenya/5/next-plan", "kenya/own/hearing". */
  readonly key: string
  readonly jurisdiction: Jurisdiction
  /** Undefined for what no rule makes. */
  readonly rule?: Rule
  readonly plan?: Plan
  readonly title: LocalText
  readonly force: Force
  readonly when: When
  /** The weakest of what it was computed from. */
  readonly basis: DateBasis
  readonly provenance: Provenance
  /** A later plan has taken its place, so nobody need act on it any more. */
  readonly isMet: boolean
  /** A certain day of an active member, not yet met: the only ones that reminders are sent for. */
  readonly mayRemind: boolean
}

/** Civil dates, both included. */
export type Period = { readonly from: Temporal.PlainDate; readonly through: Temporal.PlainDate }

/** The civil date of this moment in a zone; fixed by `--today`. */
export type Today = (zone: string) => Temporal.PlainDate

export const pickText = (text: LocalText, language: string): string =>
  text[language] ?? text[language.split('-')[0] ?? language] ?? text.en
