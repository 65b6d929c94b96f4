// Reads one YAML file against a schema. Every mistake is located by file and line; none is thrown.

import { globSync, readFileSync } from 'node:fs'
import { isMap, isNode, isScalar, LineCounter, parse, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import type { Mistake } from './mistake.ts'

/** A knowledge file is prose: one that is larger than this was put here by mistake. */
const fileBytesMax = 1024 * 1024
const shownValueLengthMax = 60

export type ReadFile<Content> = {
  readonly file: string
  readonly content: Content
  /** The line of a path inside the file, for checks across files. */
  readonly lineOf: (path: readonly PropertyKey[]) => number
  readonly text: string
}

type Located = { readonly document: Document; readonly lines: LineCounter }

/** Sorted, with forward slashes, so that messages are the same on every machine. */
export function listFiles(folder: string, pattern: string): string[] {
  return globSync(pattern, { cwd: folder })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
}

/** Returns the checked content, or null after reporting every mistake of the file. */
export function readFile<Schema extends z.ZodType>(
  folder: string,
  file: string,
  schema: Schema,
  report: (mistake: Mistake) => void,
): ReadFile<z.output<Schema>> | null {
  let text: string
  let raw: unknown
  try {
    const bytes = readFileSync(`${folder}/${file}`)
    if (bytes.length > fileBytesMax) {
      report({ file, line: 1, message: `expected at most ${fileBytesMax.toString()} bytes` })
      return null
    }
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    report({ file, line: 1, message: `expected readable UTF-8 text: ${describe(error)}` })
    return null
  }
  // The plain parser is several times faster; positions are worked out only when somebody needs them.
  let located: Located | undefined
  const locate = () => (located ??= locateNodes(text))
  const lineOf = (path: readonly PropertyKey[]) => findLine(locate(), path)
  try {
    raw = parse(text, { maxAliasCount: 0 })
  } catch {
    for (const error of locate().document.errors) {
      const line = locate().lines.linePos(error.pos[0]).line
      report({ file, line, message: `not valid YAML: ${error.message.split('\n')[0] ?? ''}` })
    }
    if (locate().document.errors.length === 0) {
      report({ file, line: 1, message: 'expected YAML without aliases' })
    }
    return null
  }
  const result = schema.safeParse(raw)
  if (result.success) return { file, content: result.data, lineOf, text }
  for (const issue of result.error.issues) {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys] : issue.path
    report({ file, line: lineOf(path), message: explain(issue.path, issue.message, raw) })
  }
  return null
}

function locateNodes(text: string): Located {
  const lines = new LineCounter()
  return { document: parseDocument(text, { lineCounter: lines }), lines }
}

/** The line of the deepest part of the path that exists. */
function findLine({ document, lines }: Located, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const offset = offsetOf(document, path.slice(0, depth))
    if (offset !== undefined) return lines.linePos(offset).line
  }
  return 1
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  const key = path.at(-1)
  const parent: unknown =
    path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key)
    return isNode(pair?.key) ? pair.key.range?.[0] : undefined
  }
  const node: unknown = document.getIn(path, true)
  return isNode(node) ? node.range?.[0] : undefined
}

function explain(path: readonly PropertyKey[], message: string, raw: unknown): string {
  const place = path.length === 0 ? '' : `${path.map(String).join('.')}: `
  const value = path.reduce<unknown>(
    (parent, key) => (parent as Record<PropertyKey, unknown> | undefined)?.[key],
    raw,
  )
  const shown = typeof value === 'string' || typeof value === 'number' ? quote(value) : ''
  return `${place}${shown}${message.replace(/^Invalid input: /, '')}`
}

function quote(value: string | number): string {
  const text = String(value)
  const short =
    text.length > shownValueLengthMax ? `${text.slice(0, shownValueLengthMax)}...` : text
  return `"${short}": `
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
