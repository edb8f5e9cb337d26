import { build } from './run/build.mjs'
import { runInElectronNode } from './run/program.mjs'
import { runMain, setUp } from './setup/setup.mjs'

await runMain(async () => {
  const executable = await setUp()
  const code = await build(executable)
  return code === 0 ? runInElectronNode(executable, ['out/main/practice.js', ...process.argv.slice(2)]) : code
})
