// The use case "ask": a question in somebody's own words, and the reply to it.

import type { Block } from '../chat/reply.ts'
import { formatChoiceId } from '../chat/choice-id.ts'
import type { ConversationContext } from '../store/store.ts'
import type { Exchange } from './exchange.ts'
import { relatedEntries, type Brain } from './brain.ts'
import { composeOutcomes, composeSuggestions } from './compose.ts'
import type { DeadlineAnswer } from './deadline-answer.ts'
import type { Phrasebook } from './phrasebook.ts'
import { answerReminderWish } from './remind.ts'
import { questionsMax } from './split.ts'
import { contextAfter, contextAfterOffer, toShowIds } from './outcome.ts'
import { understand, type Understanding } from './understand.ts'

/** Longer messages are pasted by mistake; the reply says so instead of guessing at a part of them. */
export const questionLengthMax = 2_000

export type AskResult = {
  readonly blocks: readonly Block[]
  /** Null when nothing was asked. */
  readonly understanding: Understanding | null
  readonly context: ConversationContext | null
}

export async function answerQuestion(exchange: Exchange, text: string): Promise<readonly Block[]> {
  const { message, store, log } = exchange
  const wished = await answerReminderWish(exchange, text.slice(0, questionLengthMax))
  if (wished !== null) return wished
  const before = await store.readContext(message.conversation)
  const { blocks, understanding, context } = ask(exchange.brain, exchange.phrasebook, text, before)
  if (context !== null) await store.writeContext(message.conversation, context)
  if (understanding !== null) {
    const decisions = understanding.outcomes.map(({ kind }) => kind)
    log.info({ platform: message.platform, decisions }, 'Answered a question')
  }
  return blocks
}

/** Pure: the same base, question and context give the same result. */
export function ask(
  brain: Brain,
  phrasebook: Phrasebook,
  text: string,
  before: ConversationContext | null,
): AskResult {
  const asked = text.trim()
  if (asked.length > questionLengthMax) {
    const said = phrasebook.say('too-long', { limit: questionLengthMax })
    return { blocks: [{ kind: 'text', text: said }], understanding: null, context: before }
  }
  if (!/[\p{L}\p{N}]/u.test(asked)) {
    const said = phrasebook.say('nothing-asked')
    const blocks: Block[] = [{ kind: 'text', text: said }, composeSuggestions(phrasebook)]
    return { blocks, understanding: null, context: before }
  }
  const understanding = understand(brain, asked, phrasebook.language, before)
  const blocks = composeOutcomes(brain, understanding.outcomes, phrasebook)
  if (understanding.left > 0) {
    const said = phrasebook.say('too-many-questions', { limit: questionsMax })
    blocks.push({ kind: 'text', text: said })
  }
  return { blocks, understanding, context: nextContext(brain, understanding, before) }
}

function nextContext(
  brain: Brain,
  { outcomes }: Understanding,
  before: ConversationContext | null,
): ConversationContext | null {
  const dates = outcomes.findLast((outcome) => outcome.kind === 'deadlines')
  if (dates !== undefined) return contextAfterDates(dates.answer, before)
  const answers = outcomes.filter((outcome) => outcome.kind === 'answer')
  const last = answers.at(-1)
  if (last !== undefined) {
    const shown =
      answers.length > 1
        ? answers.map(({ entry }) => entry)
        : relatedEntries(brain, last.entry, last.entry.language)
    return { ...contextAfter(last, before), offered: toShowIds(shown) }
  }
  const offer = outcomes.findLast((outcome) => outcome.kind === 'offer')
  return offer === undefined ? before : contextAfterOffer(offer, before)
}

/** What was asked about a country's dates may go on without its name. */
export function contextAfterDates(
  answer: DeadlineAnswer,
  before: ConversationContext | null,
): ConversationContext | null {
  switch (answer.kind) {
    case 'dates':
      return { shown: [], offered: [], jurisdiction: answer.subjects[0].jurisdiction.id }
    case 'which': {
      const offered = answer.choices.map(({ id }) =>
        formatChoiceId({ kind: 'deadlines', jurisdiction: id }),
      )
      return { shown: [], offered }
    }
    case 'applied':
    case 'community':
    case 'no-plan':
      return before
  }
}
