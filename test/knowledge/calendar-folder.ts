// A small calendar, for tests that break it on purpose or add to it.

import { smallBase, type Files } from './knowledge-folder.ts'

export const rulesText = `anchors:
  end: { en: end of the plan }
  submitted: { en: submission of the plan }
  start: { en: start of the plan }
  forum-met: { en: last meeting of the forum }
rules:
  - id: next-plan
    code: D1
    name: { en: Next plan }
    due: { after: end, months: 12 }
    levels: [national]
    force: hard
    source: { id: book, section: '3' }
    entry: alpha
    advice: { en: Publish it. }
    names: { en: [next plan, new plan] }
  - id: forum-meeting
    code: D5
    name: { en: Forum meeting, es: Reunión del foro }
    due: { after: forum-met, months: 6 }
    repeat: { months: 6 }
    levels: [national]
    force: duty
    day: estimated
    source: [{ id: book }, { id: book, confidence: dated }]
    entry: beta
    advice: { en: Meet. }
    names: { en: [forum meeting] }
`

export const kenyaText = `id: kenya
level: national
country: KE
zone: Africa/Nairobi
reviewed: 2026-11-23
plans:
  - number: 4
    years: 2021-2023
    source: { text: A page, url: "https://example.org/4" }
  - number: 5
    years: 2023-2027
    length: 4
    submitted: { date: 2023-12-20, basis: stated }
    end: { month: 2027-12, basis: tag }
    source: { text: A page, url: "https://example.org/5" }
recorded:
  - { what: forum-met, on: 2026-03-01 }
milestones:
  - { id: hearing, title: { en: Hearing, fr: Audition }, date: 2026-12-10 }
`

export const smallCalendar = {
  ...smallBase,
  'calendar/rules.yaml': rulesText,
  'calendar/plans/kenya.yaml': kenyaText,
} satisfies Files
