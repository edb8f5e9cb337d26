import { _electron } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sandboxTrouble } from './sandbox'

export const projectRoot = path.resolve(import.meta.dirname, '../../..')

/** The Electron that the set-up chose. */
export function electronExecutable(): string {
  return readFileSync(path.join(projectRoot, '.runtime/electron-path'), 'utf8').trim()
}

export interface LaunchOptions {
  /** The program's own folder for this test; nothing outside of it is written. */
  readonly dataDir: string
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** Another place of the program and its runtime, for runs as another user. */
  readonly executable?: string
  readonly programDir?: string
  readonly loader?: string
}

export interface LaunchedApp {
  readonly app: ElectronApplication
  /** The first window that the program opened. */
  readonly page: Page
}

/** Part of Playwright that makes the program wait until the test is attached. */
export const loaderFile = path.join(projectRoot, 'node_modules/playwright-core/lib/server/electron/loader.js')

/** Opens the built program in a real window. The caller closes it with `app.close()`. */
export async function launchApp(options: LaunchOptions): Promise<LaunchedApp> {
  const programDir = options.programDir ?? projectRoot
  const app = await _electron.launch({
    executablePath: options.executable ?? electronExecutable(),
    // Playwright's loader goes first: attaching while the first window navigates would hang the launch now and then.
    args: ['-r', options.loader ?? loaderFile, programDir, ...(options.args ?? [])],
    cwd: programDir,
    env: { ...inheritedEnv(), ...options.env, REFUND_DESK_DATA_DIR: options.dataDir },
    // Without this Playwright adds --no-sandbox by itself, and no test would ever see the sandbox.
    chromiumSandbox: options.executable !== undefined || sandboxTrouble() === null,
    timeout: 30_000,
  })
  return { app, page: await app.firstWindow() }
}

function inheritedEnv(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE',
  )
  return Object.fromEntries(entries)
}
