import { FILE_BYTES_MAX } from '../../contract/channels'
import { fail, ok, type Result } from '../../domain/result'
import type { Problem } from '../../domain/problem'

const MEGABYTE = 1024 * 1024

export interface DroppedFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Reads a dropped file; refuses one that is too large before a byte of it is read. Problems: file-too-large, file-wrong-kind. */
export async function readDroppedFile(file: File): Promise<Result<DroppedFile, Problem>> {
  if (file.size > FILE_BYTES_MAX) {
    return fail({
      code: 'file-too-large',
      values: { megabytes: Math.ceil(file.size / MEGABYTE), max: FILE_BYTES_MAX / MEGABYTE },
    })
  }
  try {
    return ok({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
  } catch {
    // A dropped folder, or a file that was moved away meanwhile, cannot be read.
    return fail({ code: 'file-wrong-kind' })
  }
}

/** Files among what is dragged, also before it is dropped. */
export function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer !== null && Array.from(transfer.types).includes('Files')
}
