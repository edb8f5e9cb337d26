import path from 'node:path'
import { bundleForFaults } from './fault-bundle.mjs'
import { runInElectronNode } from './program.mjs'

/** The fault campaign in Electron's own Node; `args` go to test/fault/main.ts. */
export async function fault(executable, args) {
  const main = await bundleForFaults('campaign', 'test/fault/main.ts')
  await bundleForFaults('desk', 'test/fault/desk-process.ts')
  return runInElectronNode(executable, [main, '--bundles', path.dirname(main), ...args])
}
