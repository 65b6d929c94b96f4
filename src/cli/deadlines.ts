// The command "deadlines": the dates of a jurisdiction for people, as JSON for machines, or as a calendar file.

import { Command } from 'commander'
import type { Brain } from '../assistant/brain.ts'
import { composeDeadlines } from '../assistant/compose-deadlines.ts'
import { answerCommand, readCalendarFeed } from '../assistant/deadlines.ts'
import type { Jurisdiction } from '../calendar/calendar.ts'
import { createReply } from '../chat/reply.ts'
import { toPlainText } from '../chat/plain-text.ts'
import { fallbackLanguage } from '../knowledge/knowledge-base.ts'
import { toMilestoneLine } from './milestone-line.ts'
import { knowledgeFolder } from './knowledge-folder.ts'
import { openBrain } from './open-brain.ts'
import { runCommand } from './run-command.ts'
import { todayOption } from './today-option.ts'

type DeadlinesOptions = {
  readonly json?: true
  readonly ics?: true
  readonly knowledge: string
  readonly language: string
  readonly today?: Temporal.PlainDate
}

const command = new Command('deadlines')
  .description('Shows what is due: of a jurisdiction, of several, in a period, or of all.')
  .argument('[asked...]', 'such as "kenya", "italy before June", or "all"')
  .option('--json', 'print the jurisdictions with all their milestones as JSON')
  .option('--ics', 'print the calendar file of one jurisdiction')
  .option('--knowledge <folder>', 'use another knowledge base', knowledgeFolder)
  .option('--language <tag>', 'the language of the reply', fallbackLanguage)
  .addOption(todayOption())
  .action((words: string[], { json, ics, knowledge, language, today }: DeadlinesOptions) => {
    const brain = openBrain(knowledge, today)
    const asked = words.join(' ')
    const output = ics
      ? toCalendarFile(brain, asked, language)
      : json
        ? toJson(brain, asked, language)
        : toText(brain, asked, language)
    process.stdout.write(output)
  })

function toText(brain: Brain, asked: string, language: string): string {
  const phrasebook = brain.phrasebook(language)
  const blocks = composeDeadlines(brain, answerCommand(brain, asked, null), phrasebook)
  const reply = createReply('private', phrasebook.language, blocks)
  return `${toPlainText(reply, { choices: false })}\n`
}

function toJson(brain: Brain, asked: string, language: string): string {
  const all = findNamed(brain, asked).map((jurisdiction) => {
    const { id, level, country, status, zone, notice, plans, reviewed } = jurisdiction
    const today = brain.desk.today(zone)
    const milestones = brain.desk
      .milestonesOf(jurisdiction)
      .map((milestone) => toMilestoneLine(milestone, today, language))
    const name = brain.desk.finder.nameOf(jurisdiction, language)
    return { id, name, level, country, status, zone, notice, reviewed, plans, today, milestones }
  })
  return `${JSON.stringify(all.length === 1 ? all[0] : all, null, 2)}\n`
}

function toCalendarFile(brain: Brain, asked: string, language: string): string {
  const [jurisdiction, ...others] = findNamed(brain, asked)
  if (jurisdiction === undefined || others.length > 0) {
    return command.error('Cannot write a calendar file: the name of one jurisdiction is needed')
  }
  return readCalendarFeed(brain, jurisdiction.id, language)?.content ?? ''
}

/** Those named, or all when nobody is. */
function findNamed({ desk }: Brain, asked: string): readonly Jurisdiction[] {
  if (asked.trim() === '' || asked.trim() === 'all') return desk.calendar.jurisdictions
  const { named } = desk.finder.find(asked)
  if (named.length > 0) return named
  return command.error(`Cannot find "${asked}": no jurisdiction of that name is known`)
}

await runCommand(command)
