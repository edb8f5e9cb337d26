import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter'

/** Passes on what the story prints, and says plainly how it ended. */
class StoryReporter implements Reporter {
  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk)
  }

  onTestEnd(_test: TestCase, result: TestResult): void {
    for (const { message } of result.errors) console.error(message ?? 'the demo failed')
    console.log(result.status === 'passed' ? '\nThe demo went through.' : '\nThe demo did not go through.')
  }
}

export default StoryReporter
