// A delivery of several messages, each sent once, also over several attempts. It must not know a platform.

import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { SendOptions } from './adapter.ts'
import { defer, type Receipt } from './receipt.ts'

export type PartsOf<Part> = {
  readonly parts: readonly Part[]
  /**
   * The ids of those that have arrived, by place; null when that cannot be found out now. Asked only of a repeat.
   * @param key the delivery's, in a form that any platform takes and nobody learns from
   */
  readonly findArrived: (key: string) => Promise<ReadonlyMap<number, string> | null>
  /** Sends one, and gives its id. */
  readonly post: (part: Part, place: number, key: string) => Promise<string>
}

const keysMax = 10_000
const retrySeconds = 5

/** Remembers what this process has attempted, so that a first attempt asks for nothing. */
export class PartDelivery {
  readonly #attempted = new LRUCache<string, true>({ max: keysMax })

  /** Rejects as `post` does. */
  async send<Part>(
    { parts, findArrived, post }: PartsOf<Part>,
    options: SendOptions,
  ): Promise<Receipt> {
    const { deliveryKey, mayBeRepeat = false, signal } = options
    const isRepeat = mayBeRepeat || this.#attempted.has(deliveryKey)
    const key = createHash('sha256').update(deliveryKey).digest('base64url')
    const arrived = isRepeat ? await findArrived(key) : new Map<number, string>()
    if (arrived === null) return defer(retrySeconds)
    this.#attempted.set(deliveryKey, true)
    let messageId = ''
    for (const [place, part] of parts.entries()) {
      if (signal.aborted) return defer(retrySeconds)
      messageId = arrived.get(place) ?? (await post(part, place, key))
    }
    return { kind: 'sent', messageId }
  }
}
