import { defineConfig } from '@playwright/test'

/** `npm run demo`: the practice journey as a story, on the driver of the end-to-end tests. */
export default defineConfig({
  testDir: 'test/demo',
  testMatch: '**/*.demo.ts',
  outputDir: 'test-results',
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: './test/demo/story-reporter.ts',
})
