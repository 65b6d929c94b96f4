// From an answer about dates to the blocks of a reply. Decides nothing about which dates answer a question.

import { formatChoiceId } from '../chat/choice-id.ts'
import type { Block, Choice, TimelineRow } from '../chat/reply.ts'
import { pickText, type Jurisdiction, type Milestone, type Period } from '../calendar/calendar.ts'
import { daysLeft } from '../calendar/civil-date.ts'
import { nameOfCountry } from '../calendar/jurisdiction-name.ts'
import { choices, say, toDatesChoice, toEntryChoice } from './blocks.ts'
import type { Brain } from './brain.ts'
import { guidanceOf, isOverdue, type DeadlineAnswer, type SubjectDates } from './deadline-answer.ts'
import type { Phrasebook } from './phrasebook.ts'
import { sayCertainty, sayWhen, sayWhy, toRow } from './timeline-rows.ts'

const rowsMax = 60
/** Said in a sentence each, before the timeline. */
const sentencesMax = 4
const guidanceMax = 3

type AnswerOf<Kind extends DeadlineAnswer['kind']> = Extract<DeadlineAnswer, { kind: Kind }>

export function composeDeadlines(
  brain: Brain,
  answer: DeadlineAnswer,
  phrasebook: Phrasebook,
): Block[] {
  switch (answer.kind) {
    case 'dates':
      return composeDates(brain, answer, phrasebook)
    case 'community':
      return composeCommunity(brain, answer, phrasebook)
    case 'applied':
      return composeApplied(brain, answer, phrasebook)
    case 'which':
      return composeWhich(brain, answer, phrasebook)
    case 'no-plan':
      return answer.countries.map((code) => {
        const country = nameOfCountry(code, phrasebook.language)
        return say(phrasebook.sayOfDates('no-plan', { country }))
      })
  }
}

const nameOf = ({ desk }: Brain, jurisdiction: Jurisdiction, { language }: Phrasebook) =>
  desk.finder.nameOf(jurisdiction, language)

function composeDates(brain: Brain, answer: AnswerOf<'dates'>, phrasebook: Phrasebook): Block[] {
  const { subjects, period } = answer
  const [{ asked, today }] = subjects
  const names = subjects.map(({ jurisdiction }) => nameOf(brain, jurisdiction, phrasebook))
  const label =
    period === null
      ? phrasebook.sayOfDates('label-one', { jurisdiction: phrasebook.list(names) })
      : phrasebook.sayOfDates('label-period', sayPeriod(period, phrasebook))
  const advice = asked[0]?.rule?.advice
  const said = subjects.flatMap((subject) => subject.asked.slice(0, sentencesMax))
  return [
    ...subjects.flatMap((subject) => composeSubject(brain, subject, period, phrasebook)),
    ...(advice === undefined
      ? []
      : [say(phrasebook.sayOfDates('advice', { advice: pickText(advice, phrasebook.language) }))]),
    ...composeTimeline(toRows(brain, subjects, period, phrasebook), label, today, phrasebook),
    ...composeSources(said, phrasebook),
    ...composeActions(brain, answer, phrasebook),
  ]
}

/** The honest sentence, what was asked, what is not known: of one jurisdiction. */
function composeSubject(
  brain: Brain,
  { jurisdiction, today, asked, notComputed }: SubjectDates,
  period: Period | null,
  phrasebook: Phrasebook,
): Block[] {
  const name = nameOf(brain, jurisdiction, phrasebook)
  const { notice } = jurisdiction
  const sentences = [
    ...(notice === undefined ? [] : [pickText(notice, phrasebook.language)]),
    ...asked
      .slice(0, sentencesMax)
      .map((milestone) => sayMilestone(brain, milestone, today, phrasebook)),
    ...notComputed.map(({ name: title, timing }) =>
      phrasebook.sayOfDates('not-computed', {
        title: pickText(title, phrasebook.language),
        jurisdiction: name,
        anchor:
          timing.kind === 'yearly' ? '' : brain.desk.nameAnchor(timing.anchor, phrasebook.language),
      }),
    ),
  ]
  if (sentences.length > 0) return sentences.map(say)
  const nothing =
    period === null
      ? phrasebook.sayOfDates('none-coming', { jurisdiction: name })
      : phrasebook.sayOfDates('none-in-period', {
          jurisdiction: name,
          ...sayPeriod(period, phrasebook),
        })
  return [say(nothing)]
}

/** What it is, on which day, how far off, of what force, how sure. */
export function sayMilestone(
  brain: Brain,
  milestone: Milestone,
  today: Temporal.PlainDate,
  phrasebook: Phrasebook,
): string {
  const { when, title, force } = milestone
  const days = daysLeft(when, today)
  const values = {
    jurisdiction: nameOf(brain, milestone.jurisdiction, phrasebook),
    title: pickText(title, phrasebook.language),
    when: sayWhen(when, phrasebook),
    force: phrasebook.force(force),
  }
  const sentences = [
    days === null
      ? phrasebook.sayOfDates('answer-year', values)
      : phrasebook.sayOfDates('answer', { ...values, left: phrasebook.left(days) }),
    sayWhy(milestone, { phrasebook, nameAnchor: brain.desk.nameAnchor }),
    isOverdue(milestone, today) ? phrasebook.sayOfDates('overdue') : '',
    sayCertainty(milestone, phrasebook),
  ]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

/** The timeline of a period shows nothing outside it. */
const toRows = (
  brain: Brain,
  subjects: readonly SubjectDates[],
  period: Period | null,
  phrasebook: Phrasebook,
): TimelineRow[] =>
  subjects.map((subject) => {
    const { jurisdiction, asked, open, today } = subject
    const shown = period === null ? open : asked
    return toRow(nameOf(brain, jurisdiction, phrasebook), jurisdiction, shown, today, {
      phrasebook,
      nameAnchor: brain.desk.nameAnchor,
    })
  })

function composeTimeline(
  rows: readonly TimelineRow[],
  label: string,
  today: Temporal.PlainDate,
  phrasebook: Phrasebook,
): Block[] {
  const [first, ...others] = rows.filter(({ spans, items }) => spans.length + items.length > 0)
  if (first === undefined) return []
  const left = others.length + 1 - rowsMax
  const block: Block = {
    kind: 'timeline',
    label,
    today: today.toString(),
    todayLabel: phrasebook.sayOfDates('today'),
    rows: [first, ...others.slice(0, rowsMax - 1)],
  }
  return left <= 0 ? [block] : [block, say(phrasebook.sayOfDates('more', { count: left }))]
}

/** The rules and the plans behind what was said, each once. */
function composeSources(milestones: readonly Milestone[], phrasebook: Phrasebook): Block[] {
  const lines = milestones.flatMap(({ rule, plan, jurisdiction }) => {
    const ofRule = (rule?.sources ?? []).map(({ text, url }) =>
      phrasebook.sayOfDates('rule-source', { source: text, url }),
    )
    if (plan === undefined) return ofRule
    const isFromTag = plan.dates['end']?.basis === 'tag'
    const values = {
      source: plan.source.text,
      url: plan.source.url,
      reviewed: phrasebook.date(jurisdiction.reviewed),
    }
    return [...ofRule, phrasebook.sayOfDates(isFromTag ? 'plan-source-tag' : 'plan-source', values)]
  })
  return lines.length === 0 ? [] : [{ kind: 'list', items: [...new Set(lines)] }]
}

/** What somebody may want next: to be reminded, the dates in their calendar, what to do about it. */
function composeActions(brain: Brain, answer: AnswerOf<'dates'>, phrasebook: Phrasebook): Block[] {
  const acts = answer.subjects.flatMap(({ jurisdiction, open }): Choice[] => {
    const values = { jurisdiction: nameOf(brain, jurisdiction, phrasebook) }
    const act = (kind: 'remind' | 'calendar') => ({
      id: formatChoiceId({ kind, jurisdiction: jurisdiction.id }),
      label: phrasebook.sayOfDates(`action-${kind}`, values),
    })
    return [
      ...(open.some(({ mayRemind }) => mayRemind) ? [act('remind')] : []),
      ...(open.length > 0 ? [act('calendar')] : []),
    ]
  })
  const list = [...acts, ...toGuidance(brain, answer, phrasebook)]
  return toActions(list, phrasebook.sayOfDates('actions-prompt'))
}

const toActions = (list: readonly Choice[], prompt: string): Block[] =>
  list.length === 0 ? [] : [choices('actions', prompt, list)]

const toGuidance = (brain: Brain, answer: DeadlineAnswer, { language }: Phrasebook): Choice[] =>
  guidanceOf(answer)
    .map((id) => brain.entry(id, language))
    .filter((entry) => entry !== undefined)
    .slice(0, guidanceMax)
    .map(toEntryChoice)

function composeCommunity(
  brain: Brain,
  { subjects, period }: AnswerOf<'community'>,
  phrasebook: Phrasebook,
): Block[] {
  const label =
    period === null
      ? phrasebook.sayOfDates('label-all')
      : phrasebook.sayOfDates('label-period', sayPeriod(period, phrasebook))
  // So many rows are read at a glance or not at all: why a date is what it is stands with its own member.
  const rows = toRows(brain, subjects, period, phrasebook).map(({ items, ...row }) => ({
    ...row,
    items: items.map((item) => ({ ...item, why: '' })),
  }))
  return [
    { kind: 'heading', text: label },
    say(phrasebook.sayOfDates('which-none')),
    ...composeTimeline(rows, label, brain.desk.today('UTC'), phrasebook),
  ]
}

function composeApplied(
  brain: Brain,
  answer: AnswerOf<'applied'>,
  phrasebook: Phrasebook,
): Block[] {
  const { anchor, from, today, applied } = answer
  const { language } = phrasebook
  const lines = applied.map(({ rule, date }) => {
    const isGuess = rule.isDayEstimated || rule.force === 'estimate'
    const sentence = phrasebook.sayOfDates('applied', {
      title: pickText(rule.name, language),
      when: phrasebook.day(date),
      left: phrasebook.left(today.until(date).days),
      force: phrasebook.force(rule.force),
    })
    const doubt = isGuess ? [phrasebook.sayOfDates('certainty-estimate')] : []
    return [
      sentence,
      ...doubt,
      sayWhy({ rule }, { phrasebook, nameAnchor: brain.desk.nameAnchor }),
    ].join(' ')
  })
  const sources = applied.flatMap(({ rule }) =>
    rule.sources.map(({ text, url }) =>
      phrasebook.sayOfDates('rule-source', { source: text, url }),
    ),
  )
  const counted = { anchor: brain.desk.nameAnchor(anchor, language), from: phrasebook.day(from) }
  const advice = pickText(applied[0].rule.advice, language)
  return [
    say(phrasebook.sayOfDates('applied-from', counted)),
    { kind: 'list', items: lines },
    say(phrasebook.sayOfDates('advice', { advice })),
    { kind: 'list', items: [...new Set(sources)] },
    ...toActions(toGuidance(brain, answer, phrasebook), phrasebook.sayOfDates('actions-prompt')),
  ]
}

function composeWhich(
  brain: Brain,
  { choices: among }: AnswerOf<'which'>,
  phrasebook: Phrasebook,
): Block[] {
  if (among.length === 0) return [say(phrasebook.sayOfDates('which-none'))]
  const list = among.map((one) => toDatesChoice(nameOf(brain, one, phrasebook), one))
  return [choices('offer', phrasebook.sayOfDates('which'), list)]
}

const sayPeriod = ({ from, through }: Period, phrasebook: Phrasebook) => ({
  from: phrasebook.date(from),
  through: phrasebook.date(through),
})
