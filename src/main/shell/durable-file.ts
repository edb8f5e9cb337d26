import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a file so that after a crash or a power cut either the old content or the whole new content is there: a new
 * file beside it, forced to the disk, then renamed over it. Throws what the system says; the old file stays then.
 */
export function writeDurably(path: string, content: Uint8Array | string, mode = 0o600): void {
  const folder = dirname(path)
  const fresh = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}`)
  try {
    // `wx`: a file or link that somebody put in this place must not be followed.
    const file = openSync(fresh, 'wx', mode)
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
      let written = 0
      while (written < bytes.length) written += writeSync(file, bytes, written)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(fresh, path)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
  syncFolder(folder)
}

/** The new name itself must reach the disk as well. Windows cannot open a folder, and does not need it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
