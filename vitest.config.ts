import { defineConfig } from 'vitest/config'

// Runs in Electron's own Node (see scripts/unit.mjs): the native database and the HTTP client need it.
export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/fault/**', 'node_modules/**'],
    environment: 'node',
    // Processes rather than threads: a native crash in one file cannot take the others with it.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    env: { TZ: 'UTC' },
  },
})
