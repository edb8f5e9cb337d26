import type { Fields } from '../wire'
import { statusOf } from './amounts'
import { done, failed, type V2Answer } from './answer'
import type { V2Account } from './books-part'
import { readFilter, type Filter } from './filter'
import { paymentView, statusChangedAtMs, STORE_ID } from './payment-view'
import type { V2Reader } from './reader'
import { instantField, WINDOW_MS_DEFAULT } from './time-fields'

const PAGE_SIZE_DEFAULT = 10
/** "(number + 1) * size cannot exceed 60,000." */
const PAGE_REACH_MAX = 60_000
export const CURSOR_SIZE_MAX = 1000

const invalid = (message: string): V2Answer => failed('INVALID_REQUEST', message)
export const forbidden = (): V2Answer => failed('FORBIDDEN', '접근 권한이 없는 상점입니다.')

function wholeNumber(value: unknown, missing: number): number {
  return value === undefined || value === null ? missing : Number.isSafeInteger(value) ? Number(value) : Number.NaN
}

/**
 * The instant that STATUS_CHANGED_AT searches by. It follows the final status; a partly cancelled payment counts as
 * paid, as in V1, so no list of payments finds partial cancels by their own day. Not confirmed for V2.
 */
export function searchedAtMs(account: V2Account): number {
  return statusOf(account) === 'PARTIAL_CANCELLED' ? (account.payment.paidAtMs ?? 0) : statusChangedAtMs(account)
}

/** GET /payments. The default order, newest request first, is not documented. */
export function listPayments(reader: V2Reader, fields: Fields, nowMs: number): V2Answer {
  const page = fields['page'] ?? {}
  if (typeof page !== 'object' || Array.isArray(page)) return invalid('page 값이 올바르지 않습니다.')
  const number = wholeNumber((page as Fields)['number'], 0)
  const size = wholeNumber((page as Fields)['size'], PAGE_SIZE_DEFAULT)
  if (!(number >= 0 && size >= 1 && (number + 1) * size <= PAGE_REACH_MAX))
    return invalid('page 값이 올바르지 않습니다.')
  const filter = readFilter(fields['filter'], nowMs)
  if (typeof filter === 'string') return invalid(filter)
  if (filter.storeId !== null && filter.storeId !== STORE_ID) return forbidden()
  const found = sorted(
    reader.all().filter((account) => matches(account, filter)),
    filter,
  )
  const items = found.slice(number * size, (number + 1) * size).map(paymentView)
  return done({ items, page: { number, size, totalCount: found.length } })
}

function matches(account: V2Account, filter: Filter): boolean {
  const at = filter.timestampType === 'CREATED_AT' ? account.payment.requestedAtMs : searchedAtMs(account)
  return filter.fromMs <= at && at <= filter.untilMs && filter.fits(account)
}

function sorted(accounts: readonly V2Account[], { sortBy, sortOrder }: Filter): readonly V2Account[] {
  const key = sortBy === 'REQUESTED_AT' ? (account: V2Account) => account.payment.requestedAtMs : statusChangedAtMs
  const sign = sortOrder === 'ASC' ? 1 : -1
  return accounts.toSorted((a, b) => sign * (key(a) - key(b)))
}

/** Something that stands at an instant under an id of its own. */
export interface CursorItem {
  readonly id: string
  readonly atMs: number
  readonly show: (cursor: string) => unknown
}

/**
 * The two lists by cursor: oldest first, both ends of the window inside (neither is documented). The cursor names the
 * last item that was read, so items that arrive meanwhile neither shift a page nor get lost behind it.
 */
export function listByCursor(items: readonly CursorItem[], fields: Fields, nowMs: number): V2Answer {
  const storeId = fields['storeId'] ?? null
  if (storeId !== null && typeof storeId !== 'string') return invalid('storeId 값이 올바르지 않습니다.')
  if (storeId !== null && storeId !== STORE_ID) return forbidden()
  const untilMs = instantField(fields['until'], nowMs)
  const fromMs = instantField(fields['from'], untilMs - WINDOW_MS_DEFAULT)
  const size = wholeNumber(fields['size'], PAGE_SIZE_DEFAULT)
  if (!(fromMs <= untilMs)) return invalid('조회 기간이 올바르지 않습니다.')
  if (!(size >= 1 && size <= CURSOR_SIZE_MAX)) return invalid('size 는 1 이상 1000 이하여야 합니다.')
  const after = readCursor(fields['cursor'])
  if (after === undefined) return invalid('cursor 값이 올바르지 않습니다.')
  const rows = items
    .filter((item) => fromMs <= item.atMs && item.atMs <= untilMs && (after === null || compare(item, after) > 0))
    .toSorted(compare)
    .slice(0, size)
  return done({ items: rows.map((item) => item.show(cursorOf(item))) })
}

type Position = Pick<CursorItem, 'id' | 'atMs'>

function compare(a: Position, b: Position): number {
  return a.atMs - b.atMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

const cursorOf = ({ atMs, id }: Position): string => Buffer.from(`${atMs}:${id}`, 'utf8').toString('base64url')

/** Null without a cursor, nothing for one that this PG never gave. */
function readCursor(value: unknown): Position | null | undefined {
  if (value === undefined || value === null) return null
  const text = typeof value === 'string' ? Buffer.from(value, 'base64url').toString('utf8') : ''
  const [, atMs, id] = /^(\d{1,15}):(.+)$/s.exec(text) ?? []
  return atMs === undefined || id === undefined ? undefined : { atMs: Number(atMs), id }
}
