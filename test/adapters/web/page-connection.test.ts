// The page when the connection fails: it says so, keeps what was asked, and neither loses nor doubles anything.

import { expect, test, vi } from 'vitest'
import { toConversation } from '../../../adapters/web/conversation.ts'
import type { Receive } from '../../../src/chat/adapter.ts'
import { createTextReply, findFreePort, type StandOptions } from './stand.ts'
import { isFocused, useBrowser, type Visit } from './visit.ts'

const { start: startStand, open: visit } = useBrowser()

const answer: Receive = (message) =>
  Promise.resolve(
    createTextReply(message.kind === 'question' ? `answer to ${message.text}` : 'chosen'),
  )

const start = (port: number, options: StandOptions = {}) =>
  startStand({ port, receive: answer, ...options })

const conversationOf = async ({ page }: Visit) => {
  const cookies = await page.context().cookies()
  return toConversation(cookies.find(({ name }) => name === 'conversation')?.value ?? '')
}

test('a lost connection is said, the question is kept, and answered once it is back', async () => {
  const port = await findFreePort()
  const before = await start(port)
  const { page, log, input, ask } = await visit(before)
  await ask('one')
  await log.getByText('answer to one').waitFor()

  await before.stop()
  const banner = page.getByText('Connection lost. Trying again…')
  await banner.waitFor()
  await ask('two')
  await ask('three')
  await log.getByText('Not sent yet.').first().waitFor()

  const after = await start(port)
  await page.getByRole('button', { name: 'Try now' }).click()
  await log.getByText('answer to three').waitFor()
  await banner.waitFor({ state: 'detached' })
  expect(await log.getByRole('article').allInnerTexts()).toEqual([
    'answer to one',
    'answer to two',
    'answer to three',
  ])
  expect(after.received.map((message) => message.kind === 'question' && message.text)).toEqual([
    'two',
    'three',
  ])
  expect(await isFocused(input)).toBe(true)
})

test('it comes back by itself', async () => {
  const port = await findFreePort()
  const before = await start(port)
  const { page, ask, log } = await visit(before)
  await before.stop()
  await page.getByText('Connection lost. Trying again…').waitFor()
  await start(port)
  await page.getByText('Connection lost. Trying again…').waitFor({ state: 'detached' })
  await ask('one')
  await log.getByText('answer to one').waitFor()
})

test('an answer lost on its way is asked for again with the same key, and shown once', async () => {
  const port = await findFreePort()
  const gate = Promise.withResolvers<null>()
  const before = await start(port, { receive: () => gate.promise, drainMsMax: 20 })
  const { log, ask, page } = await visit(before)
  await ask('one')
  await vi.waitFor(() => {
    expect(before.received).toHaveLength(1)
  })
  await before.server.stop()
  await page.getByText('Connection lost. Trying again…').waitFor()

  const after = await start(port)
  await log.getByText('answer to one').waitFor()
  expect(after.received.map((message) => message.eventKey)).toEqual(
    before.received.map((message) => message.eventKey),
  )
  gate.resolve(null)
  expect(await log.getByRole('article').count()).toBe(1)
})

test('a reload loses nothing: neither what was answered nor what was not sent', async () => {
  const port = await findFreePort()
  const before = await start(port)
  const { page, log, ask } = await visit(before)
  await ask('one')
  await log.getByText('answer to one').waitFor()
  await before.stop()
  await ask('two')
  await log.getByText('Not sent yet.').waitFor()

  const after = await start(port)
  await page.reload()
  await log.getByText('answer to two').waitFor()
  expect(await log.getByRole('article').allInnerTexts()).toEqual(['answer to one', 'answer to two'])
  expect(after.received).toHaveLength(1)
})

test('too many requests are waited out', async () => {
  const stand = await start(await findFreePort(), {
    bounds: { messagesAtOncePerConversationMax: 1 },
    receive: async (message) => {
      if (stand.received.length === 1) await gate.promise
      return answer(message)
    },
  })
  const gate = Promise.withResolvers<undefined>()
  const visited = await visit(stand)
  await visited.ask('one')
  await vi.waitFor(() => {
    expect(stand.received).toHaveLength(1)
  })
  const other = await visited.page.context().newPage()
  await other.goto(stand.url)
  await other.getByRole('combobox').fill('two')
  const refused = other.waitForResponse((response) => response.status() === 429)
  await other.keyboard.press('Enter')
  await refused
  gate.resolve(undefined)
  await other.getByText('answer to two').waitFor()
})

test('a pushed reply is shown, confirmed, and a repeat of it is not shown again', async () => {
  const stand = await start(await findFreePort())
  const visited = await visit(stand)
  await visited.ask('one')
  await visited.log.getByText('answer to one').waitFor()
  const to = await conversationOf(visited)
  const options = { deliveryKey: 'reminder-1', signal: new AbortController().signal }
  const reply = createTextReply('a reminder')
  expect(await stand.adapter.send(to, reply, options)).toMatchObject({ kind: 'sent' })
  expect(await stand.adapter.send(to, reply, options)).toMatchObject({ kind: 'sent' })
  expect(await visited.log.getByText('a reminder').count()).toBe(1)
})
