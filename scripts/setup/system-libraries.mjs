import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { isRoot } from './project.mjs'
import { say, SetupTrouble } from './say.mjs'

// Debian package that brings each library; one that is in none of these lists came along with all four in every trial.
const packageOfLibrary = [
  [/^lib(gtk|gdk|glib|gobject|gio|atk|atspi|cairo|pango|X|xkbcommon|dbus|cups)/, 'libgtk-3-0'],
  [/^lib(nss|smime3|nspr4|plc4|plds4)/, 'libnss3'],
  [/^libasound/, 'libasound2'],
  [/^lib(gbm|drm|xcb|expat)/, 'libgbm1'],
]

const packageOfTool = { Xvfb: 'xvfb', 'xvfb-run': 'xvfb', xauth: 'xauth', strace: 'strace' }
// What the program's own tests and the demo need where no display exists, and a Korean font for readable pictures.
const displayTools = ['Xvfb', 'xvfb-run', 'xauth']
const koreanFontPackage = 'fonts-noto-cjk'

/** Names of the libraries that `ldd` could not find. */
export function missingLibraries(lddOutput) {
  const names = new Set()
  for (const line of lddOutput.split('\n')) {
    const match = /^\s*(\S+) => not found/.exec(line)
    if (match !== null) {
      names.add(match[1])
    }
  }
  return [...names]
}

/** Names of the tools that must be on the path. */
export function wantedTools({ display, tracer }) {
  return [...(display ? [] : displayTools), ...(tracer ? ['strace'] : [])]
}

/** Exactly the Debian packages that bring what is missing. */
export function debianPackagesFor({ libraries, tools, koreanFont }) {
  const packages = new Set()
  for (const library of libraries) {
    const known = packageOfLibrary.filter(([pattern]) => pattern.test(library))
    for (const [, name] of known.length > 0 ? known : packageOfLibrary) {
      packages.add(name)
    }
  }
  for (const tool of tools) {
    packages.add(packageOfTool[tool])
  }
  if (!koreanFont) {
    packages.add(koreanFontPackage)
  }
  return [...packages]
}

/** Whether windows can open without a virtual display. */
export function hasDisplay(env = process.env) {
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** Looks for what the executable and a virtual display need on Linux, and installs it where that is possible. */
export function ensureSystemLibraries(executable, { tracer }) {
  if (process.platform !== 'linux') {
    return
  }
  const missing = lookForMissing(executable, tracer)
  if (missing === null) {
    return
  }
  if (!isDebianFamily()) {
    throw new SetupTrouble(`these are missing on this system, please install them: ${named(missing)}`)
  }
  const packages = debianPackagesFor(missing)
  const names = availableNames(packages)
  if (!isRoot()) {
    throw new SetupTrouble(
      `system packages are missing. Please run:\n  sudo apt-get update && sudo apt-get install -y ${names.join(' ')}`,
    )
  }
  say(`installing system packages: ${names.join(' ')}`)
  install(packages)
  const still = lookForMissing(executable, tracer)
  if (still !== null) {
    throw new SetupTrouble(`still missing after the installation: ${named(still)}`)
  }
}

function named({ libraries, tools, koreanFont }) {
  return [...libraries, ...tools, ...(koreanFont ? [] : ['a Korean font'])].join(', ')
}

function lookForMissing(executable, tracer) {
  const ldd = spawnSync('ldd', [executable], { encoding: 'utf8' })
  if (ldd.error) {
    throw new SetupTrouble('ldd is missing: the libraries of this system cannot be looked at.')
  }
  const libraries = missingLibraries(ldd.stdout)
  const wanted = wantedTools({ display: hasDisplay(), tracer })
  const tools = wanted.filter((tool) => !isOnPath(tool))
  const koreanFont = hasDisplay() || hasKoreanFont()
  return libraries.length === 0 && tools.length === 0 && koreanFont ? null : { libraries, tools, koreanFont }
}

function isOnPath(tool) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '')
  return folders.some((folder) => existsSync(path.join(folder, tool)))
}

function hasKoreanFont() {
  const listed = spawnSync('fc-list', [':lang=ko', 'family'], { encoding: 'utf8' })
  if (!listed.error && listed.status === 0) {
    return listed.stdout.trim() !== ''
  }
  const folder = '/usr/share/fonts/opentype/noto'
  return existsSync(folder) && readdirSync(folder).some((name) => name.includes('CJK'))
}

function isDebianFamily() {
  const file = '/etc/os-release'
  return existsSync(file) && /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync(file, 'utf8'))
}

// Ubuntu 24.04 renamed some libraries (64-bit time); the old name is then only a virtual one that apt cannot choose.
function availableNames(packages) {
  return packages.map((name) => {
    const policy = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' })
    const renamed = spawnSync('apt-cache', ['policy', `${name}t64`], { encoding: 'utf8' })
    const has = (result) => /Candidate: (?!\(none\))/.test(result.stdout ?? '')
    return !has(policy) && has(renamed) ? `${name}t64` : name
  })
}

function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (args) => spawnSync('apt-get', args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const update = run(['update', '-q'])
  // The names are looked up after the update: before it a bare machine knows of no package at all.
  const result = run(['install', '-y', '-q', '--no-install-recommends', ...availableNames(packages)])
  if (result.status !== 0) {
    throw new SetupTrouble(`apt-get failed:\n${update.stderr ?? ''}${result.stderr ?? ''}`)
  }
}
