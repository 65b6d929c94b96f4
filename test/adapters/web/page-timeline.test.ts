// The page in Chromium: timelines, files and forms.

import { readFile } from 'node:fs/promises'
import type { Locator } from 'playwright-core'
import { describe, expect, test, vi } from 'vitest'
import { hostileText } from '../../conformance/chat-adapter.ts'
import { communityBlock, fileBlock, formBlock, timelineBlock } from '../timeline-samples.ts'
import { createReply, createTextReply } from './stand.ts'
import { measureOverflow, readContent, useBrowser } from './visit.ts'

const { visit } = useBrowser()

type Box = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

async function readBoxes(elements: Locator): Promise<Box[]> {
  const all = await elements.all()
  const boxes = await Promise.all(all.map((element) => element.boundingBox()))
  return boxes.filter((box) => box !== null)
}

/** Letters have a rim in the colour of the ground, which counts as theirs. */
const rim = 2
const trim = ({ x, y, width, height }: Box): Box => ({
  x: x + rim,
  y: y + rim,
  width: width - 2 * rim,
  height: height - 2 * rim,
})

const overlap = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height

const show = (block: Parameters<typeof createReply>[0], width = 1280) =>
  visit(
    { receive: () => Promise.resolve(createReply(block)) },
    { viewport: { width, height: 800 } },
  )

describe('the timeline of one jurisdiction', () => {
  const [row] = timelineBlock.rows

  test('is a picture with a name, and a list that says all of it', async () => {
    const { log, ask } = await show(timelineBlock)
    await ask('x')
    await log.getByRole('img', { name: timelineBlock.label }).waitFor()
    const words = await readContent(log.locator('.timeline'))
    for (const item of row.items) {
      for (const text of [item.title, item.when, item.left, item.forceLabel, item.certainty]) {
        expect(words).toContain(text)
      }
      expect(words).toContain(item.why)
    }
    for (const { label } of row.spans) expect(words).toContain(label)
    expect(await log.locator('.plans li').allInnerTexts()).toEqual([
      expect.stringContaining('dates not certain'),
      expect.not.stringContaining('dates not certain'),
    ])
  })

  test.each([320, 360, 768, 1280])(
    'at a width of %i no name meets another, a mark, or the edge',
    async (width) => {
      const { page, log, ask } = await show(timelineBlock, width)
      await ask('x')
      await log.locator('.picture .label').first().waitFor()
      const [picture] = await readBoxes(log.locator('.picture'))
      const names = (await readBoxes(log.locator('.picture .label'))).map(trim)
      const marks = await readBoxes(log.locator('.picture .mark'))
      expect(names).toHaveLength(row.spans.length + row.items.length)
      expect(marks).toHaveLength(row.items.length)
      for (const [index, name] of names.entries()) {
        expect(name.x).toBeGreaterThanOrEqual((picture?.x ?? 0) - 1)
        expect(name.x + name.width).toBeLessThanOrEqual(
          (picture?.x ?? 0) + (picture?.width ?? 0) + 1,
        )
        for (const other of [...names.slice(index + 1), ...marks]) {
          expect(overlap(name, other)).toBe(false)
        }
      }
      expect(await measureOverflow(page)).toBe(0)
    },
  )

  test('stands in the order of time, on both sides of today', async () => {
    const { log, ask } = await show(timelineBlock)
    await ask('x')
    await log.locator('.picture .mark').first().waitFor()
    const places = (await readBoxes(log.locator('.picture .mark'))).map(
      ({ x, width }) => x + width / 2,
    )
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    const [today] = await readBoxes(log.locator('.picture .today'))
    const past = row.items.filter(({ state }) => state === 'past').length
    expect(places.filter((place) => place < (today?.x ?? 0))).toHaveLength(past)
    const bars = await readBoxes(log.locator('.picture .bar'))
    const [, planEnd] = [places[1], places[2]]
    expect((bars[1]?.x ?? 0) + (bars[1]?.width ?? 0)).toBeCloseTo(planEnd ?? 0, -1)
  })

  test('tells forces apart by shape, and what is uncertain by an empty one', async () => {
    const { log, ask } = await show(timelineBlock)
    await ask('x')
    await log.locator('.picture .mark').first().waitFor()
    const marks = await log.locator('.picture .mark').all()
    const shapes = await Promise.all(marks.map((mark) => mark.getAttribute('d')))
    expect(new Set(shapes).size).toBe(new Set(row.items.map(({ force }) => force)).size)
    expect(await log.locator('.picture .mark.uncertain').count()).toBe(2)
    expect(await log.locator('.picture .bar.uncertain').count()).toBe(1)
  })

  test('is laid out anew when the window changes', async () => {
    const { page, log, ask } = await show(timelineBlock)
    await ask('x')
    const picture = log.locator('.picture')
    await picture.locator('.label').first().waitFor()
    const wide = await picture.boundingBox()
    await page.setViewportSize({ width: 360, height: 700 })
    await vi.waitFor(async () => {
      expect((await picture.boundingBox())?.height).toBeGreaterThan(wide?.height ?? Infinity)
    })
    expect(await measureOverflow(page)).toBe(0)
  })
})

describe('the timeline of many', () => {
  test.each([360, 1280])('at a width of %i has a line each, with what is next', async (width) => {
    const { page, log, ask } = await show(communityBlock, width)
    await ask('x')
    await log.getByRole('figure', { name: communityBlock.label }).waitFor()
    const rows = log.locator('.rows > li')
    expect(await rows.count()).toBe(communityBlock.rows.length)
    for (const [index, { title, items }] of communityBlock.rows.entries()) {
      const shown = await rows.nth(index).locator('summary').first().innerText()
      expect(shown).toContain(title)
      const next = items.find(({ state }) => state === 'next')
      if (next === undefined) continue
      expect(shown).toContain(next.title)
      expect(shown).toContain(next.certainty)
    }
    expect(await measureOverflow(page)).toBe(0)
  })

  test('a line opens to all that is known of its jurisdiction', async () => {
    const { log, ask } = await show(communityBlock)
    await ask('x')
    const first = log.locator('.rows > li').first()
    const last = first.locator('.dates').getByText('Sunday, 31 December 2028')
    expect(await last.isVisible()).toBe(false)
    await first.locator('summary').first().press('Enter')
    await last.waitFor()
  })
})

describe('a file', () => {
  test('is downloaded as it is, and its calendar can be subscribed to', async () => {
    const { page, log, ask } = await show(fileBlock)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await ask('x')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      log.getByRole('link', { name: 'Download ruritania.ics' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('ruritania.ics')
    expect(await readFile(await download.path(), 'utf8')).toBe(fileBlock.content)
    await log.getByRole('button', { name: 'Copy the address' }).click()
    await log.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(fileBlock.url)
    const link = log.getByRole('link', { name: 'Subscribe in a calendar app' })
    expect(await link.getAttribute('href')).toBe(
      'webcal://assistant.example.org/calendar/ruritania.ics',
    )
  })

  test('without an address it is a download alone', async () => {
    const { kind, name, mediaType, content, label } = fileBlock
    const { log, ask } = await show({ kind, name, mediaType, content, label })
    await ask('x')
    await log.getByText(label).waitFor()
    expect(await log.locator('.feed').count()).toBe(0)
  })
})

describe('a form', () => {
  const start = () =>
    visit({
      receive: (message) =>
        Promise.resolve(
          message.kind === 'form' ? createTextReply('saved') : createReply(formBlock),
        ),
    })

  test('is sent with its values by the ids of its fields, once', async () => {
    const { stand, log, ask } = await start()
    await ask('x')
    await log.getByLabel('Country or place').fill(' Ruritania ')
    await log.getByLabel('Hour of the day (optional)').selectOption('6 in the evening')
    await log.getByLabel('a day', { exact: true }).check()
    const save = log.getByRole('button', { name: 'Save' })
    await save.click()
    await save.click()
    await log.getByText('saved').waitFor()
    expect(await readContent(log)).toContain(
      'You asked: Remind me: Ruritania; 6 in the evening; 30 days, a week, a day',
    )
    expect(stand.received.slice(1)).toMatchObject([
      {
        kind: 'form',
        name: 'remind',
        fields: { jurisdiction: 'Ruritania', hour: '18', leads: '30,7,1' },
      },
    ])
    await log.getByLabel('Country or place').fill('Sylvania')
    await save.click()
    await vi.waitFor(() => {
      expect(stand.received).toHaveLength(3)
    })
  })

  test('is not sent while something is missing', async () => {
    const { stand, log, ask } = await start()
    await ask('x')
    const save = log.getByRole('button', { name: 'Save' })
    await save.click()
    await log.getByLabel('Country or place').fill('Ruritania')
    await log.getByLabel('30 days').uncheck()
    await log.getByLabel('a week').uncheck()
    await save.click()
    expect(stand.received).toHaveLength(1)
    await log.getByLabel('30 days').check()
    await save.click()
    await log.getByText('saved').waitFor()
    expect(stand.received.at(-1)).toMatchObject({ fields: { leads: '30' } })
  })
})

test('hostile words in a timeline, a file and a form are shown as text', async () => {
  const [row] = timelineBlock.rows
  const [item] = row.items
  const words = { title: hostileText, when: hostileText, why: hostileText, forceLabel: hostileText }
  const spans = [{ label: hostileText, from: '2025-01-01', through: '2026-12-31', isCertain: true }]
  const items = item === undefined ? [] : [{ ...item, ...words, state: 'next' as const }]
  const [, select] = formBlock.fields
  const reply = createReply(
    { ...timelineBlock, label: hostileText, rows: [{ ...row, spans, items }] },
    { ...fileBlock, name: hostileText, label: hostileText, url: 'javascript:alert(1)' },
    {
      ...formBlock,
      title: hostileText,
      fields: select === undefined ? [] : [{ ...select, label: hostileText }],
    },
  )
  const { page, log, ask } = await visit(
    { receive: () => Promise.resolve(reply) },
    { viewport: { width: 360, height: 700 } },
  )
  await ask('x')
  await log.locator('.picture .label').first().waitFor()
  expect(await log.locator('script, img').count()).toBe(0)
  expect(await log.locator('a:not([download])').count()).toBe(0)
  expect((await readContent(log)).split(hostileText).length).toBeGreaterThan(8)
  expect(await measureOverflow(page)).toBe(0)
})
