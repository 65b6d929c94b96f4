// The house stays easy to see: imports run one way, time and environment have one door each, files say what they own.

import { describe, expect, test } from 'vitest'
import { readSourceFiles } from './source-files.ts'

/** For each part of src, the parts that it may import besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  chat: [],
  calendar: ['fold-letters.ts'],
  search: ['fold-letters.ts'],
  http: [],
  knowledge: ['calendar', 'search'],
  reminders: ['calendar', 'chat', 'clock.ts', 'log.ts', 'store'],
  store: ['calendar', 'chat', 'clock.ts', 'reminders'],
  assistant: [
    'calendar',
    'chat',
    'clock.ts',
    'knowledge',
    'reminders',
    'search',
    'store',
    'log.ts',
  ],
  cli: ['assistant', 'calendar', 'chat', 'clock.ts', 'knowledge', 'search', 'store'],
  'arguments.ts': ['clock.ts', 'operator-error.ts'],
  'platform-starter.ts': ['chat', 'log.ts', 'operator-error.ts'],
  'operator-error.ts': [],
  'fold-letters.ts': [],
  'config.ts': ['chat', 'log.ts'],
  'log.ts': ['clock.ts'],
  'clock.ts': [],
}

const files = readSourceFiles('src/**/*.ts', 'adapters/**/*.{ts,js}')
const partOf = (path: string) => path.split('/')[1] ?? ''
const isLocal = (path: string) => /^(src|adapters|test|bench)\//.test(path)

describe('imports', () => {
  const roots = ['src/main.ts', 'src/platforms.ts', 'src/doctor.ts']

  test.each(files.filter(({ path }) => path.startsWith('src/') && !roots.includes(path)))(
    '$path imports only what its part may know',
    ({ path, imports }) => {
      const allowed = mayImport[partOf(path)]
      expect(allowed, `${partOf(path)} has no rule`).toBeDefined()
      for (const imported of imports.filter(isLocal)) {
        expect([partOf(path), ...(allowed ?? [])].map((part) => `src/${part}`)).toContainEqual(
          imported.split('/').slice(0, 2).join('/'),
        )
      }
    },
  )

  test.each(files.filter(({ path }) => path.startsWith('adapters/')))(
    '$path imports only its own adapter and the chat port',
    ({ path, imports }) => {
      const own = path.split('/').slice(0, 2).join('/')
      for (const imported of imports.filter(isLocal)) {
        expect([own, 'src/chat']).toContain(imported.split('/').slice(0, 2).join('/'))
      }
    },
  )

  test('an adapter is loaded by import() alone, but for the reading of its variables', () => {
    const text = files.find(({ path }) => path === 'src/platforms.ts')?.text ?? ''
    const fixed = [...text.matchAll(/^import .* from '(\.\.\/adapters\/.*)'$/gm)].map(
      ([, from]) => from,
    )
    expect(fixed.length).toBeGreaterThan(0)
    for (const from of fixed) expect(from).toMatch(/\/config\.ts$/)
  })
})

describe('one door each', () => {
  const except = (...paths: readonly string[]) => files.filter(({ path }) => !paths.includes(path))

  test('only main.ts reads the environment', () => {
    const readers = except('src/main.ts').filter(({ text }) =>
      /process\.env\b(?!\.?`)/.test(withoutComments(text)),
    )
    expect(readers.map(({ path }) => path)).toEqual([])
  })

  test('only clock.ts reads the time', () => {
    const readers = except('src/clock.ts').filter(
      ({ path, text }) =>
        !path.startsWith('adapters/web/page/') &&
        /Temporal\.Now|Date\.now|new Date\b(?!\(\d)/.test(withoutComments(text)),
    )
    expect(readers.map(({ path }) => path)).toEqual([])
  })
})

describe('every file', () => {
  test.each(files)('$path begins by saying what it owns, and is short', ({ text }) => {
    expect(text).toMatch(/^(\/\/|\/\*)/)
    expect(text.split('\n').length).toBeLessThanOrEqual(300)
  })
})

const withoutComments = (text: string) => text.replaceAll(/\/\/.*$|\/\*[\s\S]*?\*\//gm, '')
