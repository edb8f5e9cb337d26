import type { IncomingMessage } from 'node:http'

/** No request of this protocol comes near this size. */
const BODY_BYTES_MAX = 64 * 1024
/** The control surface takes scenarios, which may be longer. */
export const CONTROL_BODY_BYTES_MAX = 4 * 1024 * 1024

export type Fields = Readonly<Record<string, unknown>>

/** Reads the whole body, or nothing when it is longer than allowed. */
export async function readBody(request: IncomingMessage, bytesMax = BODY_BYTES_MAX): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length
    if (size <= bytesMax) pieces.push(piece)
  }
  return size <= bytesMax ? Buffer.concat(pieces) : undefined
}

/** Fields of a JSON or a form body; nothing when the body is neither. */
export function readFields(body: Buffer, contentType: string | undefined): Fields | undefined {
  const text = body.toString('utf8')
  if (text.trim() === '') return {}
  if (contentType?.startsWith('application/x-www-form-urlencoded') === true)
    return Object.fromEntries(new URLSearchParams(text))
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
  } catch {
    // The caller answers 400: what is wrong with the text is the client's affair.
    return undefined
  }
}
