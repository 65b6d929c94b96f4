// The product's own knowledge base and a conversation with it, shared by the tests of the assistant.

import { ask, type AskResult } from '../../src/assistant/ask.ts'
import { createBrain } from '../../src/assistant/brain.ts'
import { loadKnowledge } from '../../src/knowledge/load.ts'
import type { ConversationContext } from '../../src/store/store.ts'
import { ownKnowledge } from '../knowledge/knowledge-folder.ts'

export const today = Temporal.PlainDate.from('2026-11-23')
export const brain = createBrain(loadKnowledge(ownKnowledge), { today: () => today })
export const phrasebook = brain.phrasebook('en')

/** Sends the messages one after the other and returns what came of the last. */
export function converse(...messages: readonly [string, ...string[]]): AskResult {
  let context: ConversationContext | null = null
  let result: AskResult | undefined
  for (const message of messages) {
    result = ask(brain, phrasebook, message, context)
    context = result.context
  }
  if (result === undefined) throw new Error('A conversation has a message')
  return result
}

/** Of the last message, in short: "transparency/examples", "offer", "abstain", "abstain/" and a gap, "talk/". */
export function outcomesOf(...messages: readonly [string, ...string[]]): string[] {
  const { understanding } = converse(...messages)
  return (understanding?.outcomes ?? []).map((outcome) => {
    switch (outcome.kind) {
      case 'answer':
        return `${outcome.entry.id}/${outcome.passage.facet}`
      case 'offer':
        return 'offer'
      case 'abstain':
        return outcome.gap === undefined ? 'abstain' : `abstain/${outcome.gap.id}`
      case 'deadlines':
        return `dates/${outcome.answer.kind}`
      case 'talk':
        return `talk/${outcome.talk}`
    }
  })
}
