import type { KeyObject } from 'node:crypto'
import { assert } from '../../../domain/result'
import {
  canonicalDetail,
  CHAIN_START,
  headSeal,
  lineHash,
  sameHash,
  type AuditDetail,
  type AuditHead,
  type AuditLine,
} from './chain'

/**
 * The hash-chained log. Every line carries the HMAC of its content and of the line before; the newest line is repeated,
 * sealed, in the ledger's head. A flipped, removed, swapped or cut-off line is found without any outside help.
 * Limit: someone who puts back a whole older copy of the ledger file, head included, is only found by comparing with a
 * head that left this computer, which is why the head stands on approval sheets and exports.
 */
export interface Audit {
  /** Adds a line; to be called inside a unit of work, so that the line and the deed stand or fall together. */
  append(entry: {
    readonly who: string
    readonly action: string
    readonly subject: string
    readonly detail: AuditDetail
  }): void
  /** Lines from the newest back. */
  list(offset: number, limit: number): { readonly total: number; readonly lines: readonly AuditLineView[] }
  /** Number and hash of the newest line, as hex: what is printed on paper. */
  head(): { readonly seq: number; readonly hash: string }
  /** Reads the whole chain at once. */
  verify(): AuditVerdict
  /** The same in slices: between two steps the caller may let other work in. */
  verifyInSlices(linesPerSlice?: number): Generator<{ readonly checked: number }, AuditVerdict>
  /** Whether the head fits the newest line: cheap enough for every start. */
  headFits(): boolean
}

export interface AuditLineView {
  readonly seq: number
  readonly atMs: number
  readonly who: string
  readonly action: string
  readonly subject: string
  readonly detail: string
  readonly hash: string
}

export interface AuditVerdict {
  readonly entries: number
  readonly intact: boolean
  /** The first line that does not fit; one past the newest line when the end was cut off. */
  readonly brokenAtSeq: number | null
  readonly head: string
}

/** What the log needs of the ledger's tables. */
export interface AuditStore {
  newest(): AuditLine | null
  after(seq: number, limit: number): readonly AuditLine[]
  page(offset: number, limit: number): readonly AuditLine[]
  count(): number
  insert(line: AuditLine): void
  readHead(): { readonly head: AuditHead; readonly seal: Uint8Array } | null
  writeHead(head: AuditHead, seal: Uint8Array): void
  assertWriting(): void
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

function viewOf({ seq, atMs, who, action, subject, detail, hash }: AuditLine): AuditLineView {
  return { seq, atMs, who, action, subject, detail, hash: hex(hash) }
}

/** Seals the head of an empty log. From then on a ledger without a head is one that lost it. */
export function startChain(store: Pick<AuditStore, 'writeHead'>, key: KeyObject): void {
  store.writeHead(CHAIN_START, headSeal(key, CHAIN_START))
}

/** `broken` makes the error to throw when a line would have to be added to a chain that does not end in its head. */
export function createAudit(options: {
  readonly store: AuditStore
  readonly key: KeyObject
  readonly nowMs: () => number
  readonly broken: (detail: string) => Error
}): Audit {
  const { store, key, nowMs, broken } = options

  const sealedHead = (): AuditHead | null => {
    const kept = store.readHead()
    if (kept === null) return null
    return sameHash(headSeal(key, kept.head), kept.seal) ? kept.head : null
  }

  const endsIn = (head: AuditHead | null, newest: AuditHead | null): boolean => {
    const end = newest ?? CHAIN_START
    return head !== null && head.seq === end.seq && sameHash(head.hash, end.hash)
  }

  function* verifyInSlices(linesPerSlice = 2000): Generator<{ readonly checked: number }, AuditVerdict> {
    assert(linesPerSlice > 0, 'a slice has at least one line')
    let last = CHAIN_START
    const verdict = (brokenAtSeq: number | null): AuditVerdict => ({
      entries: store.count(),
      intact: brokenAtSeq === null,
      brokenAtSeq,
      head: hex(last.hash),
    })
    for (;;) {
      const lines = store.after(last.seq, linesPerSlice)
      for (const line of lines) {
        const follows = line.seq === last.seq + 1 && sameHash(line.previousHash, last.hash)
        if (!follows || !sameHash(lineHash(key, line), line.hash)) return verdict(last.seq + 1)
        last = { seq: line.seq, hash: line.hash }
      }
      if (lines.length < linesPerSlice) {
        return verdict(endsIn(sealedHead(), last) ? null : last.seq + 1)
      }
      yield { checked: last.seq }
    }
  }

  return {
    append(entry) {
      store.assertWriting()
      const newest = store.newest()
      // Adding to a cut-off chain would cover the cut with a fresh, valid head.
      if (!endsIn(sealedHead(), newest)) throw broken('the audit log does not end in its head')
      const previous = newest ?? CHAIN_START
      const content = {
        seq: previous.seq + 1,
        atMs: nowMs(),
        who: entry.who,
        action: entry.action,
        subject: entry.subject,
        detail: canonicalDetail(entry.detail),
        previousHash: previous.hash,
      }
      const line = { ...content, hash: lineHash(key, content) }
      store.insert(line)
      store.writeHead(line, headSeal(key, line))
    },

    list(offset, limit) {
      return { total: store.count(), lines: store.page(offset, limit).map(viewOf) }
    },

    head() {
      const newest = store.newest() ?? CHAIN_START
      return { seq: newest.seq, hash: hex(newest.hash) }
    },

    verify() {
      const slices = verifyInSlices()
      let step = slices.next()
      while (step.done !== true) step = slices.next()
      return step.value
    },

    verifyInSlices,

    headFits() {
      return endsIn(sealedHead(), store.newest())
    },
  }
}
