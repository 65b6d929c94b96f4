// Floors under the figures of the README: the whole evaluation, every kind of question, every chapter.

import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { countFigures, judge, readQuestions } from '../src/cli/evaluation.ts'
import { brain } from './assistant/fixture.ts'

const folder = join(import.meta.dirname, 'evaluation')
const judged = globSync('*.yaml', { cwd: folder })
  .sort()
  .flatMap((file) =>
    readQuestions(join(folder, file)).map((question) => ({
      chapter: basename(file, '.yaml'),
      ...judge(brain, question),
    })),
  )
const share = (part: number, whole: number) => part / Math.max(1, whole)

describe('the evaluation', () => {
  const figures = countFigures(judged)

  test('has at least 350 questions of every kind', () => {
    expect(judged.length).toBeGreaterThanOrEqual(350)
    expect([...new Set(judged.map(({ question }) => question.kind))].sort()).toEqual([
      'abbreviated',
      'comparison',
      'condition',
      'facet',
      'follow-up',
      'gap',
      'keyword',
      'long-winded',
      'misspelt',
      'off-topic',
      'plain',
      'talk',
      'two-in-one',
      'unanswerable',
    ])
  })

  test('at least 92 % right first and 98 % among the first three', () => {
    expect(share(figures.rightFirst, figures.answerable)).toBeGreaterThanOrEqual(0.92)
    expect(share(figures.amongThree, figures.answerable)).toBeGreaterThanOrEqual(0.98)
  })

  test('at least 80 % answered at once, at most 3 % wrongly', () => {
    expect(share(figures.answered, figures.answerable)).toBeGreaterThanOrEqual(0.8)
    expect(share(figures.wrongAnswer, figures.answerable)).toBeLessThanOrEqual(0.03)
  })

  test('at most 5 % false answers, also to off-topic questions alone; 10 % to those in our own words', () => {
    const falseShare = (...kinds: readonly string[]) => {
      const own = judged.filter(({ question }) => kinds.includes(question.kind))
      return share(countFigures(own).falseAnswer, own.length)
    }
    expect(falseShare('off-topic', 'unanswerable')).toBeLessThanOrEqual(0.05)
    expect(falseShare('off-topic')).toBeLessThanOrEqual(0.05)
    expect(falseShare('unanswerable')).toBeLessThanOrEqual(0.1)
  })

  test.each([...Map.groupBy(judged, ({ chapter }) => chapter)])(
    'chapter %s: at least 90 % right first, 96 % among the first three',
    (_, own) => {
      const { rightFirst, amongThree, answerable } = countFigures(own)
      expect(share(rightFirst, answerable)).toBeGreaterThanOrEqual(0.9)
      expect(share(amongThree, answerable)).toBeGreaterThanOrEqual(0.96)
    },
  )
})
