// The page in Chromium: asking, reading, and choosing.

import { describe, expect, test, vi } from 'vitest'
import { answerBlock, fullReply, offer, suggestions } from './samples.ts'
import { createReply, createTextReply } from './stand.ts'
import { isFocused, readContent, useBrowser } from './visit.ts'

const { visit } = useBrowser()

describe('asking', () => {
  test('a question is shown and answered, with its source as a link', async () => {
    const { stand, page, log, ask } = await visit()
    await ask('examples of transparency?')
    await log.getByRole('heading', { name: 'Transparency' }).waitFor()
    expect(await readContent(log)).toContain('You asked: examples of transparency?')
    expect(await page.locator('.passage > p').allInnerTexts()).toEqual([
      'Examples',
      'Information that the government holds is open.',
      'People can follow what is done.',
    ])
    expect(await log.getByRole('listitem').allInnerTexts()).toContain('Open contracts')
    const link = log.getByRole('link', { name: /^Source: Handbook/ })
    expect(await link.getAttribute('href')).toBe(answerBlock.sources[0].url)
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer')
    expect(stand.received).toMatchObject([
      { kind: 'question', text: 'examples of transparency?', language: 'en-GB' },
    ])
  })

  test('waiting is shown until the answer is there', async () => {
    const gate = Promise.withResolvers<undefined>()
    const { log, ask } = await visit({
      receive: async () => {
        await gate.promise
        return createTextReply('here it is')
      },
    })
    await ask('x')
    await log.getByText('Looking for the answer…').waitFor()
    gate.resolve(undefined)
    await log.getByText('here it is').waitFor()
    expect(await log.getByText('Looking for the answer…').count()).toBe(0)
  })

  test('an empty input sends nothing and keeps the focus', async () => {
    const { stand, page, input } = await visit()
    await input.fill('   ')
    await page.getByRole('button', { name: 'Send' }).click()
    expect(stand.received).toEqual([])
    expect(await isFocused(input)).toBe(true)
  })

  test('silence and failures are said in words', async () => {
    const { log, ask } = await visit({
      receive: (message) =>
        message.kind === 'question' && message.text === 'break'
          ? Promise.reject(new Error('broken'))
          : Promise.resolve(null),
    })
    await ask('hush')
    await log.getByText('The assistant has nothing to add.').waitFor()
    await ask('break')
    await log.getByText('The assistant could not take this message.').waitFor()
    expect(await log.getByRole('button', { name: 'Try again' }).count()).toBe(1)
  })

  test('what takes too long can be tried again, with the same key', async () => {
    let calls = 0
    const { stand, log, ask } = await visit({
      receive: () => {
        calls += 1
        return calls === 1
          ? new Promise<never>(() => undefined)
          : Promise.resolve(createTextReply('at last'))
      },
      bounds: { replyMsMax: 200 },
    })
    await ask('x')
    await log.getByRole('button', { name: 'Try again' }).click()
    await log.getByText('at last').waitFor()
    expect(new Set(stand.received.map((message) => message.eventKey)).size).toBe(1)
  })

  test('the language of the address is the one that is asked in', async () => {
    const { stand, log, ask } = await visit({}, { path: '/?lang=es-MX' })
    await ask('x')
    await log.getByRole('article').waitFor()
    expect(stand.received[0]?.language).toBe('es-MX')
  })
})

describe('choices', () => {
  test('a choice is shown as said and sent by its id', async () => {
    const { stand, log, ask } = await visit({
      receive: (message) =>
        Promise.resolve(message.kind === 'choice' ? createTextReply('chosen') : createReply(offer)),
    })
    await ask('principals')
    await log.getByRole('group', { name: 'Did you mean:' }).waitFor()
    await log.getByRole('button', { name: 'The three principles' }).click()
    await log.getByText('chosen').waitFor()
    expect(await readContent(log)).toContain('You asked: The three principles')
    expect(stand.received.at(-1)).toMatchObject({ kind: 'choice', id: 'offer/a' })
  })

  test('feedback is given once and stays pressed, also after a reload', async () => {
    const { stand, page, log, ask } = await visit({
      receive: (message) => Promise.resolve(message.kind === 'choice' ? null : fullReply),
    })
    await ask('x')
    const helpful = log.getByRole('button', { name: 'Helpful', exact: true })
    await helpful.click()
    await helpful.press('Enter')
    await log.getByRole('button', { name: 'Not helpful' }).press('Enter')
    await vi.waitFor(() => {
      expect(stand.received).toHaveLength(2)
    })
    expect(stand.received.at(-1)).toMatchObject({ kind: 'choice', id: 'yes' })
    expect(await helpful.getAttribute('aria-pressed')).toBe('true')
    await page.reload()
    expect(await helpful.getAttribute('aria-pressed')).toBe('true')
    expect(stand.received).toHaveLength(2)
  })

  test('first questions come from the assistant, and go once the talk begins', async () => {
    const { stand, page, log } = await visit({ suggest: () => suggestions })
    const first = page.getByRole('button', { name: 'Why transparency matters' })
    await first.click()
    await log.getByRole('article').waitFor()
    expect(stand.received).toMatchObject([{ kind: 'choice', id: 'suggest/c' }])
    expect(await first.isVisible()).toBe(false)
  })

  test('without any from the assistant the page has its own', async () => {
    const { stand, page, log } = await visit()
    await page.getByRole('button', { name: 'What are the three principles?' }).click()
    await log.getByRole('article').waitFor()
    expect(stand.received[0]).toMatchObject({ text: 'What are the three principles?' })
  })

  test.each([
    ['Topics', 'topics'],
    ['Deadlines', 'deadlines'],
    ['Reminders', 'reminders'],
    ['Help', 'help'],
    ['Privacy', 'privacy'],
  ])('%s is a command', async (label, name) => {
    const { stand, page, log } = await visit()
    await page.getByRole('button', { name: label }).click()
    await log.getByRole('article').waitFor()
    expect(stand.received).toMatchObject([{ kind: 'command', name, argument: '' }])
  })
})
