// The page under axe-core, in both colour schemes and in each of its states.

import axe, { type AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { TimelineBlock } from '../../../src/chat/reply.ts'
import { launchBrowser } from './browser.ts'
import { arabicReply, fullReply, offer, suggestions } from './samples.ts'
import { createReply, startStand, type Stand } from './stand.ts'
import { communityBlock, fileBlock, formBlock, timelineBlock } from '../timeline-samples.ts'
import { readStyle, startVisit } from './visit.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

/** Enough rows for one of each kind. */
const [first, ...others] = communityBlock.rows
const community: TimelineBlock = { ...communityBlock, rows: [first, ...others.slice(0, 9)] }

let browser: Browser
let stand: Stand

beforeAll(async () => {
  browser = await launchBrowser()
  stand = await startStand({
    suggest: (prefix) => (prefix === '' ? [] : suggestions),
    receive: (message) => {
      const text = message.kind === 'question' ? message.text : ''
      if (text === 'hang') return new Promise<never>(() => undefined)
      if (text === 'fail') return Promise.reject(new Error('failed'))
      if (text === 'offer') return Promise.resolve(createReply(offer))
      if (text === 'deadlines') return Promise.resolve(createReply(timelineBlock, fileBlock))
      if (text === 'community') return Promise.resolve(createReply(community, formBlock))
      return Promise.resolve(text === 'arabic' ? arabicReply : fullReply)
    },
    bounds: { replyMsMax: 1_000 },
  })
})
afterAll(async () => {
  await browser.close()
  await stand.stop()
})

/** Each violation with the elements that it is about. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const results = await page.evaluate<AxeResults>('axe.run()')
  expect(results.passes.length).toBeGreaterThan(20)
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

describe.each(['light', 'dark'] as const)('in the %s scheme', (colorScheme) => {
  test.each([
    ['a laptop', { width: 1280, height: 800 }],
    ['a phone', { width: 320, height: 640 }],
  ])('no state of the page on %s has a violation', async (_name, viewport) => {
    const { page, log, input, ask, close } = await startVisit(browser, stand, {
      colorScheme,
      viewport,
    })
    expect(await findViolations(page)).toEqual([])
    await ask('x')
    await log.getByRole('button', { name: 'Helpful', exact: true }).click()
    await ask('offer')
    await ask('arabic')
    await log.locator('article[lang=ar]').waitFor()
    await ask('deadlines')
    await log.locator('.picture .label').first().waitFor()
    await ask('community')
    await log.locator('.rows summary').first().click()
    await ask('fail')
    await log.getByRole('button', { name: 'Try again' }).waitFor()
    expect(await findViolations(page)).toEqual([])
    await ask('hang')
    await log.getByText('Looking for the answer…').waitFor()
    await page.context().setOffline(true)
    await page.evaluate("dispatchEvent(new Event('online'))")
    await page.getByText('Connection lost. Trying again…').waitFor()
    await page.context().setOffline(false)
    await input.pressSequentially('tr')
    await page.locator('#suggestions').getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await findViolations(page)).toEqual([])
    await close()
  })
})

test('new answers are announced politely, and the page has its landmarks', async () => {
  const { page, log, close } = await startVisit(browser, stand)
  expect(await log.getAttribute('aria-live')).toBe('polite')
  for (const role of ['banner', 'main', 'contentinfo', 'navigation'] as const) {
    expect(await page.getByRole(role).count(), role).toBe(1)
  }
  expect(await page.locator('#connection').getAttribute('role')).toBe('status')
  await close()
})

test('without colours of our own what is chosen can still be told', async () => {
  const { page, input, close } = await startVisit(browser, stand, { forcedColors: 'active' })
  await input.pressSequentially('tr')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('ArrowDown')
  const style = await readStyle(page.getByRole('option', { selected: true }), 'outline-style')
  expect(style).toBe('solid')
  await close()
})

test('who wants less motion gets none', async () => {
  const { page, log, ask, close } = await startVisit(browser, stand, { reducedMotion: 'reduce' })
  await ask('hang')
  await log.getByText('Looking for the answer…').waitFor()
  const animation = await readStyle(page.locator('.waiting'), 'animation-name', '::before')
  expect(animation).toBe('none')
  await close()
})
