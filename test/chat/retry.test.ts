// Trying again: as often as allowed, only when it may help, and no longer than wanted.

import { describe, expect, test } from 'vitest'
import { defer, type Receipt } from '../../src/chat/receipt.ts'
import { retry, retryDeferred } from '../../src/chat/retry.ts'

const failing = (times: number) => {
  let attempts = 0
  const action = () => {
    attempts++
    return attempts <= times
      ? Promise.reject(new Error(`failure ${attempts}`))
      : Promise.resolve('done')
  }
  return { action, attempts: () => attempts }
}

describe('retry', () => {
  test('gives what the action gives at last', async () => {
    const { action, attempts } = failing(2)
    expect(await retry(action, { attemptsMax: 3, pauseMs: () => 0 })).toBe('done')
    expect(attempts()).toBe(3)
  })

  test('gives up after the last attempt, or when another cannot help', async () => {
    await expect(retry(failing(9).action, { attemptsMax: 2, pauseMs: () => 0 })).rejects.toThrow(
      'failure 2',
    )
    await expect(retry(failing(9).action, { attemptsMax: 5, pauseMs: () => null })).rejects.toThrow(
      'failure 1',
    )
  })

  test('an abort ends the pause', async () => {
    const ending = new AbortController()
    const options = { attemptsMax: 5, pauseMs: () => 1_000_000, signal: ending.signal }
    const trying = retry(failing(9).action, options)
    setImmediate(() => {
      ending.abort()
    })
    await expect(trying).rejects.toThrow('failure 1')
  })
})

test('a reply is tried again only when it certainly was not sent', async () => {
  const bounds = { attemptsMax: 3, pauseMsMax: 1 }
  const toReceipt = (receipt: Receipt) => () => receipt
  expect(await retryDeferred(failing(2).action, toReceipt(defer(60)), bounds)).toBe('done')
  const uncertain = toReceipt({ kind: 'uncertain', cause: 'x' })
  await expect(retryDeferred(failing(2).action, uncertain, bounds)).rejects.toThrow('failure 1')
})
