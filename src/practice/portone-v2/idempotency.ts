import { createHash } from 'node:crypto'
import { failed, type V2Answer } from './answer'
import type { KeptAnswer, V2Books } from './books-part'

/** "Guaranteed for three hours, may change later." */
export const KEY_LIFE_MS = 3 * 60 * 60 * 1000
const LENGTH_MIN = 16
const LENGTH_MAX = 256

/** A key with the request that it was sent with. */
export interface RequestKey {
  readonly key: string
  readonly mark: string
}

/**
 * The key inside a structured-field string (RFC 8941): printable ASCII in double quotes, 16 to 256 characters of it.
 * Returns nothing where it is anything else. PortOne documents the form and not what happens to another one.
 */
export function parseKey(header: string): string | undefined {
  if (!/^"(?:[ !#-[\]-~]|\\["\\])*"$/.test(header)) return undefined
  const key = header.slice(1, -1).replaceAll(/\\(["\\])/g, '$1')
  return key.length >= LENGTH_MIN && key.length <= LENGTH_MAX ? key : undefined
}

/**
 * Sixteen bits tell two requests apart, and fit so many account numbers that the books give none away.
 */
export function markOf(method: string, path: string, body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([method, path, body]))
    .digest('hex')
    .slice(0, 4)
}

/** Kept for `answer` from now on. */
export const keepFor = (key: RequestKey | null, answer: V2Answer, atMs: number): KeptAnswer | null =>
  key === null ? null : { ...key, atMs, answer }

/**
 * The answer that this key stands for, if it is not too old: the same again, even where the truth has moved on since.
 * Another request under the same key is forbidden by the documentation, which names no answer; 400 is the practice
 * PG's guess (the IETF draft that PortOne points to says 422).
 */
export function replayOf(books: V2Books, { key, mark }: RequestKey, nowMs: number): V2Answer | undefined {
  const kept = books.v2KeptAnswer(key)
  if (kept === undefined || nowMs - kept.atMs >= KEY_LIFE_MS) return undefined
  return kept.mark === mark ? kept.answer : failed('INVALID_REQUEST', '같은 멱등 키로 다른 요청을 보낼 수 없습니다.')
}

/** Keys whose first request is not answered yet; it dies with the process, as the requests do. */
export interface RunningKeys {
  /** Gives back how to end it, or nothing when it runs already. */
  begin(key: string): (() => void) | undefined
}

export function createRunningKeys(): RunningKeys {
  const running = new Set<string>()
  return {
    begin(key) {
      if (running.has(key)) return undefined
      running.add(key)
      return () => running.delete(key)
    },
  }
}

export const outstanding = (): V2Answer =>
  failed('IDEMPOTENCY_OUTSTANDING_REQUEST', '같은 멱등 키의 요청이 처리 중입니다.')
