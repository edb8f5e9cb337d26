import { readCoverage } from './coverage.mjs'
import { makeMutations } from './mutations.mjs'

/**
 * What one run of `vitest.config.ts` is told. Mutations are named by their place; the place behind the last one is the
 * true source.
 *
 * @typedef {{
 *   readonly mutations: readonly { readonly file: string, readonly source: string }[],
 *   readonly suites: readonly { readonly number: number, readonly file: string }[],
 *   readonly pattern: string,
 * }} Plan
 *
 * @typedef {{ readonly status: string, readonly name: string }} Result
 */

/** Which tests must see which mutation. Throws where a mutation and the document do not belong together. */
export function makeTasks() {
  const rows = new Map(readCoverage().map((row) => [row.key, row]))
  return makeMutations().map((mutation) => {
    const row = rows.get(mutation.row)
    if (row === undefined) throw new Error(`docs/pg-coverage.md has no row ${mutation.row}`)
    return { mutation, tests: row.tests }
  })
}

/** @returns {Plan} */
export function planOf(tasks) {
  const truth = tasks.length
  const all = [...tasks.entries(), [truth, { tests: tasks.flatMap(({ tests }) => tests) }]]
  return {
    mutations: tasks.map(({ mutation: { file, source } }) => ({ file, source })),
    suites: all.flatMap(([number, { tests }]) =>
      [...new Set(tests.map(({ file }) => file))].map((file) => ({ number, file })),
    ),
    pattern: [
      '^\\d+ \\S+ > cannot be loaded',
      ...all.flatMap(([number, { tests }]) => [...new Set(tests.map((test) => `^${escaped(nameOf(number, test))}$`))]),
    ].join('|'),
  }
}

/** The name under which `mutants.ts` runs a test. */
const nameOf = (number, { file, suite, title }) => `${number} ${file} > ${suite} > ${title}`
const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * Which mutations were seen, which survived, and what went wrong with the proof itself.
 *
 * @param {ReturnType<typeof makeTasks>} tasks
 * @param {readonly Result[]} results
 * @returns {{ readonly lines: readonly { readonly text: string, readonly seen: boolean }[], readonly troubles: readonly string[] }}
 */
export function judge(tasks, results) {
  const statuses = new Map(results.map(({ name, status }) => [name, status]))
  const troubles = results
    .filter(({ name, status }) => status === 'passed' && / cannot be loaded: /.test(name))
    .map(({ name }) => `${tasks[Number(name.split(' ')[0])]?.mutation.row ?? 'the true source'}: ${name}`)
  for (const test of new Set(tasks.flatMap(({ tests }) => tests))) {
    const name = nameOf(tasks.length, test)
    if (statuses.get(name) !== 'passed')
      troubles.push(`${statuses.get(name) ?? 'not found'} on the true sources: ${name}`)
  }
  const seen = (number, tests) => tests.some((test) => statuses.get(nameOf(number, test)) === 'failed')
  return {
    lines: tasks.map(({ mutation, tests }, number) => ({
      text: `${mutation.row} ${mutation.how}`,
      seen: seen(number, tests),
    })),
    troubles: [...new Set(troubles)],
  }
}
