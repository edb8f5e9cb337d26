import { createHash } from 'node:crypto'

import type { Problem } from '../../../domain/problem'
import { ok, type Result } from '../../../domain/result'
import { decodeSlices, type DecodedText, type Encoding } from './decode-text'
import { TABLE_LIMITS, tableSlices, type HeaderScore, type Table } from './read-table'
import type { Sliced } from './slices'

export type Newline = '\r\n' | '\n' | '\r'

/** A file as a table, with what is needed to write a result in the same shape. */
export interface OpenedTable extends Omit<DecodedText, 'text'>, Table {
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string
  readonly newline: Newline
}

const HASH_SLICE_BYTES = 4 * 1024 * 1024

/** Problems: those of decodeText and readTable. */
export function* openTable(
  bytes: Uint8Array,
  encoding: Encoding | 'auto',
  headerScore: HeaderScore,
): Sliced<Result<OpenedTable, Problem>> {
  const decoded = yield* decodeSlices(bytes, encoding)
  if (!decoded.ok) return decoded
  const { text, ...file } = decoded.value
  const table = yield* tableSlices(text, TABLE_LIMITS, headerScore)
  if (!table.ok) return table
  return ok({
    ...file,
    ...table.value,
    sha256: yield* hash(bytes),
    newline: (/\r\n|\n|\r/u.exec(text)?.[0] as Newline | undefined) ?? '\n',
  })
}

function* hash(bytes: Uint8Array): Sliced<string> {
  const sum = createHash('sha256')
  for (let from = 0; from < bytes.length; from += HASH_SLICE_BYTES) {
    sum.update(bytes.subarray(from, from + HASH_SLICE_BYTES))
    yield
  }
  return sum.digest('hex')
}
