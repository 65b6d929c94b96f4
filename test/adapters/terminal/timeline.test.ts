// Timelines, files and forms in the terminal: drawn where there is room, complete in words everywhere.

import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeLine } from '../../../adapters/terminal/decode.ts'
import { renderReply } from '../../../adapters/terminal/render.ts'
import type { Block, TimelineBlock, TimelineItem } from '../../../src/chat/reply.ts'
import { commandNames } from '../../../src/chat/message.ts'
import { communityBlock, fileBlock, formBlock, timelineBlock } from '../timeline-samples.ts'

const render = (block: Block, width: number, colour = false) =>
  renderReply({ audience: 'private', language: 'en', blocks: [block] }, { width, colour }).text
const unwrap = (text: string) => text.replaceAll(/\s+/g, ' ')

describe('a timeline', () => {
  test('shows plans, today and dates under their years', () => {
    expect(render(timelineBlock, 80).split('\n').slice(0, 6)).toEqual([
      '| Today   * duty   # hard deadline   ? estimate   ? for information',
      '',
      '2021    2022    2023    2024    2025    2026    2027    2028    2029',
      '[----------------------[===================*===|*======#  ?    #    ?',
      '* Tuesday, 30 June 2026 (146 days ago) - Yearly self-assessment of the plan',
      '  [duty]',
    ])
  })

  test.each([30, 40, 80, Infinity])('says all of it in a window of %i columns', (width) => {
    for (const block of [timelineBlock, communityBlock]) {
      const shown = unwrap(render(block, width))
      for (const { title, items, spans } of block.rows) {
        if (block.rows.length > 1) expect(shown).toContain(title)
        for (const { label } of spans) expect(shown).toContain(label)
        for (const item of items) {
          const { when, left, title: name, forceLabel, certainty, why } = item
          const line = left === '' ? when : `${when} (${left})`
          expect(shown).toContain(`${line} - ${name} [${forceLabel}]`)
          expect(shown).toContain(certainty)
          expect(shown).toContain(why)
        }
      }
    }
  })

  test('without room for a line of years, or without a window, has its words alone', () => {
    for (const width of [30, Infinity]) {
      expect(render(timelineBlock, width)).toMatch(/^\* Tuesday/)
    }
  })

  test('means the same without colour', () => {
    const coloured = render(timelineBlock, 80, true)
    expect(coloured).toContain('\u001b[31m#')
    expect(stripVTControlCharacters(coloured)).toBe(render(timelineBlock, 80))
  })

  test('any dates stand within the window, in order of time', () => {
    const date = fc
      .integer({ min: 0, max: 3_000 })
      .map((days) => Temporal.PlainDate.from('2024-01-01').add({ days }).toString())
    const [first] = timelineBlock.rows[0].items
    fc.assert(
      fc.property(date, date, fc.integer({ min: 40, max: 100 }), (today, due, width) => {
        fc.pre(first !== undefined)
        const item: TimelineItem = { ...first, date: due, year: Number(due.slice(0, 4)) }
        const row = { title: 'x', spans: [], items: [item] }
        const block: TimelineBlock = { ...timelineBlock, today, rows: [row] }
        const [, , , strip = ''] = render(block, width).split('\n')
        expect(strip.length).toBeLessThanOrEqual(width)
        const [now, mark] = [strip.indexOf('|'), strip.indexOf('*')]
        expect(mark).toBeGreaterThanOrEqual(0)
        // In one column the date covers today.
        if (now >= 0) expect(Math.sign(mark - now)).toBe(today < due ? 1 : -1)
      }),
    )
  })
})

test('a file is what it is and where to get it, a form how to say it', () => {
  expect(unwrap(render(fileBlock, 80))).toBe(`${fileBlock.label} ${fileBlock.url ?? ''}`)
  expect(render(formBlock, 80)).toBe(formBlock.fallback)
})

test.each(commandNames)('/%s is a command', (name) => {
  expect(decodeLine(`/${name}  kenya 30`, [])).toEqual({
    kind: 'command',
    name,
    argument: 'kenya 30',
  })
})
