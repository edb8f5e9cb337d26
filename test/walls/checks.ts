import { rooms, targetOf } from './rooms'
import type { ReadSource } from './source-file'

/** Lines above which a file must be split, or be listed with the reason why it is not. */
export const linesMax = 400

const forbiddenFolders = new Set(['utils', 'common', 'shared', 'helpers'])

// One name, one home: each of these decides something about safety, so it is read in a single place.
const singleHomes: readonly { readonly name: string; readonly home: RegExp }[] = [
  { name: 'ipcMain', home: /^src\/main\/shell\/ipc\/register\.ts$/ },
  { name: 'safeStorage', home: /^src\/main\/shell\/vault[^/]*(\.ts$|\/)/ },
  { name: 'BrowserWindow', home: /^src\/main\/shell\/windows[^/]*(\.ts$|\/)/ },
  { name: 'refundDesk', home: /^src\/renderer\/bridge\// },
]

const ledgerHome = /^src\/main\/core\/ledger\//
const sqlText =
  /^\s*(SELECT\s+[\w*("]|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(TABLE|INDEX|UNIQUE|TRIGGER)\b|DROP\s+(TABLE|INDEX)\b|PRAGMA\s+\w)/

const portoneHome = /^src\/(main\/core\/pg\/portone-v[12]|practice)\//
const kiccHome = /^src\/(main\/core\/pg\/kicc|practice)\//
const pgWords: readonly { readonly word: RegExp; readonly home: RegExp }[] = [
  {
    word: /\b(imp_uid|imp_key|imp_secret|merchant_uid|pg_tid|pg_provider|cancel_history|cancel_amount|cancel_reason|cancelled_at|refund_holder|refund_bank|refund_account|refund_tel|extra_requester)\b/,
    home: portoneHome,
  },
  { word: /\b(pgCno|shopTransactionId|reviseTypeCode|cancelReqDate|refundQueryFlag|msgAuthValue)\b/, home: kiccHome },
]

/** Every rule that is judged file by file; a sentence for each violation, none when all is well. */
export function violationsOf(source: ReadSource): string[] {
  return [...importViolations(source), ...placeViolations(source), ...homeViolations(source)].map(
    (what) => `${source.path}: ${what}`,
  )
}

function importViolations(source: ReadSource): string[] {
  const room = rooms.find(({ holds }) => holds(source.path))
  if (room === undefined) {
    return ['is in no room of the wall table']
  }
  const found: string[] = []
  for (const one of source.imports) {
    const target = targetOf(source.path, one.specifier)
    if (!room.mayImport(target, one)) {
      found.push(`${room.name} may not import ${one.specifier}`)
    }
    if (target === 'electron' && one.whole) {
      found.push('takes the whole of electron: import its parts by name')
    }
    if (target === 'better-sqlite3' && !ledgerHome.test(source.path)) {
      found.push('better-sqlite3 belongs in core/ledger')
    }
    const from = featureOf(source.path)
    const to = featureOf(target)
    if (from !== null && to !== null && from !== to) {
      found.push(`feature ${from} imports feature ${to}`)
    }
  }
  return found
}

function featureOf(file: string): string | null {
  return /^src\/renderer\/features\/([^/]+)/.exec(file)?.[1] ?? null
}

function placeViolations(source: ReadSource): string[] {
  const found: string[] = []
  const folder = source.path.split('/').find((part) => forbiddenFolders.has(part))
  if (folder !== undefined) {
    found.push(`a thing without a room: no folder is called ${folder}`)
  }
  const statements = source.program.body
  const reExports = statements.filter(
    (one) => one.type === 'ExportAllDeclaration' || (one.type === 'ExportNamedDeclaration' && one.source !== null),
  )
  if (statements.length > 0 && reExports.length === statements.length) {
    found.push('is a barrel file')
  }
  return found
}

function homeViolations(source: ReadSource): string[] {
  const found: string[] = []
  for (const { name, home } of singleHomes) {
    const spoken = source.names.has(name) || (name !== 'refundDesk' && source.texts.includes(name))
    if (spoken && !home.test(source.path)) {
      found.push(`${name} has one home, and this is not it`)
    }
  }
  if (!ledgerHome.test(source.path)) {
    if (source.methodCalls.has('prepare')) {
      found.push('.prepare() belongs in core/ledger')
    }
    const sql = source.texts.find((text) => sqlText.test(text))
    if (sql !== undefined) {
      found.push(`SQL belongs in core/ledger: ${sql.trim().slice(0, 40)}`)
    }
  }
  for (const { word, home } of pgWords) {
    if (home.test(source.path)) {
      continue
    }
    const spoken = [...source.names, ...source.texts].find((text) => word.test(text))
    if (spoken !== undefined) {
      found.push(`${word.exec(spoken)?.[0] ?? ''} is a PG's own word and stays in that PG's folder`)
    }
  }
  return found
}

/** Files that are too long without a listed reason, and listed files that are gone or short again. */
export function lengthViolations(
  sources: readonly Pick<ReadSource, 'path' | 'lines'>[],
  allowed: Readonly<Record<string, string>>,
): string[] {
  const tooLong = sources.filter(({ lines }) => lines > linesMax)
  return [
    ...tooLong
      .filter((source) => !Object.hasOwn(allowed, source.path))
      .map((source) => `${source.path}: ${source.lines} lines, at most ${linesMax} without a listed reason`),
    ...Object.keys(allowed)
      .filter((file) => !tooLong.some((source) => source.path === file))
      .map((file) => `${file}: listed as long, but it is not`),
  ]
}
