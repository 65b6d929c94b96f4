// Replies nobody asked for, shown in the open pages of a conversation, and the pages' confirmations.
// It must not know HTTP, nor retry: one call, one outcome.

import type { ConversationId } from '../../src/chat/message.ts'
import { waitAtMost } from '../../src/chat/wait.ts'
import type { EventStreams } from './event-streams.ts'
import type { PushOutcome } from './receipt.ts'
import type { PushedReply } from './wire.ts'

const toKey = (conversation: ConversationId, messageId: string) => `${conversation} ${messageId}`

export class Pushes {
  readonly #streams: EventStreams
  readonly #confirmMsMax: number
  readonly #waiting = new Map<string, Set<() => void>>()

  constructor(streams: EventStreams, confirmMsMax: number) {
    this.#streams = streams
    this.#confirmMsMax = confirmMsMax
  }

  async push(
    conversation: ConversationId,
    pushed: PushedReply,
    signal: AbortSignal,
  ): Promise<PushOutcome> {
    if (signal.aborted) return { kind: 'not-started' }
    const confirmation = this.#expect(toKey(conversation, pushed.id))
    const abort = watchAbort(signal)
    try {
      if (this.#streams.push(conversation, 'reply', pushed) === 0) return { kind: 'nobody-there' }
      const first = Promise.race([confirmation.promise, abort.promise])
      const outcome = await waitAtMost(first, this.#confirmMsMax)
      if (outcome === 'confirmed') return { kind: 'confirmed', messageId: pushed.id }
      const cause = outcome === 'late' ? 'no page answered in time' : 'the send was aborted'
      return { kind: 'unconfirmed', cause: `Cannot confirm the reply: ${cause}` }
    } finally {
      confirmation.stop()
      abort.stop()
    }
  }

  /** A page of this conversation shows this reply. Unknown ids are ignored: the wait may be over. */
  confirm(conversation: ConversationId, messageId: string) {
    for (const resolve of this.#waiting.get(toKey(conversation, messageId)) ?? []) resolve()
  }

  #expect(key: string) {
    const { promise, resolve } = Promise.withResolvers<'confirmed'>()
    const waiters = this.#waiting.get(key) ?? new Set()
    const waiter = () => {
      resolve('confirmed')
    }
    this.#waiting.set(key, waiters.add(waiter))
    const stop = () => {
      waiters.delete(waiter)
      if (waiters.size === 0) this.#waiting.delete(key)
    }
    return { promise, stop }
  }
}

/** Resolves to 'aborted' when the signal is; call `stop` to let go of it. */
function watchAbort(signal: AbortSignal) {
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
