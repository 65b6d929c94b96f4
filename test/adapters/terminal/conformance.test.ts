// The terminal adapter held to the suite of every adapter.

import { describeChatAdapter } from '../../conformance/chat-adapter.ts'
import { openTerminal } from './stand.ts'

describeChatAdapter('terminal', {
  open() {
    const { adapter, input, output, screen } = openTerminal(false)
    return Promise.resolve({
      adapter,
      input,
      output,
      async deliver({ text }: { text: string }) {
        input.write(`${text}\n`)
        await tick()
      },
      readPosted: (place: 'first' | 'second') =>
        place === 'first' && screen() !== '' ? [screen()] : [],
      settle: tick,
      logLines: [],
      secrets: [],
      close: () => adapter.stop(),
    })
  },
  ignored: [
    { name: 'an empty line', deliver: ({ input }) => Promise.resolve(void input.write('\n')) },
    { name: 'a blank line', deliver: ({ input }) => Promise.resolve(void input.write('  \t \n')) },
  ],
  failures: [
    {
      name: 'nobody reads the output any more',
      inject({ output }) {
        output.end()
      },
      expected: { kind: 'refused', reason: 'gone' },
    },
    {
      name: 'the adapter has stopped',
      inject: ({ adapter }) => adapter.stop(),
      expected: { kind: 'deferred' },
    },
  ],
  exempt: {
    'a repeated event keeps its key': 'a terminal repeats nothing, a line typed again is new',
    'the reply goes where the question was': 'a terminal is one place',
    'an event is acknowledged while receive hangs': 'lines are answered one after the other',
    'no secret in a log or receipt': 'a terminal has no token',
  },
})

/** Streams hand their data on in the next turns of the event loop. */
async function tick(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
