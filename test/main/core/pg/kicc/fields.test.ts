import { describe, expect, it } from 'vitest'
import { won } from '../../../../../src/domain/money'
import {
  ANSWER,
  BASKET_INFO,
  CASH_RECEIPT_INFO,
  REFUND_DETAIL,
  REFUND_INFO,
  REVISE_INFO,
  REVISE_REQUEST,
  TAX_INFO,
  type WireField,
} from '../../../../../src/main/core/pg/kicc/fields'
import { hasPage, pageTables } from './page'
import { bodyOf } from './support'

type Table = Readonly<Record<string, WireField>>

const keysOf = (value: unknown): string[] => Object.keys(value as object).toSorted()

describe('the fields on the wire', () => {
  it('of a refund are all in our tables; the proof and the flag come later', () => {
    const body = bodyOf(
      { pgTransactionKey: '2', taxFree: won(1), vat: won(1), basket: [{ itemKey: '1', sellerId: 's' }] },
      { complexTax: true, operatorId: 'x' },
      '203.0.113.7',
    )
    expect([...keysOf(body), 'msgAuthValue', 'refundQueryFlag'].toSorted()).toEqual(keysOf(REVISE_REQUEST))
    expect(keysOf(body['refundInfo'])).toEqual(keysOf(REFUND_INFO))
    expect(keysOf(body['taxInfo'])).toEqual(keysOf(TAX_INFO))
    expect(keysOf(body['basketInfo'])).toEqual(keysOf(BASKET_INFO))
  })
})

describe.skipIf(!hasPage)("KICC's refund page", () => {
  it.each<[string, string, Table]>([
    ['the request', 'request', REVISE_REQUEST],
    ['refundInfo', 'refundInfo (Refund Account Info)', REFUND_INFO],
    ['taxInfo', 'taxInfo (Complex Tax Info)', TAX_INFO],
    ['basketInfo', 'basketInfo (Basket Info for Split Settlement)', BASKET_INFO],
    ['the answer', 'answer', ANSWER],
    ['reviseInfo', 'reviseInfo (Refund Response Info)', REVISE_INFO],
    ['reviseInfo.refundInfo', 'reviseInfo > refundInfo (Refund Details)', REFUND_DETAIL],
    ['reviseInfo.cashReceiptInfo', 'reviseInfo > cashReceiptInfo (Cash Receipt Cancel Details)', CASH_RECEIPT_INFO],
  ])('has every field of %s with our type and length', (_what, heading, table) => {
    const rows = pageTables().get(heading)
    for (const [name, { type, bytesMax }] of Object.entries(table)) {
      expect(rows?.get(name), name).toEqual({
        type: `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`,
        bytes: bytesMax === null ? '' : String(bytesMax),
      })
    }
  })

  it('has no field of a request that we do not know', () => {
    const page = pageTables()
    expect([...(page.get('request')?.keys() ?? [])].toSorted()).toEqual(keysOf(REVISE_REQUEST))
    expect([...(page.get('refundInfo (Refund Account Info)')?.keys() ?? [])].toSorted()).toEqual(keysOf(REFUND_INFO))
  })
})
