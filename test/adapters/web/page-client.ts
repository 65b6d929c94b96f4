// Talks to the web adapter as its page does, without a browser: a cookie, messages, and the stream of events.

import type { MessageBody, PageReply, PushedReply } from '../../../adapters/web/wire.ts'

export type Received = {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** The reply's texts, a block a line, as a person reads them. */
export function readText(reply: PageReply): string {
  const lines = reply.blocks.flatMap((block) => {
    switch (block.kind) {
      case 'text':
      case 'heading':
        return [block.text]
      case 'list':
        return block.items
      case 'answer':
        return [block.title, block.facetLabel, ...block.paragraphs, ...block.list]
      case 'choices':
        return [block.prompt, ...block.choices.map((choice) => choice.label)]
      case 'timeline':
        return [block.label, ...block.rows.flatMap((row) => row.items.map((item) => item.title))]
      case 'file':
        return [block.label]
      case 'form':
        return [block.title, ...block.fields.map((field) => field.label)]
    }
  })
  return lines.join('\n')
}

export class PageClient {
  cookie: string | undefined
  readonly events: { readonly name: string; readonly data: unknown }[] = []
  /** Whether pushed replies are confirmed, as the real page does. */
  confirms = true
  /** Confirmations on their way. */
  readonly #underWay = new Set<Promise<unknown>>()
  readonly #url: string
  #abort: AbortController | undefined

  constructor(url: string) {
    this.#url = url
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.cookie !== undefined) headers.set('Cookie', this.cookie)
    const response = await fetch(new URL(path, this.#url), { ...init, headers })
    const set = response.headers.getSetCookie()[0]?.split(';')[0]
    if (set !== undefined) this.cookie = set
    return response
  }

  async postRaw(
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ) {
    const response = await this.request(path, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', ...headers },
    })
    const text = await response.text()
    const received: Received = {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : (JSON.parse(text) as unknown),
    }
    return received
  }

  post(body: MessageBody, headers: Record<string, string> = {}) {
    return this.postRaw('/api/messages', JSON.stringify(body), headers)
  }

  ask(text: string, key: string) {
    return this.post({ kind: 'question', text, key })
  }

  /** Resolves when the stream is open; events are collected from then on. */
  async openEvents(): Promise<Response> {
    this.#abort = new AbortController()
    const response = await this.request('/api/events', { signal: this.#abort.signal })
    if (response.ok && response.body !== null) void this.#collect(response.body)
    return response
  }

  closeEvents() {
    this.#abort?.abort()
  }

  pushed(): readonly PushedReply[] {
    return this.events
      .filter((event) => event.name === 'reply')
      .map((event) => event.data as PushedReply)
  }

  async settle() {
    await Promise.all(this.#underWay)
  }

  async #collect(stream: ReadableStream<Uint8Array>) {
    let text = ''
    const decoder = new TextDecoder()
    try {
      for await (const bytes of stream) {
        text += decoder.decode(bytes, { stream: true })
        const parts = text.split('\n\n')
        text = parts.pop() ?? ''
        for (const part of parts) this.#take(part)
      }
    } catch {
      // Cut by us or by the server: either way there are no more events.
    }
    this.events.push({ name: 'end', data: null })
  }

  #take(part: string) {
    const name = /^event: (.*)$/m.exec(part)?.[1] ?? ''
    const data: unknown = JSON.parse(/^data: (.*)$/m.exec(part)?.[1] ?? 'null')
    this.events.push({ name, data })
    if (name !== 'reply' || !this.confirms) return
    const confirmation = this.postRaw(
      '/api/receipts',
      JSON.stringify({ id: (data as PushedReply).id }),
    )
    this.#underWay.add(confirmation)
    void confirmation.finally(() => this.#underWay.delete(confirmation)).catch(() => undefined)
  }
}
