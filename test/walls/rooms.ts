import { isBuiltin } from 'node:module'
import path from 'node:path'
import type { Import } from './source-file'

/** The wall table of docs/architecture.md: what each room may import. */
interface Room {
  readonly name: string
  readonly holds: (file: string) => boolean
  readonly mayImport: (target: string, one: Import) => boolean
}

const under =
  (...folders: readonly string[]) =>
  (file: string): boolean =>
    folders.some((folder) => file === folder || file.startsWith(`${folder}/`))

const schemaLibrary = 'valibot'
const corePackages = new Set([
  '@hyunbinseo/holidays-kr',
  'better-sqlite3',
  'undici',
  'csv-parse',
  'iconv-lite',
  schemaLibrary,
])
const pagePackage =
  /^(react|react-dom|@mantine\/[\w-]+|@tabler\/icons-react|@tanstack\/react-[\w-]+|i18next|react-i18next|pretendard)(\/|$)/

// The core's port and its thread's file are all that the shell may know of the core.
const corePort = under('src/main/core/port')

export const rooms: readonly Room[] = [
  {
    name: 'domain',
    holds: under('src/domain'),
    mayImport: (target) => under('src/domain')(target) || target === schemaLibrary,
  },
  {
    name: 'contract',
    holds: under('src/contract'),
    mayImport: (target) => under('src/contract', 'src/domain')(target) || target === schemaLibrary,
  },
  {
    name: 'preload',
    holds: under('src/preload'),
    mayImport: (target, one) =>
      target === 'electron' ||
      target === 'src/contract/names' ||
      under('src/preload')(target) ||
      (one.typeOnly && under('src/contract')(target)),
  },
  {
    name: 'renderer',
    holds: under('src/renderer'),
    mayImport: (target) => under('src/renderer', 'src/contract', 'src/domain')(target) || pagePackage.test(target),
  },
  {
    name: 'main/core',
    holds: under('src/main/core'),
    mayImport: (target) =>
      under('src/main/core', 'src/domain', 'src/contract')(target) || isNodeModule(target) || isCorePackage(target),
  },
  {
    name: 'main/shell',
    holds: under('src/main/shell'),
    mayImport: (target) =>
      under('src/main/shell', 'src/contract')(target) ||
      corePort(target) ||
      target === 'electron' ||
      target === schemaLibrary ||
      isNodeModule(target),
  },
  {
    name: 'main (composition root)',
    holds: under('src/main/index.ts'),
    mayImport: (target) =>
      under('src/main/shell', 'src/contract')(target) ||
      corePort(target) ||
      target === 'electron' ||
      isNodeModule(target),
  },
  {
    name: 'practice',
    holds: under('src/practice'),
    mayImport: (target) => under('src/practice')(target) || isNodeModule(target),
  },
]

// The prefix is asked for, so that a package can never stand in for one of Node's modules.
function isNodeModule(target: string): boolean {
  return target.startsWith('node:') && isBuiltin(target)
}

function isCorePackage(target: string): boolean {
  return corePackages.has(/^(@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? '')
}

/** Where an import leads: a path from the project root without its ending, or a package's name as written. */
export function targetOf(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) {
    return specifier
  }
  return path.posix.join(path.posix.dirname(file), specifier).replace(/\.(ts|tsx|js)$/, '')
}
