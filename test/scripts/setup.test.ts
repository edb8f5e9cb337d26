import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dependenciesOutOfDate } from '../../scripts/setup/dependencies.mjs'
import { skipsOfficialAttempt, unpackRepack } from '../../scripts/setup/electron-runtime.mjs'
import { missingOptionalPackages } from '../../scripts/setup/lock.mjs'
import { debianPackagesFor, missingLibraries, wantedTools } from '../../scripts/setup/system-libraries.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'refund-desk-setup-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('node_modules', () => {
  const lock = {
    packages: {
      '': { name: 'refund-desk' },
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/of-another-platform': { version: '2.0.0', integrity: 'sha512-b', optional: true },
    },
  }
  const installedA = { version: '1.0.0', integrity: 'sha512-a' }

  test('are up to date when npm left the locked versions, without packages of other platforms', () => {
    expect(dependenciesOutOfDate(lock, { packages: { 'node_modules/a': installedA } })).toBeNull()
  })

  test('are up to date when the lock knows a version but not its content', () => {
    const unseen = { packages: { 'node_modules/a': { version: '1.0.0', optional: true } } }
    expect(dependenciesOutOfDate(unseen, { packages: { 'node_modules/a': installedA } })).toBeNull()
  })

  test('are out of date when they are missing', () => {
    expect(dependenciesOutOfDate(lock, null)).toBe('node_modules is missing')
  })

  test.each([
    [{}, 'node_modules/a is missing'],
    [{ 'node_modules/a': { ...installedA, version: '0.9.0' } }, 'node_modules/a is 0.9.0, wanted 1.0.0'],
    [{ 'node_modules/a': { ...installedA, integrity: 'sha512-x' } }, 'node_modules/a is 1.0.0, wanted 1.0.0'],
    [{ 'node_modules/a': installedA, 'node_modules/old': installedA }, 'node_modules/old is not in package-lock.json'],
  ])('are out of date when they differ from the lock file: %o', (packages, reason) => {
    expect(dependenciesOutOfDate(lock, { packages })).toBe(reason)
  })
})

describe('the lock file', () => {
  test('holds the packages of every platform, since npm ci refuses one with holes', () => {
    const file = path.resolve(import.meta.dirname, '../../package-lock.json')
    const lock: unknown = JSON.parse(readFileSync(file, 'utf8'))
    expect(missingOptionalPackages(lock), 'run: node scripts/complete-lock.mjs').toEqual({})
  })

  test('is completed with the platform that a package is named after', () => {
    const lock = {
      packages: {
        '': {},
        'node_modules/tool': {
          dev: true,
          optionalDependencies: {
            '@tool/linux-x64-musl': '1.0.0',
            '@tool/darwin-arm64': '1.0.0',
            '@tool/here': '1.0.0',
          },
        },
        'node_modules/@tool/here': { version: '1.0.0' },
      },
    }
    expect(missingOptionalPackages(lock)).toEqual({
      'node_modules/@tool/linux-x64-musl': {
        version: '1.0.0',
        os: ['linux'],
        cpu: ['x64'],
        libc: ['musl'],
        dev: true,
        optional: true,
      },
      'node_modules/@tool/darwin-arm64': {
        version: '1.0.0',
        os: ['darwin'],
        cpu: ['arm64'],
        dev: true,
        optional: true,
      },
    })
  })
})

describe('the system libraries', () => {
  test('that ldd does not find are named once each', () => {
    const output = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibgtk-3.so.0 => not found',
      '\tlibnss3.so => not found',
      '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)',
      '\tlibnss3.so => not found',
    ].join('\n')
    expect(missingLibraries(output)).toEqual(['libgtk-3.so.0', 'libnss3.so'])
  })

  test('that are all found ask for nothing', () => {
    expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6 (0x00007f)')).toEqual([])
    expect(debianPackagesFor({ libraries: [], tools: [], koreanFont: true })).toEqual([])
  })

  test('become exactly the Debian packages that bring them', () => {
    const missing = {
      libraries: ['libgtk-3.so.0', 'libatk-1.0.so.0', 'libnspr4.so', 'libasound.so.2', 'libgbm.so.1'],
      tools: ['Xvfb', 'xvfb-run', 'xauth', 'strace'],
      koreanFont: false,
    }
    expect(debianPackagesFor(missing)).toEqual([
      'libgtk-3-0',
      'libnss3',
      'libasound2',
      'libgbm1',
      'xvfb',
      'xauth',
      'strace',
      'fonts-noto-cjk',
    ])
  })

  test('come with a virtual display only where there is none, and with strace only for the tests', () => {
    expect(wantedTools({ display: true, tracer: false })).toEqual([])
    expect(wantedTools({ display: true, tracer: true })).toEqual(['strace'])
    expect(wantedTools({ display: false, tracer: false })).toEqual(['Xvfb', 'xvfb-run', 'xauth'])
  })

  test('that are on no list ask for all library packages and nothing else', () => {
    expect(debianPackagesFor({ libraries: ['libodd.so.7'], tools: [], koreanFont: true })).toEqual([
      'libgtk-3-0',
      'libnss3',
      'libasound2',
      'libgbm1',
    ])
  })
})

describe('the unofficial repack', () => {
  test('is refused before anything is unpacked when its sha512 differs, and is removed', async () => {
    const tarball = path.join(folder, 'repack.tgz')
    writeFileSync(tarball, 'not what was promised')
    const target = mkdtempSync(path.join(folder, 'target-'))

    await expect(unpackRepack(tarball, target)).rejects.toThrow('it was not unpacked')
    expect(readdirSync(target)).toEqual([])
    expect(existsSync(tarball)).toBe(false)
  })

  test('reaches the unpacking only with the right sha512', async () => {
    const tarball = path.join(folder, 'repack.tgz')
    writeFileSync(tarball, 'no tarball, but the promised bytes')
    const sha512 = createHash('sha512').update('no tarball, but the promised bytes').digest('base64')

    await expect(unpackRepack(tarball, folder, sha512)).rejects.toThrow('could not be unpacked')
  })
})

describe('a failed download of the official Electron', () => {
  const failure = { version: '45.4.1', reason: 'ENOTFOUND', failedAtMs: 1_000_000 }
  const sixHoursMs = 6 * 60 * 60 * 1000

  test('is remembered for six hours, to the millisecond', () => {
    expect(skipsOfficialAttempt(failure, '45.4.1', failure.failedAtMs + sixHoursMs - 1)).toBe(true)
    expect(skipsOfficialAttempt(failure, '45.4.1', failure.failedAtMs + sixHoursMs)).toBe(false)
  })

  test('is tried again for another version, after a deleted memory, or when the clock was set back', () => {
    expect(skipsOfficialAttempt(failure, '45.4.2', failure.failedAtMs)).toBe(false)
    expect(skipsOfficialAttempt(null, '45.4.1', failure.failedAtMs)).toBe(false)
    expect(skipsOfficialAttempt(failure, '45.4.1', failure.failedAtMs - 1)).toBe(false)
  })
})
