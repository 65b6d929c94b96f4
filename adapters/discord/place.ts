// Where people and the assistant talk in Discord, as a ConversationId that only this adapter looks into. Pure.

import { toConversationId, type ConversationId } from '../../src/chat/message.ts'

/** A thread is a channel of its own. A direct conversation is named by its person: so it is the same before Discord opens it. */
export type Place = { readonly kind: 'channel' | 'user'; readonly id: string }

export const toPlace = (kind: Place['kind'], id: string) => toConversationId(`${kind}/${id}`)

export function parsePlace(conversation: ConversationId): Place {
  const [kind, id = ''] = conversation.split('/')
  return { kind: kind === 'user' ? 'user' : 'channel', id }
}
