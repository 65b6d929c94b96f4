// The storage port: what must outlive one message. Knows nothing of how or where it is kept.

import type { OwnMilestone } from '../calendar/calendar.ts'
import type { ConversationId, EventKey } from '../chat/message.ts'

/** What a conversation was about, so that "and examples?" can be understood. Holds no text that anybody wrote. */
export type ConversationContext = {
  /** The entry answered last, and the facets of it that were shown. */
  readonly entry?: string
  readonly shown: readonly string[]
  /** The facet that was asked for by name, if one was. */
  readonly askedFacet?: string
  /** Ids of the choices offered last, in order, so that "the second one" can be understood. */
  readonly offered: readonly string[]
  /** The jurisdiction whose dates were shown last. */
  readonly jurisdiction?: string
}

/** A dated thing that a conversation added for itself, and whose it is. */
export type ConversationMilestone = {
  readonly jurisdiction: string
  readonly milestone: OwnMilestone
}

export interface Store {
  /** True the first time a key is seen within the retention time, false for every repeat. */
  claimEvent(key: EventKey): Promise<boolean>
  readContext(conversation: ConversationId): Promise<ConversationContext | null>
  writeContext(conversation: ConversationId, context: ConversationContext): Promise<void>
  addOwnMilestone(
    conversation: ConversationId,
    jurisdiction: string,
    milestone: OwnMilestone,
  ): Promise<void>
  /** False when there is none of that id. */
  removeOwnMilestone(conversation: ConversationId, id: string): Promise<boolean>
  listOwnMilestones(
    conversations: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, readonly ConversationMilestone[]>>
  /** Removes all that is held about a conversation. */
  forget(conversation: ConversationId): Promise<void>
}
