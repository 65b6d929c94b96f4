// Owns the calendar benchmark: ten years of milestones for a community of 2,000 made-up jurisdictions, beside asking of
// every day what falls due on it, as a daily job would. The walk is the tests' own, so that both must agree.

import type { Jurisdiction, Plan } from '../src/calendar/calendar.ts'
import { computeMilestones } from '../src/calendar/milestones.ts'
import { walkDays } from '../test/calendar/day-by-day.ts'
import {
  allRules,
  day,
  describe,
  known,
  makeJurisdiction,
  makePlan,
} from '../test/calendar/rule-sheet.ts'

const jurisdictions = 2_000
const plansEach = 3
/** The walk takes minutes for all of them. */
const walked = 20
const rounds = 7
const horizon = { from: day('2024-01-01'), through: day('2033-12-31') }

const community = Array.from({ length: jurisdictions }, (_, index) => makeMember(index))

/** Every third is local; plans of four years follow one another, submitted on days of every month. */
function makeMember(index: number): Jurisdiction {
  const isLocal = index % 3 === 2
  const firstSubmitted = day('2023-01-31').add({ days: index % 365 })
  return makeJurisdiction({
    id: `member-${index}`,
    level: isLocal ? 'local' : 'national',
    plans: Array.from({ length: plansEach }, (_, place) =>
      makeMemberPlan(place, firstSubmitted.add({ years: place * 4 })),
    ),
    recorded: [0, 6, 12].map((months) => ({
      anchor: isLocal ? 'website-updated' : 'forum-met',
      date: firstSubmitted.add({ months }),
      provenance: 'community',
    })),
    own: [
      {
        id: 'hearing',
        title: { en: 'Hearing' },
        date: firstSubmitted.add({ years: 2 }),
        provenance: 'community',
      },
    ],
  })
}

/** Of every other plan the end is stated; of the rest it is to be guessed. */
function makeMemberPlan(place: number, submitted: Temporal.PlainDate): Plan {
  const end = { end: known(submitted.with({ day: 31 }).add({ months: 47 }).toString()) }
  return makePlan(`${place + 1}`, {
    lengthYears: 4,
    dates: { submitted: known(submitted.toString()), ...(place % 2 === 0 ? end : {}) },
  })
}

type Cost = { readonly wallMs: number; readonly cpuMs: number }

/** What the processor did counts where others use the machine too. */
function measure(run: () => void): Cost {
  const start = performance.now()
  const cpuStart = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(cpuStart)
  return { wallMs: performance.now() - start, cpuMs: (user + system) / 1_000 }
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN

let milestones = 0
const costs = Array.from({ length: rounds }, () =>
  measure(() => {
    milestones = community.reduce(
      (sum, member) => sum + computeMilestones(allRules, member, horizon).length,
      0,
    )
  }),
)
const walk = measure(() => {
  for (const member of community.slice(0, walked)) {
    const expected = walkDays(allRules, member, horizon)
    const found = computeMilestones(allRules, member, horizon).map(describe)
    if (found.join('\n') !== expected.join('\n')) {
      throw new Error(`Cannot compare the times: the milestones of ${member.id} differ`)
    }
  }
})

const computeEachMs = medianOf(costs.map(({ cpuMs }) => cpuMs)) / jurisdictions
const walkEachMs = walk.cpuMs / walked

const show = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 3 })
const showCost = ({ wallMs, cpuMs }: Cost) => `${show(wallMs)} ms (processor ${show(cpuMs)} ms)`
const median: Cost = {
  wallMs: medianOf(costs.map(({ wallMs }) => wallMs)),
  cpuMs: computeEachMs * jurisdictions,
}

process.stdout.write(
  [
    `jurisdictions        ${show(jurisdictions)}, ${allRules.length} rules`,
    `horizon              ${horizon.from.toString()} to ${horizon.through.toString()}`,
    `milestones           ${milestones.toLocaleString('en')}`,
    ...costs.slice(0, 1).map((cost) => `all, first time      ${showCost(cost)}`),
    `all, median of ${rounds}     ${showCost(median)}`,
    `one jurisdiction     processor ${show(computeEachMs)} ms`,
    `one by a daily walk  processor ${show(walkEachMs)} ms, ${show(walkEachMs / computeEachMs)} times as long (${walked} walked, the same milestones)`,
    '',
  ].join('\n'),
)
