// Runs one of the product's programs as a person would: a process with arguments, variables and input.

import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../repository/source-files.ts'

export type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Without variables of the machine that would change what the product does, in an empty folder. */
export function runNode(
  script: string,
  options: {
    readonly arguments?: readonly string[]
    readonly variables?: Readonly<Record<string, string>>
    readonly input?: string | Uint8Array
  } = {},
): Promise<Run> {
  const child = spawn(process.execPath, [join(root, script), ...(options.arguments ?? [])], {
    cwd: mkdtempSync(join(tmpdir(), 'run-')),
    env: { PATH: process.env['PATH'], ...options.variables },
  })
  const run = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (run.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (run.stderr += chunk.toString()))
  child.stdin.end(options.input ?? '')
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ code, ...run })
    })
  })
}
