import type { Account, Books } from '../books'
import { seconds } from '../clock'
import { done, failed, type Answer } from './envelope'
import { NO_SUCH_PAYMENT, type Reader } from './lookup'
import { paymentView, statusAtMs, statusOf } from './payment-view'

const STATUSES = ['ready', 'paid', 'cancelled', 'failed']
const PAGE_ROWS_DEFAULT = 20
const PAGE_ROWS_MAX = 1000
const WINDOW_SECONDS_MAX = 90 * 24 * 60 * 60

const SORT_KEYS = {
  started: (account: Account) => account.payment.startedAtMs,
  paid: (account: Account) => account.payment.paidAtMs ?? 0,
  updated: (account: Account) => account.updatedAtMs,
} as const

/** Sorted copy, or nothing when the word is not one of the six of the documentation. */
function sorted(accounts: readonly Account[], sorting: string): readonly Account[] | undefined {
  const descending = sorting.startsWith('-')
  const name = descending ? sorting.slice(1) : sorting
  if (!(name in SORT_KEYS)) return undefined
  const key = SORT_KEYS[name as keyof typeof SORT_KEYS]
  return accounts.toSorted((a, b) => (descending ? key(b) - key(a) : key(a) - key(b)))
}

/** A whole number from the query, its default where it is missing, or NaN. */
function integer(query: URLSearchParams, name: string, missing: number): number {
  const value = query.get(name)
  if (value === null || value === '') return missing
  return /^\d{1,12}$/.test(value) ? Number(value) : Number.NaN
}

/** `total`, `previous`, `next`, `list`; a page behind the last one is a bad request, an empty first page is not. */
function page(accounts: readonly Account[], query: URLSearchParams): Answer {
  const number = integer(query, 'page', 1)
  const limit = integer(query, 'limit', PAGE_ROWS_DEFAULT)
  if (!(limit >= 1 && limit <= PAGE_ROWS_MAX)) return failed(400, 'limit 은 1 이상 1000 이하여야 합니다.')
  const lastPage = Math.max(1, Math.ceil(accounts.length / limit))
  if (!(number >= 1 && number <= lastPage)) return failed(400, '페이지 범위를 벗어났습니다.')
  const list = accounts.slice((number - 1) * limit, number * limit).map(paymentView)
  return done({ total: accounts.length, previous: number - 1, next: number < lastPage ? number + 1 : 0, list })
}

const badSorting = (): Answer => failed(400, 'sorting 값이 올바르지 않습니다.')
const badStatus = (): Answer => failed(400, 'status 값이 올바르지 않습니다.')
const sortingOf = (query: URLSearchParams): string => query.get('sorting') || '-started'

/** The attempts of one order number, by status where one is asked for. */
function attempts(
  reader: Reader,
  merchantUid: string,
  status: string | undefined,
  query: URLSearchParams,
): readonly Account[] {
  const all = reader.ofOrder(merchantUid, query.get('include_sandbox') === 'true')
  return status === undefined ? all : all.filter((account) => statusOf(account) === status)
}

/** GET /payments/find/{merchant_uid}[/{status}]: the first one after sorting. */
export function findFirst(
  reader: Reader,
  merchantUid: string,
  status: string | undefined,
  query: URLSearchParams,
): Answer {
  if (status !== undefined && !STATUSES.includes(status)) return badStatus()
  const ordered = sorted(attempts(reader, merchantUid, status, query), sortingOf(query))
  if (ordered === undefined) return badSorting()
  const first = ordered[0]
  return first === undefined ? failed(404, NO_SUCH_PAYMENT) : done(paymentView(first))
}

/** GET /payments/findAll/{merchant_uid}[/{status}] */
export function findAll(
  reader: Reader,
  merchantUid: string,
  status: string | undefined,
  query: URLSearchParams,
): Answer {
  if (status !== undefined && !STATUSES.includes(status)) return badStatus()
  const ordered = sorted(attempts(reader, merchantUid, status, query), sortingOf(query))
  if (ordered === undefined) return badSorting()
  return ordered.length === 0 ? failed(404, NO_SUCH_PAYMENT) : page(ordered, query)
}

/**
 * GET /payments/status/{status}. `from` and `to` are seconds, both inclusive, at most 90 days apart, compared with the
 * instant at which the payment reached its present status. Keeps the last result while nothing changes, so that
 * walking through the pages of large books does not sort them again for every page.
 */
export function createStatusList(
  books: Books,
  reader: Reader,
  nowMs: () => number,
): (status: string, query: URLSearchParams) => Answer {
  let kept: { readonly key: string; readonly accounts: readonly Account[] } | undefined

  return (status, query) => {
    if (status !== 'all' && !STATUSES.includes(status)) return badStatus()
    const to = integer(query, 'to', seconds(nowMs()))
    const from = integer(query, 'from', to - WINDOW_SECONDS_MAX)
    if (!(from <= to) || to - from > WINDOW_SECONDS_MAX) return failed(400, '검색 기간은 최대 90일입니다.')
    const includeSandbox = query.get('include_sandbox') === 'true'
    const visible = reader.all(includeSandbox)
    const key = [status, from, to, includeSandbox, sortingOf(query), books.version].join()
    if (kept?.key !== key) {
      const within = (account: Account): boolean => {
        const at = seconds(statusAtMs(account))
        return (status === 'all' || statusOf(account) === status) && from <= at && at <= to
      }
      const accounts = sorted(visible.filter(within), sortingOf(query))
      if (accounts === undefined) return badSorting()
      kept = { key, accounts }
    }
    return page(kept.accounts, query)
  }
}
