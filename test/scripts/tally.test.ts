import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { fingerprint } from '../../scripts/run/build.mjs'
import { closingLine, judgeSkips, testsOfPlaywright, testsOfVitest } from '../../scripts/run/tally.mjs'

const vitestReport = {
  testResults: [
    {
      name: '/project/test/domain/money.test.ts',
      assertionResults: [
        { ancestorTitles: ['won'], title: 'refuses a fraction', status: 'passed' },
        { ancestorTitles: [], title: 'is whole', status: 'failed' },
        { ancestorTitles: [], title: 'is for later', status: 'todo' },
      ],
    },
  ],
}

const playwrightReport = {
  suites: [
    {
      title: 'start.e2e.ts',
      specs: [
        { title: 'opens', file: 'start.e2e.ts', tests: [{ status: 'expected', annotations: [] }] },
        { title: 'flickers', file: 'start.e2e.ts', tests: [{ status: 'flaky', annotations: [] }] },
      ],
      suites: [
        {
          title: 'the sandbox',
          specs: [
            {
              title: 'holds',
              file: 'start.e2e.ts',
              tests: [{ status: 'skipped', annotations: [{ type: 'skip', description: 'the kernel refuses' }] }],
            },
          ],
        },
      ],
    },
  ],
}

const skipped = 'test/e2e/start.e2e.ts > the sandbox > holds'

describe('the tally of a run', () => {
  const tests = [...testsOfVitest(vitestReport, '/project'), ...testsOfPlaywright(playwrightReport, 'test/e2e')]

  test('names every test by its file and titles', () => {
    expect(tests.map(({ name }) => name)).toEqual([
      'test/domain/money.test.ts > won > refuses a fraction',
      'test/domain/money.test.ts > is whole',
      'test/domain/money.test.ts > is for later',
      'test/e2e/start.e2e.ts > opens',
      'test/e2e/start.e2e.ts > flickers',
      skipped,
    ])
  })

  test('counts a flaky test as failed and a test for later as skipped', () => {
    expect(closingLine(tests, 0)).toBe('2 passed, 2 failed, 2 skipped')
  })

  test('counts a failed check beside the tests', () => {
    expect(closingLine([], 1)).toBe('0 passed, 1 failed, 0 skipped')
  })
})

describe('a skipped test', () => {
  const one = [{ name: skipped, outcome: 'skipped', reason: 'the kernel refuses' }]

  test('fails the run when it is not on the list', () => {
    expect(judgeSkips(one, [])).toEqual([`skipped without being listed in test/skips.json: ${skipped}`])
  })

  test('passes with a listed reason', () => {
    expect(judgeSkips(one, [{ name: skipped, reason: 'needs user namespaces' }])).toEqual([])
  })

  test('passes with its whole group, but not with a name that only begins like it', () => {
    const reason = 'needs user namespaces'
    expect(judgeSkips(one, [{ name: 'test/e2e/start.e2e.ts > the sandbox', reason }])).toEqual([])
    expect(judgeSkips(one, [{ name: 'test/e2e/start.e2e.ts > the sand', reason }])).toHaveLength(2)
  })

  test('needs a reason, and the list names no test that is gone', () => {
    expect(judgeSkips(one, [{ name: skipped, reason: ' ' }])).toHaveLength(1)
    expect(judgeSkips([], [{ name: skipped, reason: 'needs user namespaces' }])).toHaveLength(1)
  })
})

test('a build is out of date when a source is added, changed or removed, and only then', () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'refund-desk-build-'))
  try {
    const now = () => fingerprint(root, ['.'])
    writeFileSync(path.join(root, 'a.ts'), 'a')
    const first = now()
    expect(now()).toBe(first)

    utimesSync(path.join(root, 'a.ts'), 1, 1)
    const touched = now()
    expect(touched).not.toBe(first)

    writeFileSync(path.join(root, 'b.ts'), 'b')
    expect(now()).not.toBe(touched)
    rmSync(path.join(root, 'b.ts'))
    expect(now()).toBe(touched)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
