// The open pages of every conversation, as streams of server-sent events, and their signs of life.
// It must not know what an event means, nor HTTP beyond the event format.

import type { ConversationId } from '../../src/chat/message.ts'

export type StreamBounds = {
  /** Browsers allow six connections to a host; the page needs some for itself. The oldest page gives way. */
  readonly streamsPerConversationMax: number
  readonly streamsMax: number
  /** How long a page may go without any event. */
  readonly beatMs: number
}

/** Events not yet taken by a page: beyond this it is taken for dead. */
const queuedEventsMax = 32

type Stream = {
  readonly conversation: ConversationId
  readonly controller: ReadableStreamDefaultController<Uint8Array>
}

const encoder = new TextEncoder()
/** JSON holds no line break, so one data line is enough. */
const encodeEvent = (name: string, data: unknown) =>
  encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)

export class EventStreams {
  readonly #bounds: StreamBounds
  readonly #streams = new Set<Stream>()
  readonly #beat: NodeJS.Timeout

  constructor(bounds: StreamBounds) {
    this.#bounds = bounds
    this.#beat = setInterval(() => {
      for (const stream of this.#streams) this.#write(stream, 'alive', {})
    }, bounds.beatMs)
    this.#beat.unref()
  }

  /** A new page's stream, or null when there are too many. */
  open(conversation: ConversationId): ReadableStream<Uint8Array> | null {
    const own = this.#of(conversation)
    if (own.length < this.#bounds.streamsPerConversationMax) {
      if (this.#streams.size >= this.#bounds.streamsMax) return null
    } else if (own[0] !== undefined) {
      this.#write(own[0], 'replaced', {})
      this.#end(own[0])
    }
    let stream: Stream | undefined
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          stream = { conversation, controller }
          this.#streams.add(stream)
          this.#write(stream, 'alive', {})
        },
        cancel: () => {
          if (stream !== undefined) this.#streams.delete(stream)
        },
      },
      { highWaterMark: queuedEventsMax },
    )
  }

  /** Writes one event to every open page of a conversation; gives how many there are. */
  push(conversation: ConversationId, name: string, data: unknown): number {
    const written = this.#of(conversation).filter((stream) => this.#write(stream, name, data))
    return written.length
  }

  closeAll() {
    clearInterval(this.#beat)
    for (const stream of this.#streams) this.#end(stream)
  }

  /** Oldest first: a Set keeps the order of insertion. */
  #of(conversation: ConversationId) {
    return [...this.#streams].filter((stream) => stream.conversation === conversation)
  }

  #write(stream: Stream, name: string, data: unknown): boolean {
    if ((stream.controller.desiredSize ?? 0) <= 0) {
      this.#end(stream)
      return false
    }
    stream.controller.enqueue(encodeEvent(name, data))
    return true
  }

  #end(stream: Stream) {
    if (this.#streams.delete(stream)) stream.controller.close()
  }
}
