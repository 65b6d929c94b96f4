// Checks the rules of the calendar with one another and with the rest of the knowledge base.

import { queryBounds, splitWords } from '../search/normalise.ts'
import type { RuleFile, RulesFile } from './calendar-schema.ts'
import type { Mistake } from './mistake.ts'
import type { ReadFile } from './read-file.ts'

/** What the rest of the knowledge base has; null when it could not be read, and is then not checked against. */
export type KnownIds = {
  readonly entries: ReadonlySet<string>
  readonly sources: ReadonlySet<string> | null
}

type Path = readonly (string | number)[]

export function checkRules(
  read: ReadFile<RulesFile>,
  known: KnownIds,
  report: (mistake: Mistake) => void,
): void {
  const { anchors, rules } = read.content
  const complain = (path: Path, message: string) => {
    const place = path.join('.')
    report({ file: read.file, line: read.lineOf(path), message: `${place}: ${message}` })
  }
  const once = {
    ids: createOnce(complain),
    codes: createOnce(complain),
    names: createOnce(complain),
  }
  for (const [index, rule] of rules.entries()) {
    const path = (...rest: Path): Path => ['rules', index, ...rest]
    once.ids(path('id'), rule.id, rule.id)
    once.codes(path('code'), rule.code, rule.code)
    for (const [language, names] of Object.entries(rule.names)) {
      for (const [place, name] of names.entries()) {
        const words = splitWords(name, queryBounds).join(' ')
        once.names(path('names', language, place), name, `${language}/${words}`)
      }
    }
    for (const [key, anchor] of anchorsOf(rule)) {
      if (anchor in anchors) continue
      const expected = `one of the anchors: ${Object.keys(anchors).join(', ')}`
      complain(path('due', key), `"${anchor}": expected ${expected}`)
    }
    if (!known.entries.has(rule.entry)) {
      complain(path('entry'), `"${rule.entry}": expected the id of an entry`)
    }
    for (const { id } of rule.source) {
      if (known.sources?.has(id) ?? true) continue
      complain(path('source'), `"${id}": expected the id of a source in sources.yaml`)
    }
  }
}

const anchorsOf = ({ due }: RuleFile): [string, string][] =>
  (['on', 'after', 'before'] as const).flatMap((key) => {
    const anchor = due[key]
    return anchor === undefined ? [] : [[key, anchor]]
  })

/** Complains from the second time on that a key comes. */
function createOnce(complain: (path: Path, message: string) => void) {
  const seen = new Map<string, Path>()
  return (path: Path, value: string, key: string): void => {
    const other = seen.get(key)
    if (other === undefined) seen.set(key, path)
    else complain(path, `"${value}": also at ${other.join('.')}, expected it once`)
  }
}
