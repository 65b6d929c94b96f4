// The small blocks that replies are made of. Knows no outcomes and no words of its own.

import type { Jurisdiction } from '../calendar/calendar.ts'
import { formatChoiceId } from '../chat/choice-id.ts'
import type { Block, Choice, ChoicesBlock } from '../chat/reply.ts'
import type { Entry } from '../knowledge/knowledge-base.ts'

export const say = (text: string): Block => ({ kind: 'text', text })

export const choices = (
  role: ChoicesBlock['role'],
  prompt: string,
  list: readonly Choice[],
): ChoicesBlock => ({ kind: 'choices', role, prompt, choices: list })

export const toEntryChoice = (entry: Entry): Choice => ({
  id: formatChoiceId({ kind: 'show', entry: entry.id }),
  label: entry.title,
})

/** A jurisdiction, to be asked for its dates. */
export const toDatesChoice = (name: string, { id }: Jurisdiction): Choice => ({
  id: formatChoiceId({ kind: 'deadlines', jurisdiction: id }),
  label: name,
})
