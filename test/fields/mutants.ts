import { readFileSync } from 'node:fs'
import { describe, test } from 'vitest'
import type { Plan } from './plan.mjs'

const plan = JSON.parse(readFileSync(process.env['REFUND_DESK_FIELDS_PLAN'] ?? '', 'utf8')) as Plan

// Every test file of every mutation as a suite of its own; which tests of it run is told on the command line.
for (const { number, file } of plan.suites) {
  describe(`${number} ${file}`, async () => {
    try {
      await import(/* @vite-ignore */ `../../${file}?mutation=${number}`)
    } catch (error) {
      // Not a field that is missing, but a program that cannot be loaded: that proves nothing.
      test(`cannot be loaded: ${String(error)}`, () => {})
    }
  })
}
