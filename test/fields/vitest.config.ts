import { readFileSync } from 'node:fs'
import path from 'node:path'
import { defineConfig } from 'vitest/config'
import type { Plan } from './plan.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const plan = JSON.parse(readFileSync(process.env['REFUND_DESK_FIELDS_PLAN'] ?? '', 'utf8')) as Plan

/** Rooms whose modules exist once for each mutation. All others are the same for everyone: they hold no state. */
const ROOMS = ['src/main/core/pg/', 'test/main/core/pg/']

// The mutated copies live in the memory of the bundler alone: `encode.ts?mutation=7` is that file with the seventh
// replacement in it, and whatever a module with a number imports from these rooms has the same number.
export default defineConfig({
  root,
  cacheDir: path.dirname(process.env['REFUND_DESK_FIELDS_PLAN'] ?? ''),
  plugins: [
    {
      name: 'mutate',
      enforce: 'pre',
      async resolveId(source, importer, options) {
        const number = numberOf(importer ?? '')
        if (number === undefined || numberOf(source) !== undefined) return null
        const found = await this.resolve(source, importer, { ...options, skipSelf: true })
        if (found === null || found.external) return found
        const file = path.relative(root, found.id).replaceAll('\\', '/')
        return ROOMS.some((room) => file.startsWith(room)) ? `${found.id}?mutation=${number}` : found
      },
      transform(_code, id) {
        const number = numberOf(id)
        const mutation = number === undefined ? undefined : plan.mutations[number]
        const file = path.relative(root, id.split('?')[0] ?? '').replaceAll('\\', '/')
        return mutation?.file === file ? { code: mutation.source, map: null } : undefined
      },
    },
  ],
  test: {
    include: ['test/fields/mutants.ts'],
    testNamePattern: new RegExp(plan.pattern),
    env: { TZ: 'UTC', REFUND_DESK_FIELDS_PLAN: process.env['REFUND_DESK_FIELDS_PLAN'] ?? '' },
    environment: 'node',
    pool: 'forks',
    // A mutated program may wait for what never comes; the same test on the true sources is done within a second.
    testTimeout: 8000,
    // The same number is another mutation in the next run.
    fsModuleCache: false,
  },
})

function numberOf(id: string): number | undefined {
  const number = /\?mutation=(\d+)$/.exec(id)?.[1]
  return number === undefined ? undefined : Number(number)
}
