// @ts-check
// The stream of events from the assistant: replies nobody asked for, and the sign that it is there.
// It reconnects by itself, ever slower, and at once when the network or the tab comes back.

/** @import { PushedReply } from '../wire.ts' */

const delayMsMin = 1_000
const delayMsMax = 15_000
/** The assistant gives a sign of life every 15 s. */
const silenceMsMax = 40_000
/** How long the first message waits for the stream, which brings the conversation's cookie. */
const readyMsMax = 3_000

/**
 * @param {{ url: string, onReply: (pushed: PushedReply) => void, onChange: (isLost: boolean) => void }} options
 */
export function openConnection({ url, onReply, onChange }) {
  let source = /** @type {EventSource | null} */ (null)
  let timer = 0
  let delayMs = delayMsMin
  let isReplaced = false
  const ready = Promise.withResolvers()
  let back = Promise.withResolvers()

  /** @param {number} ms @param {() => void} action */
  const after = (ms, action) => {
    clearTimeout(timer)
    timer = setTimeout(action, ms)
  }

  function lose() {
    source?.close()
    source = null
    ready.resolve(undefined)
    onChange(true)
    after(delayMs * (0.75 + Math.random() / 2), connect)
    delayMs = Math.min(delayMs * 2, delayMsMax)
  }

  function live() {
    if (source === null) return
    delayMs = delayMsMin
    after(silenceMsMax, lose)
    ready.resolve(undefined)
    back.resolve(undefined)
    back = Promise.withResolvers()
    onChange(false)
  }

  function connect() {
    source?.close()
    isReplaced = false
    source = new EventSource(url)
    source.addEventListener('open', live)
    source.addEventListener('alive', live)
    source.addEventListener('error', lose)
    source.addEventListener('reply', (event) => {
      onReply(/** @type {PushedReply} */ (JSON.parse(event.data)))
    })
    // Too many tabs: the oldest rests until somebody looks at it again.
    source.addEventListener('replaced', () => {
      isReplaced = true
      source?.close()
      source = null
      clearTimeout(timer)
    })
  }

  addEventListener('online', connect)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && isReplaced) connect()
  })
  connect()
  setTimeout(ready.resolve, readyMsMax)

  return {
    ready: ready.promise,
    connect,
    /** A message did not get through: look whether anybody is there. */
    doubt: lose,
    /** Resolves when the stream is open again, or after `ms`. @param {number} ms */
    waitUntilBack: (ms) =>
      Promise.race([back.promise, new Promise((resolve) => setTimeout(resolve, ms))]),
  }
}
