import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCoverage } from './coverage.mjs'
import { makeMutations } from './mutations.mjs'
import { makeTasks, judge, planOf } from './plan.mjs'

const root = path.resolve(import.meta.dirname, '../..')

/** What is done to a field by what the document says of it. */
const DONE: Readonly<Record<string, readonly string[]>> = {
  sent: ['altered', 'dropped'],
  read: ['altered', 'dropped'],
  code: ['altered', 'never used'],
  'not sent': ['sent'],
  'not read': ['decides'],
}

describe('the mutations of the fields', () => {
  const mutations = makeMutations()

  test('still find their text in the sources, and change it', () => {
    expect(mutations.length).toBeGreaterThan(500)
    const same = mutations.filter(({ file, source }) => readFileSync(path.join(root, file), 'utf8') === source)
    expect(same).toEqual([])
  })

  test('are those of each row of the document, no more and no fewer', () => {
    const rows = readCoverage()
    expect(mutations.filter(({ row }) => rows.every(({ key }) => key !== row))).toEqual([])
    for (const { key, kind } of rows) {
      const done = mutations.filter(({ row }) => row === key).map(({ how }) => how)
      expect([...new Set(done)].toSorted(), key).toEqual(DONE[kind])
    }
  })
})

describe('the proof', () => {
  const tasks = makeTasks().filter(({ mutation }) => mutation.row.startsWith('kicc/BASKET_INFO.sellerId'))
  const nameOf = (number: number) => {
    const { file, suite, title } = tasks[0]?.tests[0] ?? expect.fail('no test')
    return `${number} ${file} > ${suite} > ${title}`
  }
  const results = (statuses: readonly string[]) => statuses.map((status, number) => ({ status, name: nameOf(number) }))

  test('names each test of each mutation, and each test on the true sources', () => {
    const { suites, pattern } = planOf(tasks)
    expect(suites.map(({ number }) => number)).toEqual([0, 1, 2])
    for (const number of [0, 1, 2]) expect(nameOf(number)).toMatch(new RegExp(pattern))
    expect(nameOf(3)).not.toMatch(new RegExp(pattern))
  })

  test('sees a test that fails, and a survivor', () => {
    const { lines, troubles } = judge(tasks, results(['failed', 'passed', 'passed']))
    expect(lines.map(({ seen }) => seen)).toEqual([true, false])
    expect(troubles).toEqual([])
  })

  test.each([
    ['that fails on the true sources', results(['failed', 'failed', 'failed'])],
    ['that does not run on the true sources', results(['failed', 'failed'])],
  ])('does not take a test %s', (_what, told) => {
    expect(judge(tasks, told).troubles).toHaveLength(1)
  })

  test('does not take a program that cannot be loaded', () => {
    const broken = { status: 'passed', name: '0 test/x.test.ts > cannot be loaded: SyntaxError' }
    expect(judge(tasks, [...results(['failed', 'failed', 'passed']), broken]).troubles).toHaveLength(1)
  })

  test(
    'really runs: one field of each PG is taken away and altered, and each time its test fails',
    { timeout: 60_000 },
    async () => {
      const rows = ['portone-v1/CANCEL_REQUEST.checksum', 'kicc/REVISE_REQUEST.pgCno', 'portone-v2/AMOUNT.discount']
      const code = `import(${JSON.stringify(`file://${root}/scripts/run/fields.mjs`)}).then(async ({ fields }) =>
        process.exit(await fields(process.execPath, ['--only', ${JSON.stringify(rows.join(','))}])))`
      // A test runner within a test runner: it must not take itself for a part of this one.
      const env = Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV$)/.test(name)),
      )
      const child = spawn(process.execPath, ['--input-type=module', '--eval', code], { env })
      let said = ''
      child.stdout.on('data', (text: Buffer) => (said += text.toString()))
      child.stderr.on('data', (text: Buffer) => (said += text.toString()))
      const [exitCode] = (await once(child, 'close')) as [number]
      expect(said).toContain('6 mutations, 6 seen, 0 survivors')
      expect(exitCode).toBe(0)
    },
  )
})
