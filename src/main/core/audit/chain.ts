import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto'

/** Plain facts about an action: counts, sums, codes. Never an account, a phone number, a secret. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>

/** One line of the log as it is stored; `detail` is canonical JSON. */
export interface AuditLine {
  readonly seq: number
  readonly atMs: number
  readonly who: string
  readonly action: string
  readonly subject: string
  readonly detail: string
  readonly previousHash: Uint8Array
  readonly hash: Uint8Array
}

/** Where the chain ends: kept beside the log under a seal of its own, so that cutting off the tail is noticed. */
export interface AuditHead {
  readonly seq: number
  readonly hash: Uint8Array
}

/** What the first line follows. */
export const CHAIN_START: AuditHead = { seq: 0, hash: new Uint8Array(32) }

/** The same facts always give the same bytes, whatever the order in which they were put together. */
export function canonicalDetail(detail: AuditDetail): string {
  const names = Object.keys(detail).toSorted()
  for (const name of names) {
    const value = detail[name]
    if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`audit detail ${name} is ${value}`)
  }
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, detail[name]])))
}

/** HMAC-SHA256 over the previous hash and every field: without the key nobody can make a line that fits. */
export function lineHash(key: KeyObject, line: Omit<AuditLine, 'hash'>): Buffer {
  return createHmac('sha256', key)
    .update('line')
    .update(line.previousHash)
    .update(JSON.stringify([line.seq, line.atMs, line.who, line.action, line.subject, line.detail]))
    .digest()
}

/** The head's seal: a head without it was written by someone who does not hold the key. */
export function headSeal(key: KeyObject, head: AuditHead): Buffer {
  return createHmac('sha256', key).update('head').update(`${head.seq}:`).update(head.hash).digest()
}

export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.byteLength === other.byteLength && timingSafeEqual(one, other)
}
