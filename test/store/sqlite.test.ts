// The store on SQLite.

import { describe } from 'vitest'
import { testStore } from '../conformance/store.ts'
import { sqliteEngine } from './engines.ts'

describe('the store on SQLite', () => {
  testStore(() => sqliteEngine)
})
