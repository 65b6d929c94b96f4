// One question to its outcomes: talk, a comparison, a follow-up, a pair, or what search decides.

import type { Entry } from '../knowledge/knowledge-base.ts'
import type { TalkName } from '../knowledge/schema.ts'
import type { Ranking } from '../search/search.ts'
import { surenessOf } from '../search/thresholds.ts'
import type { ConversationContext } from '../store/store.ts'
import { answerTimeQuestion } from './deadline-answer.ts'
import { asksForGap } from './entry-words.ts'
import { answerInContext, carryFacet, followUpOn } from './follow-up.ts'
import { subjectWords, type LanguageCues } from './language-cues.ts'
import { answerFrom, answerWith, readWords, type Outcome, type Reading } from './outcome.ts'
import { splitComparison, splitCoordination } from './split.ts'

/** At least one outcome; two for a comparison or a pair. */
export function resolveQuestion(
  reading: Reading,
  question: string,
  context: ConversationContext | null,
): Outcome[] {
  const words = readWords(reading, question)
  const talk = findTalk(words, reading.cues)
  if (talk !== undefined) return [{ kind: 'talk', question, talk }]
  const dates = answerDates(reading, question)
  if (dates !== null) return [dates]
  const comparison = compareNamed(reading, question)
  if (comparison !== null) return comparison
  const last =
    context?.entry === undefined ? undefined : reading.brain.entry(context.entry, reading.language)
  if (last !== undefined && context !== null) {
    const followUp = followUpOn(reading, question, last, context)
    if (followUp !== null) return [followUp]
  }
  const ranking = reading.rank(question)
  const whole = decide(reading, question, ranking)
  const pair =
    answerPair(reading, question, ranking) ??
    compareNearest(reading, question, ranking) ??
    compareHalves(reading, question)
  if (pair !== null) return pair
  if (whole.kind === 'answer') return [carryFacet(reading, whole, context)]
  const inContext = last === undefined ? null : answerInContext(reading, question, whole, last)
  // What was shown already is no answer to a question that search has an offer for.
  const isRepeat =
    inContext?.kind === 'answer' && context?.shown.includes(inContext.passage.facet) === true
  return [inContext === null || (isRepeat && whole.kind === 'offer') ? whole : inContext]
}

/** Null when the question is not about dates. */
export function answerDates(reading: Reading, text: string): Outcome | null {
  const asked = reading.readDates(text)
  if (asked === null) return null
  const answer = answerTimeQuestion(reading.brain.desk, asked.question, asked.own)
  // "Plans due end of August" is a rule of old: where only a period is named, reviewed words go first.
  const isForNobody = answer.kind === 'community' || answer.kind === 'which'
  if (isForNobody && decide(reading, text, reading.rank(text)).kind === 'answer') return null
  return { kind: 'deadlines', question: text, answer }
}

/** "hi there, how do I use this bot?" is talk from end to end; the last thing said is what it comes to. */
function findTalk(words: readonly string[], cues: LanguageCues): TalkName | undefined {
  const whole = cues.talk.get(words)
  if (whole !== undefined) return whole
  const phrases = cues.talk.matchAll(words)
  const rest = words.filter(
    (_, at) => !phrases.some(({ start, length }) => at >= start && at < start + length),
  )
  // "ok, and some examples?" begins with talk, but asks for something.
  const asks = cues.facets.matchAll(rest).length > 0
  const isTalk = rest.every((word) => cues.talkWords.has(word) || cues.formWords.has(word))
  return isTalk && !asks ? phrases.at(-1)?.value : undefined
}

/** "difference between X and Y": both side by side, when both are known. */
function compareNamed(reading: Reading, question: string): Outcome[] | null {
  const clauses = question.split(/[,;:?!.](?=\s|$)/u)
  for (const clause of clauses) {
    const halves = splitComparison(readWords(reading, clause), reading.cues)
    if (halves === null) continue
    const [first, second] = halves.map((half) => bestEntry(reading, half))
    if (first === undefined || second === undefined || first.id === second.id) continue
    return answerBoth(reading, question, [first, second])
  }
  return null
}

/** "X and Y sound the same to me": a word that compares, and two entries that are both near. */
function compareNearest(reading: Reading, question: string, ranking: Ranking): Outcome[] | null {
  const { brain, language } = reading
  if (!compares(reading, question)) return null
  const near = ranking.candidates.slice(0, 2).filter(({ score }) => score >= nearScoreMin)
  const entries = near
    .map(({ id }) => brain.entry(id, language))
    .filter((entry) => entry !== undefined)
  return entries.length < 2 ? null : answerBoth(reading, question, entries)
}

/** The same, where one of the two is further off, but each half surely names its own. */
function compareHalves(reading: Reading, question: string): Outcome[] | null {
  const { brain, language, cues } = reading
  if (!compares(reading, question)) return null
  const named = readWords(reading, question).filter((word) => !cues.comparisonWords.has(word))
  for (const halves of splitCoordination(named, cues)) {
    const [first, second] = halves.map((half) => {
      const decision = brain.index.decide(reading.rank(half))
      return decision.kind === 'answer' ? brain.entry(decision.entry, language) : undefined
    })
    if (first === undefined || second === undefined || first.id === second.id) continue
    return answerBoth(reading, question, [first, second])
  }
  return null
}

const compares = (reading: Reading, question: string) =>
  readWords(reading, question).some((word) => reading.cues.comparisonWords.has(word))

/** Two entries share what certainty there is; less than this is not one of two. */
const nearScoreMin = 0.25

const answerBoth = (reading: Reading, question: string, entries: readonly Entry[]): Outcome[] =>
  entries.map((entry) => answerWith(reading, question, entry, entry.passages[0], undefined))

/** The entry that a few words name, if they name one: "the ones that we have now" name nothing. */
function bestEntry(reading: Reading, words: string): Entry | undefined {
  if (subjectWords(readWords(reading, words), reading.cues).length === 0) return undefined
  const ranking = reading.rank(words)
  const decision = reading.brain.index.decide(ranking)
  const id =
    decision.kind === 'answer'
      ? decision.entry
      : decision.kind === 'offer' && surenessOf(ranking) >= nearScoreMin
        ? decision.entries[0]
        : undefined
  return id === undefined ? undefined : reading.brain.entry(id, reading.language)
}

/** "the vision and the mission": two answers, when either half is surer than the whole. */
function answerPair(reading: Reading, question: string, whole: Ranking): Outcome[] | null {
  for (const halves of splitCoordination(readWords(reading, question), reading.cues)) {
    const rankings = halves.map(reading.rank)
    if (rankings.some((ranking) => surenessOf(ranking) <= surenessOf(whole))) continue
    const [first, second] = rankings.map((ranking) => decide(reading, question, ranking))
    if (first?.kind !== 'answer' || second?.kind !== 'answer') continue
    if (first.entry.id !== second.entry.id) return [first, second]
  }
  return null
}

function decide(reading: Reading, question: string, ranking: Ranking): Outcome {
  const { brain, language } = reading
  const decision = brain.index.decide(ranking)
  const entries = (ids: readonly string[]) =>
    ids.map((id) => brain.entry(id, language)).filter((entry) => entry !== undefined)
  const near = entries(ranking.candidates.slice(0, gapRankMax).map(({ id }) => id))
  switch (decision.kind) {
    case 'answer': {
      const entry = brain.entry(decision.entry, language)
      if (entry === undefined)
        throw new Error(`Search knows "${decision.entry}", the base does not`)
      return answerFrom(reading, question, findGap(reading, question, near) ?? entry)
    }
    case 'offer': {
      const gap = findGap(reading, question, near)
      if (gap !== undefined) return answerFrom(reading, question, gap)
      return { kind: 'offer', question, entries: entries(decision.entries) }
    }
    case 'abstain':
      return { kind: 'abstain', question, nearest: entries(decision.nearest) }
  }
}

/** An entry that says what no source tells is asked for only when search finds it near. */
const gapRankMax = 4

/** What no source tells, when that is what is asked, and not what the nearest answer is about. */
function findGap(reading: Reading, question: string, near: readonly Entry[]): Entry | undefined {
  const words = subjectWords(readWords(reading, question), reading.cues)
  const nearest = near.find(({ unanswered }) => !unanswered)
  if (nearest === undefined) return undefined
  const gap = near.find((entry) => entry.unanswered && asksForGap(words, nearest, entry))
  // Where search itself puts another such entry first, that one is meant.
  return near[0]?.unanswered === true && near[0] !== gap ? undefined : gap
}
