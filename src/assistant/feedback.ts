// The use case "feedback": whether an answer helped. Counted by entry and facet, never by person.

import type { ChoiceAction } from '../chat/choice-id.ts'
import type { Block } from '../chat/reply.ts'
import type { Exchange } from './exchange.ts'

export function takeFeedback(
  { brain, phrasebook, log }: Exchange,
  { entry, facet, helpful }: Extract<ChoiceAction, { kind: 'feedback' }>,
): Block[] {
  log.info({ entry, facet, helpful, knowledge: brain.base.version }, 'Took feedback')
  return [{ kind: 'text', text: phrasebook.say(helpful ? 'feedback-thanks' : 'feedback-sorry') }]
}

export async function takeNoneOfThese({
  message,
  phrasebook,
  store,
  log,
}: Exchange): Promise<Block[]> {
  const context = await store.readContext(message.conversation)
  log.info({ offered: context?.offered ?? [] }, 'Offered, and none of it was meant')
  return [{ kind: 'text', text: phrasebook.say('none-of-these-reply') }]
}
