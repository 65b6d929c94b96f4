// A reply as plain text: complete without colour, pictures or dialogs.

import { expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { createReply, type Block } from '../../src/chat/reply.ts'
import { fileBlock, formBlock, timelineBlock } from '../adapters/timeline-samples.ts'

const write = (...blocks: readonly Block[]) => toPlainText(createReply('private', 'en', blocks))
const [row] = timelineBlock.rows

test('a timeline is a line a date, soonest first, with how sure it is and why', () => {
  expect(write(timelineBlock)).toBe(
    [
      'Tuesday, 30 June 2026 (146 days ago) - Yearly self-assessment of the plan [duty]',
      '  The handbook, edition of 2025, section 3.',
      'Sunday, 31 January 2027 (in 69 days) - Refreshed plan is submitted [duty]',
      '  The handbook, edition of 2025, section 3.',
      'Friday, 31 December 2027 (in 403 days) - Plan ends [hard deadline]',
      '  The handbook, edition of 2025, section 3.',
      'Sunday, 30 April 2028 (in 524 days) - The results report of the reviewers is published [estimate]',
      '  This is our estimate. Confirm it with your point of contact.',
      '  The handbook, edition of 2025, section 3.',
      'Sunday, 31 December 2028 (in 769 days) - Next plan is due [hard deadline]',
      '  The handbook, edition of 2025, section 3.',
      '2029 - Regional meeting [for information]',
      '  Only the year is known.',
      '  The handbook, edition of 2025, section 3.',
    ].join('\n'),
  )
})

test('several jurisdictions have their names above, and one without dates its plans', () => {
  const [first] = row.items
  const items = first === undefined ? [] : [{ ...first, why: '' }]
  const rows = [
    { ...row, items },
    { ...row, title: 'Sylvania', items: [] },
  ] as const
  expect(write({ ...timelineBlock, rows })).toBe(
    [
      'Ruritania',
      'Tuesday, 30 June 2026 (146 days ago) - Yearly self-assessment of the plan [duty]',
      '',
      'Sylvania',
      'Fourth action plan, 2021–2023',
      'Fifth action plan, 2023–2027',
    ].join('\n'),
  )
})

test('a file is its sentence and its address, a form how to say the same by typing', () => {
  const { kind, name, mediaType, content, label } = fileBlock
  expect(write(fileBlock)).toBe(`${label}\n${fileBlock.url ?? ''}`)
  expect(write({ kind, name, mediaType, content, label })).toBe(label)
  expect(write(formBlock)).toBe(formBlock.fallback)
})
