// Ends a test run with one line that counts it: N passed, N failed, N skipped.

import type { Reporter, TestModule } from 'vitest/node'

export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 }
    for (const module of modules) {
      // A file that cannot be loaded has no test to fail.
      if (!module.ok() && [...module.children.allTests()].length === 0) counts.failed++
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed' || state === 'failed') counts[state]++
        else counts.skipped++
      }
    }
    const failed = counts.failed + errors.length
    process.stdout.write(
      `\n${counts.passed.toString()} passed, ${failed.toString()} failed, ${counts.skipped.toString()} skipped\n`,
    )
  }
}
