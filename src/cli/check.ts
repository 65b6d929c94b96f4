// The command "knowledge": checks every file of a knowledge base and reports all mistakes at once; then gives advice.

import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { createBrain, toSearchDocument } from '../assistant/brain.ts'
import { copiedRunLength, findCopiedRuns } from '../knowledge/copied-runs.ts'
import { allPhrasings, type KnowledgeBase } from '../knowledge/knowledge-base.ts'
import { loadKnowledge } from '../knowledge/load.ts'
import { buildIndex } from '../search/build-index.ts'
import { adviseCurator } from './advice.ts'
import { knowledgeFolder } from './knowledge-folder.ts'
import { runCommand } from './run-command.ts'
import { todayOption, toToday } from './today-option.ts'

type CheckOptions = {
  readonly knowledge: string
  readonly against: readonly string[]
  readonly today?: Temporal.PlainDate
}

const command = new Command('knowledge')
  .description('Checks a knowledge base: each mistake with file, line and what was expected.')
  .option('--knowledge <folder>', 'the knowledge base to check', knowledgeFolder)
  .option('--against <files...>', 'documents whose wording must not be carried over', [])
  .addOption(todayOption())
  .action(({ knowledge, against, today: date }: CheckOptions) => {
    const today = toToday(date)
    const base = loadKnowledge(knowledge, knowledgeFolder)
    const copied = against.flatMap((file) =>
      findCopiedRuns(base, readFileSync(file, 'utf8')).map(
        ({ entry, facet, words }) => `${entry}: ${facet} shares with ${file}: "${words}"`,
      ),
    )
    const advice = adviseCurator(
      createBrain(base, { today }),
      buildIndex(base.entries.map(toSearchDocument), base.synonyms, { verbatim: false }),
      today('UTC'),
    )
    const lines = [
      `No mistake found in the files. ${count(base)}.`,
      ...section('Advice', advice),
      ...section(
        `Mistake: a run of ${copiedRunLength.toString()} words or more was copied`,
        copied,
      ),
      ...(against.length > 0 && copied.length === 0 ? ['No copied run found.'] : []),
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
    if (copied.length > 0) process.exitCode = 1
  })

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : [`\n${title} (${lines.length.toString()}):`, ...lines]

function count({ entries, version }: KnowledgeBase): string {
  const passages = entries.flatMap((entry) => entry.passages)
  const citations = passages.flatMap((passage) => passage.citations)
  const phrasings = entries.flatMap(allPhrasings)
  const confidence = Object.entries(Object.groupBy(citations, (citation) => citation.confidence))
  return [
    `${entries.length.toString()} entries`,
    `${passages.length.toString()} facets, each with its source`,
    ...confidence.map(([name, own]) => `${own.length.toString()} citations ${name}`),
    `${phrasings.length.toString()} phrasings`,
    `languages: ${[...new Set(entries.map(({ language }) => language))].join(', ')}`,
    `version ${version}`,
  ].join(', ')
}

await runCommand(command)
