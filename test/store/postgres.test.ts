// The store on PostgreSQL.

import { afterAll, beforeAll, describe } from 'vitest'
import { testStore } from '../conformance/store.ts'
import { postgresEngine, type TestEngine } from './engines.ts'
import { startPostgresServer, type PostgresServer } from './postgres-server.ts'

let server: PostgresServer
let engine: TestEngine

beforeAll(async () => {
  server = await startPostgresServer()
  engine = postgresEngine(server)
})
afterAll(() => server.remove())

describe('the store on PostgreSQL', () => {
  testStore(() => engine)
})
