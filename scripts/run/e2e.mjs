import { onDisplay, run, toolPath } from './program.mjs'

/** Tests in a real window, on a virtual display where there is none; `args` go to Playwright. */
export function e2e(args, env = {}) {
  const [command, commandArgs] = onDisplay(process.execPath, [
    toolPath('@playwright/test', 'playwright'),
    'test',
    ...args,
  ])
  return run(command, commandArgs, { env: { ELECTRON_RUN_AS_NODE: undefined, ...env } })
}
