// The words by which people ask about time, of all languages together and compiled. Knows no dates.

import type { ReminderCues } from './reminder-words.ts'
import { PhraseTable, readWords, type PhraseFound, type Word } from './words.ts'

export const unitNames = ['day', 'week', 'month', 'quarter', 'year'] as const
export type UnitName = (typeof unitNames)[number]

/** Words around a date that make a period of it. */
export const periodCueNames = [
  'this',
  'next',
  'in',
  'before',
  'until',
  'after',
  'from',
  'between',
  'and',
  'ends',
] as const
export type PeriodCueName = (typeof periodCueNames)[number]

/** `remind`: remind us; `reminders`: the noun; `stop`: no more; `asks`: when, how long; `past`: did, was; `due`: deadline, overdue; `must`: duties; `left`: days left; `own`: our, we; `plan`: action plan. */
export const askCueNames = [
  'remind',
  'reminders',
  'stop',
  'asks',
  'past',
  'due',
  'must',
  'left',
  'own',
  'plan',
] as const
export type AskCueName = (typeof askCueNames)[number]

type Phrases = readonly string[]

/** One language's cues, as its file holds them. */
export type TimeCues = Readonly<Record<AskCueName, Phrases>> & {
  /** In order: the first is one. */
  readonly numbers: Phrases
  /** The singular first. */
  readonly units: Readonly<Record<UnitName, Phrases>>
  readonly period: Readonly<Record<PeriodCueName, Phrases>>
  readonly reminder: ReminderCues
  /** By the anchor that a stated date stands for. */
  readonly events: Readonly<
    Record<string, { readonly happened: Phrases; readonly coming: Phrases }>
  >
}

/** What this part reads of a language's cues. */
export type CueFile = {
  readonly time: TimeCues
  readonly fillers: Phrases
  readonly openers: Phrases
  readonly politeness: Phrases
  readonly joiners: Phrases
}

export type Cue =
  | { readonly kind: AskCueName }
  | { readonly kind: 'number'; readonly count: number }
  | { readonly kind: 'unit'; readonly unit: UnitName }
  | { readonly kind: 'period'; readonly name: PeriodCueName }
  | { readonly kind: 'event'; readonly anchor: string; readonly hasHappened: boolean }

/** A phrase may be a cue in several ways, and in several languages. */
export type LanguageCue = Cue & { readonly language: string }
export type CueFound = PhraseFound<readonly LanguageCue[]>

export type CompiledTimeCues = {
  /** The longest phrases, from left to right. */
  readonly find: (words: readonly Word[]) => readonly CueFound[]
  /** Words that say nothing of their own, with their accents and without. */
  readonly emptyWords: ReadonlyMap<string, readonly string[]>
}

export function compileTimeCues(files: ReadonlyMap<string, CueFile>): CompiledTimeCues {
  const table = new PhraseTable<LanguageCue[]>()
  const emptyWords = new Map<string, string[]>()
  for (const [language, { time, fillers, openers, politeness, joiners }] of files) {
    for (const [phrase, cue] of listCues(time)) {
      table.set(phrase, (known = []) => [...known, { ...cue, language }])
    }
    for (const word of [...fillers, ...openers, ...politeness, ...joiners].flatMap(toLetters)) {
      const languages = emptyWords.get(word) ?? []
      if (!languages.includes(language)) emptyWords.set(word, [...languages, language])
    }
  }
  return { find: (words) => table.findAll(words), emptyWords }
}

function listCues(time: TimeCues): [phrase: string, cue: Cue][] {
  const list = (phrases: Phrases, cue: Cue) => phrases.map((phrase): [string, Cue] => [phrase, cue])
  return [
    ...askCueNames.flatMap((kind) => list(time[kind], { kind })),
    ...time.numbers.flatMap((phrase, at) => list([phrase], { kind: 'number', count: at + 1 })),
    ...unitNames.flatMap((unit) => list(time.units[unit], { kind: 'unit', unit })),
    ...periodCueNames.flatMap((name) => list(time.period[name], { kind: 'period', name })),
    ...Object.entries(time.events).flatMap(([anchor, { happened, coming }]) => [
      ...list(happened, { kind: 'event', anchor, hasHappened: true }),
      ...list(coming, { kind: 'event', anchor, hasHappened: false }),
    ]),
  ]
}

const toLetters = (phrase: string) =>
  readWords(phrase).flatMap(({ folded, exact }) => [folded, exact])
