// Inbound message -> reply, or nothing. Hands each kind of message to its use case; decides nothing itself.

import type { Receive } from '../chat/adapter.ts'
import { parseChoiceId } from '../chat/choice-id.ts'
import type { CommandName, InboundMessage } from '../chat/message.ts'
import { createReply, type Block } from '../chat/reply.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { answerQuestion } from './ask.ts'
import type { Brain } from './brain.ts'
import { showChapter, showEntry, showTopics } from './browse.ts'
import { takeFeedback, takeNoneOfThese } from './feedback.ts'
import type { Phrasebook } from './phrasebook.ts'
import { forget, showPrivacy } from './privacy.ts'
import { composeSuggestions } from './compose.ts'

export type AssistantParts = {
  /** The knowledge base of this moment; it may be another one for the next message. */
  readonly brain: () => Brain
  readonly store: Store
  readonly log: Log
  /** BCP 47: of a conversation whose platform states none. */
  readonly language: string
}

/** What every use case is given. */
export type Exchange = {
  readonly message: InboundMessage
  readonly brain: Brain
  readonly phrasebook: Phrasebook
  readonly store: Store
  readonly log: Log
}

export function createReceive({ brain, store, log, language }: AssistantParts): Receive {
  return async (message) => {
    const current = brain()
    const phrasebook = current.phrasebook(message.language ?? language)
    try {
      if (!(await store.claimEvent(message.eventKey))) return null
      const blocks = await handle({ message, brain: current, phrasebook, store, log })
      return createReply(message.audience, phrasebook.language, blocks)
    } catch (error) {
      // Whoever asked must hear something, and one bad message must not end everybody's assistant.
      log.error({ error, platform: message.platform, kind: message.kind }, 'Cannot answer')
      const sorry: Block = { kind: 'text', text: phrasebook.say('failure') }
      return createReply(message.audience, phrasebook.language, [sorry])
    }
  }
}

function handle(exchange: Exchange): Promise<readonly Block[]> | readonly Block[] {
  const { message } = exchange
  switch (message.kind) {
    case 'question':
      return answerQuestion(exchange, message.text)
    case 'command':
      return handleCommand(exchange, message.name, message.argument)
    case 'choice':
      return handleChoice(exchange, message.id)
    case 'form':
    case 'removed':
    case 'moved':
      return []
  }
}

function handleCommand(
  exchange: Exchange,
  name: CommandName,
  argument: string,
): Promise<readonly Block[]> | readonly Block[] {
  switch (name) {
    case 'ask':
      return answerQuestion(exchange, argument)
    case 'topics':
      return showTopics(exchange)
    case 'help':
      return showHelp(exchange)
    case 'privacy':
      return showPrivacy(exchange)
    case 'deadlines':
    case 'deadline':
    case 'remind':
    case 'reminders':
    case 'settings':
      return showHelp(exchange)
  }
}

function handleChoice(
  exchange: Exchange,
  id: string,
): Promise<readonly Block[]> | readonly Block[] {
  const action = parseChoiceId(id)
  const gone: Block[] = [{ kind: 'text', text: exchange.phrasebook.say('choice-gone') }]
  switch (action?.kind) {
    case undefined:
      return gone
    case 'show':
      return showEntry(exchange, action.entry, action.facet)
    case 'chapter':
      return showChapter(exchange, action.chapter)
    case 'feedback':
      return takeFeedback(exchange, action)
    case 'none-of-these':
      return takeNoneOfThese(exchange)
    case 'forget':
      return forget(exchange)
    case 'suggestion': {
      const question = exchange.phrasebook.suggestions[action.index]
      return question === undefined ? gone : answerQuestion(exchange, question)
    }
  }
}

function showHelp({ phrasebook }: Exchange): Block[] {
  return [{ kind: 'text', text: phrasebook.talk('help') }, composeSuggestions(phrasebook)]
}
