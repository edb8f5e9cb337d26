import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { FILE_BYTES_MAX } from '../../contract/channels'
import type { NamedBytes } from '../core/port'
import { fail, ok, systemCodeOf, type Answer } from './answer'
import { writeDurably } from './durable-file'

const MEGABYTE = 1024 * 1024

/**
 * Reads a file that the person chose. Size and kind are taken from the open handle, so that nobody can exchange the
 * file in between; no more than the limit is read even if it grows.
 * Problems: file-too-large (values: megabytes, max), file-wrong-kind (a folder, a device), not-found.
 */
export async function readChosenFile(path: string, bytesMax = FILE_BYTES_MAX): Promise<Answer<NamedBytes>> {
  try {
    const file = await open(path, 'r')
    try {
      const stat = await file.stat()
      if (!stat.isFile()) return fail('file-wrong-kind')
      if (stat.size > bytesMax) return tooLarge(stat.size, bytesMax)
      const bytes = new Uint8Array(stat.size)
      let read = 0
      while (read < bytes.length) {
        const { bytesRead } = await file.read(bytes, read, bytes.length - read, read)
        if (bytesRead === 0) break
        read += bytesRead
      }
      return ok({ name: basename(path), bytes: bytes.subarray(0, read) })
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = systemCodeOf(error)
    if (code === null) throw error
    return fail(code === 'EISDIR' ? 'file-wrong-kind' : 'not-found')
  }
}

function tooLarge(bytes: number, bytesMax: number): Answer<never> {
  return fail('file-too-large', { megabytes: Math.ceil(bytes / MEGABYTE), max: bytesMax / MEGABYTE })
}

/** Saves a file where the person said. Problems: disk-full, file-not-saved. */
export function saveChosenFile(path: string, bytes: Uint8Array): Answer<{ readonly fileName: string }> {
  try {
    // Readable for the person's colleagues as any exported file would be.
    writeDurably(path, bytes, 0o644)
    return ok({ fileName: basename(path) })
  } catch (error) {
    const code = systemCodeOf(error)
    if (code === null) throw error
    return fail(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'file-not-saved')
  }
}
