// What the page sends -> one inbound message, or what is wrong with it.
// Pure: it must not read the time, the request or a store.

import { z } from 'zod'
import {
  commandNames,
  formNames,
  toAuthorId,
  toEventKey,
  type ConversationId,
  type InboundMessage,
} from '../../src/chat/message.ts'
import { choiceIdBytesMax } from '../../src/chat/reply.ts'
import type { MessageBody } from './wire.ts'

export const questionLengthMax = 2_000
export const prefixLengthMax = 200
const formFieldsMax = 24
const languageLengthMax = 35

export type Origin = {
  readonly conversation: ConversationId
  /** The Accept-Language header. */
  readonly acceptLanguage: string | undefined
  readonly receivedAt: Temporal.Instant
}

export type Decoded =
  | { readonly kind: 'message'; readonly message: InboundMessage }
  | { readonly kind: 'error'; readonly code: string; readonly message: string }

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const text = (lengthMax: number) => z.string().max(lengthMax)
const common = { key: id, language: text(languageLengthMax).optional() }
const bodySchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('question'), text: text(questionLengthMax) }),
  z.strictObject({
    ...common,
    kind: z.literal('command'),
    name: z.enum(commandNames),
    argument: text(questionLengthMax),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('choice'),
    id: z.string().refine((value) => Buffer.byteLength(value) <= choiceIdBytesMax),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('form'),
    name: z.enum(formNames),
    fields: z
      .record(id, text(questionLengthMax))
      .refine((fields) => Object.keys(fields).length <= formFieldsMax),
  }),
])
const receiptSchema = z.strictObject({ id })

/** Strict UTF-8 and JSON; null when it is neither. */
export function parseBody(bytes: ArrayBuffer): { readonly body: unknown } | null {
  try {
    const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return { body }
  } catch {
    return null
  }
}

const malformed = (problem: string): Decoded => ({
  kind: 'error',
  code: 'malformed',
  message: `Cannot read the message: ${problem}`,
})

/** A canonical BCP 47 tag, or undefined when it is none. */
export function readLanguage(tag: string | undefined): string | undefined {
  if (tag === undefined || tag === '' || tag.length > languageLengthMax) return undefined
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}

/** The language chosen in the page, else the browser's first. Browsers list them by preference. */
export const pickLanguage = (chosen: string | undefined, acceptLanguage: string | undefined) =>
  readLanguage(chosen) ?? readLanguage(acceptLanguage?.split(',')[0]?.split(';')[0]?.trim())

function toContent(body: MessageBody) {
  switch (body.kind) {
    case 'question':
      return { kind: body.kind, text: body.text.toWellFormed() } as const
    case 'command':
      return { kind: body.kind, name: body.name, argument: body.argument.toWellFormed() } as const
    case 'choice':
      return { kind: body.kind, id: body.id } as const
    case 'form': {
      const fields = Object.entries(body.fields).map(([key, value]) => [key, value.toWellFormed()])
      return {
        kind: body.kind,
        name: body.name,
        fields: Object.fromEntries(fields) as Record<string, string>,
      } as const
    }
  }
}

/** POST api/messages -> one inbound message. The event key joins the conversation and the page's own key. */
export function decodeMessage(bytes: ArrayBuffer, origin: Origin): Decoded {
  const parsed = parseBody(bytes)
  if (parsed === null) return malformed('it is not JSON in UTF-8, that is needed')
  const result = bodySchema.safeParse(parsed.body)
  if (!result.success) {
    const issue = result.error.issues[0]
    if (issue?.code === 'too_big' && ['text', 'argument'].includes(String(issue.path[0]))) {
      const message = `Cannot take the question: it is too long, at most ${questionLengthMax} characters are allowed`
      return { kind: 'error', code: 'question-too-long', message }
    }
    const where = issue?.path.join('.') ?? ''
    return malformed(`${where === '' ? 'its shape' : `"${where}"`} is not as the page sends it`)
  }
  const { key, language: chosen } = result.data
  const language = pickLanguage(chosen, origin.acceptLanguage)
  const message: InboundMessage = {
    platform: 'web',
    eventKey: toEventKey(`web:${origin.conversation}:${key}`),
    conversation: origin.conversation,
    author: toAuthorId(origin.conversation),
    ...(language === undefined ? {} : { language }),
    audience: 'private',
    mayAdminister: true,
    sentAt: origin.receivedAt,
    ...toContent(result.data as MessageBody),
  }
  return { kind: 'message', message }
}

/** POST api/receipts -> the id of the pushed reply that a page has shown; null when it is none. */
export function decodeReceiptId(bytes: ArrayBuffer): string | null {
  const result = receiptSchema.safeParse(parseBody(bytes)?.body)
  return result.success ? result.data.id : null
}
