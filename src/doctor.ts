// The command "doctor": looks at what the assistant stands on, and says of each thing how it is and what to mend.
// It must not read process.env: the composition root hands over what was read.

import type { DoctorFinding } from './chat/doctor.ts'
import { examine } from './chat/doctor.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { loadKnowledge } from './knowledge/load.ts'
import {
  examinedPlatforms,
  examinePlatform,
  type ExaminedPlatform,
  type PlatformConfigs,
} from './platforms.ts'
import { openStore } from './store/open-store.ts'

export type DoctorParts = {
  /** A platform's name, or undefined for all. */
  readonly subject: string | undefined
  readonly core: Config
  readonly platforms: PlatformConfigs
  /** Where the product's own messages are. */
  readonly knowledgeDefaults: string
  readonly clock: Clock
  readonly write: (line: string) => void
}

const isExamined = (name: string): name is ExaminedPlatform =>
  (examinedPlatforms as readonly string[]).includes(name)

/** True when nothing is to be mended. */
export async function runDoctor(parts: DoctorParts): Promise<boolean> {
  const { subject, platforms, write } = parts
  if (subject !== undefined && !isExamined(subject)) {
    write(`Cannot examine "${subject}": one of ${examinedPlatforms.join(', ')} is needed`)
    return false
  }
  let isWell = true
  const report = ({ ok, what, mend }: DoctorFinding) => {
    isWell &&= ok
    write(`${ok ? 'ok   ' : 'MEND '} ${what}${ok || mend === '' ? '' : `\n      ${mend}`}`)
  }
  for (const finding of await examineGround(parts)) report(finding)
  for (const name of subject === undefined ? examinedPlatforms : [subject]) {
    const findings = await examinePlatform(name, platforms)
    if (findings !== null) findings.forEach(report)
    else if (subject === undefined) write(`-     ${name}: not set up`)
    else report(notSetUp(name))
  }
  return isWell
}

const notSetUp = (name: string): DoctorFinding => ({
  ok: false,
  what: `${name}: not set up`,
  mend: `Set its variables in .env: .env.example names them, and README.md says where to get them.`,
})

const describe = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** What every platform needs: knowledge, database, time zones. */
async function examineGround({
  core,
  knowledgeDefaults,
  clock,
}: DoctorParts): Promise<DoctorFinding[]> {
  const knowledge = await examine(
    'knowledge base',
    'Mend the files; `npm run knowledge` shows the same.',
    () => {
      const { entries, calendar } = loadKnowledge(core.knowledgeFolder, knowledgeDefaults)
      const counts = `${entries.length} entries, ${calendar.jurisdictions.length} jurisdictions`
      return Promise.resolve(counts)
    },
    describe,
  )
  const database = await examine(
    'database',
    'Make the folder of DATA_DIR writable, or set DATABASE_URL to a PostgreSQL that can be reached.',
    async () => {
      const store = await openStore({ ...core, folder: core.dataFolder, clock })
      await store.close()
      return core.databaseUrl === null
        ? 'SQLite, opened and migrated'
        : 'PostgreSQL, opened and migrated'
    },
    describe,
  )
  const zones = {
    ok: true,
    what: `time zones: ${process.versions['tz'] ?? 'unknown edition'}, now ${clock.now().toString({ smallestUnit: 'second' })}`,
    mend: '',
  }
  return [knowledge, database, zones]
}
