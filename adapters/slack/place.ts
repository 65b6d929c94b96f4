// Where people and the assistant talk in Slack, as a ConversationId that only this adapter looks into. Pure.

import { toConversationId, type ConversationId } from '../../src/chat/message.ts'

/** `id` is a channel, or a person whom the assistant talks with alone; a thread hangs from the message of that `ts`. */
export type Place = { readonly team: string; readonly id: string; readonly thread?: string }

export const isPerson = ({ id }: Place) => /^[UW]/.test(id)
/** Of two people, or of the assistant and one. */
export const isDirectChannel = (channel: string) => channel.startsWith('D')

export const formatPlace = ({ team, id, thread }: Place): ConversationId =>
  toConversationId(thread === undefined ? `${team}/${id}` : `${team}/${id}/${thread}`)

export function parsePlace(conversation: ConversationId): Place {
  const [team = '', id = '', thread] = conversation.split('/')
  return thread === undefined ? { team, id } : { team, id, thread }
}
