// A process that writes to the store until it is killed, and says each write after it is acknowledged.
// Arguments: the folder of the database, and a word that its keys begin with.

import { writeSync } from 'node:fs'
import { toEventKey } from '../../src/chat/message.ts'
import { systemClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/open-store.ts'
import { StoreUnavailableError } from '../../src/store/store.ts'

const writesMax = 100_000
const [folder = '', word = ''] = process.argv.slice(2)

const store = await openStore({ databaseUrl: null, folder, clock: systemClock })
try {
  for (let index = 0; index < writesMax; index++) {
    const key = `${word}-${index.toString()}`
    await store.claimEvent(toEventKey(key))
    writeSync(process.stdout.fd, `${key}\n`)
  }
} catch (error) {
  writeSync(process.stdout.fd, error instanceof StoreUnavailableError ? 'unavailable\n' : 'bug\n')
}
