// Replies that only their author sees, and showing them to everybody.

import { expect, test } from 'vitest'
import { ReminderRig } from './reminder-rig.ts'

const rig = await ReminderRig.open()
const shareIds = (ids: readonly string[]) => ids.filter((id) => id.startsWith('p:'))
const talkAlone = (isShareable: boolean) =>
  rig.talk({ audience: 'private', shareable: isShareable, mayAdminister: false })

test.each([
  ['a passage', 'what is transparency', /^p:a:transparency/, 'Transparency'],
  ["a member's dates", 'when is the next plan of kenya due', /^p:d:kenya$/, '31 December 2028'],
])('%s can be shown to everybody by its last button', async (_, question, id, words) => {
  const talk = talkAlone(true)
  expect(await talk.say(question)).toContain(words)
  expect(talk.last?.audience).toBe('private')
  const last = talk.choices().at(-1)
  expect(last).toMatchObject({
    id: expect.stringMatching(id) as string,
    label: 'Show to everybody',
  })
  expect(await talk.press(last?.id ?? '')).toContain(words)
  expect(talk.last?.audience).toBe('shared')
  // What everybody sees already needs no such button.
  expect(shareIds(talk.choices().map((one) => one.id))).toEqual([])
})

test.each([
  ['where nobody else could see it', 'what is transparency', false],
  ['of what nobody else needs', 'who won the world cup', true],
  ['of reminders', 'which reminders do we have', true],
])('there is no such button %s', async (_, question, isShareable) => {
  const talk = talkAlone(isShareable)
  await talk.say(question)
  expect(talk.last?.audience).toBe('private')
  expect(shareIds(talk.choices().map((one) => one.id))).toEqual([])
})

test('every id fits what the tightest platform allows', async () => {
  const talk = talkAlone(true)
  const { entries } = rig.brain.base
  for (const { id } of entries) {
    await talk.press(`a:${id}`)
    for (const one of talk.choices())
      expect(Buffer.byteLength(one.id), one.id).toBeLessThanOrEqual(64)
  }
})

test('sharing an act is no way around who may do it', async () => {
  const host = rig.talk()
  await host.command('/remind kenya')
  const stop = host.button('Stop: Kenya')
  const guest = host.as({ mayAdminister: false })
  await guest.press(`p:${stop}`)
  expect(await host.held()).toHaveLength(1)
})
