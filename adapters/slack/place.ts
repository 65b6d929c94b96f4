// Where people and the assistant talk in Slack, as a ConversationId that only this adapter looks into. Pure.

import { toConversationId, type ConversationId } from '../../src/chat/message.ts'

export type Place = {
  readonly team: string
  /** A channel ("C...", "G...", "D..."), or a person ("U...", "W...") with whom the assistant is alone. */
  readonly id: string
  /** The `ts` of the message that a thread hangs from. */
  readonly thread?: string
}

/** A direct conversation is named by its person: then it is the same one before and after Slack has opened it. */
export const isPerson = ({ id }: Place) => /^[UW]/.test(id)

/** Slack's channel ids tell a direct conversation of two by their first letter. */
export const isDirectChannel = (channel: string) => channel.startsWith('D')

export const formatPlace = ({ team, id, thread }: Place): ConversationId =>
  toConversationId([team, id, ...(thread === undefined ? [] : [thread])].join('/'))

export function parsePlace(conversation: ConversationId): Place {
  const [team = '', id = '', thread] = conversation.split('/')
  return thread === undefined ? { team, id } : { team, id, thread }
}
