// Where something is said in Telegram, and the ids that the rest of the product knows it by. Nobody else looks inside them.

import { toConversationId, type ConversationId } from '../../src/chat/message.ts'

/** A chat, or one topic of a forum. The general topic has no number. */
export type Place = { readonly chat: number; readonly topic?: number }

const prefix = 'telegram:'

export const formatPlace = ({ chat, topic }: Place): ConversationId =>
  toConversationId(`${prefix}${chat}${topic === undefined ? '' : `/${topic}`}`)

export function parsePlace(conversation: ConversationId): Place {
  const [chat = Number.NaN, topic] = conversation.slice(prefix.length).split('/').map(Number)
  return { chat, ...(topic !== undefined && { topic }) }
}

/** Groups have negative numbers, and the private chat with a person has the person's. */
export const isGroup = (chat: number): boolean => chat < 0
