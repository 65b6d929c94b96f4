// A platform that writes down what it receives and fails as it is told.

import type { ChatAdapter, SendOptions } from '../../src/chat/adapter.ts'
import type { ConversationId, Platform } from '../../src/chat/message.ts'
import type { Receipt } from '../../src/chat/receipt.ts'
import type { Reply } from '../../src/chat/reply.ts'

export type Received = {
  readonly to: ConversationId
  readonly text: string
  readonly key: string
  readonly at: string
}
/** `hang`: answers only when it is called off. `deaf`: not even then. */
type Behaviour = (
  sent: Received,
  options: SendOptions,
) => Receipt | 'hang' | 'deaf' | Promise<Receipt>

export class RecordingAdapter implements ChatAdapter {
  readonly platform: Platform
  readonly limits = { textLengthMax: 4_000, choicesMax: 10, choiceLabelLengthMax: 80 }
  readonly received: Received[] = []
  /** Requests, whatever became of them. */
  requests = 0
  behave: Behaviour = () => ({ kind: 'sent', messageId: this.requests.toString() })
  readonly #now: () => Temporal.Instant

  constructor(platform: Platform, now: () => Temporal.Instant) {
    this.platform = platform
    this.#now = now
  }

  start(): Promise<void> {
    return Promise.resolve()
  }

  async send(to: ConversationId, reply: Reply, options: SendOptions): Promise<Receipt> {
    const at = this.#now().toString()
    const text = reply.blocks.map((block) => ('text' in block ? block.text : block.kind)).join('\n')
    const received = { to, text, key: options.deliveryKey, at }
    this.requests++
    const receipt = await this.behave(received, options)
    if (receipt === 'deaf') return await new Promise(() => undefined)
    if (receipt === 'hang') {
      return await new Promise((resolve) => {
        options.signal.addEventListener('abort', () => {
          resolve({ kind: 'uncertain', cause: options.signal.reason })
        })
      })
    }
    if (receipt.kind === 'sent') this.received.push(received)
    return receipt
  }

  stop(): Promise<void> {
    return Promise.resolve()
  }
}
