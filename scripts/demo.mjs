import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { build } from './run/build.mjs'
import { onDisplay, run, toolPath } from './run/program.mjs'
import { runtimeDir } from './setup/project.mjs'
import { runMain, setUp } from './setup/setup.mjs'

// The practice journey in the real window, told line by line; the pictures lie in .runtime/demo.
await runMain(async () => {
  const executable = await setUp()
  const code = await build(executable)
  if (code !== 0) {
    return code
  }
  const pictures = path.join(runtimeDir, 'demo')
  mkdirSync(pictures, { recursive: true })
  const [command, args] = onDisplay(process.execPath, [
    toolPath('@playwright/test', 'playwright'),
    'test',
    '--config',
    'playwright.demo.config.ts',
  ])
  return run(command, args, { env: { ELECTRON_RUN_AS_NODE: undefined, REFUND_DESK_DEMO_PICTURES: pictures } })
})
