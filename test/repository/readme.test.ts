// What the README and .env.example claim, as far as a test can know.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { countFigures, judge, readQuestions, type Figures } from '../../src/cli/evaluation.ts'
import { brain } from '../assistant/fixture.ts'
import { readSourceFiles, root } from './source-files.ts'

const read = (file: string) => readFileSync(join(root, file), 'utf8')
const readme = read('README.md')
const scripts = Object.keys(
  (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts,
)

describe('README', () => {
  test('opens with the two commands', () => {
    expect(/```sh\n([\s\S]*?)```/.exec(readme)?.[1]).toBe('npm ci\nnpm start\n')
  })

  test('is short enough to be read', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(250)
  })

  test('names only scripts that exist', () => {
    const named = [...readme.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => !scripts.includes(name ?? ''))).toEqual([])
  })

  test('links only to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, file = '']) => file)
    expect(links.length).toBeGreaterThan(3)
    for (const file of links) expect(read(file).length, file).toBeGreaterThan(0)
  })

  test('shows every exemption of an adapter with its reason', () => {
    const suites = readSourceFiles('test/adapters/*/conformance.test.ts')
    expect(suites.length).toBe(5)
    const exempting = suites.filter(({ text }) => text.includes('exempt: {'))
    expect(exempting.map(({ path }) => path)).toEqual([
      'test/adapters/terminal/conformance.test.ts',
    ])
    const [suite] = exempting
    const exempt = /exempt: \{([\s\S]*?)\n {2}\}/.exec(suite?.text ?? '')?.[1] ?? ''
    const pairs = [...exempt.matchAll(/'([^']+)': '([^']+)'/g)]
    expect(pairs.length).toBe(4)
    for (const [, name = '', reason = ''] of pairs) expect(readme).toContain(`${name} (${reason})`)
  })

  test('shows the figures of the evaluation as they are', () => {
    const files = ['foundations', 'governance', 'joining', 'local', 'standards', 'action-plans']
      .concat(['irm', 'integrity', 'challenge-events'])
      .map((chapter) => `test/evaluation/${chapter}.yaml`)
    const judged = files.flatMap((file) =>
      readQuestions(join(root, file)).map((question) => judge(brain, question)),
    )
    const { rightFirst, amongThree, answered, wrongAnswer, answerable }: Figures =
      countFigures(judged)
    const share = (part: number) => `${((100 * part) / answerable).toFixed(1)} %`
    const row = [judged.length, ...[rightFirst, amongThree, answered, wrongAnswer].map(share)]
    expect(readme.replaceAll(/ +/g, ' ')).toContain(`| **all** | ${row.join(' | ')} |`)
  })
})

test('.env.example names every variable that is read, and no other', () => {
  const named = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
  const configs = readSourceFiles('src/config.ts', 'adapters/*/config.ts').map(({ text }) => text)
  const known = configs.flatMap((text) =>
    [...text.matchAll(/^ {2}([A-Z_]+): \{|variables\['([A-Z_]+)'\]|'([A-Z]+_[A-Z_]+)'[,)]/gm)].map(
      ([, field, variable, read]) => field ?? variable ?? read,
    ),
  )
  // NO_COLOR is everybody's; what follows SLACK_ is put together where it is read.
  const conventional = [
    'NO_COLOR',
    'BOT_TOKEN',
    'APP_TOKEN',
    'SIGNING_SECRET',
    'CLIENT_ID',
    'CLIENT_SECRET',
  ]
  expect([...new Set(known)].filter((name) => !conventional.includes(name ?? '')).sort()).toEqual(
    named.sort(),
  )
})
