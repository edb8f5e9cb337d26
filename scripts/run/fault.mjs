import path from 'node:path'
import { bundleWithout, GUARDS, ONE_MIGRATION_MORE, SHORT_GUARDS } from '../../test/fault/guards-off.mjs'
import { bundleForFaults } from './fault-bundle.mjs'
import { runInElectronNode } from './program.mjs'

const desk = 'test/fault/desk-process.ts'
const sim = 'test/fault/sim/worker.ts'

/** The fault campaign in Electron's own Node; `args` go to test/fault/main.ts. */
export async function fault(executable, args) {
  const main = await bundleForFaults('campaign', 'test/fault/main.ts')
  await bundleForFaults('desk', desk)
  await bundleForFaults('desk-newer', desk, ONE_MIGRATION_MORE)
  await bundleForFaults('sim', sim)
  const all = args.includes('--guards-off')
  for (const guard of GUARDS) {
    const name = bundleWithout(guard)
    if (all || (args.includes('--short') && SHORT_GUARDS.includes(name))) {
      await bundleForFaults(name, guard.fault === 'SIM' ? sim : desk, guard.mutations)
    }
  }
  return runInElectronNode(executable, [main, '--bundles', path.dirname(main), ...args])
}
