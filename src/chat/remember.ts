// What was asked of a platform, remembered briefly. It must not know what was asked, nor of whom.

import { LRUCache } from 'lru-cache'
import { waitAtMost } from './wait.ts'

export type RememberOptions = {
  readonly countMax: number
  readonly rememberMsMax: number
  /** Whoever waits longer goes on without the answer. */
  readonly waitMsMax: number
}

export class Remembered {
  readonly #answers: LRUCache<string, Promise<unknown>>
  readonly #waitMsMax: number

  constructor({ countMax, rememberMsMax, waitMsMax }: RememberOptions) {
    this.#answers = new LRUCache({ max: countMax, ttl: rememberMsMax })
    this.#waitMsMax = waitMsMax
  }

  /** Null when the answer is late or refused. A refusal is remembered like an answer. */
  async ask<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer | null> {
    const held = this.#answers.get(key) as Promise<Answer | null> | undefined
    const answer = held ?? ask().catch(() => null)
    if (held === undefined) this.#answers.set(key, answer)
    const given = await waitAtMost(answer, this.#waitMsMax)
    return given === 'late' ? null : given
  }
}
