import { describe, expect, test } from 'vitest'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import { formatMistake, KnowledgeError } from '../../src/knowledge/mistake.ts'
import {
  entryText,
  makeKnowledgeFolder,
  ownKnowledge,
  smallBase,
  type Files,
} from './knowledge-folder.ts'

function mistakesOf(files: Files): string[] {
  try {
    loadKnowledge(makeKnowledgeFolder({ ...smallBase, ...files }))
  } catch (error) {
    if (error instanceof KnowledgeError) return error.mistakes.map(formatMistake)
    throw error
  }
  return []
}

describe('loadKnowledge', () => {
  test('reads a small base: entries sorted by id, sources resolved', () => {
    const base = loadKnowledge(makeKnowledgeFolder(smallBase))
    expect(base.entries.map(({ id, language, chapter }) => [id, language, chapter])).toEqual([
      ['alpha', 'en', 'letters'],
      ['beta', 'en', 'letters'],
    ])
    expect(base.entries[0]?.passages[0].citations[0].source.title).toBe('The book')
  })

  test('keeps the facets in the order written, since the first is the answer', () => {
    const text = entryText('alpha').replace(
      'facets:\n',
      'facets:\n  who:\n    text: Those who asked.\n',
    )
    const base = loadKnowledge(
      makeKnowledgeFolder({ ...smallBase, 'entries/en/letters/alpha.yaml': text }),
    )
    expect(base.entries[0]?.passages.map(({ facet }) => facet)).toEqual(['who', 'definition'])
  })

  test('gives one version to the same files and another to changed ones', () => {
    const version = (files: Files) =>
      loadKnowledge(makeKnowledgeFolder({ ...smallBase, ...files })).version
    const changed = entryText('alpha').replace('What alpha is', 'What alpha was')
    expect(version({})).toBe(version({}))
    expect(version({ 'entries/en/letters/alpha.yaml': changed })).not.toBe(version({}))
  })

  test('takes messages and cues from the defaults when a base has none', () => {
    const folder = makeKnowledgeFolder(smallBase)
    const bare = loadKnowledge(folder, ownKnowledge)
    expect(bare.messages.get('en')?.abstain).toBeTruthy()
  })

  test.each<[string, Files, string]>([
    [
      'an unknown key',
      { 'entries/en/letters/alpha.yaml': entryText('alpha', 'titel: x') },
      'entries/en/letters/alpha.yaml:10: unknown key "titel", expected one of id, title,',
    ],
    [
      'an unknown facet',
      { 'entries/en/letters/alpha.yaml': entryText('alpha').replace('definition:', 'defnition:') },
      'entries/en/letters/alpha.yaml:6: facets: unknown key "defnition", expected one of definition,',
    ],
    [
      'a malformed date',
      { 'entries/en/letters/alpha.yaml': entryText('alpha').replace('2026-11-23', '23.11.2026') },
      'entries/en/letters/alpha.yaml:3: reviewed: "23.11.2026": expected a date such as 2026-11-23',
    ],
    [
      'broken YAML',
      { 'entries/en/letters/alpha.yaml': 'id: alpha\ntitle: [\n' },
      'entries/en/letters/alpha.yaml:3: not valid YAML',
    ],
    [
      'bytes that are not UTF-8',
      { 'entries/en/letters/alpha.yaml': Uint8Array.of(0x69, 0x64, 0xff) },
      'entries/en/letters/alpha.yaml:1: expected readable UTF-8 text',
    ],
    [
      'an id that is not the name of its file',
      { 'entries/en/letters/alpha.yaml': entryText('gamma') },
      'entries/en/letters/alpha.yaml:1: id: "gamma": expected the file\'s name, "alpha"',
    ],
    [
      'one id in two chapters',
      { 'entries/en/words/alpha.yaml': entryText('alpha').replace('what is', 'explain') },
      'entries/en/words/alpha.yaml:1: id: "alpha": also the id of entries/en/letters/alpha.yaml',
    ],
    [
      'a phrasing of two entries, whatever its case and accents',
      { 'entries/en/letters/beta.yaml': entryText('beta', '  - What is Álpha?') },
      'entries/en/letters/beta.yaml:10: phrasings.1: "What is Álpha?": also a phrasing of entries/en/letters/alpha.yaml',
    ],
    [
      'a link to nowhere',
      { 'entries/en/letters/beta.yaml': entryText('beta', 'related: [alpha, delta]') },
      'entries/en/letters/beta.yaml:10: related.1: "delta": expected the id of an entry',
    ],
    [
      'a source that is not in sources.yaml',
      { 'entries/en/letters/beta.yaml': entryText('beta').replace('id: book', 'id: film') },
      'entries/en/letters/beta.yaml:4: source: "film": expected the id of a source in sources.yaml',
    ],
    [
      'a missing sources.yaml',
      { 'sources.yaml': '' },
      'sources.yaml:1: expected array, received null',
    ],
    [
      'a file outside of language and chapter',
      { 'entries/stray.yaml': entryText('stray') },
      'entries/stray.yaml:1: expected entries/<language>/<chapter>/<id>.yaml',
    ],
  ])('reports %s with file, line and what was expected', (_, files, expected) => {
    const mistakes = mistakesOf(files)
    expect(
      mistakes.some((mistake) => mistake.startsWith(expected)),
      mistakes.join('\n'),
    ).toBe(true)
  })

  test('reports the mistakes of all files at once', () => {
    const mistakes = mistakesOf({
      'entries/en/letters/alpha.yaml': entryText('alpha', 'titel: x\nrelated: [nobody]'),
      'entries/en/letters/beta.yaml': entryText('beta').replace('title: About beta\n', ''),
      'glossary.yaml': 'en: { abbreviation: {} }\n',
    })
    expect(mistakes).toHaveLength(3)
  })

  test('reports a folder that is not there', () => {
    expect(() => loadKnowledge('/nowhere', ownKnowledge)).toThrow(
      /Cannot read the knowledge base "\/nowhere": [\s\S]*sources.yaml:1: expected readable UTF-8 text/,
    )
  })
})
