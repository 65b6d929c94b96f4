// The command "knowledge": checks every file of a knowledge base and reports all mistakes at once.

import { Command } from 'commander'
import { loadKnowledge } from '../knowledge/load.ts'
import { knowledgeFolder } from './knowledge-folder.ts'
import { runCommand } from './run-command.ts'

type CheckOptions = { readonly knowledge: string }

const command = new Command('knowledge')
  .description('Checks a knowledge base: each mistake with file, line and what was expected.')
  .option('--knowledge <folder>', 'the knowledge base to check', knowledgeFolder)
  .action(({ knowledge }: CheckOptions) => {
    const { entries, version } = loadKnowledge(knowledge, knowledgeFolder)
    const phrasings = entries.flatMap((entry) => [
      ...entry.phrasings,
      ...entry.passages.flatMap((passage) => passage.phrasings),
    ])
    const languages = new Set(entries.map(({ language }) => language))
    const counts = [
      `${entries.length.toString()} entries`,
      `${entries.flatMap(({ passages }) => passages).length.toString()} facets`,
      `${phrasings.length.toString()} phrasings`,
      `languages: ${[...languages].join(', ')}`,
      `version ${version}`,
    ]
    process.stdout.write(`No mistake found. ${counts.join(', ')}.\n`)
  })

await runCommand(command)
