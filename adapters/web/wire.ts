// The JSON between the page and the adapter: types only, read by both sides.
// It must not hold a value: the page's scripts are served as they are.

import type { CommandName, FormName } from '../../src/chat/message.ts'
import type { Choice, ChoicesBlock, FormBlock, TimelineBlock } from '../../src/chat/reply.ts'

export type { Choice }

export type MessageContent =
  | { kind: 'question'; text: string }
  | { kind: 'command'; name: CommandName; argument: string }
  | { kind: 'choice'; id: string }
  | { kind: 'form'; name: FormName; fields: Readonly<Record<string, string>> }

/** POST api/messages. `key` is the page's own, identical for every repeat of one message. */
export type MessageBody = MessageContent & { key: string; language?: string }

export type PageSource = { text: string; url: string | null }

export type PageBlock =
  | { kind: 'text' | 'heading'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | {
      kind: 'answer'
      title: string
      facetLabel: string
      paragraphs: readonly string[]
      list: readonly string[]
      sources: readonly PageSource[]
    }
  | {
      kind: 'choices'
      role: ChoicesBlock['role']
      prompt: string
      choices: readonly Choice[]
    }
  | TimelineBlock
  | {
      kind: 'file'
      name: string
      mediaType: string
      content: string
      label: string
      url: string | null
    }
  | FormBlock

export type PageReply = { language: string; blocks: readonly PageBlock[] }

/** Answer to POST api/messages. */
export type MessageAnswer = { reply: PageReply | null }

/** Answer to GET api/suggestions. */
export type SuggestionsAnswer = { choices: readonly Choice[] }

/** Data of a server-sent event named `reply`; the page confirms it with POST api/receipts {id}. */
export type PushedReply = { id: string; reply: PageReply }

export type ErrorAnswer = { error: { code: string; message: string } }
