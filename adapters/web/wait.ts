// Waiting with a bound: for a promise, or for whatever comes first of a confirmation and an abort.

/** What the promise gives, or 'late' after `ms`. The promise itself goes on. */
export async function waitAtMost<T>(promise: Promise<T>, ms: number): Promise<T | 'late'> {
  const late = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => {
    late.resolve('late')
  }, ms)
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Resolves to 'aborted' when the signal is; call `stop` to let go of it. */
export function watchAbort(signal: AbortSignal) {
  const { promise, resolve } = Promise.withResolvers<'aborted'>()
  const onAbort = () => {
    resolve('aborted')
  }
  signal.addEventListener('abort', onAbort, { once: true })
  return {
    promise,
    stop() {
      signal.removeEventListener('abort', onAbort)
    },
  }
}
