import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { judge, makeTasks, planOf } from '../../test/fields/plan.mjs'
import { projectRoot } from '../setup/project.mjs'
import { runInElectronNode } from './program.mjs'

/**
 * Takes away and alters each field of docs/pg-coverage.md and sees the tests fail that its row names. `--only kicc/ANSWER`
 * takes the rows that begin so; several by commas.
 */
export async function fields(executable, args) {
  const only = args[0] === '--only' ? (args[1] ?? '').split(',') : ['']
  const tasks = makeTasks().filter(({ mutation }) => only.some((beginning) => mutation.row.startsWith(beginning)))
  const folder = mkdtempSync(path.join(os.tmpdir(), 'refund-desk-fields-'))
  try {
    const planFile = path.join(folder, 'plan.json')
    const report = path.join(folder, 'report.json')
    writeFileSync(planFile, JSON.stringify(planOf(tasks)))
    const vitest = path.join(projectRoot, 'node_modules/vitest/vitest.mjs')
    const config = path.join(projectRoot, 'test/fields/vitest.config.ts')
    // Tests fail here as they should, so the exit code says nothing; the report does.
    await runInElectronNode(
      executable,
      [vitest, 'run', '--config', config, '--reporter=json', `--outputFile.json=${report}`, '--silent'],
      { REFUND_DESK_FIELDS_PLAN: planFile },
    )
    const results = JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'passed' || status === 'failed')
        .map(({ status, ancestorTitles, title }) => ({ status, name: [...ancestorTitles, title].join(' > ') })),
    )
    const { lines, troubles } = judge(tasks, results)
    for (const { text, seen } of lines) console.log(`${seen ? 'seen' : 'SURVIVED'} ${text}`)
    for (const trouble of troubles) console.log(`FAILED: ${trouble}`)
    const seen = lines.filter((line) => line.seen).length
    console.log(`${lines.length} mutations, ${seen} seen, ${lines.length - seen} survivors`)
    return seen === lines.length && lines.length > 0 && troubles.length === 0 ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
