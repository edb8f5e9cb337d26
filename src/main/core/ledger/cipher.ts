import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import * as v from 'valibot'
import { assert } from '../../../domain/result'
import { kstDayStartMs, kstMonth, KstDateSchema, type KstMonth } from '../../../domain/time'
import { LedgerTrouble } from './ledger-trouble'
import { blobSchema, readRow } from './read-rows'

/**
 * Encrypted cells. A cell is: version (1 byte), key id (4, big endian), IV (12), ciphertext, tag (16), by AES-256-GCM.
 * The place, the version and the key id are authenticated, so a cell does not open in another row or column.
 */
export interface Cipher {
  /** Encrypts for one place, `table.column:row id`. */
  seal(place: string, plain: string | Uint8Array): Buffer
  /** Throws Forgotten when the cell's month was forgotten, LedgerTrouble when the cell is damaged or of another place. */
  open(place: string, cell: Uint8Array): Buffer
  /** As `open`, for UTF-8 text. */
  openText(place: string, cell: Uint8Array): string
  /** Keyed HMAC-SHA256 of a value, for finding it without storing it. `kind` keeps equal texts of different kinds apart. */
  hash(kind: string, text: string): Buffer
}

/** The cell was readable once; the key of its month has been destroyed on purpose. */
export class Forgotten extends Error {
  override readonly name = 'Forgotten'
  readonly month: string

  constructor(month: string) {
    super(`the data of ${month} has been forgotten`)
    this.month = month
  }
}

/** All keys that are not data keys, derived from the master key and the ledger's own id. */
export interface DerivedKeys {
  /** Wraps the data keys. */
  readonly wrap: KeyObject
  readonly index: KeyObject
  readonly audit: KeyObject
  /** Proves that a master key belongs to a ledger, and the ledger to its mode. */
  readonly check: KeyObject
}

const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const CELL_VERSION = 1
const HEAD_BYTES = 5
const ALGORITHM = 'aes-256-gcm'

export function deriveKeys(masterKey: Uint8Array, ledgerId: string): DerivedKeys {
  assert(masterKey.byteLength === KEY_BYTES, `a master key has ${KEY_BYTES} bytes`)
  const derive = (purpose: string): KeyObject =>
    createSecretKey(Buffer.from(hkdfSync('sha256', masterKey, ledgerId, `refund-desk ${purpose} 1`, KEY_BYTES)))
  return { wrap: derive('wrap'), index: derive('index'), audit: derive('audit'), check: derive('check') }
}

/** The value in `meta` by which a wrong master key or a changed mode is recognised. */
export function checkValue(keys: DerivedKeys, mode: string): string {
  return createHmac('sha256', keys.check).update(`mode:${mode}`).digest('hex')
}

export interface LedgerCipher extends Cipher {
  /** Makes this month's key where it is missing. In a transaction of its own, so that no rollback can take it away. */
  ready(): void
  /**
   * Destroys the key of one Seoul month: its cells stay and can never be read again. Answers whether there was a key.
   * The caller also drops the month's rows of the blind index and writes the audit line, in the same unit of work.
   * The write-ahead log may hold the wrapped key until it is merged: close the ledger, or have it truncated, after it.
   */
  forgetMonth(month: KstMonth): boolean
}

interface DataKey {
  readonly keyId: number
  readonly key: KeyObject
}

const KeyRowSchema = v.object({ keyId: v.number(), month: v.string(), wrapped: v.nullable(blobSchema) })
type KeyRow = v.InferOutput<typeof KeyRowSchema>

export function createCipher(options: {
  readonly db: Database
  readonly keys: DerivedKeys
  readonly nowMs: () => number
  readonly randomBytes: (size: number) => Uint8Array
}): LedgerCipher {
  const { db, keys, nowMs, randomBytes } = options
  const columns = 'SELECT key_id AS keyId, month, wrapped FROM data_key'
  const byId = db.prepare(`${columns} WHERE key_id = ?`)
  const byMonth = db.prepare(`${columns} WHERE month = ?`)
  const newest = db.prepare(`${columns} WHERE wrapped IS NOT NULL ORDER BY month DESC LIMIT 1`)
  const insert = db.prepare('INSERT INTO data_key (key_id, month, wrapped, created_at_ms) VALUES (?, ?, ?, ?)')
  const nextId = db.prepare('SELECT COALESCE(MAX(key_id), 0) + 1 FROM data_key').pluck()
  const drop = db.prepare(
    'UPDATE data_key SET wrapped = NULL, dropped_at_ms = ? WHERE month = ? AND wrapped IS NOT NULL',
  )

  const opened = new Map<number, KeyObject>()
  const nextIv = ivSource(randomBytes)
  let current: (DataKey & { readonly fromMs: number; readonly untilMs: number }) | null = null

  const wrapPlace = (keyId: number, month: string): string => `data_key.wrapped:${keyId}:${month}`

  const unwrap = (row: KeyRow): KeyObject => {
    if (row.wrapped === null) throw new Forgotten(row.month)
    const known = opened.get(row.keyId)
    if (known !== undefined) return known
    const key = createSecretKey(decrypt(keys.wrap, wrapPlace(row.keyId, row.month), row.wrapped))
    opened.set(row.keyId, key)
    return key
  }

  const keyById = (keyId: number): KeyObject => {
    const known = opened.get(keyId)
    if (known !== undefined) return known
    const row = readRow(KeyRowSchema, byId.get(keyId))
    if (row === null) throw new LedgerTrouble('ledger-damaged', `data key ${keyId} is missing`)
    return unwrap(row)
  }

  const makeKey = (month: KstMonth): DataKey => {
    // Were it made inside a unit of work that is then undone, cells sealed meanwhile could outlive their key.
    assert(!db.inTransaction, 'a data key is made in a transaction of its own')
    const keyId = v.parse(v.number(), nextId.get())
    const bytes = randomBytes(KEY_BYTES)
    insert.run(keyId, month, encrypt(keys.wrap, 0, nextIv(), wrapPlace(keyId, month), bytes), nowMs())
    const key = createSecretKey(bytes)
    opened.set(keyId, key)
    return { keyId, key }
  }

  const keyOfMonth = (month: KstMonth): DataKey => {
    const row = readRow(KeyRowSchema, byMonth.get(month))
    if (row === null) return makeKey(month)
    if (row.wrapped !== null) return { keyId: row.keyId, key: unwrap(row) }
    // Only a clock that was set back reaches a forgotten month: the newest living key keeps what is written now.
    const living = readRow(KeyRowSchema, newest.get())
    assert(living !== null, 'the clock stands in a forgotten month and no later month has a key')
    return { keyId: living.keyId, key: unwrap(living) }
  }

  const ready = (): void => {
    const now = nowMs()
    if (current !== null && now >= current.fromMs && now < current.untilMs) return
    const month = kstMonth(now)
    current = { ...keyOfMonth(month), ...monthSpan(month) }
  }

  return {
    ready,

    seal(place, plain) {
      if (!db.inTransaction) ready()
      assert(current !== null, 'the cipher has no key yet')
      return encrypt(current.key, current.keyId, nextIv(), place, plain)
    },

    open(place, cell) {
      return decrypt(keyById(keyIdOf(cell)), place, cell)
    },

    openText(place, cell) {
      return decrypt(keyById(keyIdOf(cell)), place, cell).toString('utf8')
    },

    hash(kind, text) {
      return createHmac('sha256', keys.index).update(`${kind.length}:${kind}:`).update(text, 'utf8').digest()
    },

    forgetMonth(month) {
      assert(db.inTransaction, 'forgetting belongs inside a unit of work')
      const row = readRow(KeyRowSchema, byMonth.get(month))
      if (row === null || row.wrapped === null) return false
      drop.run(nowMs(), month)
      opened.delete(row.keyId)
      if (current?.keyId === row.keyId) current = null
      return true
    },
  }
}

function monthSpan(month: KstMonth): { readonly fromMs: number; readonly untilMs: number } {
  const [year = 0, monthOfYear = 0] = month.split('-').map(Number)
  const next = monthOfYear === 12 ? `${year + 1}-01` : `${year}-${String(monthOfYear + 1).padStart(2, '0')}`
  const startMs = (text: string): number => kstDayStartMs(v.parse(KstDateSchema, `${text}-01`))
  return { fromMs: startMs(month), untilMs: startMs(next) }
}

function encrypt(key: KeyObject, keyId: number, iv: Uint8Array, place: string, plain: string | Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt8(CELL_VERSION, 0)
  head.writeUInt32BE(keyId, 1)
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.concat([head, Buffer.from(place, 'utf8')]))
  const sealed = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)
  return Buffer.concat([head, iv, sealed, cipher.final(), cipher.getAuthTag()])
}

function decrypt(key: KeyObject, place: string, cell: Uint8Array): Buffer {
  assertCell(cell)
  const bytes = Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength)
  const head = bytes.subarray(0, HEAD_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(HEAD_BYTES, HEAD_BYTES + IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.concat([head, Buffer.from(place, 'utf8')]))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  const plain = decipher.update(bytes.subarray(HEAD_BYTES + IV_BYTES, -TAG_BYTES))
  try {
    return Buffer.concat([plain, decipher.final()])
  } catch (error) {
    throw new LedgerTrouble('ledger-damaged', `the cell of ${placeKind(place)} does not open`, error)
  }
}

function keyIdOf(cell: Uint8Array): number {
  assertCell(cell)
  return new DataView(cell.buffer, cell.byteOffset, cell.byteLength).getUint32(1)
}

function assertCell(cell: Uint8Array): void {
  if (cell.byteLength < HEAD_BYTES + IV_BYTES + TAG_BYTES || cell[0] !== CELL_VERSION) {
    throw new LedgerTrouble('ledger-damaged', 'a cell has no readable head')
  }
}

/** The table and column of a place, without the row. */
function placeKind(place: string): string {
  return place.split(':', 1)[0] ?? ''
}

// Random bytes are drawn for many IVs at once: a call for every cell would cost more than the encryption.
function ivSource(randomBytes: (size: number) => Uint8Array): () => Uint8Array {
  const ivsPerDraw = 512
  let pool = new Uint8Array(0)
  let used = 0
  return () => {
    if (used + IV_BYTES > pool.byteLength) {
      pool = Uint8Array.from(randomBytes(IV_BYTES * ivsPerDraw))
      used = 0
    }
    used += IV_BYTES
    return pool.subarray(used - IV_BYTES, used)
  }
}
