// What the assistant says, free of any platform's dialect: blocks of plain text that an adapter renders.
// All words are already in the reply's language; an adapter adds none of its own.

import type { Audience } from './message.ts'

export type Reply = {
  readonly audience: Audience
  /** BCP 47 language of the reply's words. */
  readonly language: string
  readonly blocks: readonly [Block, ...Block[]]
}

/** Our own mistake when there is nothing to say: silence is null, not an empty reply. */
export function createReply(
  audience: Audience,
  language: string,
  [first, ...others]: readonly Block[],
): Reply {
  if (first === undefined) throw new Error('A reply has at least one block')
  return { audience, language, blocks: [first, ...others] }
}

export type Block = TextBlock | HeadingBlock | ListBlock | AnswerBlock | ChoicesBlock

/** One paragraph of plain text. */
export type TextBlock = { readonly kind: 'text'; readonly text: string }

export type HeadingBlock = { readonly kind: 'heading'; readonly text: string }

export type ListBlock = { readonly kind: 'list'; readonly items: readonly string[] }

/** One passage of the knowledge base, word for word, with where it comes from. */
export type AnswerBlock = {
  readonly kind: 'answer'
  readonly entry: string
  readonly facet: string
  /** The entry's title. */
  readonly title: string
  /** The facet in words, such as "Examples". */
  readonly facetLabel: string
  /** Plain text; paragraphs are separated by a blank line. */
  readonly text: string
  /** List items that follow the text; may be empty. */
  readonly list: readonly string[]
  readonly sources: readonly [SourceLine, ...SourceLine[]]
}

/** A source as people read it: document, section, edition and review date in one line, and its address. */
export type SourceLine = { readonly text: string; readonly url: string }

export type ChoicesBlock = {
  readonly kind: 'choices'
  /** What the choices are for, so that a platform can set them apart by size or place. */
  readonly role: 'offer' | 'facets' | 'related' | 'feedback' | 'suggestions'
  /** The sentence before the choices, such as "Did you mean:". */
  readonly prompt: string
  readonly choices: readonly Choice[]
}

/** A button or menu item. `id` comes back in an InboundMessage of kind 'choice'. */
export type Choice = { readonly id: string; readonly label: string }

/** Telegram allows 64 bytes of callback data, the tightest of the platforms. */
export const choiceIdBytesMax = 64
