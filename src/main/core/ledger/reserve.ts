import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'
import { randomBytes } from 'node:crypto'

const RESERVE_BYTES = 16 * 1024 * 1024
const PIECE_BYTES = 1024 * 1024

export function reserveFileOf(ledgerFile: string): string {
  return path.join(path.dirname(ledgerFile), `${path.basename(ledgerFile, '.db')}.reserve`)
}

/** Room on the disk that is kept for one thing: to record what a PG answered when nothing else fits any more. */
export interface Reserve {
  /** Makes the reserve where it is missing. False when there is no room for it. */
  hold(): boolean
  /** Gives the room back. False when there was none. */
  free(): boolean
}

export function createReserve(ledgerFile: string): Reserve {
  const file = reserveFileOf(ledgerFile)
  let held = false
  return {
    hold() {
      held ||= isWhole(file) || fill(file)
      return held
    },
    free() {
      const had = isWhole(file)
      held = false
      rmSync(file, { force: true })
      return had
    },
  }
}

function isWhole(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.size === RESERVE_BYTES
}

function fill(file: string): boolean {
  const fresh = `${file}.new`
  try {
    const handle = openSync(fresh, 'w', 0o600)
    try {
      // Random bytes, since some file systems store a run of zeros as nothing.
      const piece = randomBytes(PIECE_BYTES)
      for (let size = 0; size < RESERVE_BYTES; size += piece.length) writeWhole(handle, piece)
    } finally {
      closeSync(handle)
    }
    renameSync(fresh, file)
    return true
  } catch {
    // No room, or a folder that cannot be written: either way there is nothing to rely on.
    rmSync(fresh, { force: true })
    return false
  }
}

function writeWhole(handle: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) written += writeSync(handle, bytes, written)
}
