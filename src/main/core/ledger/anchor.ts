import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as v from 'valibot'
import type { Ledger } from './open-ledger'

/**
 * The anchor lies beside the ledger and names the newest line of the audit log. A ledger without that line was put back
 * to an older state. It is written after the commit only, so a power cut leaves an anchor that is older than the ledger,
 * never a newer one.
 */
const AnchorSchema = v.object({ ledgerId: v.string(), seq: v.number(), hash: v.string(), atMs: v.number() })
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

/** Whether the ledger lacks the line that its anchor names. */
export function isRolledBack(ledger: Pick<Ledger, 'sql' | 'ledgerId'>, anchor: Anchor | null): boolean {
  if (anchor === null || anchor.ledgerId !== ledger.ledgerId || anchor.seq === 0) return false
  return (
    ledger.sql('SELECT 1 FROM audit WHERE seq = ? AND hash = ?').get(anchor.seq, Buffer.from(anchor.hash, 'hex')) ===
    undefined
  )
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
      const file = anchorFileOf(ledger.file)
      const anchor: Anchor = { ledgerId: ledger.ledgerId, seq, hash, atMs: ledger.nowMs() }
      writeFileSync(`${file}.new`, JSON.stringify(anchor), { mode: 0o600 })
      renameSync(`${file}.new`, file)
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
