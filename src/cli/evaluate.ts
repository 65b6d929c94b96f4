// The command "evaluate": asks every evaluation question, prints the figures by kind and each failure.

import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import {
  countFigures,
  judge,
  readQuestions,
  type Figures,
  type Judged as JudgedQuestion,
} from './evaluation.ts'
import { knowledgeFolder } from './knowledge-folder.ts'
import { openBrain } from './open-brain.ts'
import { runCommand } from './run-command.ts'
import { todayOption } from './today-option.ts'

const questionsFolder = fileURLToPath(new URL('../../test/evaluation', import.meta.url))

type EvaluateOptions = {
  readonly knowledge: string
  readonly json?: true
  readonly quiet?: true
  readonly today?: Temporal.PlainDate
}

const command = new Command('evaluate')
  .description('Asks the evaluation questions and prints how they were answered.')
  .argument('[files...]', 'files of questions (default: all of test/evaluation)')
  .option('--knowledge <folder>', 'the knowledge base to ask', knowledgeFolder)
  .option('--json', 'print the figures as JSON')
  .option('--quiet', 'do not list the failures')
  .addOption(todayOption())
  .action((files: string[], options: EvaluateOptions) => {
    const brain = openBrain(options.knowledge, options.today)
    const paths =
      files.length > 0
        ? files
        : globSync('*.yaml', { cwd: questionsFolder }).map((file) => `${questionsFolder}/${file}`)
    const judged = paths.toSorted().flatMap((path) => {
      const chapter = basename(path, '.yaml')
      return readQuestions(path).map((question) => ({ chapter, ...judge(brain, question) }))
    })
    if (options.json) process.stdout.write(`${JSON.stringify(countFigures(judged), null, 2)}\n`)
    else process.stdout.write(report(judged, options.quiet !== true))
  })

type Judged = JudgedQuestion & { readonly chapter: string }

function report(judged: readonly Judged[], withFailures: boolean): string {
  const group = (keyOf: (one: Judged) => string) =>
    [...Map.groupBy(judged, keyOf)].map(([key, own]) => toRow(key, countFigures(own)))
  const byKind = group(({ question }) => question.kind)
  const byChapter = group(({ chapter }) => chapter)
  const all = toRow('all', countFigures(judged))
  const table = [header, ...byKind, [], ...byChapter, [], all].map(alignRow).join('\n')
  const failures = judged.filter(({ verdict }) => verdict !== 'right' && verdict !== 'refused')
  const lines = failures.map(
    ({ question, verdict, got }) =>
      `${verdict} [${question.kind}] ${[...question.before, question.ask].join(' > ')}\n` +
      `    wanted ${describeWanted(question)}; got ${got}`,
  )
  return withFailures && lines.length > 0 ? `${table}\n\n${lines.join('\n')}\n` : `${table}\n`
}

const describeWanted = ({ want, facet }: Judged['question']) =>
  want.length === 0
    ? 'no answer'
    : `${want.join(' + ')}${facet === undefined ? '' : ` (${[facet].flat().join(' + ')})`}`

const header = [
  'kind',
  'questions',
  'right first',
  'among three',
  'answered',
  'wrong side',
  'wrong answer',
  'offered',
  'abstained',
  'false answer',
]

function toRow(kind: string, figures: Figures): string[] {
  const { answerable, unanswerable } = figures
  const share = (part: number, whole: number) =>
    whole === 0 ? '' : `${part.toString()} (${((100 * part) / whole).toFixed(1)} %)`
  return [
    kind,
    figures.questions.toString(),
    share(figures.rightFirst, answerable),
    share(figures.amongThree, answerable),
    share(figures.answered, answerable),
    share(figures.wrongSide, answerable),
    share(figures.wrongAnswer, answerable),
    share(figures.offered, answerable),
    share(figures.abstained, answerable),
    share(figures.falseAnswer, unanswerable),
  ]
}

const columnWidths = [17, 9, 13, 13, 13, 11, 12, 11, 11, 12]

const alignRow = (cells: readonly string[]) =>
  cells
    .map((cell, index) => {
      const width = columnWidths[index] ?? 0
      return index === 0 ? cell.padEnd(width) : cell.padStart(width)
    })
    .join('  ')

await runCommand(command)
