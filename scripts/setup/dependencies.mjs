import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { projectRoot, readJson } from './project.mjs'
import { say, SetupTrouble } from './say.mjs'

/**
 * Says why node_modules does not fit package-lock.json, or `null` when it does.
 * Compares with the list npm itself leaves in node_modules, so a half-finished install counts as out of date.
 */
export function dependenciesOutOfDate(lock, installed) {
  if (installed === null) {
    return 'node_modules is missing'
  }
  for (const [place, wanted] of Object.entries(lock.packages)) {
    if (place === '' || wanted.link) {
      continue
    }
    const found = installed.packages?.[place]
    if (found === undefined) {
      // An optional package of another platform is rightly absent.
      if (wanted.optional) {
        continue
      }
      return `${place} is missing`
    }
    // A package of another platform may stand in the lock without integrity (see lock.mjs).
    const otherContent = wanted.integrity !== undefined && found.integrity !== wanted.integrity
    if (found.version !== wanted.version || otherContent) {
      return `${place} is ${found.version}, wanted ${wanted.version}`
    }
  }
  for (const place of Object.keys(installed.packages ?? {})) {
    if (lock.packages[place] === undefined) {
      return `${place} is not in package-lock.json`
    }
  }
  return null
}

/** Installs the packages of package-lock.json when node_modules does not fit it. */
export function ensureDependencies(root = projectRoot) {
  const lock = readJson(path.join(root, 'package-lock.json'))
  if (lock === null) {
    throw new SetupTrouble('package-lock.json is missing or unreadable.')
  }
  const reason = dependenciesOutOfDate(lock, readJson(path.join(root, 'node_modules/.package-lock.json')))
  if (reason === null) {
    return
  }
  say(`installing packages (${reason})`)
  const windows = process.platform === 'win32'
  // EBADENGINE warnings are expected: the packages run in Electron's Node, not in this one.
  const result = spawnSync('npm', ['ci', '--loglevel=error', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    encoding: 'utf8',
    shell: windows,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (result.status !== 0) {
    throw new SetupTrouble(`npm ci failed:\n${result.stderr || result.stdout || result.error?.message || ''}`)
  }
}
