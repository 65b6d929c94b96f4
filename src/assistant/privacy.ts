// The use case "privacy": what is held about a conversation and a person, and how to have it removed.

import { formatChoiceId } from '../chat/choice-id.ts'
import type { Block } from '../chat/reply.ts'
import type { Exchange } from './exchange.ts'
import { choices, say } from './blocks.ts'

export async function showPrivacy({ message, phrasebook, store }: Exchange): Promise<Block[]> {
  const held = await store.describeHeld(message.conversation, message.author)
  const items = [
    ...(held.context ? [phrasebook.say('privacy-topics')] : []),
    ...(held.settings ? [phrasebook.say('privacy-settings')] : []),
    ...(held.ownMilestones === 0
      ? []
      : [phrasebook.say('privacy-own-dates', { count: held.ownMilestones })]),
    ...(held.subscriptions === 0
      ? []
      : [phrasebook.say('privacy-subscriptions', { count: held.subscriptions })]),
  ]
  const forgetChoice = {
    id: formatChoiceId({ kind: 'forget' }),
    label: phrasebook.say('privacy-forget'),
  }
  return [
    say(phrasebook.say('privacy-held')),
    ...(items.length === 0
      ? [say(phrasebook.say('privacy-nothing'))]
      : [say(phrasebook.say('privacy-list')), { kind: 'list', items } as const]),
    choices('related', phrasebook.say('privacy-prompt'), [forgetChoice]),
  ]
}

/** What is everybody's goes only for those who administer the conversation; what is one's own, always. */
export async function forget({ message, phrasebook, store }: Exchange): Promise<Block[]> {
  const { conversation, author, mayAdminister } = message
  await store.forget(mayAdminister ? conversation : null, author)
  return [say(phrasebook.say(mayAdminister ? 'privacy-forgotten' : 'privacy-forgotten-own'))]
}
