import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refundAmount, won, WON_MAX } from '../../../../../src/domain/money'
import { tagFromRandom } from '../../../../../src/domain/refund-tag'
import type { CancelIntent } from '../../../../../src/main/core/pg/gateway'
import { encodeCancel, idempotencyKey } from '../../../../../src/main/core/pg/portone-v2/encode'
import { ACCOUNT, TAG } from '../support'
import { anIntent, PAYMENT, STORE } from './support'

const bodyOf = (changes: Partial<CancelIntent> = {}, storeId = STORE): Record<string, unknown> =>
  JSON.parse(encodeCancel(storeId, anIntent(changes)).body) as Record<string, unknown>

const FULL = { method: 'virtual-account', vat: won(900), taxFree: won(100), account: ACCOUNT } as const

describe('the body of a cancel', () => {
  it('is exactly these bytes', () => {
    expect(encodeCancel(STORE, anIntent(FULL)).body).toBe(
      '{"storeId":"store-of-a-test","amount":10000,"currentCancellableAmount":30000,"taxFreeAmount":100,"vatAmount":900,' +
        `"reason":"${TAG} 고객 변심","refundAccount":{"bank":"SHINHAN","number":"99901234567890","holderName":"나예금",` +
        '"holderPhoneNumber":"01077776666"},"requester":"ADMIN"}',
    )
  })

  it.each<[string, unknown]>([
    ['storeId', STORE],
    ['amount', 10_000],
    ['currentCancellableAmount', 30_000],
    ['taxFreeAmount', 100],
    ['vatAmount', 900],
    ['reason', `${TAG} 고객 변심`],
    ['refundAccount.bank', 'SHINHAN'],
    ['refundAccount.number', ACCOUNT.accountNo],
    ['refundAccount.holderName', ACCOUNT.holder],
    ['refundAccount.holderPhoneNumber', ACCOUNT.phone],
    ['requester', 'ADMIN'],
  ])('carries %s as the intent has it', (field, value) => {
    expect(bodyOf(FULL)).toHaveProperty(field, value)
  })

  it.each(['promotionDiscountRetainOption', 'refundEmail', 'skipWebhook'])('never has %s', (field) => {
    for (const intent of [{}, FULL]) expect(bodyOf(intent)).not.toHaveProperty(field)
  })

  it('has no more than it needs for a card', () => {
    expect(Object.keys(bodyOf({}, ''))).toEqual([
      'amount',
      'currentCancellableAmount',
      'taxFreeAmount',
      'reason',
      'requester',
    ])
  })

  it('says the tax-free part even when there is none, and the VAT only when it was given', () => {
    expect(bodyOf()).toMatchObject({ taxFreeAmount: 0 })
    expect(bodyOf({ vat: won(0) })).toMatchObject({ vatAmount: 0 })
  })

  it('has a phone only when the account has one', () => {
    expect(bodyOf({ account: { ...ACCOUNT, phone: null } })['refundAccount']).not.toHaveProperty('holderPhoneNumber')
  })

  it('takes amounts up to their edges', () => {
    expect(bodyOf({ amount: refundAmount(30_000) })['amount']).toBe(30_000)
    expect(bodyOf({ amount: refundAmount(1), checksum: refundAmount(1) })).toMatchObject({ amount: 1 })
    expect(bodyOf({ taxFree: won(9000), vat: won(1000) })).toMatchObject({ taxFreeAmount: 9000, vatAmount: 1000 })
  })

  // The types forbid most of these; the encoder is the last gate before money moves and does not rely on them.
  const unsafe = (value: unknown) => value as never
  it.each<[string, Partial<CancelIntent>]>([
    ['an amount of 0', { amount: unsafe(0) }],
    ['a negative amount', { amount: unsafe(-1) }],
    ['an amount that is no number', { amount: unsafe(Number.NaN) }],
    ['a broken amount', { amount: unsafe(1000.5) }],
    ['an amount in text', { amount: unsafe('1000') }],
    ['no amount', { amount: unsafe(undefined) }],
    ['an amount beyond every limit', { amount: unsafe(WON_MAX + 1), checksum: unsafe(WON_MAX + 1) }],
    ['no checksum', { checksum: unsafe(null) }],
    ['a checksum of 0', { checksum: unsafe(0) }],
    ['more than the balance', { amount: refundAmount(30_001) }],
    ['a tax-free part above the amount', { taxFree: won(10_001) }],
    ['a negative tax-free part', { taxFree: won(-1) }],
    ['a VAT above the amount', { vat: won(10_001) }],
    ['a negative VAT', { vat: won(-1) }],
    ['parts above the amount together', { taxFree: won(9000), vat: won(1001) }],
    ['no tag', { tag: '' }],
    ['a tag of someone else', { tag: 'XX12345678' }],
    ['a tag with text', { tag: `${TAG} x` }],
    ['an empty payment key', { pgKey: '' }],
    ['a payment key that names another path', { pgKey: '..' }],
    ['a payment key that is too long', { pgKey: 'i'.repeat(61) }],
    ['a payment key with a line break', { pgKey: 'a\nb' }],
    ['a line break in the reason', { reason: '변심\nx' }],
    ['a virtual account without an account', { method: 'virtual-account' }],
    ['a bank that leads no accounts', { account: { ...ACCOUNT, bank: '001' } }],
    ['a bank that nobody knows', { account: { ...ACCOUNT, bank: '__proto__' } }],
    ['an account with hyphens', { account: { ...ACCOUNT, accountNo: '123-456' } }],
    ['an account with digits of another script', { account: { ...ACCOUNT, accountNo: '１２３４５６' } }],
    ['an empty account', { account: { ...ACCOUNT, accountNo: '' } }],
    ['an empty holder', { account: { ...ACCOUNT, holder: '' } }],
    ['a holder with a line break', { account: { ...ACCOUNT, holder: '나\n예금' } }],
    ['a phone with hyphens', { account: { ...ACCOUNT, phone: '010-1234-5678' } }],
    ['single goods', { basket: [{ itemKey: '1', sellerId: 's' }] }],
  ])('is not made with %s', (_what, changes) => {
    expect(() => encodeCancel('', anIntent(changes))).toThrow()
  })

  it('does not tell the account in the error', () => {
    const account = { ...ACCOUNT, accountNo: '999-888' }
    expect(() => encodeCancel('', anIntent({ account }))).toThrow(/^(?!.*999).*number/)
  })

  const won$ = (max: number) => fc.integer({ min: 0, max }).map(won)
  const intents = fc.integer({ min: 2, max: 1_000_000_000 }).chain((amount) =>
    fc
      .record({
        method: fc.constantFrom('card', 'transfer', 'virtual-account', 'mobile', 'easy-pay'),
        amount: fc.constant(refundAmount(amount)),
        checksum: fc.integer({ min: amount, max: WON_MAX }).map(refundAmount),
        taxFree: fc.option(won$(Math.floor(amount / 2))),
        vat: fc.option(won$(Math.floor(amount / 2))),
        account: fc.record({
          bank: fc.constantFrom('004', '011', '020', '088', '218'),
          accountNo: fc.stringMatching(/^[0-9]{1,16}$/),
          holder: fc.constantFrom('김가온', 'A & B "Co"', '나'),
          phone: fc.option(fc.stringMatching(/^[0-9]{9,11}$/)),
        }),
        tag: fc.uint8Array({ minLength: 5, maxLength: 5 }).map(tagFromRandom),
        reason: fc.stringMatching(/^[가-힣a-z "\\]{0,80}$/),
      } satisfies { [K in keyof CancelIntent]?: fc.Arbitrary<CancelIntent[K]> })
      .map((changes) => anIntent(changes)),
  )

  it('always asks for a positive whole amount with a balance that covers it, whatever the intent', () => {
    fc.assert(
      fc.property(intents, (intent) => {
        const body = JSON.parse(encodeCancel('', intent).body) as Record<string, unknown>
        expect(body['amount']).toBe(intent.amount)
        expect(Number.isSafeInteger(body['amount']) && Number(body['amount']) > 0).toBe(true)
        expect(body['currentCancellableAmount']).toBe(intent.checksum)
        expect(String(body['reason']).startsWith(intent.tag)).toBe(true)
        expect(Buffer.byteLength(String(body['reason']))).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('has the same bytes for the same intent, in whatever order its parts were put together', () => {
    fc.assert(
      fc.property(intents, (intent) => {
        const reversed = Object.fromEntries(Object.entries(intent).toReversed()) as unknown as CancelIntent
        expect(encodeCancel('', reversed).body).toBe(encodeCancel('', intent).body)
      }),
    )
  })

  it('takes the payment from the path, where any text of the shop stands as one segment', () => {
    expect(bodyOf()).not.toHaveProperty('paymentId')
    expect(() => encodeCancel('', anIntent({ pgKey: `주문/1 ?${PAYMENT}` }))).not.toThrow()
  })
})

describe('the key of a request', () => {
  it('is a quoted text of 16 to 256 characters, the same for the same attempt', () => {
    const key = idempotencyKey(TAG)
    expect(key).toBe(`"refund-desk-${TAG}"`)
    expect(key).toMatch(/^"[\x20-\x7e]{16,256}"$/)
    expect(idempotencyKey('RD00000000')).not.toBe(key)
    expect(() => idempotencyKey('RD1"\r\nx: y')).toThrow()
  })
})
