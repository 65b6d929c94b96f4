// A terminal without a terminal: two streams, what was written, and a reply to write.

import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { createTerminalAdapter } from '../../../adapters/terminal/adapter.ts'
import type { Reply } from '../../../src/chat/reply.ts'

export function openTerminal(interactive: boolean) {
  const input = new PassThrough()
  const output = Object.assign(new PassThrough(), { columns: 80 })
  let written = ''
  output.on('data', (chunk: Buffer) => (written += chunk.toString()))
  const ended = Promise.withResolvers<number>()
  const adapter = createTerminalAdapter({
    input,
    output,
    interactive,
    colour: false,
    language: 'en',
    zone: 'UTC',
    notice: 'A notice.',
    now: () => Temporal.Instant.from('2026-11-23T09:00:00Z'),
    onEnd: ended.resolve,
  })
  return {
    adapter,
    input,
    output,
    ended: ended.promise,
    /** What a person sees, without the sequences that move the cursor. */
    screen: () => stripVTControlCharacters(written),
  }
}

export const sampleReply: Reply = {
  audience: 'private',
  language: 'en',
  blocks: [
    {
      kind: 'answer',
      entry: 'irm',
      facet: 'definition',
      title: 'The IRM',
      facetLabel: 'What it is',
      text: 'It reviews.',
      list: ['one', 'two'],
      sources: [{ text: 'Source: A book.', url: 'https://example.org/' }],
    },
    {
      kind: 'choices',
      role: 'facets',
      prompt: 'More:',
      choices: [
        { id: 'a:irm:how', label: 'How it works' },
        { id: 'a:irm:who', label: 'Who' },
      ],
    },
    {
      kind: 'choices',
      role: 'related',
      prompt: 'Related:',
      choices: [{ id: 'a:ogp', label: 'OGP' }],
    },
  ],
}
