import { ensureDependencies } from './dependencies.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { SetupTrouble } from './say.mjs'
import { ensureSystemLibraries } from './system-libraries.mjs'

/** Sets up what is missing, silently when nothing is; returns the path of the Electron executable. */
export async function setUp() {
  ensureDependencies()
  const executable = await ensureElectron()
  ensureSystemLibraries(executable)
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
