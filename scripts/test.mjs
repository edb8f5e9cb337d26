import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build } from './run/build.mjs'
import { checkFormat, checkLint, checkTypes, checkUnused } from './run/checks.mjs'
import { e2e } from './run/e2e.mjs'
import { fault } from './run/fault.mjs'
import { closingLine, judgeSkips, testsOfPlaywright, testsOfVitest } from './run/tally.mjs'
import { unit } from './run/unit.mjs'
import { projectRoot, readJson, runtimeDir } from './setup/project.mjs'
import { runMain, setUp } from './setup/setup.mjs'

const reportsDir = path.join(runtimeDir, 'reports')
const unitReport = path.join(reportsDir, 'unit.json')
const e2eReport = path.join(reportsDir, 'e2e.json')
const faultReport = path.join(reportsDir, 'fault.json')

// Colours are for a terminal; a log keeps plain lines.
if (!process.stdout.isTTY) {
  process.env.NO_COLOR = '1'
}

// Everything runs to the end, so that one run shows all there is to mend; only a missing build stops the windows.
await runMain(async () => {
  const troubles = []
  const tests = []

  const executable = await step('set-up', () => setUp({ tracer: true }))
  rmSync(reportsDir, { recursive: true, force: true })
  mkdirSync(reportsDir, { recursive: true })
  const before = gitStatus()

  await check('format', checkFormat)
  await check('lint', checkLint)
  await check('types', checkTypes)
  await check('unused', checkUnused)

  const unitArgs = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`, '--allowOnly=false']
  const unitCode = await step('unit and integration', () => unit(executable, unitArgs))
  gather('unit and integration', unitCode, unitReport, (report) => testsOfVitest(report, projectRoot))

  const faultCode = await step('faults, short form', () => fault(executable, ['--short', '--report', faultReport]))
  gather('faults, short form', faultCode, faultReport, (report) => report)

  if (await check('build', () => build(executable))) {
    const env = { REFUND_DESK_E2E_JSON: e2eReport }
    const e2eCode = await step('end to end', () => e2e(['--forbid-only'], env))
    gather('end to end', e2eCode, e2eReport, (report) => testsOfPlaywright(report, 'test/e2e'))
  }

  heading('summary')
  for (const test of tests.filter(({ outcome }) => outcome === 'skipped')) {
    console.log(`skipped: ${test.name}${test.reason === null ? '' : ` (${test.reason})`}`)
  }
  const allowedSkips = readJson(path.join(projectRoot, 'test/skips.json'))
  if (allowedSkips === null) {
    troubles.push('test/skips.json is missing or unreadable')
  }
  // A suite that did not run leaves its listed tests unfound, which is already a trouble of its own.
  const complete = troubles.every((trouble) => !trouble.endsWith('left no report') && !trouble.startsWith('build'))
  if (complete) {
    troubles.push(...judgeSkips(tests, allowedSkips ?? []))
  }
  if (gitStatus() !== before) {
    troubles.push('the run changed the git tree')
  }
  for (const trouble of troubles) {
    console.log(`FAILED: ${trouble}`)
  }
  const failed = tests.some(({ outcome }) => outcome === 'failed') || troubles.length > 0
  console.log(closingLine(tests, troubles.length))
  return failed ? 1 : 0

  async function check(name, work) {
    const code = await step(name, work)
    if (code !== 0) {
      troubles.push(`${name} (exit code ${code})`)
    }
    return code === 0
  }

  function gather(name, code, file, read) {
    const report = readJson(file)
    if (report === null) {
      troubles.push(`${name} left no report`)
      return
    }
    const found = read(report)
    tests.push(...found)
    if (found.length === 0) {
      troubles.push(`${name} ran no test`)
    } else if (code !== 0 && !found.some(({ outcome }) => outcome === 'failed')) {
      troubles.push(`${name} failed outside of its tests (exit code ${code})`)
    }
  }
})

async function step(name, work) {
  heading(name)
  const startedMs = Date.now()
  const result = await work()
  console.log(`-- ${name}: ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
  return result
}

function heading(name) {
  console.log(`\n== ${name} ==`)
}

function gitStatus() {
  const result = spawnSync('git', ['status', '--porcelain'], { cwd: projectRoot, encoding: 'utf8' })
  return result.status === 0 ? result.stdout : ''
}
