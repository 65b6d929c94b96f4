// Where people and the assistant talk in Discord, as a ConversationId that only this adapter looks into. Pure.

import { toConversationId, type ConversationId } from '../../src/chat/message.ts'

/** A thread is a channel of its own. A direct conversation is named by its person: so it is the same before Discord opens it. */
export const toPlace = (kind: 'channel' | 'user', id: string) => toConversationId(`${kind}/${id}`)

export function parsePlace(conversation: ConversationId) {
  const [kind, id = ''] = conversation.split('/')
  return { isPerson: kind === 'user', id }
}
