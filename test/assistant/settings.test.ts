// What a conversation chooses for all that it is sent, and what "privacy" says and removes.

import { describe, expect, test } from 'vitest'
import { toAuthorId, toConversationId } from '../../src/chat/message.ts'
import { ReminderRig, valuesOf } from './reminder-rig.ts'

const rig = await ReminderRig.open()

describe('settings', () => {
  test.each([
    ['language es', { language: 'es' }, 'español'],
    ['language ES', { language: 'es' }, 'español'],
    ['zone africa/nairobi', { zone: 'Africa/Nairobi' }, 'Africa/Nairobi'],
    ['hour 8', { hour: 8 }, '08:00'],
    ['hour 8:00', { hour: 8 }, '08:00'],
    ['weekends yes', { weekends: true }, 'Yes'],
  ])('/settings %s is saved and shown', async (argument, settings, shown) => {
    const talk = rig.talk()
    expect(await talk.command(`/settings ${argument}`)).toContain(shown)
    expect(await rig.store.readSettings(talk.id)).toEqual(settings)
    expect(await talk.command('/settings')).toContain(shown)
  })

  test.each(['language xx', 'zone Mars/Olympus', 'hour 24', 'hour', 'weekends perhaps', 'x y'])(
    '/settings %s is explained, and nothing is saved',
    async (argument) => {
      const talk = rig.talk()
      expect(await talk.command(`/settings ${argument}`)).toContain('I could not read')
      expect(await rig.store.readSettings(talk.id)).toEqual({})
    },
  )

  test('the form shows what holds, and one wrong value saves none of them', async () => {
    const talk = rig.talk({ zone: 'Europe/Madrid' })
    expect(await talk.command('/settings')).toContain('Nothing is set for this conversation')
    const values = valuesOf(talk.form())
    expect(values).toEqual({ language: 'en', hour: '9', zone: 'Europe/Madrid', weekends: 'no' })
    expect(await talk.fill('settings', { ...values, hour: '7', zone: 'nowhere' })).toContain(
      'I could not read',
    )
    expect(await rig.store.readSettings(talk.id)).toEqual({})
    await talk.fill('settings', { ...values, hour: '7', zone: 'Asia/Tokyo' })
    await talk.command('/settings')
    expect(valuesOf(talk.form())).toMatchObject({ hour: '7', zone: 'Asia/Tokyo' })
  })

  test('a language is spoken from then on', async () => {
    const talk = rig.talk()
    expect(await talk.command('/settings language fr')).toContain('français')
    await talk.command('/reminders')
    expect(talk.last?.language).toBe('fr')
  })

  test('new reminders follow: the chosen zone, else that of the person, else that of the member', async () => {
    const [chosen, known, unknown] = [
      rig.talk({ zone: 'Europe/Madrid' }),
      rig.talk({ zone: 'Europe/Madrid' }),
      rig.talk(),
    ]
    await chosen.fill('settings', {
      language: 'en',
      hour: '7',
      zone: 'Asia/Tokyo',
      weekends: 'yes',
    })
    for (const talk of [chosen, known, unknown]) await talk.command('/remind kenya')
    expect(await chosen.only()).toMatchObject({ zone: 'Asia/Tokyo', hour: 7, weekends: true })
    expect(await known.only()).toMatchObject({ zone: 'Europe/Madrid', hour: 9, weekends: false })
    expect(await unknown.only()).toMatchObject({ zone: 'Africa/Nairobi' })
  })

  test('the reminders that there are take over what is changed, and nothing else', async () => {
    const talk = rig.talk()
    await talk.command('/remind kenya 10 days before at 6')
    await talk.command('/remind italy 10 days before')
    rig.replanned.length = 0
    await talk.command('/settings zone Asia/Tokyo')
    await talk.command('/settings')
    await talk.fill('settings', { ...valuesOf(talk.form()), weekends: 'yes', language: 'es' })
    const held = await talk.held()
    expect(held).toMatchObject([
      { hour: 6, zone: 'Asia/Tokyo', weekends: true, language: 'es', leadDays: [10] },
      { hour: 9, zone: 'Asia/Tokyo', weekends: true, language: 'es', leadDays: [10] },
    ])
    expect(new Set(rig.replanned)).toEqual(new Set(held.map(({ id }) => id)))
  })

  test('only those who administer a conversation choose for it', async () => {
    const talk = rig.talk({ mayAdminister: false })
    expect(await talk.command('/settings hour 8')).toContain('Only those who administer')
    expect(await rig.store.readSettings(talk.id)).toEqual({})
  })
})

describe('privacy', () => {
  test('says what is held, and forgetting removes it', async () => {
    const talk = rig.talk({ author: toAuthorId('ada') })
    expect(await talk.command('/privacy')).toContain('At the moment I hold nothing.')
    await talk.command('/remind kenya')
    await talk.command('/remind italy')
    await talk.command('/settings hour 8')
    await talk.command('/deadline add kenya 2027-03-01 Hearing')
    await talk.say('what is transparency')
    expect(await talk.command('/privacy')).toContain(
      [
        '- the topics of this conversation',
        '- the settings of this conversation',
        '- one date that was added in this conversation',
        '- 2 subscriptions to reminders that you set up',
      ].join('\n'),
    )
    expect(await talk.press(talk.button('Forget'))).toContain('Forgotten.')
    expect(await talk.command('/privacy')).toContain('At the moment I hold nothing.')
    expect(await talk.held()).toEqual([])
    expect(await talk.command('/deadline list')).toContain('no dates of its own')
  })

  test("what is everybody's stays when somebody else forgets, what is one's own goes", async () => {
    const talk = rig.talk({ author: toAuthorId('host') })
    await talk.command('/remind kenya')
    await talk.command('/settings hour 8')
    const direct = toConversationId('direct-of-guest')
    const guest = talk.as({ mayAdminister: false, author: toAuthorId('guest'), direct })
    await guest.command('/remind italy')
    expect(await rig.store.listSubscriptions(direct)).toHaveLength(1)
    expect(await guest.press('forget')).toContain('can be removed by those who administer it')
    expect(await rig.store.listSubscriptions(direct)).toEqual([])
    expect(await talk.only()).toMatchObject({ jurisdiction: 'kenya' })
    expect(await rig.store.readSettings(talk.id)).toEqual({ hour: 8 })
  })
})
