import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { entryText, makeKnowledgeFolder, smallBase } from '../knowledge/knowledge-folder.ts'
import { runNode } from './run-node.ts'

const check = (...args: string[]) => runNode('src/cli/check.ts', { arguments: args })

describe('npm run knowledge', () => {
  test("finds no mistake in the product's own knowledge base", async () => {
    const { stdout, code } = await check()
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^No mistake found in the files\. \d+ entries, \d+ facets, each with its source,/,
    )
  })

  test('reports every mistake with file and line, and exits with 1', async () => {
    const folder = makeKnowledgeFolder({
      ...smallBase,
      'entries/en/letters/alpha.yaml': entryText('alpha', 'titel: x'),
      'entries/en/letters/beta.yaml': entryText('beta', 'related: [nobody]'),
    })
    const { stderr, code } = await check('--knowledge', folder)
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /alpha\.yaml:10: unknown key "titel".*\n.*beta\.yaml:10: related\.0: "nobody"/,
    )
  })

  test('gives advice and exits with 0: a review that is due, an answer too long for a chat', async () => {
    const long = entryText('alpha', 'review-by: 2020-01-01').replace(
      'What alpha is.',
      'This goes on and on. '.repeat(40),
    )
    const folder = makeKnowledgeFolder({ ...smallBase, 'entries/en/letters/alpha.yaml': long })
    const { stdout, code } = await check('--knowledge', folder)
    expect(code).toBe(0)
    expect(stdout).toContain('alpha: was to be reviewed by 2020-01-01')
    expect(stdout).toMatch(/alpha: definition has \d+ characters, at most 600 fit a chat/)
  })

  test('finds wording that was carried over from a document, and exits with 1', async () => {
    const sentence = 'the quick brown fox jumps over the lazy dog of its neighbour'
    const folder = makeKnowledgeFolder({
      ...smallBase,
      'entries/en/letters/alpha.yaml': entryText('alpha').replace(
        'What alpha is.',
        `Then ${sentence}.`,
      ),
    })
    const document = join(mkdtempSync(join(tmpdir(), 'document-')), 'source.txt')
    writeFileSync(document, `It is said that ${sentence.toUpperCase()}, alas.`)
    const { stdout, code } = await check('--knowledge', folder, '--against', document)
    expect(code).toBe(1)
    expect(stdout).toContain(`alpha: definition shares with ${document}: "${sentence}"`)
    writeFileSync(document, 'The quick brown fox is not at home today, nor is the dog.')
    expect(await check('--knowledge', folder, '--against', document)).toMatchObject({ code: 0 })
  })
})
