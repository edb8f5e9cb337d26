import type { Account, Books } from '../books'
import type { Scenario } from '../scenario'
import { showDue } from './cancel'
import { done, failed, type Answer } from './envelope'
import { paymentView } from './payment-view'

export const NO_SUCH_PAYMENT = '존재하지 않는 결제정보입니다.'
const IDS_MAX = 100

/** Look-ups by a client: they see no sandbox payments unless asked to, and they move asynchronous refunds along. */
export interface Reader {
  one(impUid: string, includeSandbox: boolean): Account | undefined
  ofOrder(merchantUid: string, includeSandbox: boolean): readonly Account[]
  all(includeSandbox: boolean): readonly Account[]
}

export function createReader(books: Books, nowMs: () => number, scenario: () => Scenario): Reader {
  const lookups = new Map<string, number>()

  function read(account: Account): Account {
    const { impUid } = account.payment
    if (account.cancels.every((cancel) => cancel.shownAtMs !== null)) {
      lookups.delete(impUid)
      return account
    }
    const count = (lookups.get(impUid) ?? 0) + 1
    lookups.set(impUid, count)
    showDue(books, impUid, nowMs(), scenario(), count)
    return account
  }

  const visible = (account: Account, includeSandbox: boolean): boolean => includeSandbox || !account.payment.sandbox
  return {
    one(impUid, includeSandbox) {
      const account = books.account(impUid)
      return account !== undefined && visible(account, includeSandbox) ? read(account) : undefined
    },
    ofOrder: (merchantUid, includeSandbox) =>
      books
        .accountsOfOrder(merchantUid)
        .filter((account) => visible(account, includeSandbox))
        .map(read),
    all: (includeSandbox) => [...books.accounts()].filter((account) => visible(account, includeSandbox)).map(read),
  }
}

const sandboxAsked = (query: URLSearchParams): boolean => query.get('include_sandbox') === 'true'

/** GET /payments/{imp_uid} */
export function lookUpOne(reader: Reader, impUid: string, query: URLSearchParams): Answer {
  const account = reader.one(impUid, sandboxAsked(query))
  return account === undefined ? failed(404, NO_SUCH_PAYMENT) : done(paymentView(account))
}

/** GET /payments?imp_uid[]=…&merchant_uid[]=…: 200 all found, 207 some, 404 none. */
export function lookUpMany(reader: Reader, query: URLSearchParams): Answer {
  const impUids = query.getAll('imp_uid[]')
  const merchantUids = query.getAll('merchant_uid[]')
  const asked = impUids.length + merchantUids.length
  if (asked === 0) return failed(400, 'imp_uid, merchant_uid 중 하나는 필수입니다.')
  if (asked > IDS_MAX) return failed(400, `한 번에 ${IDS_MAX}건까지 조회할 수 있습니다.`)
  const includeSandbox = sandboxAsked(query)
  const found = [
    ...impUids.map((impUid) => reader.one(impUid, includeSandbox)),
    ...merchantUids.map((merchantUid) => reader.ofOrder(merchantUid, includeSandbox).at(-1)),
  ].filter((account) => account !== undefined)
  if (found.length === 0) return failed(404, NO_SUCH_PAYMENT)
  return done([...new Set(found)].map(paymentView), found.length === asked ? 200 : 207)
}
