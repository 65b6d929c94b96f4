// A visit to the page in Chromium, which notes everything that must not happen: errors, refusals by the
// Content-Security-Policy, requests to other hosts.

import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import { launchBrowser } from './browser.ts'
import { fullReply } from './samples.ts'
import { startStand, type Stand, type StandOptions } from './stand.ts'

export type Visit = {
  readonly page: Page
  readonly input: Locator
  readonly log: Locator
  /** Errors, refusals and foreign requests, in words. */
  readonly problems: string[]
  readonly ask: (text: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** A server that is down is part of some tests. */
const isConnectionError = (text: string) =>
  /Failed to load resource: .*(?:ERR_|429|50[034])/.test(text)

export type VisitOptions = BrowserContextOptions & { readonly path?: string }

export async function startVisit(
  browser: Browser,
  stand: Stand,
  options: VisitOptions = {},
): Promise<Visit> {
  const { path = '/', ...contextOptions } = options
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...contextOptions,
  })
  const page = await context.newPage()
  const problems: string[] = []
  const host = new URL(stand.url).host
  page.on('request', (request) => {
    if (new URL(request.url()).host !== host) problems.push(`request to ${request.url()}`)
  })
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`))
  page.on('console', (message) => {
    const isBad = ['error', 'warning'].includes(message.type())
    if (isBad && !isConnectionError(message.text())) problems.push(`console: ${message.text()}`)
  })
  await page.goto(new URL(path, stand.url).href)
  const input = page.getByRole('combobox', { name: 'Your question' })
  await page.locator('#commands button').first().waitFor()
  return {
    page,
    input,
    log: page.getByRole('log'),
    problems,
    ask: async (text) => {
      await input.fill(text)
      await input.press('Enter')
    },
    close: () => context.close(),
  }
}

/** Pixels by which the page is wider than its window. */
export const measureOverflow = (page: Page) =>
  page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )

/** What is used of an element in the page: the tests are checked without the DOM's types. */
type PageElement = { textContent: string; matches(selector: string): boolean }
type PageWindow = {
  getComputedStyle(
    element: unknown,
    pseudo: string,
  ): { getPropertyValue: (property: string) => string }
}

export const isFocused = (element: Locator): Promise<boolean> =>
  element.evaluate((node: unknown) => (node as PageElement).matches(':focus'))

/** Text as it stands in the document, also where it is only for screen readers. */
export const readContent = (element: Locator): Promise<string> =>
  element.evaluate((node: unknown) => (node as PageElement).textContent)

/** A computed style, such as `direction`, of an element or of its `::before`. */
export const readStyle = (element: Locator, property: string, pseudo = ''): Promise<string> =>
  element.evaluate(
    (node: unknown, [name, part]) =>
      (globalThis as unknown as PageWindow).getComputedStyle(node, part).getPropertyValue(name),
    [property, pseudo] as const,
  )

/**
 * One browser for a test file, and what its tests open in it: each is closed, and must have had no problem. An
 * assistant that a test does not give answers everything with the full reply.
 */
export function useBrowser() {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })
  let browser: Browser
  const stands: Stand[] = []
  const visits: Visit[] = []
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterEach(async () => {
    const seen = visits.splice(0)
    await Promise.all(seen.map((visit) => visit.close()))
    await Promise.all(stands.splice(0).map((stand) => stand.stop()))
    for (const { problems } of seen) expect(problems).toEqual([])
  })
  afterAll(() => browser.close())

  const start = async (options: StandOptions = {}) => {
    const stand = await startStand({ receive: () => Promise.resolve(fullReply), ...options })
    stands.push(stand)
    return stand
  }
  const open = async (stand: Stand, options: VisitOptions = {}) => {
    const visit = await startVisit(browser, stand, options)
    visits.push(visit)
    return visit
  }
  const visit = async (options: StandOptions = {}, visitOptions: VisitOptions = {}) => {
    const stand = await start(options)
    return { stand, ...(await open(stand, visitOptions)) }
  }
  return { start, open, visit }
}
