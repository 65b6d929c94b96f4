// The command "ask": one question for people, or questions as JSON lines for machines.
// Reads no environment; what it needs is on the command line and on standard input.

import { createInterface } from 'node:readline'
import { Command } from 'commander'
import { createReply } from '../chat/reply.ts'
import { toPlainText } from '../chat/plain-text.ts'
import { ask } from '../assistant/ask.ts'
import type { Brain } from '../assistant/brain.ts'
import { phrasebookFor } from '../assistant/spoken-phrasebook.ts'
import { fallbackLanguage } from '../knowledge/knowledge-base.ts'
import { systemClock } from '../clock.ts'
import { convertSet } from './convert.ts'
import { explain } from './explain.ts'
import { answerLine } from './answer-line.ts'
import { runCommand } from './run-command.ts'
import { todayOption } from './today-option.ts'
import { knowledgeFolder } from './knowledge-folder.ts'
import { openBrain } from './open-brain.ts'

type AskOptions = {
  readonly json?: true
  readonly explain?: true
  readonly convert?: string
  readonly knowledge: string
  readonly language: string
  readonly today?: Temporal.PlainDate
}

const command = new Command('ask')
  .description('Answers a question, or with --json one question a line of standard input.')
  .argument('[question...]', 'the question, in your own words')
  .option('--json', 'read one question a line, print one JSON object a line')
  .option('--explain', 'show how the question was understood and decided')
  .option(
    '--convert <set>',
    'turn a question set into a knowledge base, in the folder named after it',
  )
  .option('--knowledge <folder>', 'answer from another knowledge base', knowledgeFolder)
  .option('--language <tag>', 'the language of whoever asks', fallbackLanguage)
  .addOption(todayOption())
  .action(async (words: string[], options: AskOptions) => {
    if (options.convert !== undefined) {
      convert(options.convert, words, command)
      return
    }
    const brain = openBrain(options.knowledge, options.today)
    if (options.explain)
      process.stdout.write(`${explain(brain, words.join(' '), options.language)}\n`)
    else if (options.json) await answerLines(brain, options.language)
    else answerOnce(brain, words.join(' '), options.language, command)
  })

function convert(set: string, words: readonly string[], command: Command): void {
  const [folder] = words
  if (folder === undefined)
    command.error('Cannot convert: no folder was given to write to, one is needed')
  else {
    const today = systemClock.now().toZonedDateTimeISO('UTC').toPlainDate().toString()
    const { entries, phrasings, dropped } = convertSet(set, folder, today)
    process.stdout.write(
      `Wrote ${entries.toString()} entries with ${phrasings.toString()} phrasings to ${folder}; ` +
        `left out ${dropped.toString()} phrasings that stand twice.\n`,
    )
  }
}

function answerOnce(brain: Brain, question: string, language: string, command: Command): void {
  if (question.trim() === '') {
    command.error('Cannot answer: no question was given, one such as "what is OGP" is needed')
  }
  const phrasebook = phrasebookFor(brain, question, language)
  const { blocks } = ask(brain, phrasebook, question, null)
  const reply = createReply('private', phrasebook.language, blocks)
  process.stdout.write(`${toPlainText(reply)}\n`)
}

async function answerLines(brain: Brain, language: string): Promise<void> {
  // A first question pays for the compiler; the figures are for those that follow.
  answerLine(brain, 'what is this', language)
  for await (const question of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    const line = JSON.stringify(answerLine(brain, question, language))
    if (!process.stdout.write(`${line}\n`)) {
      await new Promise((resolve) => process.stdout.once('drain', resolve))
    }
  }
}

await runCommand(command)
