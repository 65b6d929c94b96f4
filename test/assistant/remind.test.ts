// Subscribing, changing and ending reminders: in one's own words, by command, button and form.

import { describe, expect, test } from 'vitest'
import { toAuthorId, toConversationId } from '../../src/chat/message.ts'
import { subscriptionsPerConversationMax } from '../../src/reminders/subscription.ts'
import { makeSubscription } from '../reminders/samples.ts'
import { ReminderRig, valuesOf } from './reminder-rig.ts'

const rig = await ReminderRig.open()

describe('subscribing', () => {
  test.each([
    ['free text', 'remind us about Kenya'],
    ['a plan', "please remind us about Kenya's plan"],
    ['with a word of its own', 'could you remind our ministry about the deadlines of kenya'],
    ['Spanish', 'recuérdanos el plan de Kenia'],
    ['French', 'rappelez-nous le plan du Kenya'],
    ['Portuguese', 'lembre-nos do plano do Quênia'],
  ])('%s gives the default lead times at nine in the zone of the member', async (_, text) => {
    const talk = rig.talk()
    await talk.say(text)
    expect(await talk.only()).toMatchObject({
      jurisdiction: 'kenya',
      leadDays: [60, 30, 14, 7, 1, 0],
      hour: 9,
      zone: 'Africa/Nairobi',
      weekends: false,
      forces: [],
      milestones: [],
      state: 'active',
      conversation: talk.id,
    })
  })

  test('by command, by button and by form gives the same subscription', async () => {
    const [command, button, form] = [rig.talk(), rig.talk(), rig.talk()]
    await command.command('/remind italy')
    await button.say('when is the next plan of italy due')
    await button.press(button.button('Remind me: Italy'))
    await form.command('/remind')
    await form.fill('remind', { ...valuesOf(form.form()), jurisdiction: 'Italy' })
    const [one, two, three] = await Promise.all([command.only(), button.only(), form.only()])
    const plain = (held: typeof one) => ({
      ...held,
      id: held.id.length,
      conversation: null,
      createdAt: null,
      activeSince: null,
    })
    expect(plain(two)).toEqual(plain(one))
    expect(plain(three)).toEqual(plain(one))
  })

  test('a confirmation says what, when and the next three with their dates', async () => {
    const talk = rig.talk()
    const text = await talk.say(
      "remind us about Kenya's next plan 30 and 7 days before and on the day",
    )
    expect(text).toBe(
      [
        'Reminders are on: Kenya (Last day to publish the next action plan). When: 30 and 7 days before, and on the day. Time: 09:00 (Africa/Nairobi).',
        '',
        'The next reminders:',
        '',
        '- Friday, 1 December 2028, 09:00: Last day to publish the next action plan, due 31 December 2028',
        '- Friday, 22 December 2028, 09:00: Last day to publish the next action plan, due 31 December 2028',
        '- Sunday, 31 December 2028, 09:00: Last day to publish the next action plan, due 31 December 2028',
        '',
        '- Change: Kenya',
        '- Pause: Kenya',
        '- Stop: Kenya',
      ].join('\n'),
    )
    expect(rig.replanned).toContain((await talk.only()).id)
  })

  test.each([
    ['/remind kenya 1 day before', 'When: 1 day before. Time: '],
    ['/remind kenya 7 and 1 days before', 'When: 7 and 1 days before. Time: '],
    ['/remind kenya', 'When: 60, 30, 14, 7 and 1 days before, and on the day. Time: '],
    ['/remind kenya on the day', '(all dates that are certain). When: on the day'],
  ])('%s reads well: %s', async (command, expected) => {
    expect(await rig.talk().command(command)).toContain(expected)
  })

  test('of several members at once makes one each, and says honestly what it has no dates of', async () => {
    const talk = rig.talk()
    const text = await talk.say('remind us about Kenya, Italy and Iceland')
    const named = (await talk.held()).map(({ jurisdiction }) => jurisdiction)
    expect(named.toSorted()).toEqual(['italy', 'kenya'])
    expect(text).toContain('Iceland: I hold no reviewed plan dates')
  })

  test('of more members than are taken at once says which were', async () => {
    const talk = rig.talk()
    const text = await talk.say(
      'remind us about Kenya, Italy, Ghana, Chile, Brazil, Canada and Malta',
    )
    expect(await talk.held()).toHaveLength(5)
    expect(text).toContain('I took the first 5.')
  })

  test.each(['georgia', 'azerbaijan', 'luxembourg'])(
    'of %s gets the honest sentence and no subscription',
    async (name) => {
      for (const text of [`/remind ${name}`, `/ask remind us about ${name}`]) {
        const talk = rig.talk()
        expect(await talk.command(text)).toMatch(/no reminders/i)
        expect(await talk.held()).toEqual([])
      }
    },
  )

  test.each([
    ['/remind iceland', 'Iceland: I hold no reviewed plan dates'],
    ['/remind congo', 'Congo - Kinshasa: I hold no reviewed plan dates'],
    ['/remind xyzzy', 'Of which country or locality?'],
  ])('%s leaves the reminders that there are alone', async (command, expected) => {
    const talk = rig.talk()
    await talk.command('/remind kenya 30 days before')
    const before = await talk.held()
    rig.replanned.length = 0
    expect(await talk.command(command)).toContain(expected)
    expect(await talk.held()).toEqual(before)
    expect(rig.replanned).toEqual([])
  })

  test('a year that is known without its day gets no reminder, and the confirmation says so', async () => {
    expect(await rig.talk().command('/remind malawi hard deadlines')).toContain(
      'No reminder is coming up: I know of no certain date ahead',
    )
  })

  test('no more than the limit, and the others stay', async () => {
    const talk = rig.talk()
    for (let count = 0; count < subscriptionsPerConversationMax; count++) {
      const id = `filled${count.toString().padStart(4, '0')}`
      const jurisdiction = `member-${count}`
      const filled = makeSubscription({ id, conversation: talk.id, jurisdiction })
      await rig.store.writeSubscription(filled)
    }
    expect(await talk.command('/remind kenya')).toContain('already has 50 subscriptions')
    expect(await talk.held()).toHaveLength(subscriptionsPerConversationMax)
  })
})

describe('what is no wish', () => {
  test.each([
    'how do reminders work',
    'how do reminders work for kenya',
    'do you send reminders about italy',
    'which reminders do we have for kenya?',
    'remind me to buy milk',
    'remind me to call the embassy of kenya',
    'did you remind us about kenya',
    "don't remind us about kenya",
    'no me recuerdes el plan de kenia',
    'ne nous rappelez plus le plan du kenya',
    'não me lembre do plano do quénia',
    'when does the plan of kenya stop',
    'what do subscribers of the newsletter get',
  ])('%s subscribes nobody', async (text) => {
    const talk = rig.talk()
    expect(await talk.say(text)).not.toBe('')
    expect(await talk.held()).toEqual([])
  })

  test('one that may be a wish is offered by a button', async () => {
    const talk = rig.talk()
    await talk.say('set a reminder for kenya')
    await talk.press(talk.button('Remind me: Kenya'))
    expect(await talk.only()).toMatchObject({ jurisdiction: 'kenya' })
  })

  test('milk is off-topic', async () => {
    expect(await rig.talk().say('remind me to buy milk')).toContain('no reviewed answer')
  })

  test('"remind me" right after dates were shown offers those', async () => {
    const talk = rig.talk()
    await talk.say('when does the plan of mongolia end')
    await talk.say('remind me')
    expect(talk.labels()).toEqual(['Remind me: Mongolia'])
  })
})

describe('changing', () => {
  test('one member has one subscription: the same wish with other lead times changes it', async () => {
    const talk = rig.talk()
    await talk.say('remind us about Kenya 30 and 7 days before at 8')
    const before = await talk.only()
    await talk.say('remind us about Kenya two weeks before')
    const after = await talk.only()
    expect(after).toMatchObject({ id: before.id, leadDays: [14], hour: 8 })
    expect(after.createdAt).toEqual(before.createdAt)
    expect(after.activeSince).toEqual(rig.now())
  })

  test('a milestone comes to those that were named before, and the name alone means all', async () => {
    const talk = rig.talk()
    await talk.say("remind us about Kenya's next plan")
    await talk.say("remind us when Kenya's plan ends, 10 days before")
    expect((await talk.only()).milestones).toEqual(['next-plan', 'plan-end'])
    await talk.say('remind us about Kenya at 7 am')
    expect(await talk.only()).toMatchObject({ milestones: ['next-plan', 'plan-end'], hour: 7 })
    await talk.say('remind us about Kenya')
    expect(await talk.only()).toMatchObject({ milestones: [], leadDays: [10], hour: 7 })
  })

  test('a force and a milestone never leave nothing to be reminded of', async () => {
    const talk = rig.talk()
    await talk.say("remind us about Kenya's next plan")
    const text = await talk.say('remind us of the duties of Kenya')
    expect(await talk.only()).toMatchObject({ forces: ['duty'], milestones: [] })
    expect(text).toContain('(Duty that the IRM checks)')
    expect(text).toContain('The next reminders:')
  })

  test('without a name it is those that the conversation follows', async () => {
    const talk = rig.talk()
    await talk.command('/remind kenya')
    await talk.command('/remind italy')
    await talk.say('remind us 5 days before')
    expect((await talk.held()).map(({ leadDays }) => leadDays)).toEqual([[5], [5]])
  })

  test('the button opens the form with the present values, and sent as it stands nothing changes', async () => {
    const talk = rig.talk()
    await talk.say(
      'remind us of hard deadlines of Kenya 45 and 3 days before at 22:00 Asia/Kolkata',
    )
    const before = await talk.only()
    await talk.press(talk.button('Change: Kenya'))
    const form = talk.form()
    expect(valuesOf(form)).toEqual({
      jurisdiction: 'Kenya',
      forces: 'hard',
      lead: '45,3',
      hour: '22',
      zone: before.zone,
      weekends: 'no',
    })
    for (const field of form.fields) {
      if (field.kind !== 'select') continue
      const offered = field.options.map(({ value }) => value)
      for (const value of field.value.split(',')) expect(offered, field.id).toContain(value)
    }
    await talk.fill('remind', valuesOf(form))
    expect(await talk.only()).toEqual({ ...before, activeSince: rig.now() })
  })

  test('the form keeps milestones that were named, and emptied it means all', async () => {
    const talk = rig.talk()
    await talk.say("remind us about Kenya's next plan")
    await talk.press(talk.button('Change: Kenya'))
    const values = valuesOf(talk.form())
    expect(values).toMatchObject({ milestones: 'next-plan' })
    await talk.fill('remind', { ...values, lead: '90,0', weekends: 'yes' })
    expect(await talk.only()).toMatchObject({
      milestones: ['next-plan'],
      leadDays: [90, 0],
      weekends: true,
    })
    await talk.fill('remind', { ...values, milestones: '' })
    expect((await talk.only()).milestones).toEqual([])
  })

  test('pause, then resume', async () => {
    const talk = rig.talk()
    await talk.command('/remind kenya')
    await talk.press(talk.button('Pause: Kenya'))
    expect((await talk.only()).state).toBe('paused')
    expect(talk.labels()).toEqual(['Resume: Kenya'])
    expect(await talk.command('/reminders')).toContain(
      'Kenya (all dates that are certain): paused.',
    )
    const text = await talk.press(talk.button('Resume: Kenya'))
    expect(text).toContain('The next reminders:')
    expect(await talk.only()).toMatchObject({ state: 'active', activeSince: rig.now() })
  })
})

describe('listing and ending', () => {
  test('with none, the list says how to get some', async () => {
    for (const text of ['/reminders', '/ask which reminders do we have']) {
      expect(await rig.talk().command(text)).toContain('There are no reminders here. To add some')
    }
  })

  test('the list shows each with its next reminders, and a button to stop all', async () => {
    const talk = rig.talk()
    await talk.command('/remind kenya 30 days before')
    await talk.command('/remind italy 7 days before')
    const text = await talk.command('/reminders')
    expect(text).toContain('Kenya (all dates that are certain). When: 30 days before')
    expect(text).toContain('Italy (all dates that are certain). When: 7 days before')
    expect(text).not.toMatch(/\n{3}/)
    await talk.press(talk.button('Stop: Kenya'))
    expect(await talk.only()).toMatchObject({ jurisdiction: 'italy' })
    await talk.command('/remind kenya')
    await talk.command('/reminders')
    expect(await talk.press(talk.button('Stop all'))).toBe('Stopped: 2 subscriptions.')
    expect(await talk.held()).toEqual([])
    expect(await talk.press('stop-all')).toBe('There was nothing to stop.')
  })

  test.each([
    ['stop the reminders', ['Stop: Kenya', 'Stop: Italy', 'Stop all']],
    ['stop', ['Stop: Kenya', 'Stop: Italy', 'Stop all']],
    ['no more reminders about italy please', ['Stop: Italy']],
    ['stop reminding us about kenya', ['Stop: Kenya']],
    ["please don't remind us about kenya", ['Stop: Kenya']],
    ['unsubscribe from italy', ['Stop: Italy']],
    ['no nos recuerdes el plan de Italia', ['Cancelar: Italia']],
    ['ne nous rappelez plus le plan du Kenya', ['Arrêter\u00a0: Kenya']],
    ['não nos lembre do plano do Quênia', ['Cancelar: Quênia']],
  ])('"%s" asks by buttons which, and stops nothing yet', async (text, labels) => {
    const talk = rig.talk()
    await talk.command('/remind kenya')
    await talk.command('/remind italy')
    await talk.say(text)
    expect(await talk.held()).toHaveLength(2)
    expect(talk.labels()).toEqual(labels)
    await talk.press(talk.choices()[0]?.id ?? '')
    expect(await talk.held()).toHaveLength(1)
  })

  test('a button of reminders that have ended says so', async () => {
    const talk = rig.talk()
    await talk.command('/remind kenya')
    const [change, pause, stop] = talk.choices()
    await talk.press(stop?.id ?? '')
    for (const one of [change, pause, stop]) {
      expect(await talk.press(one?.id ?? '')).toBe('These reminders have ended already.')
    }
  })
})

describe('in a shared conversation', () => {
  test('whoever may not decide for all is reminded alone', async () => {
    const direct = toConversationId('direct-of-ada')
    const talk = rig.talk({ mayAdminister: false, direct, author: toAuthorId('ada') })
    expect(await talk.say('remind us about Kenya')).toContain('I write to you alone')
    expect(await talk.held()).toEqual([])
    expect(await rig.store.listSubscriptions(direct)).toMatchObject([
      { jurisdiction: 'kenya', owner: 'ada', ownerDirect: direct },
    ])
    const changed = await talk.press(talk.button('Pause: Kenya'))
    expect(changed).toContain('paused')
  })

  test('where nobody can be written to alone, it is refused', async () => {
    const talk = rig.talk({ mayAdminister: false })
    expect(await talk.command('/remind kenya')).toContain('Only those who administer')
    expect(await talk.held()).toEqual([])
  })

  test('nobody else changes what everybody gets, and all may see it', async () => {
    const talk = rig.talk()
    await talk.command('/remind kenya')
    const buttons = talk.choices()
    const other = talk.as({ mayAdminister: false, author: toAuthorId('other') })
    for (const { id } of [...buttons, { id: 'stop-all' }]) {
      expect(await other.press(id)).toContain('Only those who administer')
    }
    expect(await other.command('/reminders')).toContain('Kenya')
    expect(await talk.only()).toMatchObject({ state: 'active' })
  })

  test("a button of another conversation's reminders does nothing", async () => {
    const talk = rig.talk()
    await talk.command('/remind kenya')
    const stop = talk.button('Stop: Kenya')
    expect(await rig.talk().press(stop)).toBe('These reminders have ended already.')
    expect(await talk.held()).toHaveLength(1)
  })
})

describe('dates of our own', () => {
  test('become reminders, and can be subscribed to where they are added', async () => {
    const talk = rig.talk()
    await talk.command('/deadline add kenya 2026-11-30 Hearing on the draft')
    const text = await talk.press(talk.button('Remind me: Kenya'))
    expect(text).toContain('Hearing on the draft, due 30 November 2026')
    const { id } = await talk.only()
    rig.replanned.length = 0
    await talk.command('/deadline add kenya 2027-03-02 Second hearing')
    expect(talk.choices()).toEqual([])
    expect(rig.replanned).toEqual([id])
    await talk.command('/deadline remove 2')
    expect(rig.replanned).toEqual([id, id])
  })

  test('a new one is not done because an older one of its number was', async () => {
    const talk = rig.talk()
    await talk.command('/deadline add kenya 2027-03-01 First')
    await rig.store.markDone(talk.id, 'kenya/own/1')
    await talk.command('/deadline remove 1')
    expect(await talk.command('/deadline add kenya 2027-04-01 Second')).toContain('remove 2')
    expect(await talk.command('/remind kenya 3 days before')).toContain('Second, due 1 April 2027')
  })
})

describe('a conversation that goes', () => {
  test('retires its subscriptions, without a reply', async () => {
    const talk = rig.talk()
    await talk.command('/remind kenya')
    const { id } = await talk.only()
    await talk.send({ kind: 'removed' })
    expect(talk.last).toBeNull()
    expect(await talk.held()).toEqual([])
    expect(await rig.store.readSubscription(id)).toMatchObject({ state: 'retired' })
    await talk.command('/remind kenya')
    expect((await talk.only()).id).not.toBe(id)
  })

  test('or moves takes all along, without a reply', async () => {
    const talk = rig.talk()
    await talk.command('/remind kenya')
    await talk.command('/settings hour 7')
    await talk.command('/deadline add kenya 2027-03-01 Hearing')
    const to = toConversationId(`${talk.id}-new`)
    await talk.send({ kind: 'moved', to })
    expect(talk.last).toBeNull()
    const moved = talk.as({ conversation: to })
    expect(await moved.only()).toMatchObject({ jurisdiction: 'kenya', hour: 7 })
    expect(await moved.command('/deadline list')).toContain('Hearing')
    expect(await moved.command('/settings')).toContain('07:00')
    expect(await talk.held()).toEqual([])
  })
})
