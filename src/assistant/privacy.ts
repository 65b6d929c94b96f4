// The use case "privacy": what is held about a conversation, and how to have it removed.

import { formatChoiceId } from '../chat/choice-id.ts'
import type { Block } from '../chat/reply.ts'
import type { Exchange } from './exchange.ts'
import { choices } from './blocks.ts'

export function showPrivacy({ phrasebook }: Exchange): Block[] {
  const forgetChoice = {
    id: formatChoiceId({ kind: 'forget' }),
    label: phrasebook.say('privacy-forget'),
  }
  return [choices('related', phrasebook.say('privacy-held'), [forgetChoice])]
}

export async function forget({ message, phrasebook, store }: Exchange): Promise<Block[]> {
  await store.forget(message.conversation, message.author)
  return [{ kind: 'text', text: phrasebook.say('privacy-forgotten') }]
}
