// The terminal as a chat platform: a prompt with history and Tab suggestions, or one question a line from a pipe.

import { randomUUID } from 'node:crypto'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { ChatAdapter, Receive, Suggest } from '../../src/chat/adapter.ts'
import {
  toAuthorId,
  toConversationId,
  toEventKey,
  type InboundMessage,
} from '../../src/chat/message.ts'
import type { Choice, Reply } from '../../src/chat/reply.ts'
import { decodeLine } from './decode.ts'
import { renderReply } from './render.ts'
import { showSuggestions } from './suggestion-list.ts'

export type TerminalOptions = {
  readonly input: Readable
  readonly output: Writable & { readonly columns?: number }
  /** A person types: show a prompt, number the choices, complete with Tab. */
  readonly interactive: boolean
  readonly colour: boolean
  readonly language: string
  /** A sentence before the first prompt, such as where the web page is; may be empty. */
  readonly notice: string
  readonly now: () => Temporal.Instant
  /** The person quit, or the pipe has ended and everything read from it is answered. */
  readonly onEnd: (linesRead: number) => void
}

const suggestionsMax = 4
const widthMax = 100
const widthDefault = 80
const prompt = '> '
const welcome = 'Ask in your own words. Tab completes, a number chooses, /help helps, /quit ends.'

export function createTerminalAdapter(options: TerminalOptions): ChatAdapter {
  return new TerminalAdapter(options)
}

class TerminalAdapter implements ChatAdapter {
  readonly platform = 'terminal'
  readonly limits = {
    textLengthMax: Infinity,
    choicesMax: 99,
    choiceLabelLengthMax: widthMax,
  }
  readonly #options: TerminalOptions
  readonly #session = randomUUID()
  #lines: Interface | undefined
  #choices: readonly Choice[] = []
  #read = 0
  /** Lines are answered one after the other, in the order typed. */
  #answering: Promise<void> = Promise.resolve()

  constructor(options: TerminalOptions) {
    this.#options = options
  }

  start(receive: Receive, suggest: Suggest): Promise<void> {
    const { input, output, interactive, colour, language, notice } = this.#options
    const suggestLabels = (typed: string) =>
      suggest(typed, language, suggestionsMax).map(({ label }) => label)
    this.#lines = createInterface({
      input,
      ...(interactive ? { output, prompt, terminal: true } : {}),
      crlfDelay: Infinity,
      // Tab takes the first of the suggestions that stand below the prompt.
      completer: (line: string): [string[], string] => [suggestLabels(line).slice(0, 1), line],
    })
    const lines = this.#lines
    const suggestions = interactive
      ? showSuggestions({ lines, input, output, colour, suggest: suggestLabels })
      : undefined
    if (interactive) output.write(`${notice === '' ? '' : `${notice}\n`}${welcome}\n`)
    lines.on('line', (line) => {
      suggestions?.clear()
      this.#read++
      this.#answering = this.#answering.then(() => this.#answer(line, receive))
    })
    lines.on('close', () => {
      void this.#answering.then(() => {
        this.#options.onEnd(this.#read)
      })
    })
    if (interactive) lines.prompt()
    return Promise.resolve()
  }

  async #answer(line: string, receive: Receive): Promise<void> {
    const content = decodeLine(line, this.#choices)
    if (content?.kind === 'quit') {
      this.#lines?.close()
      return
    }
    if (content !== null) {
      const reply = await receive({ ...this.#envelope(), ...content })
      if (reply !== null) this.#print(reply)
    }
    if (this.#options.interactive) this.#lines?.prompt()
  }

  #envelope(): Omit<InboundMessage, 'kind'> {
    return {
      platform: this.platform,
      eventKey: toEventKey(`terminal:${this.#session}:${this.#read.toString()}:${randomUUID()}`),
      conversation: toConversationId('terminal'),
      author: toAuthorId('terminal'),
      language: this.#options.language,
      audience: 'private',
      mayAdminister: true,
      sentAt: this.#options.now(),
    }
  }

  #print(reply: Reply): void {
    const { output, colour } = this.#options
    const columns = output.columns ?? widthDefault
    const width = this.#options.interactive ? Math.min(columns, widthMax) : Infinity
    const { text, choices } = renderReply(reply, { width, colour })
    this.#choices = choices
    output.write(`\n${text}\n\n`)
  }

  send(...[, reply, { signal }]: Parameters<ChatAdapter['send']>): ReturnType<ChatAdapter['send']> {
    if (signal.aborted || this.#lines === undefined) {
      const retryAfter = Temporal.Duration.from({ seconds: 0 })
      return Promise.resolve({ kind: 'deferred', retryAfter })
    }
    if (!this.#options.output.writable) {
      return Promise.resolve({ kind: 'refused', reason: 'gone' })
    }
    this.#print(reply)
    if (this.#options.interactive) this.#lines.prompt(true)
    return Promise.resolve({ kind: 'sent', messageId: randomUUID() })
  }

  async stop(): Promise<void> {
    this.#lines?.close()
    this.#lines = undefined
    await this.#answering
  }
}
