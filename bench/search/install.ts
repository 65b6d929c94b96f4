// Owns the installation of the measured libraries: bench/package.json is apart from the product's, and
// is installed when first needed.

import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BenchError } from './sets.ts'

/** The lock file is newer than what was installed from it. */
function isStale(folder: string): boolean {
  const marker = join(folder, 'node_modules', '.package-lock.json')
  if (!existsSync(marker)) return true
  return statSync(join(folder, 'package-lock.json')).mtimeMs > statSync(marker).mtimeMs
}

export function installLibraries(folder: string): void {
  if (!isStale(folder)) return
  process.stderr.write('Installing the measured libraries: npm --prefix bench ci\n')
  const { status, stderr } = spawnSync(
    'npm',
    ['--prefix', folder, 'ci', '--no-audit', '--no-fund'],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  if (status === 0) return
  const reason = stderr
    .split('\n')
    .filter((line) => line.startsWith('npm error'))
    .slice(0, 5)
    .join('\n')
  throw new BenchError(
    `Cannot install the measured libraries: npm ended with ${status ?? 'no exit code'}, a package registry within reach is needed\n${reason}`,
  )
}
