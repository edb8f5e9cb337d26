import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { kstDay } from './clock'
import { createKiccLedger, isKiccEntry, type KiccBooks, type KiccEntry } from './kicc/ledger'
import type { KiccPayment } from './kicc/payment'
import type { PracticeCancel, PracticePayment } from './portone-v1/payment'
import { createV2Part, type V2Books, type V2Entry } from './portone-v2/books-part'
import type { V2Payment } from './portone-v2/payment'
import { sampleKiccShop } from './shop/sample-kicc'
import { sampleShop } from './shop/sample-shop'
import { sampleShopV2 } from './shop/sample-shop-v2'

/** What a cancel request said, less everything personal: of an account only its length and its last four digits stay. */
export interface CancelRequestNote {
  readonly impUid: string | null
  readonly merchantUid: string | null
  readonly amount: number | null
  readonly checksum: number | null
  readonly taxFree: number | null
  readonly vatAmount: number | null
  readonly reason: string | null
  readonly refundBank: string | null
  readonly refundAccountLength: number
  readonly refundAccountTail: string
  readonly hasRefundHolder: boolean
  readonly hasRefundTel: boolean
}

/**
 * What no client should ever do, noted even when it was refused.
 *
 * - `implicit_full_cancel`: a cancel was asked without a positive amount, which PortOne reads as "refund everything".
 * - `not_a_refund`: KICC was asked for a change that is no refund, such as "40", the full cancel.
 * - `unflagged_second_refund`: KICC was asked for a real-time refund of a payment whose last result is not known yet.
 * - `key_of_another_day`: a key of KICC was used again on another day, where it no longer keeps from paying twice.
 */
export type Alarm =
  | { readonly alarm: 'implicit_full_cancel'; readonly impUid: string | null; readonly atMs: number }
  | {
      readonly alarm: 'not_a_refund' | 'unflagged_second_refund' | 'key_of_another_day'
      readonly pgCno: string | null
      readonly atMs: number
    }

type Entry =
  | { readonly kind: 'books'; readonly format: 1; readonly today: string }
  | { readonly kind: 'opened'; readonly atMs: number }
  | { readonly kind: 'payment'; readonly payment: PracticePayment }
  | {
      readonly kind: 'cancel'
      readonly impUid: string
      readonly cancel: PracticeCancel
      readonly request: CancelRequestNote | null
    }
  | { readonly kind: 'alarm'; readonly alarm: Alarm }
  | { readonly kind: 'shown'; readonly impUid: string; readonly cancelId: string; readonly atMs: number }
  | { readonly kind: 'withdrawn'; readonly impUid: string; readonly cancelId: string; readonly atMs: number }
  | KiccEntry
  | V2Entry

/** A payment with everything that happened to it since. */
export interface Account {
  readonly payment: PracticePayment
  readonly cancels: readonly PracticeCancel[]
  readonly updatedAtMs: number
}

export interface CancelRecord {
  readonly impUid: string
  readonly cancelId: string
  readonly source: PracticeCancel['source']
  readonly amount: number
  readonly acceptedAtMs: number
  readonly request: CancelRequestNote | null
}

/**
 * The practice PG's own memory: an append-only file of JSON lines.
 * Every method that changes something returns only after the change is on the disk, so an answer that went out is
 * never forgotten, and an effect whose answer was lost is still there after a restart.
 */
export interface Books extends V2Books {
  /** The Seoul day that the sample shop was made for. */
  readonly today: string
  /** Grows with every change; lets a reader keep what it sorted. */
  readonly version: number
  account(impUid: string): Account | undefined
  /** All attempts with this order number, in the order they were booked. */
  accountsOfOrder(merchantUid: string): readonly Account[]
  accounts(): Iterable<Account>
  /** Cancels made since the books were opened first, withdrawn ones included. */
  cancelRecords(): readonly CancelRecord[]
  alarms(): readonly Alarm[]
  /** What belongs to KICC; everything else in here is PortOne's. */
  readonly kicc: KiccBooks
  addPayment(payment: PracticePayment): void
  addCancel(impUid: string, cancel: PracticeCancel, request: CancelRequestNote | null): void
  addAlarm(alarm: Alarm): void
  /** An asynchronous refund came into the history. */
  showCancel(impUid: string, cancelId: string, atMs: number): void
  /** An asynchronous refund was refused afterwards and never shows. */
  withdrawCancel(impUid: string, cancelId: string, atMs: number): void
  close(): void
}

export interface BooksOptions {
  readonly nowMs?: () => number
  /** What new books begin with; the sample shop of today if left out. */
  readonly payments?: readonly PracticePayment[]
  /** The same of KICC; none if only `payments` were given. */
  readonly kiccPayments?: readonly KiccPayment[]
  /** The same for V2; none where `payments` are given alone. */
  readonly v2Payments?: readonly V2Payment[]
}

/** Opens the books, or begins them with the sample shop. Throws when the file is damaged anywhere but at its torn end. */
export function createBooks(file: string, options: BooksOptions = {}): Books {
  const nowMs = options.nowMs ?? Date.now
  if (!existsSync(file)) beginBooks(file, kstDay(nowMs()), options)
  return openBooks(file, nowMs())
}

/** The day of the shop in these books, without opening them: a second opener would take them from their PG. */
export function shopDayOf(file: string): string | undefined {
  if (!existsSync(file)) return undefined
  const head = readEntries(file).entries[0]
  return head?.kind === 'books' ? head.today : undefined
}

/** KICC's part of these books as it stands, without opening them; what becomes due stays in this copy. */
export function readKiccBooks(file: string): KiccBooks {
  const ledger = createKiccLedger((entry) => ledger.apply(entry))
  for (const entry of readEntries(file).entries) if (isKiccEntry(entry)) ledger.apply(entry)
  return ledger.books
}

/** Writes to a side file first: books are either complete or not there. */
function beginBooks(file: string, today: string, options: BooksOptions): void {
  const { payments = sampleShop(today) } = options
  const { kiccPayments = options.payments === undefined ? sampleKiccShop(today) : [] } = options
  const { v2Payments = options.payments === undefined ? sampleShopV2(today) : [] } = options
  const entries: readonly Entry[] = [
    ...payments.map((payment): Entry => ({ kind: 'payment', payment })),
    ...kiccPayments.map((payment): Entry => ({ kind: 'kicc-payment', payment })),
    ...v2Payments.map((payment): Entry => ({ kind: 'v2-payment', payment })),
  ]
  mkdirSync(dirname(file), { recursive: true })
  const side = `${file}.new`
  const descriptor = openSync(side, 'w', 0o600)
  try {
    writeAll(descriptor, line({ kind: 'books', format: 1, today }))
    for (let start = 0; start < entries.length; start += 1000)
      writeAll(
        descriptor,
        entries
          .slice(start, start + 1000)
          .map(line)
          .join(''),
      )
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(side, file)
  syncFolder(dirname(file))
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder; there the rename itself is journalled.
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

const line = (entry: Entry): string => `${JSON.stringify(entry)}\n`

/** Returns the bytes written; one `writeSync` may write less than asked. */
function writeAll(descriptor: number, text: string): number {
  const bytes = Buffer.from(text, 'utf8')
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written)
  return bytes.length
}

function readEntries(file: string): { readonly entries: readonly Entry[]; readonly sizeBytes: number } {
  const bytes = readFileSync(file)
  const entries: Entry[] = []
  let start = 0
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    try {
      entries.push(JSON.parse(bytes.toString('utf8', start, end)) as Entry)
    } catch {
      // A power cut may leave a last line of the right length with wrong bytes; anything before it is damage.
      if (end + 1 < bytes.length) throw new Error(`the practice books are damaged at byte ${start}`)
      break
    }
    start = end + 1
  }
  return { entries, sizeBytes: start }
}

interface MutableAccount {
  payment: PracticePayment
  cancels: PracticeCancel[]
  updatedAtMs: number
}

function openBooks(file: string, openedAtMs: number): Books {
  const { entries, sizeBytes: soundBytes } = readEntries(file)
  const head = entries[0]
  if (head?.kind !== 'books') throw new Error('this is not a file of practice books')

  const accounts = new Map<string, MutableAccount>()
  const orders = new Map<string, MutableAccount[]>()
  const records: CancelRecord[] = []
  const alarms: Alarm[] = []
  const kicc = createKiccLedger(append)
  const v2 = createV2Part(append)
  let version = 0

  const known = (impUid: string): MutableAccount => {
    const account = accounts.get(impUid)
    if (account === undefined) throw new Error(`the books know no payment ${impUid}`)
    return account
  }

  function apply(entry: Entry): void {
    version += 1
    if (isKiccEntry(entry)) {
      kicc.apply(entry)
      return
    }
    switch (entry.kind) {
      case 'books':
      case 'opened':
        return
      case 'payment': {
        const { payment } = entry
        const lastCancelMs = payment.cancels.at(-1)?.shownAtMs ?? 0
        const updatedAtMs = Math.max(payment.startedAtMs, payment.paidAtMs ?? 0, payment.failedAtMs ?? 0, lastCancelMs)
        const account = { payment, cancels: [...payment.cancels], updatedAtMs }
        accounts.set(payment.impUid, account)
        const sameOrder = orders.get(payment.merchantUid)
        if (sameOrder === undefined) orders.set(payment.merchantUid, [account])
        else sameOrder.push(account)
        return
      }
      case 'cancel': {
        const account = known(entry.impUid)
        const { cancel } = entry
        account.cancels.push(cancel)
        if (cancel.shownAtMs !== null) account.updatedAtMs = cancel.shownAtMs
        const { id: cancelId, source, amount, acceptedAtMs } = cancel
        records.push({ impUid: entry.impUid, cancelId, source, amount, acceptedAtMs, request: entry.request })
        return
      }
      case 'alarm':
        alarms.push(entry.alarm)
        return
      case 'shown': {
        const account = known(entry.impUid)
        account.cancels = account.cancels.map((cancel) =>
          cancel.id === entry.cancelId ? { ...cancel, shownAtMs: entry.atMs } : cancel,
        )
        account.updatedAtMs = entry.atMs
        return
      }
      case 'withdrawn': {
        const account = known(entry.impUid)
        account.cancels = account.cancels.filter((cancel) => cancel.id !== entry.cancelId)
        return
      }
      case 'v2-payment':
      case 'v2-cancel':
      case 'v2-kept':
      case 'v2-alarm':
      case 'v2-decided':
        v2.apply(entry)
        return
    }
  }

  entries.forEach(apply)
  const descriptor = openSync(file, 'r+')
  let sizeBytes = soundBytes
  let open = true
  let closed = false
  ftruncateSync(descriptor, sizeBytes)

  /** Disk first, memory second: what memory shows is always on the disk. */
  function append(entry: Entry): void {
    if (!open) throw new Error('the practice books are closed')
    // Another process that opened the same file has written its own line: two writers would tell two stories.
    if (fstatSync(descriptor).size !== sizeBytes)
      throw new Error('the practice books were taken over by another process')
    try {
      const bytes = Buffer.from(line(entry), 'utf8')
      for (let written = 0; written < bytes.length;) {
        written += writeSync(descriptor, bytes, written, bytes.length - written, sizeBytes + written)
      }
      fdatasyncSync(descriptor)
      sizeBytes += bytes.length
    } catch (error) {
      // What reached the disk is unknown now. Cut it off and take no more entries; a new start reads what is there.
      open = false
      ftruncateSync(descriptor, sizeBytes)
      throw error
    }
    apply(entry)
  }

  append({ kind: 'opened', atMs: openedAtMs })

  return {
    ...v2.books,
    today: head.today,
    get version() {
      return version
    },
    account: (impUid) => accounts.get(impUid),
    accountsOfOrder: (merchantUid) => orders.get(merchantUid) ?? [],
    accounts: () => accounts.values(),
    cancelRecords: () => records,
    alarms: () => alarms,
    kicc: kicc.books,
    addPayment: (payment) => {
      if (accounts.has(payment.impUid)) throw new Error(`the books already hold ${payment.impUid}`)
      append({ kind: 'payment', payment })
    },
    addCancel: (impUid, cancel, request) => {
      known(impUid)
      append({ kind: 'cancel', impUid, cancel, request })
    },
    addAlarm: (alarm) => append({ kind: 'alarm', alarm }),
    showCancel: (impUid, cancelId, atMs) => append({ kind: 'shown', impUid, cancelId, atMs }),
    withdrawCancel: (impUid, cancelId, atMs) => append({ kind: 'withdrawn', impUid, cancelId, atMs }),
    close: () => {
      if (closed) return
      closed = true
      open = false
      closeSync(descriptor)
    },
  }
}
