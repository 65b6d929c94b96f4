// Made-up timelines, files and forms, for tests of what shows them.

import type { FileBlock, FormBlock, TimelineBlock, TimelineItem } from '../../src/chat/reply.ts'

const item = (
  date: string | null,
  words: readonly [when: string, left: string, title: string],
  changes: Partial<TimelineItem> = {},
): TimelineItem => ({
  date,
  year: Number((date ?? words[0]).slice(0, 4)),
  when: words[0],
  left: words[1],
  title: words[2],
  force: 'hard',
  forceLabel: 'hard deadline',
  certainty: '',
  why: 'The handbook, edition of 2025, section 3.',
  isCertain: true,
  state: 'later',
  ...changes,
})

const guess = {
  force: 'estimate',
  forceLabel: 'estimate',
  isCertain: false,
  certainty: 'This is our estimate. Confirm it with your point of contact.',
} as const

const selfAssessment = item(
  '2026-06-30',
  ['Tuesday, 30 June 2026', '146 days ago', 'Yearly self-assessment of the plan'],
  { force: 'duty', forceLabel: 'duty', state: 'past' },
)
const refresh = item(
  '2027-01-31',
  ['Sunday, 31 January 2027', 'in 69 days', 'Refreshed plan is submitted'],
  { force: 'duty', forceLabel: 'duty', state: 'next' },
)
const planEnd = item('2027-12-31', ['Friday, 31 December 2027', 'in 403 days', 'Plan ends'])
const review = item(
  '2028-04-30',
  ['Sunday, 30 April 2028', 'in 524 days', 'The results report of the reviewers is published'],
  guess,
)
const nextPlan = item('2028-12-31', ['Sunday, 31 December 2028', 'in 769 days', 'Next plan is due'])
const forum = item(null, ['2029', '', 'Regional meeting'], {
  force: 'information',
  forceLabel: 'for information',
  isCertain: false,
  certainty: 'Only the year is known.',
})

const fifthPlan = {
  label: 'Fifth action plan, 2023–2027',
  from: '2023-12-01',
  through: '2027-12-31',
  isCertain: true,
}

export const timelineBlock: TimelineBlock = {
  kind: 'timeline',
  label: 'Timeline of Ruritania: two action plans and six dates from 2026 to 2029',
  today: '2026-11-23',
  todayLabel: 'Today',
  rows: [
    {
      title: 'Ruritania',
      spans: [
        {
          label: 'Fourth action plan, 2021–2023',
          from: '2021-01-01',
          through: '2023-12-31',
          isCertain: false,
        },
        fifthPlan,
      ],
      items: [selfAssessment, refresh, planEnd, review, nextPlan, forum],
    },
  ],
}

/** Fifty jurisdictions, with names of every length. */
export const communityBlock: TimelineBlock = {
  ...timelineBlock,
  label: 'Timeline of the whole community',
  rows: [
    { title: 'Ruritania', spans: [fifthPlan], items: [selfAssessment, refresh, planEnd, nextPlan] },
    ...Array.from({ length: 49 }, (_, index) => {
      const year = 2025 + (index % 4)
      const ends = `${year}-${index % 2 === 0 ? '06-30' : '12-31'}`
      return {
        title:
          index % 7 === 3
            ? `The United Provinces of Greater Sylvania ${index}`
            : `Sylvania ${index}`,
        spans:
          index % 9 === 8
            ? []
            : [
                {
                  label: `Action plan of ${year - 2}–${year}`,
                  from: `${year - 2}-07-01`,
                  through: ends,
                  isCertain: index % 3 !== 0,
                },
              ],
        items:
          index % 9 === 8
            ? []
            : [
                item(ends, [`The last day of ${ends}`, 'in some days', 'Plan ends'], {
                  state: year < 2026 ? 'past' : 'next',
                  ...(index % 3 === 0 ? guess : {}),
                }),
                item(`${year + 1}-12-31`, [
                  `31 December ${year + 1}`,
                  'in many days',
                  'Next plan is due',
                ]),
              ],
      }
    }),
  ],
}

export const fileBlock: FileBlock = {
  kind: 'file',
  name: 'ruritania.ics',
  mediaType: 'text/calendar',
  content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
  label: 'The dates of Ruritania as a calendar file: open it, and your calendar takes them in.',
  url: 'https://assistant.example.org/calendar/ruritania.ics',
}

export const formBlock: FormBlock = {
  kind: 'form',
  name: 'remind',
  title: 'Remind me',
  submitLabel: 'Save',
  fallback: 'Write "/remind ruritania 30 7 1".',
  fields: [
    {
      id: 'jurisdiction',
      label: 'Country or place',
      isOptional: false,
      value: '',
      kind: 'text',
      placeholder: 'Ruritania',
    },
    {
      id: 'hour',
      label: 'Hour of the day',
      isOptional: true,
      value: '9',
      kind: 'select',
      isMultiple: false,
      options: [
        { value: '9', label: '9 in the morning' },
        { value: '18', label: '6 in the evening' },
      ],
    },
    {
      id: 'leads',
      label: 'How long before',
      isOptional: false,
      value: '30,7',
      kind: 'select',
      isMultiple: true,
      options: [
        { value: '30', label: '30 days' },
        { value: '7', label: 'a week' },
        { value: '1', label: 'a day' },
      ],
    },
  ],
}
