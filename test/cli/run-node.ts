// Runs one of the product's programs as a person would: a process with arguments, variables and input.

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { cpSync, globSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../repository/source-files.ts'

export type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** A DATA_DIR of its own, with nothing in it but what earlier runs of the commands were trained to, which saves seconds. */
export function makeDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'data-'))
  const kept = join(root, 'data')
  for (const file of globSync('*.cache', { cwd: kept }))
    cpSync(join(kept, file), join(folder, file))
  return folder
}

type NodeOptions = {
  readonly arguments?: readonly string[]
  readonly variables?: Readonly<Record<string, string>>
}

/** A program that is talked to while it runs. */
export class NodeProcess {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #run = { stdout: '', stderr: '' }
  readonly #ended: Promise<Run>

  /** Without variables of the machine that would change what the product does, in an empty folder. */
  constructor(script: string, options: NodeOptions = {}) {
    this.#child = spawn(process.execPath, [join(root, script), ...(options.arguments ?? [])], {
      cwd: mkdtempSync(join(tmpdir(), 'run-')),
      env: { PATH: process.env['PATH'], ...options.variables },
    })
    this.#child.stdout.on('data', (chunk: Buffer) => (this.#run.stdout += chunk.toString()))
    this.#child.stderr.on('data', (chunk: Buffer) => (this.#run.stderr += chunk.toString()))
    this.#ended = new Promise((resolve, reject) => {
      this.#child.on('error', reject)
      this.#child.on('close', (code) => {
        resolve({ code, ...this.#run })
      })
    })
  }

  say(line: string): void {
    this.#child.stdin.write(`${line}\n`)
  }

  /** Until its output matches; the test fails when the program ends before that, or takes longer than tests may. */
  async until(pattern: RegExp): Promise<void> {
    const matches = new Promise<void>((resolve) => {
      const look = () => {
        if (!pattern.test(this.#run.stdout)) return
        this.#child.stdout.off('data', look)
        resolve()
      }
      this.#child.stdout.on('data', look)
      look()
    })
    const ends = this.#ended.then(({ stdout, stderr }) => {
      throw new Error(`Ended before ${pattern.toString()}: ${stdout}${stderr}`)
    })
    await Promise.race([matches, ends])
  }

  /** Ends its input, and waits for its end. */
  async end(input: string | Uint8Array = ''): Promise<Run> {
    this.#child.stdin.end(input)
    return this.#ended
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }
}

export const runNode = (
  script: string,
  { input = '', ...options }: NodeOptions & { readonly input?: string | Uint8Array } = {},
): Promise<Run> => new NodeProcess(script, options).end(input)
