// One message with all that the use cases are given, as its conversation sees it; and the reply made of what they say.

import { formatChoiceId, parseChoiceId } from '../chat/choice-id.ts'
import type { InboundMessage } from '../chat/message.ts'
import { choiceIdBytesMax, createReply, type Block, type Reply } from '../chat/reply.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Settings, Store } from '../store/store.ts'
import { choices } from './blocks.ts'
import type { Brain } from './brain.ts'
import { deskFor } from './calendar-desk.ts'
import type { Phrasebook } from './phrasebook.ts'
import { phrasebookFor } from './spoken-phrasebook.ts'

export type AssistantParts = {
  /** The knowledge base of this moment; it may be another one for the next message. */
  readonly brain: () => Brain
  readonly store: Store
  readonly log: Log
  /** BCP 47: of a conversation whose platform states none. */
  readonly language: string
  /** Where calendars can be subscribed to; empty when nobody can reach this server from outside. */
  readonly publicUrl?: string
  readonly clock: Clock
  /** Subscriptions changed: what is planned for them is to be planned again. */
  readonly replan?: (subscriptions: readonly string[]) => void
}

/** What every use case is given. */
export type Exchange = {
  readonly message: InboundMessage
  readonly brain: Brain
  readonly phrasebook: Phrasebook
  /** Of this conversation. */
  readonly settings: Settings
  readonly store: Store
  readonly log: Log
  readonly publicUrl: string
  readonly now: Temporal.Instant
  readonly replan: (subscriptions: readonly string[]) => void
}

/** The message with all that the use cases need, as this conversation sees it. */
export async function openExchange(
  message: InboundMessage,
  parts: AssistantParts,
): Promise<Exchange> {
  const { store, log, clock, publicUrl = '', replan = () => undefined } = parts
  const { conversation } = message
  const brain = parts.brain()
  const [settings, ownDates, subscriptions] = await Promise.all([
    store.readSettings(conversation),
    store.listOwnMilestones([conversation]),
    store.listSubscriptions(conversation),
  ])
  const desk = deskFor(brain.desk, {
    ownDates: ownDates.get(conversation) ?? [],
    followed: [...new Set(subscriptions.map(({ jurisdiction }) => jurisdiction))],
  })
  const language = settings.language ?? message.language ?? parts.language
  const phrasebook = phrasebookFor(brain, wordsOf(message), language)
  const now = clock.now()
  const own = { ...brain, desk }
  return { message, brain: own, phrasebook, settings, store, log, publicUrl, now, replan }
}

/** What somebody wrote themselves. */
function wordsOf(message: InboundMessage): string {
  switch (message.kind) {
    case 'question':
      return message.text
    case 'command':
      return message.argument
    case 'choice':
    case 'form':
    case 'removed':
    case 'moved':
      return ''
  }
}

/** Private where others could be shown it: then a choice to do so comes last. */
export function toReply({ message, phrasebook }: Exchange, blocks: readonly Block[]): Reply {
  const shared = message.kind === 'choice' && parseChoiceId(message.id)?.kind === 'share'
  if (shared) return createReply('shared', phrasebook.language, blocks)
  const id = message.shareable === true ? shareIdOf(blocks) : null
  const share = { id: id ?? '', label: phrasebook.sayOfReminders('share') }
  return createReply(message.audience, phrasebook.language, [
    ...blocks,
    ...(id === null ? [] : [choices('share', '', [share])]),
  ])
}

/** What is worth showing to everybody, as the choice that gives it again: a passage, or a member's dates. */
function shareIdOf(blocks: readonly Block[]): string | null {
  for (const block of blocks) {
    if (block.kind === 'answer') {
      const { entry, facet } = block
      const exact = formatChoiceId({ kind: 'share', of: { kind: 'show', entry, facet } })
      // The passage that is shown first needs no facet, and a long id has no room for one.
      return Buffer.byteLength(exact) <= choiceIdBytesMax
        ? exact
        : formatChoiceId({ kind: 'share', of: { kind: 'show', entry } })
    }
    if (block.kind !== 'choices') continue
    const dates = block.choices
      .map(({ id }) => parseChoiceId(id))
      .find((action) => action?.kind === 'calendar')
    if (dates?.kind === 'calendar') {
      const of = { kind: 'deadlines', jurisdiction: dates.jurisdiction } as const
      return formatChoiceId({ kind: 'share', of })
    }
  }
  return null
}
