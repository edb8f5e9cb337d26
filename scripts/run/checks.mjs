import { run, toolPath } from './program.mjs'

const typeProjects = ['tsconfig.domain.json', 'tsconfig.main.json', 'tsconfig.renderer.json', 'tsconfig.json']

/** Every room against its own walls of types first, then everything together with the tests. */
export async function checkTypes() {
  let worst = 0
  for (const project of typeProjects) {
    const code = await run(process.execPath, [toolPath('typescript', 'tsc'), '--noEmit', '-p', project])
    worst = Math.max(worst, code)
  }
  return worst
}

export function checkFormat() {
  return run(process.execPath, [toolPath('oxfmt'), '--check'])
}

export function checkLint() {
  return run(process.execPath, [toolPath('oxlint'), '--type-aware', '--report-unused-disable-directives'])
}

/** Files, exports and packages that nothing uses. */
export function checkUnused() {
  return run(process.execPath, [toolPath('knip'), '--no-progress'])
}
