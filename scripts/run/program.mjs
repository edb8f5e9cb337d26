import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isRoot, projectRoot } from '../setup/project.mjs'
import { say } from '../setup/say.mjs'
import { hasDisplay } from '../setup/system-libraries.mjs'

/** A command line of a package in node_modules, by the file its package.json names. */
export function toolPath(packageName, bin = packageName) {
  const folder = path.join(projectRoot, 'node_modules', packageName)
  const { bin: bins } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  return path.join(folder, typeof bins === 'string' ? bins : bins[bin])
}

/** Runs a program in the project root with this terminal and resolves with its exit code (128 + n for a signal n). */
export function run(command, args, { env = {}, capture = false } = {}) {
  const child = spawn(command, args, {
    cwd: projectRoot,
    // A key set to undefined is left out.
    env: Object.fromEntries(Object.entries({ ...process.env, ...env }).filter(([, value]) => value !== undefined)),
    stdio: ['inherit', capture ? 'pipe' : 'inherit', 'inherit'],
  })
  const stop = (signal) => child.kill(signal)
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text) => (output += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      resolve({ code: code ?? (signal === null ? 1 : 143), output })
    })
  }).then((result) => (capture ? result : result.code))
}

/** Runs a JavaScript file in Electron's own Node: the Node that the program has, whatever this machine's is. */
export function runInElectronNode(executable, args, env = {}) {
  return run(executable, args, { env: { ELECTRON_RUN_AS_NODE: '1', ...env } })
}

/** Command line that gives a program a virtual display where there is none. */
export function onDisplay(command, args) {
  return hasDisplay() ? [command, args] : ['xvfb-run', ['-a', '-s', '-screen 0 1440x900x24', command, ...args]]
}

/** Arguments that open the program from this folder; root is told that the sandbox is off. */
export function programArguments() {
  if (!isRoot()) {
    return [projectRoot]
  }
  say('running as root: Chromium cannot use its sandbox, so --no-sandbox is passed')
  return [projectRoot, '--no-sandbox']
}

/** What to type where this system lets no ordinary user make a sandbox, else `null`. */
export function sandboxHint(executable) {
  const restricted = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns'
  if (isRoot() || !existsSync(restricted) || readFileSync(restricted, 'utf8').trim() !== '1') {
    return null
  }
  const helper = path.join(path.dirname(executable), 'chrome-sandbox')
  return `this system restricts Chromium's sandbox; if no window opens:\n  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`
}
