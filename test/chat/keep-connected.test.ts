// A connection that is kept: tried again, given up, opened again, and closed at any moment.

import { expect, test } from 'vitest'
import { KeptConnection } from '../../src/chat/keep-connected.ts'
import { defer } from '../../src/chat/receipt.ts'

const refusal = new Error('refused')

/** @param failures of the openings, in order; after them it opens */
function createRig(failures: Error[] = []) {
  const done: string[] = []
  const note = (what: string) => Promise.resolve(void done.push(what))
  const nothing = () => undefined
  const kept = new KeptConnection({
    platform: 'slack',
    name: 'Slack',
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    bounds: { connectAttemptsMax: 3, connectPauseMsMin: 0, connectPauseMsMax: 0 },
    prepare: () => note('prepare'),
    async open() {
      await note('open')
      const failure = failures.shift()
      if (failure !== undefined) throw failure
    },
    close: () => note('close'),
    toReceipt: (error) =>
      error === refusal ? { kind: 'refused', reason: 'unauthorized' } : defer(1),
    describeError: String,
  })
  return { kept, done }
}

test('it is prepared once, and opened until that succeeds', async () => {
  const { kept, done } = createRig([new Error('a'), new Error('b')])
  await kept.open()
  expect(done).toEqual(['prepare', 'open', 'open', 'open'])
})

test('the first opening ends at a refusal, or after the last attempt', async () => {
  const refused = createRig([refusal])
  await expect(refused.kept.open()).rejects.toThrow('a valid token is needed')
  expect(refused.done).toEqual(['prepare', 'open'])
  const lost = createRig(['a', 'b', 'c'].map((message) => new Error(message)))
  await expect(lost.kept.open()).rejects.toThrow('Cannot connect to Slack: Error: c, a way')
})

test('what is lost is opened again, also after refusals', async () => {
  const failures: Error[] = []
  const { kept, done } = createRig(failures)
  await kept.open()
  failures.push(refusal, refusal, refusal, refusal)
  kept.reopen()
  kept.reopen()
  await expect
    .poll(() => done, { timeout: 20_000 })
    .toEqual(['prepare', ...Array<string>(6).fill('open')])
})

test('what is closed while it is being opened is closed once open, and stays so', async () => {
  const { kept, done } = createRig()
  const opening = kept.open()
  await kept.close()
  await opening
  kept.reopen()
  expect(done).toEqual(['prepare', 'open', 'close'])
})
