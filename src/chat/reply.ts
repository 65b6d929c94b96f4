// What the assistant says, free of any platform's dialect: blocks of plain text that an adapter renders.
// All words are already in the reply's language; an adapter adds none of its own.

import type { Audience, FormName } from './message.ts'

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

/** With one more paragraph, such as what a platform asks for. */
export const addText = (reply: Reply, text: string): Reply => ({
  ...reply,
  blocks: [...reply.blocks, { kind: 'text', text }],
})

export type Block =
  | TextBlock
  | HeadingBlock
  | ListBlock
  | AnswerBlock
  | ChoicesBlock
  | TimelineBlock
  | FileBlock
  | FormBlock

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
  readonly role: 'offer' | 'facets' | 'related' | 'feedback' | 'suggestions' | 'actions' | 'share'
  /** The sentence before the choices, such as "Did you mean:". */
  readonly prompt: string
  readonly choices: readonly Choice[]
}

/** A button or menu item. `id` comes back in an InboundMessage of kind 'choice'. */
export type Choice = { readonly id: string; readonly label: string }

/** Plans and dated duties, soonest first: a picture where a platform can draw one, lines of text elsewhere. */
export type TimelineBlock = {
  readonly kind: 'timeline'
  /** What the picture shows, in words: its accessible name. */
  readonly label: string
  /** Civil date, ISO 8601: where "now" is drawn. */
  readonly today: string
  readonly todayLabel: string
  readonly rows: readonly [TimelineRow, ...TimelineRow[]]
}

/** One jurisdiction. */
export type TimelineRow = {
  readonly title: string
  /** Plans, as bars. A date that only its year is known of is drawn from the year's beginning to its end. */
  readonly spans: readonly TimelineSpan[]
  readonly items: readonly TimelineItem[]
}

export type TimelineSpan = {
  readonly label: string
  /** Civil dates, ISO 8601. */
  readonly from: string
  readonly through: string
  readonly isCertain: boolean
}

export type TimelineItem = {
  /** Civil date, ISO 8601; null when only the year is known. */
  readonly date: string | null
  readonly year: number
  /** The date in words, weekday included: "Friday, 31 December 2027". */
  readonly when: string
  /** How far off it is: "in 402 days", "12 days ago". */
  readonly left: string
  readonly title: string
  readonly force: 'hard' | 'duty' | 'information' | 'estimate'
  /** The force in words. */
  readonly forceLabel: string
  /** Empty when the date is certain, else how sure it is and whom to ask. */
  readonly certainty: string
  /** The rule, its source and edition. */
  readonly why: string
  readonly isCertain: boolean
  readonly state: 'past' | 'next' | 'later'
}

/** A small file to take along, such as a calendar. */
export type FileBlock = {
  readonly kind: 'file'
  readonly name: string
  readonly mediaType: string
  readonly content: string
  /** What it is and what to do with it, in a sentence. */
  readonly label: string
  /** Where the same can be subscribed to, if anywhere. */
  readonly url?: string
}

/** Something to fill in: a dialog where a platform has one, the fallback's words elsewhere. */
export type FormBlock = {
  readonly kind: 'form'
  readonly name: FormName
  readonly title: string
  readonly submitLabel: string
  /** How to say the same by typing. */
  readonly fallback: string
  readonly fields: readonly FormField[]
}

export type FormField = {
  readonly id: string
  readonly label: string
  readonly isOptional: boolean
  /** What it holds when the form opens; several values are separated by commas. */
  readonly value: string
} & (
  | { readonly kind: 'text'; readonly placeholder: string }
  | {
      readonly kind: 'select'
      readonly isMultiple: boolean
      readonly options: readonly { readonly value: string; readonly label: string }[]
    }
)

/** Telegram allows 64 bytes of callback data, the tightest of the platforms. */
export const choiceIdBytesMax = 64
