// The page in Chromium: suggestions while typing, and everything without a mouse.

import { describe, expect, test, vi } from 'vitest'
import { fullReply, suggestions } from './samples.ts'
import { isFocused, useBrowser } from './visit.ts'

const { visit } = useBrowser()

describe('suggestions and the keyboard', () => {
  test('arrow keys choose, Enter takes, and the choice is sent', async () => {
    const { stand, page, input, log } = await visit({ suggest: () => suggestions })
    await input.pressSequentially('tran')
    await page.getByRole('option').first().waitFor()
    expect(await input.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const active = page.getByRole('option', { selected: true })
    expect(await active.innerText()).toBe('Transparency: examples')
    expect(await input.getAttribute('aria-activedescendant')).toBe(await active.getAttribute('id'))
    await page.keyboard.press('Enter')
    await log.getByRole('article').waitFor()
    expect(stand.received).toMatchObject([{ kind: 'choice', id: 'suggest/b' }])
    expect(await input.inputValue()).toBe('')
    expect(await input.getAttribute('aria-expanded')).toBe('false')
  })

  test('up goes round, Escape closes and keeps the text, Enter then asks it', async () => {
    const { stand, page, input, log } = await visit({ suggest: () => suggestions })
    await input.pressSequentially('tran')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowUp')
    const active = page.getByRole('option', { selected: true })
    expect(await active.innerText()).toBe('Why transparency matters')
    await page.keyboard.press('ArrowDown')
    expect(await active.count()).toBe(0)
    await page.keyboard.press('Escape')
    expect(await page.getByRole('option').count()).toBe(0)
    await page.keyboard.press('Enter')
    await log.getByRole('article').waitFor()
    expect(stand.received).toMatchObject([{ kind: 'question', text: 'tran' }])
  })

  test('a click takes a suggestion', async () => {
    const { stand, page, input, log } = await visit({ suggest: () => suggestions })
    await input.pressSequentially('tran')
    await page.getByRole('option', { name: 'Why transparency matters' }).click()
    await log.getByRole('article').waitFor()
    expect(stand.received).toMatchObject([{ kind: 'choice', id: 'suggest/c' }])
  })

  test('the whole page is used without a mouse, and the focus is never lost', async () => {
    const { stand, page, input, log } = await visit({
      receive: (message) => Promise.resolve(message.kind === 'choice' ? null : fullReply),
    })
    const focused = () => page.evaluate<string>('document.activeElement.textContent')
    await page.keyboard.type('transparency?')
    await page.keyboard.press('Enter')
    await log.getByRole('article').waitFor()
    await page.keyboard.press('Shift+Tab')
    expect(await focused()).toBe('Not helpful')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Space')
    await vi.waitFor(() => {
      expect(stand.received).toHaveLength(2)
    })
    expect(await focused()).toBe('Helpful')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Not helpful')
    await page.keyboard.press('Tab')
    expect(await isFocused(input)).toBe(true)
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Send')
  })
})
