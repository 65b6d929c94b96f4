// What a message asks about time: places, rules, dates, a period, and the words that ask. Knows no answers.

import type { Period, Rule } from './calendar.ts'
import type { JurisdictionFinder, JurisdictionsFound } from './jurisdiction-finder.ts'
import { monthNames } from './month-names.ts'
import { readPeriod } from './period.ts'
import { createReminderReader, type ReminderWords } from './reminder-words.ts'
import { findStatedDates, resolveDay } from './stated-dates.ts'
import {
  compileTimeCues,
  type AskCueName,
  type CompiledTimeCues,
  type CueFile,
} from './time-cues.ts'
import { findPoints } from './time-point.ts'
import {
  countAt,
  findBefore,
  findFrom,
  isPlanCue,
  unitAt,
  wordRange,
  type TimeText,
} from './time-text.ts'
import { PhraseTable, readWords, type PhraseFound, type Word } from './words.ts'

export type TimeQuestion = {
  readonly jurisdictions: JurisdictionsFound
  /** Named in the message, the longest name first. */
  readonly rules: readonly Rule[]
  /** "before June", "in 2028", "this quarter". */
  readonly period: Period | null
  /** The period ended before today. */
  readonly isPeriodOver: boolean
  /** Stated to the day, in the order of the text; those that bound the period too. */
  readonly dates: readonly Temporal.PlainDate[]
  /** What the first of the dates stands for, as an anchor of rules: "our plan ended on ..." is `end`. */
  readonly event: string | null
  /** "two-year plan", "4 year plan". */
  readonly lengthYears: number | null
  /** Asks for a time in any way: when, due, how many days. */
  readonly asksTime: boolean
  /** Asks to be reminded. */
  readonly asksReminder: boolean
  /** Speaks of reminders, to ask for them or about them. */
  readonly namesReminders: boolean
  /** Asks for an end of something. */
  readonly asksStop: boolean
  /** "30 and 7 days before", "at 8", "hard deadlines": of a wish for reminders. */
  readonly reminder: ReminderWords
  /** Due, deadline, overdue: speaks of a day on which something must be done. */
  readonly asksDue: boolean
  /** Must, have to: speaks of duties, in time or not. */
  readonly asksDuty: boolean
  /** How many days are left. */
  readonly asksLeft: boolean
  /** Did, was: asks for what happened, which the calendar hardly knows. */
  readonly asksPast: boolean
  readonly namesPlan: boolean
  /** "Our plan", "we", "my country". */
  readonly ownPlan: boolean
  /** What else the message is about: words that are none of all this, and not empty either. */
  readonly otherWords: readonly string[]
  /** The one language that fits the words best; null when none matched, or several fit as well. */
  readonly language: string | null
}

/** Pure: the same text and day give the same question. */
export type ReadTimeQuestion = (text: string, today: Temporal.PlainDate) => TimeQuestion

type TimeReaderParts = {
  readonly finder: JurisdictionFinder
  readonly rules: readonly Rule[]
  /** By language; of two that fit a text equally well, the first counts. */
  readonly cues: ReadonlyMap<string, CueFile>
}

type RuleName = { readonly rule: Rule; readonly language: string }
type Matched = PhraseFound<readonly { readonly language: string }[]>

/** Cues after which a misspelt name is looked for, which takes long. */
const tellingKinds: ReadonlySet<string> = new Set([
  'remind',
  'reminders',
  'asks',
  'due',
  'left',
  'plan',
])
/** A text of so few words may be nothing but a name, however it is spelt. */
const bareNameWordsMax = 4
/** An empty word says less about the language than a cue. */
const emptyWordWeight = 0.25

export function createTimeReader({ finder, rules, cues }: TimeReaderParts): ReadTimeQuestion {
  const compiled = compileTimeCues(cues)
  const ruleNames = compileRuleNames(rules)
  const readReminder = createReminderReader(cues)

  return (text, today) => {
    const allWords = readWords(text)
    const allCues = compiled.find(allWords)
    const isTelling = allCues.some(({ value }) => value.some(({ kind }) => tellingKinds.has(kind)))
    const mayBeMisspelt = isTelling || allWords.length <= bareNameWordsMax
    const jurisdictions = mayBeMisspelt ? finder.find(text) : finder.findExact(text)
    // A name may hold words that look like cues: the rest is read without it.
    const { rest } = jurisdictions
    const words = rest === text ? allWords : readWords(rest)
    const found = rest === text ? allCues : compiled.find(words)
    const dates = findStatedDates(rest, words)
    const timeText = { text: rest, words, cues: found, dates, today }
    const points = findPoints(timeText)
    const events = readEvents(timeText)
    // In "our plan ends on 30 June" the end is told, not asked for.
    const named = ruleNames.findAll(words).filter((name) => !overlaps(toRange(name), events.told))
    const matched = [...found, ...named]
    const period = readPeriod(timeText, points)
    const asks = (kind: AskCueName) =>
      found.some(({ value }) => value.some((cue) => cue.kind === kind))
    const isOfReminders = asks('remind') || asks('reminders')
    const reminder = readReminder(rest, dates)
    const ofReminder = isOfReminders ? reminder.covered.map((one) => wordRange(timeText, one)) : []
    return {
      jurisdictions,
      rules: listRules(named),
      period,
      isPeriodOver: period !== null && Temporal.PlainDate.compare(period.through, today) < 0,
      dates: events.dates,
      event: events.event,
      lengthYears: readLength(timeText),
      asksTime: asks('asks') || asks('due') || asks('left') || isOfReminders,
      asksReminder: asks('remind'),
      namesReminders: asks('reminders'),
      asksStop: asks('stop'),
      reminder,
      asksDue: asks('due'),
      asksDuty: asks('must'),
      asksLeft: asks('left'),
      asksPast: asks('past'),
      namesPlan: asks('plan'),
      ownPlan: asks('own'),
      otherWords: findOtherWords(
        words,
        [...matched.map(toRange), ...points, ...ofReminder],
        compiled,
      ),
      language: findLanguage(words, matched, compiled),
    }
  }
}

/** Words about something else that a question for dates may hold: "which members ...". */
const otherWordsMax = 1

/**
 * Whether a message is for the calendar rather than for the knowledge base, which explains rules but knows nobody's
 * dates.
 */
export function isAboutDates(question: TimeQuestion): boolean {
  const { jurisdictions, rules, event, asksTime, otherWords } = question
  const { named, ambiguous, withoutPlan } = jurisdictions
  if (named.length + ambiguous.length + withoutPlan.length > 0) return asksDatesOfPlace(question)
  if (event !== null) return asksTime || rules.length > 0 || otherWords.length === 0
  const { period, isPeriodOver, asksDue, asksDuty } = question
  return (
    period !== null && !isPeriodOver && (asksDue || asksDuty) && otherWords.length <= otherWordsMax
  )
}

function asksDatesOfPlace(question: TimeQuestion): boolean {
  const { rules, period, lengthYears, otherWords } = question
  const { asksTime, asksDue, asksLeft, asksPast, namesPlan } = question
  if (asksDue || asksLeft) return true
  if (otherWords.length === 0) return lengthYears === null || asksTime
  return asksTime && !asksPast && (namesPlan || period !== null || rules.length > 0)
}

function compileRuleNames(rules: readonly Rule[]): PhraseTable<readonly RuleName[]> {
  const table = new PhraseTable<readonly RuleName[]>()
  for (const rule of rules) {
    for (const [language, names] of Object.entries(rule.names)) {
      for (const name of [...names, rule.name[language] ?? '']) {
        table.set(name, (known = []) => [...known, { rule, language }])
      }
    }
  }
  return table
}

function listRules(named: readonly PhraseFound<readonly RuleName[]>[]): Rule[] {
  const longestFirst = named.toSorted((a, b) => b.length - a.length)
  return [...new Set(longestFirst.flatMap(({ value }) => value.map(({ rule }) => rule)))]
}

type EventsRead = Pick<TimeQuestion, 'dates' | 'event'> & {
  /** The words that tell the events. */
  readonly told: readonly Range[]
}

/** The stated dates, and the event that is told right before the first of them, or else after it. */
function readEvents(text: TimeText): EventsRead {
  const events = text.cues.flatMap(({ value, start, length }) => {
    const cue = value.find(({ kind }) => kind === 'event')
    return cue?.kind === 'event' ? [{ cue, start, end: start + length }] : []
  })
  const read = text.dates.flatMap((date) => {
    const { start, end } = wordRange(text, date)
    const before = events.findLast((event) => event.end <= start)
    const event = before ?? events.find((one) => one.start >= end)
    const day = resolveDay(date.first, text.today, event?.cue.hasHappened ?? false)
    return day === null ? [] : [{ day, event }]
  })
  return {
    dates: read.map(({ day }) => day),
    event: read[0]?.event?.cue.anchor ?? null,
    told: read.flatMap(({ event }) => event ?? []),
  }
}

/** "Two-year plan", "plan de dos años". */
function readLength(text: TimeText): number | null {
  for (let at = 0; at < text.words.length; at++) {
    const count = countAt(text, at)
    if (count === null) continue
    const unitIndex = findFrom(text, at + 1, ({ kind }) => kind === 'unit')
    if (unitIndex === null || unitAt(text, unitIndex) !== 'year') continue
    const isOfPlan = findFrom(text, unitIndex + 1, isPlanCue) ?? findBefore(text, at, isPlanCue)
    if (isOfPlan !== null) return count
  }
  return null
}

type Range = { readonly start: number; readonly end: number }

const toRange = ({ start, length }: Matched): Range => ({ start, end: start + length })

const overlaps = (range: Range, others: readonly Range[]) =>
  others.some(({ start, end }) => range.start < end && range.end > start)

function findOtherWords(
  words: readonly Word[],
  covered: readonly Range[],
  { emptyWords }: CompiledTimeCues,
): string[] {
  return words.flatMap(({ folded }, at) => {
    const isCovered = overlaps({ start: at, end: at + 1 }, covered)
    // A single letter is what an apostrophe or a full stop cut off.
    const isEmpty = folded.length === 1 || emptyWords.has(folded) || /^\d+$/.test(folded)
    return isCovered || isEmpty ? [] : [folded]
  })
}

/** The language that most of the matched words belong to. */
function findLanguage(
  words: readonly Word[],
  matched: readonly Matched[],
  { emptyWords }: CompiledTimeCues,
): string | null {
  if (matched.length === 0) return null
  const weights = new Map<string, number>()
  const add = (found: Iterable<string>, weight: number) => {
    for (const language of new Set(found)) {
      weights.set(language, (weights.get(language) ?? 0) + weight)
    }
  }
  for (const { value, start, length } of matched) {
    // "A plan" is not Spanish for its "a".
    if (length === 1 && words[start]?.folded.length === 1) continue
    add(
      value.map(({ language }) => language),
      length,
    )
  }
  for (const { folded, exact } of words) {
    add(emptyWords.get(exact) ?? emptyWords.get(folded) ?? [], emptyWordWeight)
    const month = monthNames().get(folded)
    if (month !== undefined && !month.isOrdinaryWord) add(month.languages, 1)
  }
  const [best, next] = [...weights].sort(([, a], [, b]) => b - a)
  return best === undefined || best[1] === next?.[1] ? null : best[0]
}
