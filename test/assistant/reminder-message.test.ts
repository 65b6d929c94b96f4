// The reminder itself: what it says at the moment of sending, what it leaves out, and what its buttons do.

import { beforeEach, describe, expect, test } from 'vitest'
import { createCompose, createComposeRetired } from '../../src/assistant/compose-reminder.ts'
import type { Brain } from '../../src/assistant/brain.ts'
import { toPlainText } from '../../src/chat/plain-text.ts'
import type { Composed, ComposeNote } from '../../src/reminders/compose.ts'
import type { Claim, Delivery, Occasion, PlannedDelivery } from '../../src/reminders/delivery.ts'
import { planDeliveries } from '../../src/reminders/planner.ts'
import { ReminderRig, type Conversation } from './reminder-rig.ts'

const rig = await ReminderRig.open()
let talk: Conversation
/** 30 days before Kenya's next plan is due, at nine in Nairobi. */
const sendAt = '2028-12-01T06:00:00Z'
const onTime: ComposeNote = { isLate: false, mayRepeat: false }

beforeEach(() => {
  rig.setNow('2028-11-01T06:00:00Z')
  talk = rig.talk()
})

/** All that the planner has for the conversation until a moment, as the dispatcher would claim it. */
async function claimUntil(instant: string): Promise<Claim> {
  const now = rig.now()
  const until = Temporal.Instant.from(instant)
  const held = await talk.held()
  const planned = held.flatMap((subscription) => {
    const jurisdiction = rig.brain.desk.jurisdiction(subscription.jurisdiction)
    const milestones = jurisdiction === undefined ? [] : rig.brain.desk.milestonesOf(jurisdiction)
    return planDeliveries({
      subscription,
      milestones,
      done: new Set(),
      knownSince: () => subscription.createdAt,
      now,
      horizon: now.until(until),
    })
  })
  return toClaim(planned)
}

function toClaim(planned: readonly PlannedDelivery[]): Claim {
  const [first, ...others] = planned.map((one, index): Delivery => ({
    ...one,
    id: `delivery-${index}`,
  }))
  if (first === undefined) throw new Error('Nothing is due')
  const { conversation, platform } = first
  const deliveries = [first, ...others] as const
  return { conversation, platform, messageKey: 'key', attempt: 1, possibleSends: 0, deliveries }
}

const withOccasion = ({ deliveries, ...claim }: Claim, occasion: Occasion): Claim => {
  const [first, ...others] = deliveries.map((one) => ({ ...one, occasion }))
  if (first === undefined) throw new Error('A claim has a delivery')
  return { ...claim, deliveries: [first, ...others] }
}

/** The message, shown in the conversation so that its buttons can be pressed there. */
async function compose(
  claim: Claim,
  note: ComposeNote = onTime,
  brain: Brain = rig.brain,
): Promise<Composed | null> {
  const written = await createCompose({ brain: () => brain, store: rig.store })(
    claim,
    rig.now(),
    note,
  )
  talk.last = written?.reply ?? null
  return written
}

const textOf = (composed: Composed | null) =>
  composed === null ? '' : toPlainText(composed.reply, { choices: false })
const countOf = (text: string, part: string) => text.split(part).length - 1

describe('a reminder', () => {
  test('says the milestone, its date, how far off it is and what to do, with its buttons', async () => {
    await talk.say("remind us about Kenya's next plan 30 and 7 days before")
    rig.setNow('2028-11-30T06:00:00Z')
    const claim = await claimUntil('2028-12-02T00:00:00Z')
    rig.setNow(sendAt)
    const written = await compose(claim)
    expect(written?.stale).toEqual([])
    expect(written?.reply).toMatchObject({ audience: 'shared', language: 'en' })
    const text = textOf(written)
    expect(text).toMatch(
      /^Reminder\n\nKenya – Last day to publish the next action plan: Sunday, 31 December 2028 \(in 30 days\)\. Hard deadline\./,
    )
    expect(text).toContain('What to do: Plan co-creation backwards')
    expect(text).not.toMatch(/\n{3}|late|already/)
    expect(talk.labels()).toEqual([
      'Done',
      'Remind me again in 3 days',
      'What do we need to do?',
      'Stop: Kenya',
    ])
  })

  test('counts the days at the moment of sending, also after the date', async () => {
    await talk.say("remind us about Kenya's next plan 7 days before")
    rig.setNow('2028-12-22T05:00:00Z')
    const claim = await claimUntil('2028-12-25T00:00:00Z')
    rig.setNow('2028-12-30T06:00:00Z')
    expect(textOf(await compose(claim))).toContain('(tomorrow)')
    rig.setNow('2028-12-31T06:00:00Z')
    expect(textOf(await compose(claim))).toContain('(today)')
    rig.setNow('2029-01-03T06:00:00Z')
    expect(textOf(await compose(claim, { isLate: true, mayRepeat: false }))).toContain('3 days ago')
  })

  test('says that it is late, and that it may be a repeat', async () => {
    await talk.say("remind us about Kenya's next plan 30 days before")
    rig.setNow('2028-11-30T06:00:00Z')
    const claim = await claimUntil('2028-12-02T00:00:00Z')
    const text = textOf(await compose(claim, { isLate: true, mayRepeat: true }))
    expect(text).toContain('This comes late: I could not send it on time.')
    expect(text).toContain('You may have seen this already.')
  })

  test('several members and milestones are one message, each milestone once', async () => {
    await talk.say('remind us about Kenya and Mongolia 33, 32 and 31 days before')
    rig.setNow('2028-11-28T00:00:00Z')
    const claim = await claimUntil('2028-11-30T12:00:00Z')
    const milestones = new Set(claim.deliveries.map(({ milestone }) => milestone))
    expect(claim.deliveries.length).toBeGreaterThan(milestones.size)
    const written = await compose(claim)
    const text = textOf(written)
    expect(written?.stale).toEqual([])
    expect(countOf(text, 'Kenya – Last day to publish')).toBe(1)
    expect(countOf(text, 'Mongolia – ')).toBeGreaterThan(0)
    const stops = talk.labels().filter((label) => label.startsWith('Stop'))
    expect(stops.toSorted()).toEqual(['Stop: Kenya', 'Stop: Mongolia'])
  })

  test('of a moved date says so, once, though a lead time falls on the same day', async () => {
    await talk.say("remind us about Kenya's next plan 30 days before")
    rig.setNow('2028-11-30T06:00:00Z')
    const claim = await claimUntil('2028-12-02T00:00:00Z')
    const moved = withOccasion(claim, 'moved:2')
    const text = textOf(await compose(toClaim([...claim.deliveries, ...moved.deliveries])))
    expect(text).toContain('This date has moved. Now: Kenya – Last day to publish')
    expect(countOf(text, 'Last day to publish')).toBe(1)
  })

  test('more than eight are counted, and few have buttons of their own', async () => {
    const lines = Array.from({ length: 12 }, (_, index) => `Hearing ${index + 1}`)
    for (const title of lines) await talk.command(`/deadline add kenya 2028-11-20 ${title}`)
    await talk.command('/remind kenya 5 days before')
    const subscription = await talk.only()
    const planned = lines.map((_, index): PlannedDelivery => ({
      subscription: subscription.id,
      conversation: talk.id,
      platform: 'terminal',
      milestone: `kenya/own/${index + 1}`,
      occasion: 'lead:5',
      dueDate: Temporal.PlainDate.from('2028-11-20'),
      dueAt: rig.now(),
      notAfter: rig.now().add({ hours: 72 }),
    }))
    const text = textOf(await compose(toClaim(planned)))
    expect(countOf(text, 'Kenya – Hearing')).toBe(8)
    expect(text).toContain('4 more are due. /deadlines shows all.')
    expect(talk.labels().filter((label) => label === 'Done')).toHaveLength(3)
  })

  test('is in the language of its subscription', async () => {
    await talk.command('/settings language es')
    await talk.say("remind us about Kenya's next plan 30 days before")
    rig.setNow('2028-11-30T06:00:00Z')
    const claim = await claimUntil('2028-12-02T00:00:00Z')
    rig.setNow(sendAt)
    expect((await compose(claim))?.reply.language).toBe('es')
    expect(textOf(await compose(claim))).toContain('dentro de 30 días')
  })
})

describe('what no longer holds is left out', () => {
  const change: readonly [string, (conversation: Conversation) => Promise<unknown>][] = [
    ['stopped', async (one) => one.press(`ss:${(await one.only()).id}`)],
    ['paused', async (one) => one.press(`sp:${(await one.only()).id}`)],
    [
      'done',
      async () => rig.store.markDone(talk.id, (await claimUntil(sendAt)).deliveries[0].milestone),
    ],
    ['not chosen any more', (one) => one.say('remind us of the duties of Kenya')],
    ['forgotten', (one) => one.press('forget')],
  ]

  test.each(change)('%s', async (_, act) => {
    await talk.say("remind us about Kenya's next plan 30 days before")
    rig.setNow('2028-11-30T06:00:00Z')
    const claim = await claimUntil('2028-12-02T00:00:00Z')
    await act(talk)
    expect(await compose(claim)).toBeNull()
  })

  test('a date that is not the milestone’s any more, while the others are said', async () => {
    await talk.say('remind us about Kenya and Mongolia 30 days before')
    rig.setNow('2028-11-30T06:00:00Z')
    const [first, ...others] = (await claimUntil('2028-12-02T00:00:00Z')).deliveries
    const outdated = { ...first, dueDate: first.dueDate.add({ days: 1 }) }
    const written = await compose(toClaim([outdated, ...others]))
    expect(others.length).toBeGreaterThan(0)
    expect(written?.stale).toEqual(['delivery-0'])
    expect(await compose(toClaim([outdated]))).toBeNull()
  })
})

describe('its buttons', () => {
  beforeEach(async () => {
    await talk.say("remind us about Kenya's next plan 30 and 7 days before")
    rig.setNow('2028-11-30T06:00:00Z')
    const claim = await claimUntil('2028-12-02T00:00:00Z')
    rig.setNow(sendAt)
    await compose(claim)
    rig.replanned.length = 0
  })

  test('done: no further reminders of this milestone here', async () => {
    const { id } = await talk.only()
    expect(await talk.press(talk.button('Done'))).toBe(
      'Done: no further reminders of “Last day to publish the next action plan” here.\n\n- Not done after all',
    )
    expect((await rig.store.listDone([talk.id])).get(talk.id)?.size).toBe(1)
    expect(rig.replanned).toEqual([id])
    expect(await talk.command('/reminders')).toContain('No reminder is coming up')
  })

  test('done by mistake: one press takes it back', async () => {
    const { id } = await talk.only()
    await talk.press(talk.button('Done'))
    const undo = talk.button('Not done after all')
    expect(await talk.as({ mayAdminister: false }).press(undo)).toContain(
      'Only those who administer',
    )
    expect(await talk.press(undo)).toBe(
      '“Last day to publish the next action plan” is open again: what is still ahead of it, I remind you of here.',
    )
    expect(await rig.store.listDone([talk.id])).toEqual(new Map())
    expect(rig.replanned).toEqual([id, id])
    expect(await talk.command('/reminders')).toContain('Friday, 22 December 2028')
  })

  test('again: once more in three days, however often it is pressed', async () => {
    const before = await rig.store.countDeliveries()
    const again = talk.button('Remind me again in 3 days')
    for (let time = 0; time < 2; time++) {
      expect(await talk.press(again)).toBe('I remind you again on Monday, 4 December 2028.')
    }
    expect((await rig.store.countDeliveries())['pending']).toBe((before['pending'] ?? 0) + 1)
    expect((await rig.store.nextDueAt(['terminal']))?.toString()).toBe('2028-12-04T06:00:00Z')
  })

  test('again, while they are paused, says that nothing comes', async () => {
    const again = talk.button('Remind me again in 3 days')
    await talk.press(`sp:${(await talk.only()).id}`)
    const before = await rig.store.countDeliveries()
    expect(await talk.press(again)).toContain('Reminders of Kenya are paused.')
    expect(await rig.store.countDeliveries()).toEqual(before)
  })

  test('guidance: the entry that explains what to do', async () => {
    await talk.press(talk.button('What do we need to do?'))
    expect(talk.last?.blocks.map(({ kind }) => kind)).toContain('answer')
  })

  test('stop: no more of this member', async () => {
    expect(await talk.press(talk.button('Stop: Kenya'))).toBe('No more reminders of Kenya.')
    expect(await talk.held()).toEqual([])
  })

  test('are only for those who administer the conversation', async () => {
    const other = talk.as({ mayAdminister: false })
    for (const label of ['Done', 'Remind me again in 3 days', 'Stop: Kenya']) {
      expect(await other.press(talk.button(label))).toContain('Only those who administer')
    }
    expect(await other.press(talk.button('What do we need to do?'))).toContain('Source:')
  })

  test('of a milestone that is no more says that the choice is gone', async () => {
    const { id } = await talk.only()
    expect(await talk.press(`rd:${id}:0123456789`)).toContain('no longer exists')
  })
})

test('their owner is told that reminders have ended, and why', async () => {
  await talk.command('/remind kenya')
  await talk.command('/remind italy')
  const [first, ...others] = await talk.held()
  if (first === undefined) throw new Error('Subscriptions were expected')
  const tell = createComposeRetired({ brain: () => rig.brain })
  const reply = await tell([first, ...others], 'gone')
  expect(reply?.audience).toBe('private')
  expect(reply === null ? '' : toPlainText(reply)).toBe(
    'Your reminders of Kenya and Italy have ended, because the conversation no longer exists, or I was removed from it. To set them up again, write /remind where they should go.',
  )
})
