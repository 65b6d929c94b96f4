// The source files of the repository and what they import, for tests that hold its structure.

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

export const root = join(import.meta.dirname, '../..')

export type SourceFile = {
  /** Relative to the repository, with forward slashes. */
  readonly path: string
  readonly text: string
  /** Relative imports as paths in the repository, packages by their names. */
  readonly imports: readonly string[]
}

export function readSourceFiles(...patterns: readonly string[]): SourceFile[] {
  return patterns
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((path) => !path.includes('node_modules'))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      const imports = ts
        .preProcessFile(text)
        .importedFiles.map(({ fileName }) =>
          fileName.startsWith('.') ? join(path, '..', fileName).replaceAll('\\', '/') : fileName,
        )
      return { path: path.replaceAll('\\', '/'), text, imports }
    })
}
