// Runs one command of the command line: what the operator got wrong is one clear message and exit code 1.

import type { Command } from 'commander'
import { ConvertError } from './convert.ts'
import { KnowledgeError } from '../knowledge/mistake.ts'

export async function runCommand(command: Command): Promise<void> {
  // A reader that has seen enough (`| head -1`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  try {
    await command.parseAsync()
  } catch (error) {
    if (!(error instanceof KnowledgeError || error instanceof ConvertError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
