// Owns the command line of the bench: which sets, which engines, how much of it.

import { parseArgs } from 'node:util'
import type { SetFolder } from './sets.ts'
import { BenchError, findSets } from './sets.ts'
import { registry } from './registry.ts'

export type Options = {
  sets: SetFolder[]
  engines: string[]
  growth: boolean
  quick: boolean
  /** Everything is measured, so that the results may replace the kept ones. */
  complete: boolean
}

export const usage = `Usage: npm run bench:search -- [PATH ...] [--sets a,b] [--engines a,b] [--no-growth] [--quick]

PATH        a folder with entries.json and queries.json, or a folder of such folders
--sets      only the sets of these names
--engines   only these: ${[...registry.keys()].join(', ')}
--no-growth without the synthetic bases of 150 to 150,000 phrasings
--quick     200 questions a set and the two smaller sizes: minutes become seconds, figures rough`

function splitNames(value: string | undefined): string[] | null {
  return value === undefined ? null : value.split(',').filter((name) => name !== '')
}

function chooseNames(
  kind: 'sets' | 'engines',
  wanted: readonly string[] | null,
  known: readonly string[],
): string[] {
  if (wanted === null) return [...known]
  const unknown = wanted.find((name) => !known.includes(name))
  if (unknown !== undefined || wanted.length === 0) {
    throw new BenchError(
      `Cannot choose ${kind}: "${unknown ?? ''}" is unknown, some of ${known.join(', ')} are needed`,
    )
  }
  return known.filter((name) => wanted.includes(name))
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        sets: { type: 'string' },
        engines: { type: 'string' },
        'no-growth': { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new BenchError(`Cannot read the arguments: ${reason}\n\n${usage}`)
  }
}

/** Null asks for the usage only. */
export function readOptions(argv: string[], defaultPath: string, own: SetFolder): Options | null {
  const { values, positionals } = parse(argv)
  if (values.help) return null
  const found = [...findSets(positionals.length > 0 ? positionals : [defaultPath]), own]
  const setNames = chooseNames(
    'sets',
    splitNames(values.sets),
    found.map((set) => set.name),
  )
  const engines = chooseNames('engines', splitNames(values.engines), [...registry.keys()])
  const complete =
    values.sets === undefined &&
    values.engines === undefined &&
    !values['no-growth'] &&
    !values.quick
  return {
    sets: found.filter((set) => setNames.includes(set.name)),
    engines,
    growth: !values['no-growth'],
    quick: values.quick,
    complete,
  }
}
