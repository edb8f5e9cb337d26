import { build } from './run/build.mjs'
import { bundleForFaults } from './run/fault-bundle.mjs'
import { onDisplay, run } from './run/program.mjs'
import { runMain, setUp } from './setup/setup.mjs'

// The measurements live in bench/. Nothing is printed to stdout here, so that `--json` stays one JSON object.
await runMain(async () => {
  const executable = await setUp()
  const code = await build(executable)
  if (code !== 0) {
    return code
  }
  await bundleForFaults('bench-intent', 'bench/intent-desk.ts')
  const [command, args] = onDisplay(executable, ['bench/main.mjs', ...process.argv.slice(2)])
  return run(command, args, { env: { ELECTRON_RUN_AS_NODE: '1' } })
})
