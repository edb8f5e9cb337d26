import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  // One window at a time: two cores, one display, and each test owns its data folder anyway.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: process.env['REFUND_DESK_E2E_JSON']
    ? [['list'], ['json', { outputFile: process.env['REFUND_DESK_E2E_JSON'] }]]
    : [['list']],
})
