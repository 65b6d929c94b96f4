// Who a browser is: a random secret in its cookie, and the conversation's id made from it.
// The secret never leaves this adapter: ids are stored and logged elsewhere, and must not open a conversation.

import { createHash, randomBytes } from 'node:crypto'
import { toConversationId } from '../../src/chat/message.ts'

const idLength = 22
const pattern = /^[A-Za-z0-9_-]{22}$/

const digest = (text: string) =>
  createHash('sha256').update(text).digest('base64url').slice(0, idLength)

/** 128 random bits. */
export const createSecret = () => randomBytes(16).toString('base64url')

export const isSecret = (text: string | undefined): text is string =>
  text !== undefined && pattern.test(text)

export const toConversation = (secret: string) => toConversationId(digest(`conversation ${secret}`))

/** The id of one delivery as the page sees it: the same for every attempt, so that it is shown once. */
export const toMessageId = (deliveryKey: string) => digest(`delivery ${deliveryKey}`)
