import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** Everything the set-up makes lies here and may be deleted at any time. */
export const runtimeDir = path.join(projectRoot, '.runtime')

/** Holds the absolute path of the Electron executable; other tools read it. */
export const electronPathFile = path.join(runtimeDir, 'electron-path')

/** Reads a JSON file; `null` where it is missing or not JSON (an interrupted write is the same as none). */
export function readJson(file) {
  if (!existsSync(file)) {
    return null
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** Root needs `--no-sandbox`: Chromium refuses to start its sandbox as root. */
export function isRoot() {
  return process.getuid?.() === 0
}
