// @ts-check
// Sends messages one after the other, so that follow-ups arrive in order. A message that does not get
// through stays first and is sent again with the same key: nothing is lost, nothing doubled.

import { labels } from './labels.js'

/** @import { ErrorAnswer, MessageAnswer } from '../wire.ts' */
/** @import { Exchange, Outcome } from './history.js' */

/** Longer than the assistant takes to give up by itself. */
const answerMsMax = 40_000
const retryMsMax = 15_000

/** @typedef {{ kind: 'later', isLost: boolean, ms: number }} Later */

/** @param {Response} response @returns {Promise<Outcome | Later>} */
async function readAnswer(response) {
  if (response.ok) {
    const { reply } = /** @type {MessageAnswer} */ (await response.json())
    return { kind: 'answered', reply }
  }
  const seconds = Number(response.headers.get('retry-after') ?? 0)
  if ([429, 502, 503].includes(response.status)) {
    const ms = Math.min(Math.max(seconds * 1_000, 1_000), 60_000)
    return { kind: 'later', isLost: response.status !== 429, ms }
  }
  const answer = /** @type {ErrorAnswer | null} */ (await response.json().catch(() => null))
  const code = answer?.error.code ?? 'other'
  const text = Object.entries(labels.errors).find(([name]) => name === code)?.[1]
  return { kind: 'failed', text: text ?? labels.errors.other, mayRetry: response.status >= 500 }
}

const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions()

/** @param {string} url @param {Exchange} exchange @param {string} language */
async function post(url, exchange, language) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ key: exchange.key, language, zone, ...exchange.content }),
      signal: AbortSignal.timeout(answerMsMax),
    })
    return await readAnswer(response)
  } catch {
    return /** @type {Later} */ ({ kind: 'later', isLost: true, ms: retryMsMax })
  }
}

/**
 * @param {object} options
 * @param {string} options.url
 * @param {string} options.language
 * @param {Promise<unknown>} options.ready
 * @param {(ms: number) => Promise<unknown>} options.waitUntilBack
 * @param {() => void} options.onLost
 * @param {(exchange: Exchange) => void} options.onChange
 */
export function openOutbox({ url, language, ready, waitUntilBack, onLost, onChange }) {
  /** @type {Exchange[]} */
  const queue = []
  let isRunning = false

  /** @param {Exchange} exchange @param {Outcome} outcome */
  const settle = (exchange, outcome) => {
    exchange.outcome = outcome
    onChange(exchange)
  }

  /** @param {Exchange} exchange @returns {Promise<Outcome>} */
  async function deliver(exchange) {
    for (;;) {
      if (exchange.outcome.kind !== 'waiting') settle(exchange, { kind: 'waiting' })
      const answer = await post(url, exchange, language)
      if (answer.kind !== 'later') return answer
      const back = waitUntilBack(answer.ms)
      if (answer.isLost) {
        settle(exchange, { kind: 'unsent' })
        onLost()
      }
      await back
    }
  }

  async function run() {
    isRunning = true
    await ready
    for (;;) {
      const exchange = queue[0]
      if (exchange === undefined) break
      settle(exchange, await deliver(exchange))
      queue.shift()
    }
    isRunning = false
  }

  return {
    /** @param {Exchange} exchange */
    add(exchange) {
      queue.push(exchange)
      if (!isRunning) void run()
    },
  }
}
