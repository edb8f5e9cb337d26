import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createBooks } from '../../../src/practice/books'
import { ERROR_STATUS } from '../../../src/practice/portone-v2/answer'
import { BANKS } from '../../../src/practice/portone-v2/banks'
import { ACCOUNT_TYPES, FIELD_TYPES } from '../../../src/practice/portone-v2/cancel-fields'
import { sampleShopV2 } from '../../../src/practice/shop/sample-shop-v2'
import { aV2Payment, hasOfficial, officialSchemas, startV2 } from './support'

describe.skipIf(!hasOfficial)("what was carried over by hand from PortOne's description", () => {
  it('is its list of banks', () => {
    expect([...BANKS]).toEqual(officialSchemas['Bank']?.enum)
  })

  it('is every field of a cancel', () => {
    const fieldsOf = (name: string) => Object.keys(officialSchemas[name]?.properties ?? {}).toSorted()
    expect(Object.keys(FIELD_TYPES).toSorted()).toEqual(fieldsOf('CancelPaymentBody'))
    expect(Object.keys(ACCOUNT_TYPES).toSorted()).toEqual(fieldsOf('CancelPaymentBodyRefundAccount'))
  })

  it('is every type of refusal of a cancel', () => {
    const theirs = Object.keys(officialSchemas['CancelPaymentError']?.discriminator?.mapping ?? {})
    // PG_PROVIDER is made apart, with its code; the last two stand in no schema.
    const ours = [...Object.keys(ERROR_STATUS), 'PG_PROVIDER']
    const outside = ['IDEMPOTENCY_OUTSTANDING_REQUEST', 'NOT_FOUND']
    expect(ours.filter((type) => !outside.includes(type)).toSorted()).toEqual(theirs.toSorted())
  })
})

describe('the V2 sample shop', () => {
  const shop = sampleShopV2('2026-11-21')
  const count = (fits: (payment: (typeof shop)[number]) => boolean) => shop.filter(fits).length

  it('is the same for the same day, within ninety days and never in the future', () => {
    expect(sampleShopV2('2026-11-21')).toEqual(shop)
    const midnight = Date.parse('2026-11-20T15:00:00Z')
    for (const { requestedAtMs, paidAtMs, cancels } of shop) {
      expect(requestedAtMs).toBeGreaterThan(midnight - 90 * 24 * 60 * 60 * 1000)
      for (const atMs of [paidAtMs ?? 0, ...cancels.map((cancel) => cancel.requestedAtMs)])
        expect(atMs).toBeLessThan(midnight)
    }
  })

  it('has every turn that a shop meets, with names in Korean', () => {
    expect(new Set(shop.map(({ paymentId }) => paymentId)).size).toBe(16)
    expect(new Set(shop.map(({ method }) => method.type)).size).toBe(5)
    expect(count(({ promotion }) => promotion !== null)).toBe(1)
    expect(count(({ currency }) => currency === 'USD')).toBe(1)
    expect(count(({ channel }) => channel.pgProvider === 'SMARTRO_V2')).toBe(1)
    expect(count(({ cancels, total }) => cancels.some(({ amount }) => amount < total))).toBe(1)
    expect(count(({ orderName }) => /[가-힣]/.test(orderName))).toBe(16)
  })
})

describe('books from before V2', () => {
  it('open, and take V2 payments in', async () => {
    const { booksFile } = await startV2()
    const old = `${booksFile}.old`
    const lines = readFileSync(booksFile, 'utf8').split('\n')
    writeFileSync(old, lines.filter((line) => !line.includes('"v2-')).join('\n'))
    const books = createBooks(old)
    expect([...books.v2Accounts()]).toEqual([])
    books.addV2Payment(aV2Payment())
    books.close()
    const again = createBooks(old)
    expect([...again.v2Accounts()]).toHaveLength(1)
    again.close()
  })
})
