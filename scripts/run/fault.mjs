import path from 'node:path'
import { GUARDS, ONE_MIGRATION_MORE } from '../../test/fault/guards-off.mjs'
import { bundleForFaults } from './fault-bundle.mjs'
import { runInElectronNode } from './program.mjs'

const desk = 'test/fault/desk-process.ts'

/** The fault campaign in Electron's own Node; `args` go to test/fault/main.ts. */
export async function fault(executable, args) {
  const main = await bundleForFaults('campaign', 'test/fault/main.ts')
  await bundleForFaults('desk', desk)
  await bundleForFaults('desk-newer', desk, ONE_MIGRATION_MORE)
  for (const { id, mutations } of GUARDS) {
    await bundleForFaults(`desk-without-${id}`, desk, mutations)
  }
  return runInElectronNode(executable, [main, '--bundles', path.dirname(main), ...args])
}
