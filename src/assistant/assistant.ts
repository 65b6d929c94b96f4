// Inbound message -> reply, or nothing. Hands each kind of message to its use case; decides nothing itself.

import type { Receive } from '../chat/adapter.ts'
import { parseChoiceId, type ChoiceAction } from '../chat/choice-id.ts'
import type { CommandName, ConversationId } from '../chat/message.ts'
import { createReply, type Block } from '../chat/reply.ts'
import { answerQuestion, questionLengthMax } from './ask.ts'
import { say } from './blocks.ts'
import { showChapter, showEntry, showTopics } from './browse.ts'
import { takeFeedback, takeNoneOfThese } from './feedback.ts'
import { showCalendarFile, showDeadlines, showDeadlinesOf } from './deadlines.ts'
import { changeOwnDates } from './own-dates.ts'
import { openExchange, toReply, type AssistantParts, type Exchange } from './exchange.ts'
import { forget, showPrivacy } from './privacy.ts'
import { changeSubscription, showReminders, stopAll } from './held-reminders.ts'
import { remind, remindOf, takeReminderForm } from './remind.ts'
import { actOnReminder } from './reminder-actions.ts'
import { showSettings, takeSettings } from './settings.ts'
import { findSpokenCommand } from './spoken-command.ts'
import { composeSuggestions } from './compose.ts'

export function createReceive(parts: AssistantParts): Receive {
  const { store, log } = parts
  return async (message) => {
    try {
      if (!(await store.claimEvent(message.eventKey))) return null
      const exchange = await openExchange(message, parts)
      const blocks = await handle(exchange)
      if (blocks.length === 0) return null
      return toReply(exchange, blocks)
    } catch (error) {
      // Whoever asked must hear something, and one bad message must not end everybody's assistant.
      log.error({ error, platform: message.platform, kind: message.kind }, 'Cannot answer')
      const phrasebook = parts.brain().phrasebook(message.language ?? parts.language)
      return createReply(message.audience, phrasebook.language, [say(phrasebook.say('failure'))])
    }
  }
}

function handle(exchange: Exchange): Promise<readonly Block[]> | readonly Block[] {
  const { message } = exchange
  switch (message.kind) {
    case 'question':
      return answerText(exchange, message.text)
    case 'command':
      return handleCommand(exchange, message.name, message.argument)
    case 'choice':
      return handleChoice(exchange, message.id)
    case 'form':
      return message.name === 'remind'
        ? takeReminderForm(exchange, message.fields)
        : takeSettings(exchange, message.fields)
    case 'removed':
      return leave(exchange)
    case 'moved':
      return move(exchange, message.to)
  }
}

function answerText(
  exchange: Exchange,
  text: string,
): Promise<readonly Block[]> | readonly Block[] {
  const { brain, phrasebook } = exchange
  const command = findSpokenCommand(
    text.slice(0, questionLengthMax),
    brain.cues(phrasebook.language),
  )
  return command === undefined
    ? answerQuestion(exchange, text)
    : handleCommand(exchange, command, '')
}

/** Nothing more can be sent there. */
async function leave({ message, store, log }: Exchange): Promise<readonly Block[]> {
  const retired = await store.retireSubscriptions(message.conversation, 'gone')
  log.info({ platform: message.platform, subscriptions: retired.length }, 'Left a conversation')
  return []
}

async function move({ message, store }: Exchange, to: ConversationId): Promise<readonly Block[]> {
  await store.moveConversation(message.conversation, to)
  return []
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
      return showDeadlines(exchange, argument)
    case 'deadline':
      return changeOwnDates(exchange, argument)
    case 'remind':
      return remind(exchange, argument)
    case 'reminders':
      return showReminders(exchange)
    case 'settings':
      return showSettings(exchange, argument)
  }
}

function handleChoice(
  exchange: Exchange,
  id: string,
): Promise<readonly Block[]> | readonly Block[] {
  const action = parseChoiceId(id)
  return action === null
    ? [say(exchange.phrasebook.say('choice-gone'))]
    : handleAction(exchange, action)
}

function handleAction(
  exchange: Exchange,
  action: ChoiceAction,
): Promise<readonly Block[]> | readonly Block[] {
  switch (action.kind) {
    case 'show':
      return showEntry(exchange, action.entry, action.facet)
    case 'chapter':
      return showChapter(exchange, action.chapter)
    case 'feedback':
      return takeFeedback(exchange, action)
    case 'deadlines':
      return showDeadlinesOf(exchange, action.jurisdiction)
    case 'calendar':
      return showCalendarFile(exchange, action.jurisdiction)
    case 'remind':
      return remindOf(exchange, action.jurisdiction)
    case 'pause':
    case 'resume':
    case 'change':
    case 'stop':
      return changeSubscription(exchange, action.kind, action.subscription)
    case 'done':
    case 'not-done':
    case 'again':
      return actOnReminder(exchange, action.kind, action.subscription, action.tag)
    case 'reminders':
      return showReminders(exchange)
    case 'stop-all':
      return stopAll(exchange)
    case 'share':
      return handleAction(exchange, action.of)
    case 'none-of-these':
      return takeNoneOfThese(exchange)
    case 'forget':
      return forget(exchange)
    case 'suggestion': {
      const question = exchange.phrasebook.suggestions[action.index]
      return question === undefined
        ? [say(exchange.phrasebook.say('choice-gone'))]
        : answerQuestion(exchange, question)
    }
  }
}

function showHelp({ phrasebook }: Exchange): Block[] {
  return [{ kind: 'text', text: phrasebook.talk('help') }, composeSuggestions(phrasebook)]
}
