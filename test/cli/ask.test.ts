import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { entryText, makeKnowledgeFolder, smallBase } from '../knowledge/knowledge-folder.ts'
import { runNode } from './run-node.ts'

const ask = (input: string | Uint8Array, ...extra: string[]) =>
  runNode('src/cli/ask.ts', { arguments: ['--json', ...extra], input })

const lineSchema = z.strictObject({
  question: z.string(),
  language: z.enum(['en', 'es', 'fr', 'pt']),
  decision: z.enum(['answer', 'offer', 'abstain', 'talk']),
  entries: z.array(
    z.strictObject({
      id: z.string(),
      facet: z.string().nullable(),
      score: z.number().min(0).max(1),
    }),
  ),
  confidence: z.number().min(0).max(1),
  text: z.string().min(1),
  sources: z.array(z.strictObject({ id: z.string(), section: z.string().nullable() })),
  milestones: z.array(
    z.strictObject({
      jurisdiction: z.string().nullable(),
      rule: z.string().nullable(),
      title: z.string().min(1),
      date: z.iso.date().nullable(),
      year: z.number().int(),
      daysLeft: z.number().int().nullable(),
      force: z.enum(['hard', 'duty', 'information', 'estimate']),
      basis: z.enum(['stated', 'tag', 'confirmed', 'estimate', 'years']),
      mayRemind: z.boolean(),
    }),
  ),
  micros: z.number().int().min(0),
})

const parse = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)))

describe('ask --json', () => {
  test('prints one object a line, in the order of the questions', async () => {
    const questions = [
      'what are the three principles?',
      'what is transparancy and why does it mater',
      'who won the world cup',
      'thanks!',
    ]
    const { stdout, code } = await ask(`${questions.join('\n')}\n`)
    expect(code).toBe(0)
    const lines = parse(stdout)
    expect(lines.map(({ question }) => question)).toEqual(questions)
    expect(lines.map(({ decision }) => decision)).toEqual(['answer', 'answer', 'abstain', 'talk'])
    expect(lines[1]?.entries.slice(0, 2).map(({ id, facet }) => [id, facet])).toEqual([
      ['transparency', 'definition'],
      ['transparency', 'purpose'],
    ])
    expect(lines[0]?.sources).toEqual([{ id: 'handbook-2025-foundations', section: '1.1' }])
    expect(lines[2]?.sources).toEqual([])
  })

  test('each line is its own conversation', async () => {
    const { stdout } = await ask('what is transparency\nand examples?\n')
    expect(parse(stdout)[1]?.decision).not.toBe('answer')
  })

  test('takes whatever bytes come: blank lines, long lines, broken UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`\n   \n${'what is ogp '.repeat(90_000)}\n`),
      Buffer.from([0xff, 0xfe, 0x41, 0x0a]),
      Buffer.from('what is OGP'),
    ])
    const { stdout, code } = await ask(bytes)
    expect(code).toBe(0)
    expect(parse(stdout)).toHaveLength(5)
    expect(parse(stdout).at(-1)?.decision).toBe('answer')
  })

  test('tells dates in the language in which they are asked for', async () => {
    const questions = [
      'cuándo vence el plan de kenia',
      'quand se termine le plan du kenya',
      'quando termina o plano do quênia',
      "when does kenya's plan end",
      'what is a commitment',
    ]
    const { stdout } = await ask(`${questions.join('\n')}\n`, '--today', '2026-11-23')
    const lines = parse(stdout)
    expect(lines.map(({ language }) => language)).toEqual(['es', 'fr', 'pt', 'en', 'en'])
    expect(lines.slice(0, 4).map(({ text }) => text.split(' (', 1)[0])).toEqual([
      'Kenia – Fin del plan de acción: viernes, 31 de diciembre de 2027',
      "Kenya – Fin du plan d'action\u00a0: vendredi 31 décembre 2027",
      'Quênia – Fim do plano de ação: sexta-feira, 31 de dezembro de 2027',
      'Kenya – Action plan ends: Friday, 31 December 2027',
    ])
    expect(lines.map(({ milestones }) => milestones[0]?.title)).toEqual([
      'Fin del plan de acción',
      "Fin du plan d'action",
      'Fim do plano de ação',
      'Action plan ends',
      undefined,
    ])
  })

  test('answers from another knowledge base, of any subject', async () => {
    const folder = makeKnowledgeFolder({
      ...smallBase,
      'entries/en/letters/gamma.yaml': entryText('gamma', '  - how do I feed a camel\n'),
    })
    const { stdout } = await ask('how do I feed a camel\n', '--knowledge', folder)
    expect(parse(stdout)[0]).toMatchObject({ decision: 'answer', sources: [{ id: 'book' }] })
  })

  test('says all that is wrong with a knowledge base, and exits with 1', async () => {
    const folder = makeKnowledgeFolder({ ...smallBase, 'sources.yaml': '[]' })
    const { stderr, stdout, code } = await ask('what is alpha\n', '--knowledge', folder)
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^Cannot read the knowledge base .*: 2 mistakes\n/)
    expect(stderr).not.toContain('at loadKnowledge')
  })
})

test('ask "question" prints the answer for people', async () => {
  const { stdout, code } = await runNode('src/cli/ask.ts', {
    arguments: ['what', 'is', 'the', 'IRM'],
  })
  expect(code).toBe(0)
  expect(stdout).toContain('Source: OGP National Handbook 2025')
})

test('ask without a question says what is needed', async () => {
  const { stderr, code } = await runNode('src/cli/ask.ts')
  expect(code).toBe(1)
  expect(stderr).toContain('Cannot answer: no question was given')
})
