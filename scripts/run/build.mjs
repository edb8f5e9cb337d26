import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '../setup/project.mjs'
import { run, toolPath } from './program.mjs'

const outDir = path.join(projectRoot, 'out')
const stampFile = path.join(outDir, 'build-stamp')
const inputs = ['src', 'electron.vite.config.ts', 'package-lock.json', 'tsconfig.base.json', 'tsconfig.json']

/** Fingerprint of everything the build reads: names, sizes and times of change, so that a removed file counts too. */
export function fingerprint(root, names) {
  const hash = createHash('sha256')
  const visit = (name) => {
    const file = path.join(root, name)
    if (!existsSync(file)) {
      return
    }
    const stat = statSync(file)
    if (stat.isDirectory()) {
      for (const entry of readdirSync(file).toSorted()) {
        visit(path.join(name, entry))
      }
      return
    }
    hash.update(`${name}\0${stat.size}\0${stat.mtimeMs}\n`)
  }
  names.forEach(visit)
  return hash.digest('hex')
}

/** Builds the program into out/ when a source changed since; resolves with an exit code. */
export async function build(executable) {
  const wanted = fingerprint(projectRoot, inputs)
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) {
    return 0
  }
  rmSync(outDir, { recursive: true, force: true })
  const version = readFileSync(path.join(path.dirname(executable), 'version'), 'utf8')
    .trim()
    .replace(/^v/, '')
  const result = await run(process.execPath, [toolPath('electron-vite'), 'build', '--logLevel', 'warn'], {
    env: {
      // electron-vite would otherwise look for the electron package's own download.
      ELECTRON_EXEC_PATH: executable,
      ELECTRON_MAJOR_VER: version.split('.')[0],
      NODE_ENV: 'production',
    },
  })
  if (result === 0) {
    mkdirSync(outDir, { recursive: true })
    writeFileSync(stampFile, wanted)
  }
  return result
}
