// Waiting with a bound, and for what is under way when an adapter stops.

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

/** What an adapter has begun and not finished. */
export class UnderWay {
  readonly #promises = new Set<Promise<unknown>>()

  async track<T>(promise: Promise<T>): Promise<T> {
    this.#promises.add(promise)
    try {
      return await promise
    } finally {
      this.#promises.delete(promise)
    }
  }

  /** Resolves when all of it has ended, or after `msMax`. */
  async drain(msMax: number): Promise<void> {
    await waitAtMost(Promise.allSettled(this.#promises), msMax)
  }
}
