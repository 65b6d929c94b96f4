// Owns the project's own evaluation as a set: its knowledge base as entries, its single questions as queries, and the
// same misspelt as the public sets are. Follow-ups and questions about two things need a conversation, not a search.

import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toSearchDocument } from '../../src/assistant/brain.ts'
import { readQuestions } from '../../src/cli/evaluation.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import type { BenchEntry, BenchQuery } from './engine.ts'
import type { SetFolder } from './sets.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const ownSetName = 'ogp-own'
const misspeltWords = 2
const misspeltLengthMin = 4

/** Writes the set below a folder and returns where it is. */
export function writeOwnSet(parent: string): SetFolder {
  const path = join(parent, ownSetName)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'entries.json'), JSON.stringify(listEntries()))
  writeFileSync(join(path, 'queries.json'), JSON.stringify(listQueries()))
  return { name: ownSetName, path }
}

function listEntries(): BenchEntry[] {
  return loadKnowledge(join(root, 'knowledge'))
    .entries.map(toSearchDocument)
    .map(({ id, title, phrasings, body }) => ({ id, title, questions: [...phrasings], body }))
}

function listQueries(): BenchQuery[] {
  const folder = join(root, 'test/evaluation')
  const draw = createDraw()
  return globSync('*.yaml', { cwd: folder })
    .sort()
    .flatMap((file) => readQuestions(join(folder, file)))
    .filter(({ kind, before, want }) => kind !== 'talk' && before.length === 0 && want.length < 2)
    .map(({ ask, want, also }) => ({ q: ask, typo: misspell(ask, draw), a: [...want, ...also] }))
}

/** One slip in each of two words: letters swapped, one dropped, one doubled, or another in its place. */
function misspell(text: string, draw: () => number): string {
  const words = text.split(' ')
  const places = [...words.keys()].filter((at) => (words[at] ?? '').length >= misspeltLengthMin)
  for (let i = 0; i < misspeltWords && places.length > 0; i++) {
    const [place = 0] = places.splice(Math.floor(draw() * places.length), 1)
    const word = words[place] ?? ''
    const at = Math.floor(draw() * (word.length - 1))
    const [first = '', second = ''] = [word[at], word[at + 1]]
    const other = String.fromCharCode('a'.charCodeAt(0) + Math.floor(draw() * 26))
    const slips = [second + first, second, first + first + second, other + second]
    const slip = slips[Math.floor(draw() * slips.length)] ?? second
    words[place] = word.slice(0, at) + slip + word.slice(at + 2)
  }
  return words.join(' ')
}

/** The same numbers in every run. */
function createDraw(): () => number {
  let state = 7
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
