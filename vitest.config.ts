// How tests are found and counted; nothing here may make a test pass.

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './.ci/count-reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Vitest leaves one core idle unless told otherwise.
    maxWorkers: '100%',
  },
})
