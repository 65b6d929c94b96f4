// The use case "deadlines": dates asked for by command or button, and the dates of a jurisdiction as a calendar file.

import { pickText, type Jurisdiction, type Milestone } from '../calendar/calendar.ts'
import { writeCalendarFile } from '../calendar/ics.ts'
import type { Block } from '../chat/reply.ts'
import type { ConversationContext } from '../store/store.ts'
import { contextAfterDates } from './ask.ts'
import type { Exchange } from './exchange.ts'
import { say } from './blocks.ts'
import type { Brain } from './brain.ts'
import { composeDeadlines } from './compose-deadlines.ts'
import {
  answerForCommunity,
  answerTimeQuestion,
  datesOf,
  type DeadlineAnswer,
} from './deadline-answer.ts'
import { ownJurisdictions } from './dates-question.ts'
import type { Phrasebook } from './phrasebook.ts'
import { sayCertainty, sayWhy } from './timeline-rows.ts'

/** What `/deadlines` alone shows. */
const communityDays = 180

/** `/deadlines`, `/deadlines italy`, `/deadlines all`, `/deadlines before June`. */
export async function showDeadlines(exchange: Exchange, argument: string): Promise<Block[]> {
  const { message, brain, phrasebook, store } = exchange
  const before = await store.readContext(message.conversation)
  const answer = answerCommand(brain, argument, before)
  const after = contextAfterDates(answer, before)
  if (after !== null) await store.writeContext(message.conversation, after)
  return composeDeadlines(brain, answer, phrasebook)
}

/** @param argument what stands behind `/deadlines` */
export function answerCommand(
  { desk }: Brain,
  argument: string,
  before: ConversationContext | null,
): DeadlineAnswer {
  const asked = argument.trim()
  const everything = { rules: [], period: null }
  if (asked === 'all') return answerForCommunity(desk, everything)
  const own = ownJurisdictions(desk, before)
  if (asked !== '') {
    const question = desk.read(asked)
    // An argument that names nobody is a misspelt name, never the last one talked about.
    return answerTimeQuestion(desk, question, question.otherWords.length > 0 ? [] : own)
  }
  const [first, ...others] = own.map((jurisdiction) => datesOf(desk, jurisdiction, everything))
  if (first !== undefined) return { kind: 'dates', subjects: [first, ...others], period: null }
  const from = desk.today('UTC')
  const period = { from, through: from.add({ days: communityDays }) }
  return answerForCommunity(desk, { rules: [], period })
}

export async function showDeadlinesOf(exchange: Exchange, id: string): Promise<Block[]> {
  const jurisdiction = exchange.brain.desk.jurisdiction(id)
  if (jurisdiction === undefined) return [say(exchange.phrasebook.say('choice-gone'))]
  return showDeadlines(exchange, exchange.brain.desk.finder.nameOf(jurisdiction, 'en'))
}

/** The jurisdiction's dates to take along. */
export function showCalendarFile({ brain, phrasebook, publicUrl }: Exchange, id: string): Block[] {
  const jurisdiction = brain.desk.jurisdiction(id)
  if (jurisdiction === undefined) return [say(phrasebook.say('choice-gone'))]
  const name = brain.desk.finder.nameOf(jurisdiction, phrasebook.language)
  return [
    {
      kind: 'file',
      name: `ogp-${id}.ics`,
      mediaType: 'text/calendar',
      content: writeCalendar(brain, jurisdiction, phrasebook),
      label: phrasebook.sayOfDates('calendar-file', { jurisdiction: name }),
      ...(publicUrl === ''
        ? {}
        : { url: `${publicUrl}/calendar/${id}.ics?lang=${phrasebook.language}` }),
    },
  ]
}

/** The same for a feed; null when nobody of that name is known. */
export function readCalendarFeed(
  brain: Brain,
  id: string,
  language: string,
): { readonly content: string } | null {
  const jurisdiction = brain.desk.jurisdiction(id)
  if (jurisdiction === undefined) return null
  return { content: writeCalendar(brain, jurisdiction, brain.phrasebook(language)) }
}

function writeCalendar(brain: Brain, jurisdiction: Jurisdiction, phrasebook: Phrasebook): string {
  const { language } = phrasebook
  const name = brain.desk.finder.nameOf(jurisdiction, language)
  return writeCalendarFile({
    jurisdiction,
    milestones: brain.desk.milestonesOf(jurisdiction).filter(({ isMet }) => !isMet),
    language,
    texts: {
      calendarName: phrasebook.sayOfDates('calendar-name', { jurisdiction: name }),
      title: (milestone) => nameInCalendar(name, milestone, phrasebook),
      description: (milestone) =>
        [
          phrasebook.force(milestone.force),
          sayWhy(milestone, { phrasebook, nameAnchor: brain.desk.nameAnchor }),
          sayCertainty(milestone, phrasebook),
          ...(milestone.rule === undefined
            ? []
            : [
                pickText(milestone.rule.advice, language),
                ...milestone.rule.sources.map(({ text, url }) => `${text} ${url}`),
              ]),
        ]
          .filter((line) => line !== '')
          .join('\n'),
    },
  })
}

function nameInCalendar(name: string, milestone: Milestone, phrasebook: Phrasebook): string {
  const title = `${name}: ${pickText(milestone.title, phrasebook.language)}`
  return milestone.basis === 'estimate' ? phrasebook.sayOfDates('estimated', { title }) : title
}
