// From a message and what was said before to what should be said: the outcomes, not yet the words.

import type { ConversationContext } from '../store/store.ts'
import { findPassage, type Entry, type Passage } from '../knowledge/knowledge-base.ts'
import type { FacetName, TalkName } from '../knowledge/schema.ts'
import type { Ranking } from '../search/search.ts'
import type { Brain } from './brain.ts'
import { askedFacets, choosePassage } from './facet.ts'
import { subjectWords, type LanguageCues } from './language-cues.ts'
import { toWords } from './phrases.ts'
import { questionsMax, splitComparison, splitCoordination, splitMessage } from './split.ts'

export type Outcome =
  | {
      readonly kind: 'answer'
      readonly question: string
      readonly entry: Entry
      readonly passage: Passage
      /** The facet asked for by name; differs from the passage's when the entry has nothing on it. */
      readonly asked?: FacetName
      /** True when the entry follows from what was said before, not from the question's own words. */
      readonly followsUp: boolean
    }
  | { readonly kind: 'offer'; readonly question: string; readonly entries: readonly Entry[] }
  | { readonly kind: 'abstain'; readonly question: string; readonly nearest: readonly Entry[] }
  | { readonly kind: 'talk'; readonly question: string; readonly talk: TalkName }

export type Answer = Extract<Outcome, { kind: 'answer' }>

export type Understanding = {
  readonly outcomes: readonly [Outcome, ...Outcome[]]
  /** Questions of the message beyond those that are answered at once. */
  readonly left: number
  /** What search found for the message as a whole. */
  readonly ranking: Ranking
}

/** One reading of one message: everything the steps below need. */
type Reading = {
  readonly brain: Brain
  readonly language: string
  readonly cues: LanguageCues
}

export function understand(
  brain: Brain,
  text: string,
  language: string,
  context: ConversationContext | null,
): Understanding {
  const reading = { brain, language, cues: brain.cues(language) }
  const ranking = brain.index.rank(text, language)
  const parts = splitMessage(text, language, reading.cues)
  const questions = parts.filter(({ asks }) => asks).map((part) => part.text)
  const single = () => answerOne(reading, text, context)
  if (questions.length === 0) return { outcomes: nonEmpty(single()), left: 0, ranking }
  if (questions.length === 1 && parts.length === 1) {
    return { outcomes: nonEmpty(single()), left: 0, ranking }
  }
  const asked = questions.slice(0, questionsMax)
  const outcomes = answerInTurn(reading, asked, context)
  const left = questions.length - asked.length
  const useful = worthSaying(outcomes)
  if (useful.length > 0) return { outcomes: nonEmpty(useful), left, ranking }
  // No question was understood by itself: what was told around it may say what it is about.
  return { outcomes: nonEmpty(single()), left: 0, ranking }
}

/** Politeness beside a question is not answered; neither is the same thing twice. */
function worthSaying(outcomes: readonly Outcome[]): Outcome[] {
  const seen = new Set<string>()
  const answers = outcomes.filter((outcome) => {
    if (outcome.kind !== 'answer') return false
    const key = `${outcome.entry.id}:${outcome.passage.facet}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  if (answers.length === 0) return []
  return outcomes.filter((outcome) => outcome.kind === 'abstain' || answers.includes(outcome))
}

/** Each question knows what the one before it was answered with. */
function answerInTurn(
  reading: Reading,
  questions: readonly string[],
  context: ConversationContext | null,
): Outcome[] {
  const outcomes: Outcome[] = []
  let current = context
  for (const question of questions) {
    const found = answerOne(reading, question, current)
    outcomes.push(...found)
    const last = found.findLast((outcome) => outcome.kind === 'answer')
    if (last !== undefined) current = contextAfter(last, current)
  }
  return outcomes
}

/** What the next question may refer to. */
export function contextAfter(
  answer: Answer,
  before: ConversationContext | null,
): ConversationContext {
  const shown = before?.entry === answer.entry.id ? before.shown : []
  return {
    entry: answer.entry.id,
    shown: [...new Set([...shown, answer.passage.facet])],
    ...(answer.asked === undefined ? {} : { askedFacet: answer.asked }),
    offered: [],
  }
}

function answerOne(
  reading: Reading,
  question: string,
  context: ConversationContext | null,
): Outcome[] {
  const words = toWords(question)
  const talk = findTalk(words, reading.cues)
  if (talk !== undefined) return [{ kind: 'talk', question, talk }]
  const comparison = compare(reading, question)
  if (comparison !== null) return comparison
  const last =
    context?.entry === undefined ? undefined : reading.brain.entry(context.entry, reading.language)
  if (last !== undefined && context !== null) {
    const followUp = followUpOn(reading, question, last, context)
    if (followUp !== null) return [followUp]
  }
  const ranking = reading.brain.index.rank(question, reading.language)
  const whole = decide(reading, question, ranking)
  const pair = answerPair(reading, question, ranking, whole)
  if (pair !== null) return pair
  if (whole.kind === 'answer') return [carryFacet(reading, whole, context)]
  if (last !== undefined) {
    const inContext = answerInContext(reading, question, last)
    if (inContext !== null) return [inContext]
  }
  return [whole]
}

function findTalk(words: readonly string[], cues: LanguageCues): TalkName | undefined {
  const whole = cues.talk.get(words)
  if (whole !== undefined) return whole
  // "hi there, thanks a lot!" is talk from end to end; the last thing said is what it comes to.
  const matches = cues.talk.matchAll(words)
  const covered = matches.reduce((sum, match) => sum + match.length, 0)
  return covered === words.length ? matches.at(-1)?.value : undefined
}

/** "difference between X and Y": both side by side, when both are known. */
function compare(reading: Reading, question: string): Outcome[] | null {
  const halves = splitComparison(question, reading.cues)
  if (halves === null) return null
  const [first, second] = halves.map((half) => bestEntry(reading, half))
  if (first === undefined || second === undefined || first.id === second.id) return null
  return [first, second].map((entry) => ({
    kind: 'answer',
    question,
    entry,
    passage: entry.passages[0],
    followsUp: false,
  }))
}

/** The entry that a few words name, if they name one. */
function bestEntry(reading: Reading, words: string): Entry | undefined {
  const decision = reading.brain.index.decide(reading.brain.index.rank(words, reading.language))
  const id =
    decision.kind === 'answer'
      ? decision.entry
      : decision.kind === 'offer'
        ? decision.entries[0]
        : undefined
  return id === undefined ? undefined : reading.brain.entry(id, reading.language)
}

/** "the vision and the mission": two answers, when the whole question points at the same two. */
function answerPair(
  reading: Reading,
  question: string,
  ranking: Ranking,
  whole: Outcome,
): Outcome[] | null {
  const nearest = new Set(ranking.candidates.slice(0, 3).map(({ id }) => id))
  for (const halves of splitCoordination(question, reading.cues)) {
    const answers = halves.map((half) =>
      decide(reading, half, reading.brain.index.rank(half, reading.language)),
    )
    const [first, second] = answers
    if (first?.kind !== 'answer' || second?.kind !== 'answer') continue
    if (first.entry.id === second.entry.id) continue
    const expected = nearest.has(first.entry.id) && nearest.has(second.entry.id)
    if (expected || whole.kind !== 'answer') return answers
  }
  return null
}

/** "and examples?", "why does it matter?", "tell me more": nothing of its own, so it is about the last answer. */
function followUpOn(
  reading: Reading,
  question: string,
  last: Entry,
  context: ConversationContext,
): Outcome | null {
  const { cues } = reading
  const words = toWords(question)
  if (cues.more.get(words) === true) {
    const unseen = last.passages.find(({ facet }) => !context.shown.includes(facet))
    return answerWith(question, last, unseen ?? last.passages[0], undefined, true)
  }
  if (subjectWords(words, cues).length > 0) return null
  return askFacet(question, last, words, cues)
}

function askFacet(
  question: string,
  entry: Entry,
  words: readonly string[],
  cues: LanguageCues,
): Outcome | null {
  const facets = askedFacets(words, cues)
  const passage = facets
    .map((facet) => findPassage(entry, facet))
    .find((found) => found !== undefined)
  if (passage !== undefined) return answerWith(question, entry, passage, passage.facet, true)
  const [asked] = facets
  return asked === undefined ? null : answerWith(question, entry, entry.passages[0], asked, true)
}

/** "who runs it?": words of its own, but a pronoun that points back, and search does not know what else is meant. */
function answerInContext(reading: Reading, question: string, last: Entry): Outcome | null {
  const words = toWords(question)
  if (!words.some((word) => reading.cues.pronouns.has(word))) return null
  const subject = words.filter((word) => !reading.cues.pronouns.has(word)).join(' ')
  const ranking = reading.brain.index.rank(`${last.title} ${subject}`, reading.language)
  const decided = decide(reading, question, ranking)
  if (decided.kind !== 'answer' || decided.entry.id !== last.id) return null
  return { ...decided, followsUp: true }
}

/** After "examples of transparency?", "and participation?" asks for examples too. */
function carryFacet(reading: Reading, answer: Answer, context: ConversationContext | null): Answer {
  const words = toWords(answer.question)
  const continues = reading.cues.joiners.matchAt(words, 0) !== undefined
  const facet = context?.askedFacet
  if (!continues || facet === undefined || answer.asked !== undefined) return answer
  const passage = findPassage(answer.entry, facet)
  return passage === undefined ? answer : { ...answer, passage, asked: passage.facet }
}

function decide(reading: Reading, question: string, ranking: Ranking): Outcome {
  const { brain, language, cues } = reading
  const decision = brain.index.decide(ranking)
  const entries = (ids: readonly string[]) =>
    ids.map((id) => brain.entry(id, language)).filter((entry) => entry !== undefined)
  switch (decision.kind) {
    case 'answer': {
      const entry = brain.entry(decision.entry, language)
      if (entry === undefined)
        throw new Error(`Search knows "${decision.entry}", the base does not`)
      const { passage, asked } = choosePassage(entry, question, cues)
      return answerWith(question, entry, passage, asked, false)
    }
    case 'offer':
      return { kind: 'offer', question, entries: entries(decision.entries) }
    case 'abstain':
      return { kind: 'abstain', question, nearest: entries(decision.nearest) }
  }
}

const answerWith = (
  question: string,
  entry: Entry,
  passage: Passage,
  asked: FacetName | undefined,
  followsUp: boolean,
): Answer => ({
  kind: 'answer',
  question,
  entry,
  passage,
  followsUp,
  ...(asked === undefined ? {} : { asked }),
})

function nonEmpty(outcomes: readonly Outcome[]): [Outcome, ...Outcome[]] {
  const [first, ...others] = outcomes
  if (first === undefined) throw new Error('Every question has an outcome')
  return [first, ...others]
}
