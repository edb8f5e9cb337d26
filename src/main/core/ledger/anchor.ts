import { createHash } from 'node:crypto'
import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import * as v from 'valibot'
import type { Ledger } from './open-ledger'

/**
 * The anchor lies beside the ledger and names the newest line of the audit log. A ledger without that line was put back
 * to an older state. It is written after the commit only, so a power cut leaves an anchor that is older than the ledger,
 * never a newer one.
 */
const AnchorSchema = v.object({
  ledgerId: v.string(),
  seq: v.number(),
  hash: v.string(),
  atMs: v.number(),
  /** Digest of the file when it was closed in order; absent while it is open and after a crash. */
  closed: v.exactOptional(v.string()),
})
type Anchor = v.InferOutput<typeof AnchorSchema>

const ANCHOR_EVERY_MS = 1000

export function anchorFileOf(ledgerFile: string): string {
  return path.join(path.dirname(ledgerFile), `${path.basename(ledgerFile, '.db')}.anchor`)
}

/** Null without an anchor that can be read: its renaming is not forced to the disk, so a power cut may lose it. */
export function readAnchor(ledgerFile: string): Anchor | null {
  try {
    const anchor = v.safeParse(AnchorSchema, JSON.parse(readFileSync(anchorFileOf(ledgerFile), 'utf8')))
    return anchor.success ? anchor.output : null
  } catch {
    // Missing or cut short: an older state can then not be told, which is no reason to refuse the ledger.
    return null
  }
}

function writeAnchor(ledgerFile: string, anchor: Anchor): void {
  const file = anchorFileOf(ledgerFile)
  writeFileSync(`${file}.new`, JSON.stringify(anchor), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Whether this ledger's anchor names a line that the ledger lacks. */
export function isRolledBack(db: Database, ledgerId: string, anchor: Anchor | null): boolean {
  if (anchor === null || anchor.ledgerId !== ledgerId || anchor.seq === 0) return false
  const line = db.prepare('SELECT 1 FROM audit WHERE seq = ? AND hash = ?')
  return line.get(anchor.seq, Buffer.from(anchor.hash, 'hex')) === undefined
}

const PIECE_BYTES = 1024 * 1024

function digestOf(file: string): string {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(PIECE_BYTES)
  const handle = openSync(file, 'r')
  try {
    for (let size = readSync(handle, piece); size > 0; size = readSync(handle, piece)) {
      hash.update(piece.subarray(0, size))
    }
  } finally {
    closeSync(handle)
  }
  return hash.digest('hex')
}

/**
 * Writes the digest of a closed ledger into its anchor. A changed byte in an amount breaks no page and no index; only
 * this tells it. To be called after the ledger was closed in order: a log beside it means that it was not.
 */
export function sealClosed(ledgerFile: string): void {
  const anchor = readAnchor(ledgerFile)
  if (anchor === null || existsSync(`${ledgerFile}-wal`)) return
  try {
    writeAnchor(ledgerFile, { ...anchor, closed: digestOf(ledgerFile) })
  } catch {
    // Without the seal the next start has the other examinations.
  }
}

/**
 * Whether the file is the one that was closed in order; 'none' where nobody closed it, as after a crash. Called before
 * SQLite opens it: its locks end with our handle.
 */
export function sealOf(ledgerFile: string, anchor: Anchor | null): 'whole' | 'broken' | 'none' {
  if (anchor?.closed === undefined || existsSync(`${ledgerFile}-wal`)) return 'none'
  return anchor.closed === digestOf(ledgerFile) ? 'whole' : 'broken'
}

/** Takes the seal off a file that is about to change. */
export function unseal(ledgerFile: string): void {
  const anchor = readAnchor(ledgerFile)
  if (anchor?.closed === undefined) return
  const { closed: _, ...rest } = anchor
  writeAnchor(ledgerFile, rest)
}

export interface AnchorKeeper {
  /** Writes the last anchor; to be called before the ledger is closed. */
  stop(): void
}

/** Keeps the anchor at the ledger's newest audit line: now, at most once a second after commits, and at the end. */
export function keepAnchor(ledger: Ledger): AnchorKeeper {
  let written = ''
  let timer: ReturnType<typeof setTimeout> | null = null

  const write = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    try {
      const { seq, hash } = ledger.read(() => ledger.audit.head())
      if (hash === written) return
      writeAnchor(ledger.file, { ledgerId: ledger.ledgerId, seq, hash, atMs: ledger.nowMs() })
      written = hash
    } catch {
      // A full disk or a ledger that was given up: the older anchor stays, and it is true as well.
    }
  }

  write()
  ledger.whenCommitted(() => {
    timer ??= setTimeout(write, ANCHOR_EVERY_MS)
  })
  return { stop: write }
}
