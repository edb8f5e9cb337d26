import iconv from 'iconv-lite'

import type { ENCODINGS } from '../../../contract/draft'
import { problem, type Problem } from '../../../domain/problem'
import { fail, ok, type Result } from '../../../domain/result'
import { looksBroken } from './misread-text'
import { runToEnd, type Sliced } from './slices'

export type Encoding = (typeof ENCODINGS)[number]

export interface DecodedText {
  /** Without the byte order mark. */
  readonly text: string
  readonly encoding: Encoding
  readonly hadBom: boolean
}

export const FILE_BYTES_MAX = 50 * 1024 * 1024
/** Decoded in about ten milliseconds on a slow machine. */
const SLICE_BYTES = 512 * 1024

const BOMS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

const ZIP = [0x50, 0x4b, 0x03, 0x04]
const OLE = [0xd0, 0xcf, 0x11, 0xe0]

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte)
}

/**
 * Bytes to text. Strict UTF-8 first, since CP949 can read almost anything; then CP949 by iconv-lite (the platform's
 * euc-kr decoder reads half of CP949 wrongly without an error). UTF-16 by its mark, or when asked for.
 * Problems: file-too-large, file-empty, file-spreadsheet, file-not-text, file-encoding-broken.
 */
export function decodeText(bytes: Uint8Array, wanted: Encoding | 'auto'): Result<DecodedText, Problem> {
  return runToEnd(decodeSlices(bytes, wanted))
}

export function* decodeSlices(bytes: Uint8Array, wanted: Encoding | 'auto'): Sliced<Result<DecodedText, Problem>> {
  if (bytes.length > FILE_BYTES_MAX) {
    return fail(
      problem('file-too-large', {
        megabytes: Math.ceil(bytes.length / 1024 / 1024),
        max: FILE_BYTES_MAX / 1024 / 1024,
      }),
    )
  }
  if (bytes.length === 0) return fail(problem('file-empty'))
  if (startsWith(bytes, ZIP) || startsWith(bytes, OLE)) return fail(problem('file-spreadsheet'))
  const mark = BOMS.find(([, bom]) => startsWith(bytes, bom))
  const body = mark === undefined ? bytes : bytes.subarray(mark[1].length)
  if (body.length === 0) return fail(problem('file-empty'))
  // A mark is the file's own word; a person who chose otherwise would only see a broken file.
  const encodings = mark === undefined ? candidates(wanted) : [mark[0]]
  if (!encodings.some(isUtf16) && body.includes(0)) return fail(problem('file-not-text'))
  for (const encoding of encodings) {
    const text = yield* decodeAs(encoding, body)
    if (text === null) continue
    yield
    if (text.includes('\0')) return fail(problem('file-not-text'))
    if (text.trim() === '') return fail(problem('file-empty'))
    if (isMarkup(text)) return fail(problem('file-spreadsheet'))
    yield
    if (looksBroken(text)) return fail(problem('file-encoding-broken', { encoding }))
    return ok({ text, encoding, hadBom: mark !== undefined })
  }
  return fail(problem('file-encoding-broken', { encoding: encodings[0] ?? 'utf-8' }))
}

function candidates(wanted: Encoding | 'auto'): readonly Encoding[] {
  return wanted === 'auto' ? ['utf-8', 'cp949'] : [wanted]
}

function isUtf16(encoding: Encoding): boolean {
  return encoding === 'utf-16le' || encoding === 'utf-16be'
}

/** Null where a byte does not fit the encoding. */
function* decodeAs(encoding: Encoding, bytes: Uint8Array): Sliced<string | null> {
  const decode = encoding === 'cp949' ? cp949Decoder() : strictDecoder(encoding)
  let text = ''
  for (let from = 0; from < bytes.length; from += SLICE_BYTES) {
    const isLast = from + SLICE_BYTES >= bytes.length
    const part = decode(bytes.subarray(from, from + SLICE_BYTES), isLast)
    if (part === null) return null
    text += part
    if (!isLast) yield
  }
  return text
}

type DecodePart = (bytes: Uint8Array, isLast: boolean) => string | null

function strictDecoder(encoding: Encoding): DecodePart {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  return (bytes, isLast) => {
    try {
      return decoder.decode(bytes, { stream: !isLast })
    } catch {
      // The only thing that a strict decoder throws about is bytes that do not fit.
      return null
    }
  }
}

/** CP949 has no code for U+FFFD, so that character can only mean bytes that did not fit. */
function cp949Decoder(): DecodePart {
  const decoder = iconv.getDecoder('cp949')
  return (bytes, isLast) => {
    const text =
      decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) +
      (isLast ? (decoder.end() ?? '') : '')
    return text.includes('\uFFFD') ? null : text
  }
}

/** Shops' admin pages save a web page, or spreadsheets save their own markup, under a table's name. */
function isMarkup(text: string): boolean {
  return /^\s*<(?:!doctype|html|head|meta|table|\?xml)/iu.test(text.slice(0, 500))
}
