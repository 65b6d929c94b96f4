import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runNode } from './run-node.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'set-'))

function makeSet(entries: unknown): string {
  const set = folder()
  writeFileSync(join(set, 'entries.json'), JSON.stringify(entries))
  return set
}

const convert = (set: string, to: string) =>
  runNode('src/cli/ask.ts', { arguments: ['--convert', set, to] })

describe('ask --convert', () => {
  test('turns a set into a knowledge base that answers with the ids of the set', async () => {
    const set = makeSet([
      { id: 'Lost_card?', title: 'Lost card', questions: ['I lost my card', 'my card is gone'] },
      {
        id: 'pin.change',
        questions: ['how do I change my PIN', 'cambiar el PIN', 'I lost my card'],
        langs: ['en', 'es', 'en'],
        body: 'At any machine.',
      },
    ])
    const to = folder()
    const { stdout, code } = await convert(set, to)
    expect(code).toBe(0)
    expect(stdout).toContain('2 entries with 4 phrasings')
    expect(stdout).toContain('left out 1 phrasings that stand twice')
    const asked = await runNode('src/cli/ask.ts', {
      arguments: ['--json', '--knowledge', to],
      input: 'my card is gone\nhow do i change my pin\n',
    })
    const ids = asked.stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { entries: { id: string }[] }).entries[0]?.id)
    expect(ids).toEqual(['Lost_card?', 'pin.change'])
  })

  test('says what is wrong with a set', async () => {
    const missing = await convert('/nowhere', folder())
    expect(missing.code).toBe(1)
    expect(missing.stderr).toMatch(
      /^Cannot convert "\/nowhere": .*, a readable entries\.json is needed\n$/,
    )
    const malformed = await convert(makeSet([{ id: 'a', questions: 'no list' }]), folder())
    expect(malformed.code).toBe(1)
    expect(malformed.stderr).toMatch(/^Cannot convert ".*entries\.json": .*expected array/s)
  })
})

test('ask --explain shows corrections, candidates, evidence and limits in tables', async () => {
  const { stdout, code } = await runNode('src/cli/ask.ts', {
    arguments: ['--explain', 'what is transparancy? and who won the cup'],
  })
  expect(code).toBe(0)
  expect(stdout).toContain('transparancy -> transparency')
  expect(stdout).toMatch(/decision\s+answer[\s\S]*decision\s+abstain/)
  expect(stdout).toMatch(/candidate\s+score\s+title\ntransparency\s+\d/)
  expect(stdout).toMatch(/limits\s+answer from a sureness of \d+/)
})
