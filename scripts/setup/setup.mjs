import { ensureDependencies } from './dependencies.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { SetupTrouble } from './say.mjs'
import { ensureSystemLibraries } from './system-libraries.mjs'

/**
 * Sets up what is missing, silently when nothing is; returns the path of the Electron executable. `tracer`: with the
 * tool of the fault campaign, which nobody needs who only opens the program.
 */
export async function setUp({ tracer = false } = {}) {
  ensureDependencies()
  const executable = await ensureElectron()
  ensureSystemLibraries(executable, { tracer })
  return executable
}

/** Runs a command's main function; trouble a person can act on ends with exit 1 and no stack. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    if (!(error instanceof SetupTrouble)) {
      throw error
    }
    process.stderr.write(`\nset-up: ${error.message}\n`)
    process.exitCode = 1
  }
}
