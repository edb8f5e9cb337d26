import { authValueOf, dayOf, revise } from '../../src/practice/kicc/revise'
import { merchantOf } from '../../src/practice/kicc/merchants'
import { cancelAtConsole } from '../../src/practice/portone-v1/cancel'
import { cancelAtConsole as cancelAtConsoleV2 } from '../../src/practice/portone-v2/cancel'
import { effectsIn } from './pgs'
import type { ShopRow } from './shop'
import type { World } from './world'

let keys = 0

/**
 * Somebody refunds what this row is about past our desk: at the PG's console, or at KICC by another system of the merchant.
 * Once a refund of ours stands there, a second one by hand is no fault of the program: then nothing is done. Answers
 * whether it was refunded.
 */
export function refundElsewhere(world: World, row: ShopRow, amount = row.amount): boolean {
  if (effectsIn(world.books).some(({ pgKey }) => pgKey === row.pgKey)) return false
  switch (row.pg) {
    case 'portone-v1':
      return cancelAtConsole(world.books, row.pgKey, amount, '관리자페이지취소', world.nowMs()) === undefined
    case 'portone-v2':
      return cancelAtConsoleV2(world.books, row.pgKey, amount, '관리자페이지취소', world.nowMs()) === undefined
    case 'kicc':
      return reviseElsewhere(world, row, amount)
  }
}

function reviseElsewhere({ books, nowMs }: World, { pgKey, transaction }: ShopRow, amount: number): boolean {
  const account = books.kicc.account(transaction)
  const merchant = merchantOf(account?.payment.mallId)
  if (account === undefined || merchant === undefined) throw new Error(`KICC knows no ${transaction}`)
  const { mallId, service, secret } = merchant
  const deposit = account.payment.deposits.find(({ pgCno }) => pgCno === pgKey)
  const full = amount === (deposit?.amount ?? account.payment.amount)
  const shopTransactionId = `ELSEWHERE-${(keys += 1)}`
  const atMs = nowMs()
  const answer = revise({
    books,
    nowMs: atMs,
    scenario: {},
    fault: undefined,
    fields: {
      mallId,
      shopTransactionId,
      pgCno: transaction,
      reviseTypeCode: service === 'real-time' ? '63' : full ? '60' : '62',
      reviseSubTypeCode: service === 'real-time' ? (full ? '20' : '21') : 'RF01',
      amount,
      cancelReqDate: dayOf(atMs),
      msgAuthValue: authValueOf(transaction, shopTransactionId, secret),
      refundInfo: {
        refundBankCode: '004',
        refundAccountNo: '99900000000011',
        refundDepositName: '김가온',
        ...(deposit === undefined ? {} : { depositPgCno: pgKey }),
      },
    },
  })
  return answer['resCd'] === '0000'
}
