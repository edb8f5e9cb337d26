import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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
import { bodyOf } from './support'

type Table = Readonly<Record<string, WireField>>

/** KICC's refund page lies beside the project in the room where it was read, not in a clone. */
const PAGE = join(import.meta.dirname, '../../../../../../shared/reference/seeds/003_2e8557146354543b.txt')

/** Field rows of the page, by the heading that they stand under. */
function pageTables(): ReadonlyMap<string, ReadonlyMap<string, { readonly type: string; readonly bytes: string }>> {
  const tables = new Map<string, Map<string, { type: string; bytes: string }>>()
  let rows = new Map<string, { type: string; bytes: string }>()
  let before = ''
  for (const line of readFileSync(PAGE, 'utf8').split('\n')) {
    const [, name = '', type = '', third = ''] = line.split('|').map((cell) => cell.trim())
    if (line.startsWith('| Field Name')) tables.set(before, (rows = new Map()))
    else if (/^[a-z]\w+$/i.test(name) && /^(String|Number|Object)$/.test(type))
      rows.set(name, { type, bytes: /^(\d+)Byte$/.exec(third)?.[1] ?? '' })
    if (!line.startsWith('|')) before = tables.size === 0 ? 'request' : line.trim() === 'Parameters' ? 'answer' : line
  }
  return tables
}

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

describe.skipIf(!existsSync(PAGE))("KICC's refund page", () => {
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
