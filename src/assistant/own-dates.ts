// The use case "dates of our own": one-off milestones that a conversation adds by command. Never part of the reviewed data.

import { lineLengthMax } from '../knowledge/schema.ts'
import type { Block } from '../chat/reply.ts'
import type { ConversationMilestone } from '../store/store.ts'
import type { Exchange } from './exchange.ts'
import type { Subscription } from '../reminders/subscription.ts'
import { choices, say } from './blocks.ts'
import { toRemindChoices } from './compose-subscription.ts'

const ownDatesMax = 50
/** Those that are gone and done included. */
const idMax = 10_000

/** `add <jurisdiction> <date> <title>`, `remove <name>`, `list`; anything else explains these. */
export async function changeOwnDates(exchange: Exchange, argument: string): Promise<Block[]> {
  const { message, phrasebook, store } = exchange
  const [verb = '', ...rest] = argument.trim().split(/\s+/u)
  if (verb !== 'list' && !message.mayAdminister) return [say(phrasebook.sayOfDates('not-allowed'))]
  const own =
    (await store.listOwnMilestones([message.conversation])).get(message.conversation) ?? []
  switch (verb) {
    case 'add':
      return addOwnDate(exchange, rest.join(' '), own)
    case 'remove': {
      const id = rest.join(' ')
      const isRemoved = await store.removeOwnMilestone(message.conversation, id)
      await replanAll(exchange)
      return [say(phrasebook.sayOfDates(isRemoved ? 'own-removed' : 'own-unknown', { id }))]
    }
    case 'list':
      return listOwnDates(exchange, own)
    default:
      return [say(phrasebook.sayOfDates('own-help'))]
  }
}

async function addOwnDate(
  exchange: Exchange,
  text: string,
  own: readonly ConversationMilestone[],
): Promise<Block[]> {
  const { message, brain, phrasebook, store } = exchange
  if (own.length >= ownDatesMax) {
    return [say(phrasebook.sayOfDates('own-full', { limit: ownDatesMax }))]
  }
  const found = /^(?<place>.+?)\s+(?<date>\d{4}-\d{2}-\d{2})\s+(?<title>\S.*)$/su.exec(text)?.groups
  const date = readIsoDate(found?.['date'])
  const { named } = brain.desk.finder.find(found?.['place'] ?? '')
  const [jurisdiction] = named
  const title = found?.['title']?.trim().slice(0, lineLengthMax) ?? ''
  if (date === null || title === '' || jurisdiction === undefined || named.length > 1) {
    const unread = named.length === 1 || found === undefined ? 'own-date' : 'which-none'
    return [say(phrasebook.sayOfDates(unread)), say(phrasebook.sayOfDates('own-help'))]
  }
  const done = (await store.listDone([message.conversation])).get(message.conversation)
  const id = nextId(own, (one) => done?.has(`${jurisdiction.id}/own/${one}`) === true)
  await store.addOwnMilestone(
    message.conversation,
    jurisdiction.id,
    {
      id,
      title: { en: title },
      date,
      provenance: 'conversation',
    },
    exchange.now,
  )
  const values = {
    id,
    title,
    when: phrasebook.day(date),
    jurisdiction: brain.desk.finder.nameOf(jurisdiction, phrasebook.language),
  }
  const held = await replanAll(exchange)
  const isReminded = held.some((one) => one.jurisdiction === jurisdiction.id)
  return [
    say(phrasebook.sayOfDates('own-added', values)),
    ...(isReminded ? [] : [choices('actions', '', toRemindChoices(exchange, [jurisdiction]))]),
  ]
}

function listOwnDates(
  { brain, phrasebook }: Exchange,
  own: readonly ConversationMilestone[],
): Block[] {
  if (own.length === 0) {
    return [say(phrasebook.sayOfDates('own-none')), say(phrasebook.sayOfDates('own-help'))]
  }
  const items = own.map(({ jurisdiction, milestone }) =>
    phrasebook.sayOfDates('own-item', {
      id: milestone.id,
      title: milestone.title.en,
      when: phrasebook.day(milestone.date),
      jurisdiction: brain.desk.nameOf(jurisdiction, phrasebook.language),
    }),
  )
  return [say(phrasebook.sayOfDates('own-list')), { kind: 'list', items }]
}

/** What is planned for the conversation follows its dates. */
async function replanAll({ message, store, replan }: Exchange): Promise<readonly Subscription[]> {
  const held = await store.listSubscriptions(message.conversation)
  replan(held.map(({ id }) => id))
  return held
}

/** The smallest number that is free: short enough to be typed. That of a date once done would be done from the start. */
function nextId(own: readonly ConversationMilestone[], isDone: (id: string) => boolean): string {
  const taken = new Set(own.map(({ milestone }) => milestone.id))
  for (let number = 1; number <= idMax; number++) {
    const id = number.toString()
    if (!taken.has(id) && !isDone(id)) return id
  }
  throw new Error(`A conversation has had fewer than ${idMax} dates of its own`)
}

function readIsoDate(text: string | undefined): Temporal.PlainDate | null {
  try {
    return text === undefined ? null : Temporal.PlainDate.from(text)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
