// The page in Chromium: any text in any script, in a window of any size.

import { describe, expect, test } from 'vitest'
import { hostileText } from '../../conformance/chat-adapter.ts'
import { answerBlock, arabicReply, offer } from './samples.ts'
import { createReply } from './stand.ts'
import { measureOverflow, readContent, readStyle, useBrowser } from './visit.ts'

const { visit } = useBrowser()

describe('any text', () => {
  test('hostile text is shown as text, in questions, answers and choices', async () => {
    const hostile = createReply(
      { kind: 'heading', text: hostileText },
      { kind: 'list', items: [hostileText] },
      {
        ...answerBlock,
        title: hostileText,
        text: hostileText,
        sources: [{ text: hostileText, url: 'javascript:alert(1)' }],
      },
      { ...offer, prompt: hostileText, choices: [{ id: 'a', label: hostileText }] },
    )
    const { page, log, ask } = await visit({ receive: () => Promise.resolve(hostile) })
    await ask(hostileText)
    await log.getByRole('article').waitFor()
    const shown = await readContent(log)
    expect(shown.split(hostileText)).toHaveLength(9)
    expect(await log.locator('script, img, a').count()).toBe(0)
    expect(await measureOverflow(page)).toBe(0)
  })

  test('a right-to-left answer reads from the right, and says its language', async () => {
    const { page, log, ask } = await visit({ receive: () => Promise.resolve(arabicReply) })
    await ask('ما هي الشفافية؟')
    const article = log.getByRole('article')
    await article.waitFor()
    expect(await article.getAttribute('lang')).toBe('ar')
    for (const selector of ['article', 'article h2', 'article li', '.said', '.sources li']) {
      const element = log.locator(selector).first()
      expect(await readStyle(element, 'direction'), selector).toBe('rtl')
    }
    const heading = await log.locator('h2').boundingBox()
    const list = await log.locator('article').boundingBox()
    expect(heading?.x).toBeGreaterThanOrEqual(list?.x ?? 0)
    expect(await measureOverflow(page)).toBe(0)
  })
})

describe('any window', () => {
  test.each([
    ['a small phone', { width: 320, height: 568 }],
    ['200 % zoom of a laptop', { width: 640, height: 360 }],
    ['400 % zoom of a laptop', { width: 320, height: 256 }],
  ])(
    '%s: nothing is cut off at the side, and the input can be reached',
    async (_name, viewport) => {
      const long = 'supercalifragilistic'.repeat(20)
      const reply = createReply(
        { ...answerBlock, title: long, list: [long] },
        { ...offer, prompt: long },
      )
      const { page, input, log, ask } = await visit(
        { receive: () => Promise.resolve(reply), suggest: () => [{ id: 'a', label: long }] },
        { viewport },
      )
      expect(await measureOverflow(page)).toBe(0)
      await ask(long)
      await log.getByRole('article').waitFor()
      await input.pressSequentially('tr')
      await page.getByRole('option').waitFor()
      expect(await measureOverflow(page)).toBe(0)
      const box = await input.boundingBox()
      expect(box?.width).toBeGreaterThan(120)
    },
  )
})
