import path from 'node:path'
import { projectRoot } from '../setup/project.mjs'
import { runInElectronNode } from './program.mjs'

/** Unit and integration tests in Electron's own Node; `args` go to vitest. */
export function unit(executable, args) {
  return runInElectronNode(executable, [path.join(projectRoot, 'node_modules/vitest/vitest.mjs'), 'run', ...args])
}
