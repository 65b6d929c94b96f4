// Waiting that somebody can end: for loops that sleep until something is due and are woken by what changes.

/** Resolves after so many milliseconds, or as soon as the signal is aborted; never rejects. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>

/** Every message that is sent has one that is ended early: without an error for that, it costs a quarter. */
export const systemSleep: Sleep = (ms, signal) => {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}

export type Bell = {
  /** Ends the wait, or the next one if nobody waits. */
  readonly ring: () => void
  readonly wait: (ms: number) => Promise<void>
}

export function createBell(sleep: Sleep): Bell {
  let isRung = false
  let waiting: AbortController | null = null
  return {
    ring() {
      isRung = true
      // With a reason: the error that is otherwise made for it costs more than all else here.
      waiting?.abort('rung')
    },
    async wait(ms) {
      if (!isRung) {
        waiting = new AbortController()
        await sleep(ms, waiting.signal)
        waiting = null
      }
      isRung = false
    },
  }
}
