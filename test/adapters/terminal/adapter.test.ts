import { describe, expect, test, vi } from 'vitest'
import type { InboundMessage } from '../../../src/chat/message.ts'
import { openTerminal, sampleReply } from './stand.ts'

const suggestions = [
  { id: 'a:irm', label: 'What is the IRM' },
  { id: 'a:ogp', label: 'What is OGP' },
]

async function startTerminal(interactive: boolean) {
  const terminal = openTerminal(interactive)
  const received: InboundMessage[] = []
  await terminal.adapter.start(
    (message) => {
      received.push(message)
      return Promise.resolve(sampleReply)
    },
    (prefix) => suggestions.filter(({ label }) => label.startsWith(prefix)),
  )
  const type = async (line: string) => {
    const before = received.length
    terminal.input.write(`${line}\n`)
    await vi.waitFor(() => {
      expect(received.length).toBe(before + 1)
    })
    return received.at(-1)
  }
  return { ...terminal, received, type }
}

describe('at a prompt', () => {
  test('greets, prompts, answers and prompts again', async () => {
    const { type, screen, adapter } = await startTerminal(true)
    expect(screen()).toContain('/help')
    await type('what is the IRM')
    await vi.waitFor(() => {
      expect(screen().split('\n> ').length).toBeGreaterThan(1)
    })
    expect(screen()).toContain(
      'The IRM · What it is\nIt reviews.\n  - one\n  - two\nSource: A book.',
    )
    await adapter.stop()
  })

  test('a number chooses among all choices of the last reply', async () => {
    const { type, screen, adapter } = await startTerminal(true)
    await type('what is the IRM')
    await vi.waitFor(() => {
      expect(screen()).toContain(' 1) How it works\n   2) Who\n\nRelated:\n   3) OGP')
    })
    expect(await type('3')).toMatchObject({ kind: 'choice', id: 'a:ogp' })
    expect(await type('2')).toMatchObject({ kind: 'choice', id: 'a:irm:who' })
    expect(await type('99')).toMatchObject({ kind: 'question', text: '99' })
    await adapter.stop()
  })

  test('Tab completes, and the arrow key brings back what was typed', async () => {
    const { received, input, type, screen, adapter } = await startTerminal(true)
    input.write('What is the\t')
    await vi.waitFor(() => {
      expect(screen()).toContain('> What is the IRM')
    })
    input.write('\n')
    await vi.waitFor(() => {
      expect(received[0]).toMatchObject({ kind: 'question', text: 'What is the IRM' })
    })
    expect(await type('\u001b[A')).toMatchObject({ kind: 'question', text: 'What is the IRM' })
    await adapter.stop()
  })

  test('commands are commands, an unknown one gets help, /quit ends', async () => {
    const { type, input, ended, adapter } = await startTerminal(true)
    expect(await type('/topics')).toMatchObject({ kind: 'command', name: 'topics' })
    expect(await type('/ask what is OGP')).toMatchObject({ name: 'ask', argument: 'what is OGP' })
    expect(await type('/nonsense')).toMatchObject({ kind: 'command', name: 'help' })
    input.write('/quit\n')
    await ended
    await adapter.stop()
  })

  test('an unasked reply stands above the prompt', async () => {
    const { adapter, screen } = await startTerminal(true)
    const options = { signal: new AbortController().signal, deliveryKey: 'd' }
    const [conversation] = ['terminal'] as unknown as [Parameters<typeof adapter.send>[0]]
    expect(await adapter.send(conversation, sampleReply, options)).toMatchObject({ kind: 'sent' })
    expect(screen()).toMatch(/It reviews\.[\s\S]*> $/)
    await adapter.stop()
  })
})

describe('from a pipe', () => {
  test('one question a line, answers only, in order, and an end', async () => {
    const { input, received, screen, ended } = await startTerminal(false)
    input.end('first\n\nsecond\nthird')
    expect(await ended).toBe(4)
    expect(received.map((message) => (message.kind === 'question' ? message.text : ''))).toEqual([
      'first',
      'second',
      'third',
    ])
    expect(new Set(received.map(({ eventKey }) => eventKey)).size).toBe(3)
    expect(screen()).not.toContain('> ')
  })
})

test('escape sequences in a reply do not reach the terminal', async () => {
  const { adapter, input, screen, output } = openTerminal(false)
  const chunks: Buffer[] = []
  output.on('data', (chunk: Buffer) => chunks.push(chunk))
  await adapter.start(
    () =>
      Promise.resolve({
        audience: 'private',
        language: 'en',
        blocks: [{ kind: 'text', text: 'red \u001b[31m bell \u0007 line\u2028' }],
      }),
    () => [],
  )
  input.write('x\n')
  await vi.waitFor(() => {
    expect(screen()).toContain('bell')
  })
  expect(Buffer.concat(chunks).toString()).not.toMatch(/[\u001b\u0007]/)
  await adapter.stop()
})
